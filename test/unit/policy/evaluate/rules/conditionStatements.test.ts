import { iam } from "./pages";
import { alice, developer, object } from "./requesters";
import { prove } from "./rule";

const attributes = { "dynamodb:Attributes": ["ID", "PostDateTime"] };
const table = "arn:aws:dynamodb:us-east-2:111122223333:table/Thread";

prove("Conditions in statements", [
  {
    rule: "ForAllValues with Allow and ForAnyValue with Deny: the documentation’s table of messages",
    page: iam("reference_policies_condition_examples-multi-valued-context-keys"),
    given: {
      on: table,
      identity: [
        {
          Sid: "Get",
          Effect: "Allow",
          Action: "dynamodb:GetItem",
          Resource: "arn:aws:dynamodb:*:*:table/Thread",
          Condition: { "ForAllValues:StringEquals": { "dynamodb:Attributes": ["ID", "Message", "Tags"] } },
        },
        {
          Sid: "NoPut",
          Effect: "Deny",
          Action: "dynamodb:PutItem",
          Resource: "arn:aws:dynamodb:*:*:table/Thread",
          Condition: { "ForAnyValue:StringEquals": attributes },
        },
      ],
    },
    cases: [
      [
        "attributes that are listed",
        { does: "dynamodb:GetItem", with: { "dynamodb:Attributes": ["ID", "Message", "Tags"] } },
        "Allowed",
      ],
      [
        "one that is not",
        { does: "dynamodb:GetItem", with: { "dynamodb:Attributes": ["ID", "UserName"] } },
        { result: "ImplicitlyDenied", mismatch: { Get: "Condition" } },
      ],
      [
        "writing one that is forbidden",
        { does: "dynamodb:PutItem", with: { "dynamodb:Attributes": ["UserName", "Message", "PostDateTime"] } },
        "ExplicitlyDenied",
      ],
      [
        "writing another",
        { does: "dynamodb:PutItem", with: { "dynamodb:Attributes": ["UserName"] } },
        { result: "ImplicitlyDenied", mismatch: { NoPut: "Condition" } },
      ],
    ],
  },
  {
    rule: "Whether MFA was used: with Allow the key must be there, with Deny its absence must count",
    page: `${iam("reference_policies_condition-keys")}#condition-keys-multifactorauthpresent`,
    given: { by: alice, on: object },
    cases: [
      [
        "Allow and Bool, with MFA",
        {
          identity: [
            {
              Effect: "Allow",
              Action: "*",
              Resource: "*",
              Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
            },
          ],
          with: { "aws:MultiFactorAuthPresent": "true" },
        },
        "Allowed",
      ],
      [
        "Allow and Bool, long-term keys",
        {
          identity: [
            {
              Effect: "Allow",
              Action: "*",
              Resource: "*",
              Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
            },
          ],
        },
        "ImplicitlyDenied",
      ],
      [
        "Allow and BoolIfExists, long-term keys",
        {
          identity: [
            {
              Effect: "Allow",
              Action: "*",
              Resource: "*",
              Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
            },
          ],
        },
        "Allowed",
      ],
      [
        "Deny and Bool, long-term keys slip through",
        {
          identity: [
            { Effect: "Allow", Action: "*", Resource: "*" },
            {
              Effect: "Deny",
              Action: "*",
              Resource: "*",
              Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
            },
          ],
        },
        "Allowed",
      ],
      [
        "Deny and BoolIfExists, long-term keys",
        {
          identity: [
            { Effect: "Allow", Action: "*", Resource: "*" },
            {
              Effect: "Deny",
              Action: "*",
              Resource: "*",
              Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
            },
          ],
        },
        "ExplicitlyDenied",
      ],
      [
        "Deny and Null, which only looks for the key",
        {
          identity: [
            {
              Effect: "Allow",
              Action: "*",
              Resource: "*",
              Condition: { Null: { "aws:MultiFactorAuthPresent": "false" } },
            },
          ],
          with: { "aws:MultiFactorAuthPresent": "false" },
        },
        "Allowed",
      ],
    ],
  },
  {
    rule: "The ARN of a session’s principal is its role’s, for ARN operators, too",
    page: `${iam("reference_policies_condition-keys")}#condition-keys-principalarn`,
    given: { by: developer },
    cases: [
      [
        "the role",
        {
          identity: [
            {
              Effect: "Allow",
              Action: "*",
              Resource: "*",
              Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/dev*" } },
            },
          ],
        },
        "Allowed",
      ],
      [
        "the session",
        {
          identity: [
            {
              Effect: "Allow",
              Action: "*",
              Resource: "*",
              Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:sts::*:assumed-role/developer/*" } },
            },
          ],
        },
        "ImplicitlyDenied",
      ],
    ],
  },
]);
