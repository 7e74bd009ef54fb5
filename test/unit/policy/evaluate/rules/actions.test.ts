import { iam } from "./pages";
import { bucket } from "./requesters";
import { prove } from "./rule";
import { proveMatches } from "./tables";

proveMatches("Action", "Action and NotAction", iam("reference_policies_elements_action"), [
  ["the name", "s3:GetObject", "s3:GetObject", true],
  ["another name", "s3:GetObject", "s3:PutObject", false],
  ["the name of another service", "s3:GetObject", "s3-object-lambda:GetObject", false],
  ["the beginning of a name", "s3:GetObject", "s3:GetObjectVersion", false],
  ["more than the name", "s3:GetObjectVersion", "s3:GetObject", false],
  ["lower case", "s3:getobject", "s3:GetObject", true],
  ["upper case of the service, as in the documentation", "IAM:listaccesskeys", "iam:ListAccessKeys", true],
  ["upper case asked for", "iam:ListAccessKeys", "IAM:LISTACCESSKEYS", true],
  ["one of a list", ["sqs:SendMessage", "ec2:StartInstances", "s3:GetObject"], "ec2:StartInstances", true],
  ["none of a list", ["sqs:SendMessage", "ec2:StartInstances"], "s3:GetObject", false],
  ["everything", "*", "iam:CreateUser", true],
  ["everything of a service", "s3:*", "s3:DeleteBucket", true],
  ["everything of another service", "s3:*", "sqs:DeleteQueue", false],
  ["a service whose name begins alike", "s3:*", "s3express:CreateSession", false],
  ["the beginning", "s3:Get*", "s3:GetBucketPolicy", true],
  ["another beginning", "s3:Get*", "s3:ListBucket", false],
  ["the end", "iam:*AccessKey", "iam:CreateAccessKey", true],
  ["the middle, as in the documentation", "iam:*AccessKey*", "iam:ListAccessKeys", true],
  ["the middle that is not there", "iam:*AccessKey*", "iam:ListUsers", false],
  ["several asterisks", "s3:*Object*Version*", "s3:DeleteObjectVersionTagging", true],
  ["an asterisk stands for nothing, too", "s3:GetObject*", "s3:GetObject", true],
  ["a wildcard without regard to case", "s3:get*", "s3:GetObject", true],
  ["a question mark for one character", "ec2:?tartInstances", "ec2:StartInstances", true],
  ["a question mark does not stand for nothing", "s3:GetObject?", "s3:GetObject", false],
  ["a question mark does not stand for two", "s3:GetObjec??", "s3:GetObjec", false],
]);

prove("Action and NotAction in statements", [
  {
    rule: "NotAction with Allow gives everything but what it lists",
    page: iam("reference_policies_elements_notaction"),
    given: { identity: [{ Sid: "NotIam", Effect: "Allow", NotAction: "iam:*", Resource: "*" }] },
    cases: [
      ["an action of another service", { does: "s3:DeleteBucket", on: bucket }, "Allowed"],
      [
        "an action that is listed",
        { does: "iam:CreateUser", on: "*" },
        { result: "ImplicitlyDenied", missing: ["identity"], mismatch: { NotIam: "NotAction" } },
      ],
      ["in whatever case", { does: "IAM:createuser", on: "*" }, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "The Resource limits what NotAction gives",
    page: iam("reference_policies_elements_notaction"),
    given: {
      identity: [{ Sid: "Keep", Effect: "Allow", NotAction: "s3:DeleteBucket", Resource: "arn:aws:s3:::*" }],
    },
    cases: [
      ["reading an object", {}, "Allowed"],
      ["deleting an object", { does: "s3:DeleteObject" }, "Allowed"],
      [
        "deleting a bucket",
        { does: "s3:DeleteBucket", on: bucket },
        { result: "ImplicitlyDenied", mismatch: { Keep: "NotAction" } },
      ],
      [
        "another service’s resources",
        { does: "sqs:DeleteQueue", on: "arn:aws:sqs:us-east-2:111122223333:queue1" },
        { result: "ImplicitlyDenied", mismatch: { Keep: "Resource" } },
      ],
    ],
  },
  {
    rule: "NotAction with Deny denies all but what it lists, and allows nothing",
    page: iam("reference_policies_elements_notaction"),
    given: {
      identities: [
        [
          {
            Sid: "NoMfa",
            Effect: "Deny",
            NotAction: "iam:*",
            Resource: "*",
            Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
          },
        ],
        [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
      ],
    },
    cases: [
      ["without MFA", { with: { "aws:MultiFactorAuthPresent": "false" } }, "ExplicitlyDenied"],
      ["with long-term keys, which have no such key", {}, "ExplicitlyDenied"],
      ["with MFA", { with: { "aws:MultiFactorAuthPresent": "true" } }, "Allowed"],
      ["what it lists is not allowed by it", { does: "iam:ListUsers", on: "*" }, "ImplicitlyDenied"],
    ],
  },
]);
