import { iam } from "./pages";
import {
  alice,
  bucket,
  carol,
  developer,
  developerRole,
  object,
  other,
  own,
  service,
  vendor,
  vendorRole,
  vendorSession,
} from "./requesters";
import { prove } from "./rule";

const cross = iam("reference_policies_evaluation-logic-cross-account");
const mine = { Sid: "Mine", Effect: "Allow", Action: "s3:GetObject", Resource: `${bucket}/*` };
const theirs = { ...mine, Sid: "Theirs" };
const forAlice = { ...theirs, Principal: { AWS: `arn:aws:iam::${own}:user/alice` } };
const forCarol = { ...theirs, Principal: { AWS: `arn:aws:iam::${other}:user/carol` } };
const forVendor = { ...theirs, Principal: { AWS: vendorRole } };

prove("One account and two", [
  {
    rule: "In one account an Allow of the identity’s or of the resource’s policy suffices",
    page: iam("reference_policies_evaluation-logic_policy-eval-basics-id-rdp"),
    given: { by: alice },
    cases: [
      ["of the identity", { identity: [mine] }, { result: "Allowed", deciding: ["Mine"] }],
      ["of the resource", { resource: [forAlice] }, { result: "Allowed", deciding: ["Theirs"], missing: [] }],
      ["of both", { identity: [mine], resource: [forAlice] }, { result: "Allowed", deciding: ["Mine", "Theirs"] }],
      [
        "of the identity, the resource’s about somebody else",
        { identity: [mine], resource: [forCarol] },
        { result: "Allowed", deciding: ["Mine"], mismatch: { Theirs: "Principal" } },
      ],
      [
        "of the resource, the identity’s about something else",
        { identity: [{ ...mine, Action: "s3:PutObject" }], resource: [forAlice] },
        { result: "Allowed", deciding: ["Theirs"], mismatch: { Mine: "Action" } },
      ],
      [
        "of the resource for a session’s role",
        { by: developer, resource: [{ ...theirs, Principal: { AWS: developerRole } }] },
        "Allowed",
      ],
      [
        "of neither",
        { identity: [{ ...mine, Action: "s3:PutObject" }] },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      [
        "against a Deny of the identity",
        { identity: [{ ...mine, Effect: "Deny" }], resource: [forAlice] },
        { result: "ExplicitlyDenied", deciding: ["Mine"] },
      ],
      [
        "against a Deny of the resource",
        { identity: [mine], resource: [{ ...forAlice, Effect: "Deny" }] },
        { result: "ExplicitlyDenied", deciding: ["Theirs"] },
      ],
    ],
  },
  {
    rule: "Between two accounts both must allow",
    page: cross,
    given: { by: carol },
    cases: [
      [
        "both",
        { identity: [mine], resource: [forCarol] },
        { result: "Allowed", deciding: ["Mine", "Theirs"], missing: [] },
      ],
      [
        "only the identity’s, and no policy of the resource",
        { identity: [mine] },
        { result: "ImplicitlyDenied", missing: ["resource"], deciding: [] },
      ],
      [
        "only the identity’s",
        { identity: [mine], resource: [forVendor] },
        { result: "ImplicitlyDenied", missing: ["resource"], mismatch: { Theirs: "Principal" } },
      ],
      [
        "only the resource’s",
        { resource: [forCarol] },
        { result: "ImplicitlyDenied", missing: ["identity"], deciding: [] },
      ],
      [
        "only the resource’s, the identity’s about another bucket",
        { identity: [{ ...mine, Resource: "arn:aws:s3:::other/*" }], resource: [forCarol] },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      ["none", {}, { result: "ImplicitlyDenied", missing: ["identity", "resource"] }],
      ["both, for the account", { identity: [mine], resource: [{ ...theirs, Principal: { AWS: other } }] }, "Allowed"],
      ["both, for everyone", { identity: [mine], resource: [{ ...theirs, Principal: "*" }] }, "Allowed"],
      [
        "a Deny of the identity",
        { identity: [mine, { ...mine, Sid: "No", Effect: "Deny" }], resource: [forCarol] },
        { result: "ExplicitlyDenied", deciding: ["No"] },
      ],
      [
        "a Deny of the resource",
        { identity: [mine], resource: [forCarol, { ...forCarol, Sid: "No", Effect: "Deny" }] },
        { result: "ExplicitlyDenied", deciding: ["No"] },
      ],
      [
        "different actions",
        { identity: [{ ...mine, Action: "s3:*" }], resource: [forCarol], does: "s3:PutObject" },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
    ],
  },
  {
    rule: "Between two accounts a session needs its role’s policies, whether the resource names role or session",
    page: cross,
    given: { by: vendor },
    cases: [
      ["the role, with its policy", { identity: [mine], resource: [forVendor] }, "Allowed"],
      ["the role, without", { resource: [forVendor] }, { result: "ImplicitlyDenied", missing: ["identity"] }],
      [
        "the session, with the role’s policy",
        { identity: [mine], resource: [{ ...theirs, Principal: { AWS: vendorSession } }] },
        "Allowed",
      ],
      [
        "the session, without",
        { resource: [{ ...theirs, Principal: { AWS: vendorSession } }] },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      [
        "the session, beyond the role’s boundary",
        {
          identity: [mine],
          boundary: [{ ...mine, Action: "sqs:*", Sid: "B" }],
          resource: [{ ...theirs, Principal: { AWS: vendorSession } }],
        },
        { result: "ImplicitlyDenied", missing: ["boundary"] },
      ],
      [
        "the session, beyond its session policy",
        {
          identity: [mine],
          session: [{ ...mine, Action: "sqs:*", Sid: "S" }],
          resource: [{ ...theirs, Principal: { AWS: vendorSession } }],
        },
        { result: "ImplicitlyDenied", missing: ["session"] },
      ],
    ],
  },
  {
    rule: "Carlos: his own bucket, not the logs",
    page: `${iam("reference_policies_evaluation-logic_policy-eval-basics")}#reference_policies_evaluation-logic_policies_evaluation_example`,
    given: {
      by: { kind: "user", arn: `arn:aws:iam::${own}:user/carlossalazar` },
      does: "s3:PutObject",
      identity: [
        {
          Sid: "AllowS3Self",
          Effect: "Allow",
          Action: "s3:*",
          Resource: ["arn:aws:s3:::carlossalazar/*", "arn:aws:s3:::carlossalazar"],
        },
        { Sid: "DenyS3Logs", Effect: "Deny", Action: "s3:*", Resource: "arn:aws:s3:::*log*" },
      ],
    },
    cases: [
      ["into his bucket", { on: "arn:aws:s3:::carlossalazar/a.txt" }, { result: "Allowed", deciding: ["AllowS3Self"] }],
      [
        "into the logs",
        { on: "arn:aws:s3:::carlossalazar-logs/a.txt" },
        { result: "ExplicitlyDenied", deciding: ["DenyS3Logs"] },
      ],
      ["an object named log, in his bucket", { on: "arn:aws:s3:::carlossalazar/log.txt" }, "ExplicitlyDenied"],
      ["into another bucket", { on: "arn:aws:s3:::production/a.txt" }, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "Carlos: another account’s bucket",
    page: cross,
    given: {
      by: { kind: "user", arn: "arn:aws:iam::111111111111:user/carlossalazar" },
      does: "s3:PutObject",
      on: "arn:aws:s3:::Production/a.txt",
      of: "222222222222",
      identity: [
        {
          Sid: "AllowS3ProductionObjectActions",
          Effect: "Allow",
          Action: "s3:*Object*",
          Resource: "arn:aws:s3:::Production/*",
        },
        { Sid: "DenyS3Logs", Effect: "Deny", Action: "s3:*", Resource: ["arn:aws:s3:::*log*", "arn:aws:s3:::*log*/*"] },
      ],
      resource: [
        {
          Sid: "Developer",
          Effect: "Allow",
          Action: ["s3:GetObject*", "s3:PutObject*", "s3:ReplicateObject", "s3:RestoreObject"],
          Principal: { AWS: "arn:aws:iam::111111111111:user/carlossalazar" },
          Resource: "arn:aws:s3:::Production/*",
        },
      ],
    },
    cases: [
      ["writing an object", {}, { result: "Allowed", deciding: ["AllowS3ProductionObjectActions", "Developer"] }],
      [
        "deleting an object, which only his own policy allows",
        { does: "s3:DeleteObject" },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
      ["restoring an object", { does: "s3:RestoreObject" }, "Allowed"],
      ["replicating under a name without Object… has it", { does: "s3:ReplicateObject" }, "Allowed"],
      [
        "writing into the logs",
        { on: "arn:aws:s3:::Production-logs/a.txt" },
        { result: "ExplicitlyDenied", deciding: ["DenyS3Logs"] },
      ],
      [
        "listing the bucket",
        { does: "s3:ListBucket", on: "arn:aws:s3:::Production" },
        { result: "ImplicitlyDenied", missing: ["identity", "resource"] },
      ],
    ],
  },
  {
    rule: "A service has no policies of its own: the resource’s alone decides",
    page: `${iam("reference_policies_elements_principal")}#principal-services`,
    given: { by: service("logging.s3"), does: "s3:PutObject", on: object },
    cases: [
      [
        "named",
        { resource: [{ ...theirs, Action: "s3:PutObject", Principal: { Service: "logging.s3.amazonaws.com" } }] },
        { result: "Allowed", deciding: ["Theirs"] },
      ],
      [
        "not named",
        { resource: [{ ...theirs, Action: "s3:PutObject", Principal: { Service: "cloudtrail.amazonaws.com" } }] },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
      ["without a policy", {}, { result: "ImplicitlyDenied", missing: ["resource"] }],
      [
        "told from others by a condition",
        {
          resource: [
            { ...theirs, Action: "s3:PutObject", Principal: { Service: "logging.s3.amazonaws.com" } },
            {
              Sid: "NoService",
              Effect: "Deny",
              Principal: "*",
              Action: "s3:*",
              Resource: "*",
              Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } },
            },
          ],
        },
        { result: "ExplicitlyDenied", deciding: ["NoService"] },
      ],
      [
        "by its name in a condition",
        {
          resource: [
            { ...theirs, Action: "s3:PutObject", Principal: { Service: "logging.s3.amazonaws.com" } },
            {
              Sid: "Only",
              Effect: "Deny",
              Principal: "*",
              Action: "s3:*",
              Resource: "*",
              Condition: { StringNotEquals: { "aws:PrincipalServiceName": "logging.s3.amazonaws.com" } },
            },
          ],
        },
        "Allowed",
      ],
      [
        "another than the condition’s",
        {
          by: service("cloudtrail"),
          resource: [
            {
              ...theirs,
              Action: "s3:PutObject",
              Principal: { Service: ["logging.s3.amazonaws.com", "cloudtrail.amazonaws.com"] },
            },
            {
              Sid: "Only",
              Effect: "Deny",
              Principal: "*",
              Action: "s3:*",
              Resource: "*",
              Condition: { StringNotEquals: { "aws:PrincipalServiceName": "logging.s3.amazonaws.com" } },
            },
          ],
        },
        "ExplicitlyDenied",
      ],
    ],
  },
]);
