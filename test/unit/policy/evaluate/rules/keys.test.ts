import { iam, kms } from "./pages";
import {
  alice,
  anonymous,
  bob,
  carol,
  developer,
  developerRole,
  developerSession,
  other,
  own,
  rootUser,
  service,
  vendor,
  vendorRole,
} from "./requesters";
import { prove } from "./rule";

const key = `arn:aws:kms:us-east-2:${own}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const decrypt = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };
const mine = [{ ...decrypt, Sid: "Mine", Resource: key }];
const enable = { ...decrypt, Sid: "Enable", Principal: { AWS: `arn:aws:iam::${own}:root` }, Action: "kms:*" };
const named = (AWS: string) => ({ ...decrypt, Sid: "Key", Principal: { AWS } });
const admins = {
  ...named(`arn:aws:iam::${own}:user/bob`),
  Sid: "Admins",
  Action: ["kms:Describe*", "kms:Put*", "kms:ScheduleKeyDeletion"],
};
const given = { by: alice, does: "kms:Decrypt", on: key };

prove("Key policies", [
  {
    rule: "The account as principal enables IAM policies, and gives nobody else anything",
    page: `${kms("key-policy-default")}#key-policy-default-allow-root-enable-iam`,
    given: { ...given, resource: [enable] },
    cases: [
      ["with an identity policy", { identity: mine }, { result: "Allowed", deciding: ["Enable", "Mine"] }],
      ["without", {}, { result: "ImplicitlyDenied", missing: ["identity"] }],
      [
        "with an identity policy for another key",
        { identity: [{ ...decrypt, Resource: `${key}0` }] },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      ["a session with its role’s policy", { by: developer, identity: mine }, "Allowed"],
      [
        "the account’s id instead of its ARN",
        { identity: mine, resource: [{ ...enable, Principal: { AWS: own } }] },
        "Allowed",
      ],
      ["the root user", { by: rootUser }, "Allowed"],
      [
        "only the actions that it names",
        { identity: mine, resource: [{ ...enable, Action: "kms:Describe*" }] },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
      [
        "a boundary limits as ever",
        { identity: mine, boundary: [{ ...decrypt, Action: "s3:*" }] },
        { result: "ImplicitlyDenied", missing: ["boundary"] },
      ],
    ],
  },
  {
    rule: "Without it, IAM policies that allow have no effect; those that deny have",
    page: `${kms("key-policy-default")}#key-policy-default-allow-root-enable-iam`,
    given,
    cases: [
      [
        "an identity policy that allows",
        { identity: mine, resource: [admins] },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
      [
        "an identity policy that allows everything",
        { identity: [{ ...decrypt, Action: "*" }], resource: [admins] },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
      ["an empty key policy", { identity: mine, resource: [] }, { result: "ImplicitlyDenied", missing: ["resource"] }],
      [
        "another account enabled",
        { identity: mine, resource: [{ ...enable, Principal: { AWS: other } }] },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
      [
        "even the root user",
        { by: rootUser, resource: [admins] },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
      [
        "an identity policy that denies",
        { identity: [{ ...decrypt, Sid: "No", Effect: "Deny" }], resource: [named(`arn:aws:iam::${own}:user/alice`)] },
        { result: "ExplicitlyDenied", deciding: ["No"] },
      ],
    ],
  },
  {
    rule: "A key policy that names a user or role of its account suffices",
    page: `${kms("key-policy-default")}#key-policy-default-allow-users`,
    given,
    cases: [
      ["the user", { resource: [named(`arn:aws:iam::${own}:user/alice`)] }, { result: "Allowed", deciding: ["Key"] }],
      [
        "another user",
        { by: bob, resource: [named(`arn:aws:iam::${own}:user/alice`)] },
        { result: "ImplicitlyDenied", mismatch: { Key: "Principal" } },
      ],
      ["a role", { by: developer, resource: [named(developerRole)] }, "Allowed"],
      ["a session", { by: developer, resource: [named(developerSession)] }, "Allowed"],
      [
        "another action",
        { does: "kms:Encrypt", resource: [named(`arn:aws:iam::${own}:user/alice`)] },
        { result: "ImplicitlyDenied", mismatch: { Key: "Action" } },
      ],
      ["an administrator manages", { by: bob, does: "kms:PutKeyPolicy", resource: [admins] }, "Allowed"],
      ["an administrator does not decrypt", { by: bob, resource: [admins] }, "ImplicitlyDenied"],
      [
        "a Deny of the key policy",
        {
          identity: mine,
          resource: [enable, { ...named(`arn:aws:iam::${own}:user/alice`), Sid: "No", Effect: "Deny" }],
        },
        { result: "ExplicitlyDenied", deciding: ["No"] },
      ],
    ],
  },
  {
    rule: "Alice is denied: nothing gives her the key, though the key policy delegates",
    page: `${kms("policy-evaluation")}#example-no-iam`,
    given: { ...given, resource: [enable] },
    cases: [["Alice", {}, { result: "ImplicitlyDenied", missing: ["identity"], deciding: [] }]],
  },
  {
    rule: "Between accounts both key policy and IAM policy must allow",
    page: kms("key-policy-modifying-external-accounts"),
    given: { ...given, by: carol },
    cases: [
      [
        "the account, with an IAM policy",
        { identity: mine, resource: [enable, named(`arn:aws:iam::${other}:root`)] },
        { result: "Allowed", deciding: ["Key", "Mine"] },
      ],
      [
        "the account, without",
        { resource: [enable, named(`arn:aws:iam::${other}:root`)] },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      [
        "the user, with an IAM policy",
        { identity: mine, resource: [named(`arn:aws:iam::${other}:user/carol`)] },
        "Allowed",
      ],
      [
        "the user, without",
        { resource: [named(`arn:aws:iam::${other}:user/carol`)] },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      ["a role, with an IAM policy", { by: vendor, identity: mine, resource: [named(vendorRole)] }, "Allowed"],
      [
        "only the key’s own account is enabled",
        { identity: mine, resource: [enable] },
        { result: "ImplicitlyDenied", missing: ["resource"], mismatch: { Enable: "Principal" } },
      ],
      [
        "only some of the actions that the key policy gives",
        {
          does: "kms:Encrypt",
          identity: mine,
          resource: [{ ...named(other), Action: ["kms:Encrypt", "kms:Decrypt"] }],
        },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
      [
        "an action that has no effect between accounts",
        {
          does: "kms:ScheduleKeyDeletion",
          identity: [{ ...decrypt, Action: "kms:*" }],
          resource: [{ ...named(other), Action: "kms:*" }],
        },
        "ImplicitlyDenied",
      ],
    ],
  },
  {
    rule: "kms:ViaService: only on behalf of a service",
    page: `${kms("conditions-kms")}#conditions-kms-via-service`,
    given: {
      ...given,
      resource: [
        {
          ...named(`arn:aws:iam::${own}:user/alice`),
          Condition: {
            StringEquals: { "kms:ViaService": ["s3.us-east-2.amazonaws.com", "rds.us-east-2.amazonaws.com"] },
          },
        },
      ],
    },
    cases: [
      ["through S3", { with: { "kms:ViaService": "s3.us-east-2.amazonaws.com" } }, "Allowed"],
      [
        "through another service",
        { with: { "kms:ViaService": "ec2.us-east-2.amazonaws.com" } },
        { result: "ImplicitlyDenied", mismatch: { Key: "Condition" } },
      ],
      [
        "through S3 of another region",
        { with: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
        "ImplicitlyDenied",
      ],
      ["directly", {}, { result: "ImplicitlyDenied", mismatch: { Key: "Condition" } }],
    ],
  },
  {
    rule: "kms:CallerAccount: everybody of an account, through a service",
    page: `${kms("conditions-kms")}#conditions-kms-caller-account`,
    given: {
      ...given,
      resource: [
        {
          ...named("*"),
          Condition: { StringEquals: { "kms:CallerAccount": own, "kms:ViaService": "s3.us-east-2.amazonaws.com" } },
        },
      ],
    },
    cases: [
      [
        "a user of the account",
        { with: { "kms:CallerAccount": own, "kms:ViaService": "s3.us-east-2.amazonaws.com" } },
        { result: "Allowed", deciding: ["Key"] },
      ],
      [
        "a role of the account",
        { by: developer, with: { "kms:CallerAccount": own, "kms:ViaService": "s3.us-east-2.amazonaws.com" } },
        "Allowed",
      ],
      [
        "a user of another account",
        {
          by: carol,
          identity: mine,
          with: { "kms:CallerAccount": other, "kms:ViaService": "s3.us-east-2.amazonaws.com" },
        },
        { result: "ImplicitlyDenied", mismatch: { Key: "Condition" } },
      ],
      ["directly", { with: { "kms:CallerAccount": own } }, "ImplicitlyDenied"],
      ["without a signature", { by: anonymous }, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "kms:EncryptionContext: only with this context",
    page: `${kms("conditions-kms")}#conditions-kms-encryption-context`,
    given: {
      ...given,
      by: developer,
      resource: [
        { ...named(developerRole), Condition: { StringEquals: { "kms:EncryptionContext:AppName": "ExampleApp" } } },
      ],
    },
    cases: [
      ["with it", { with: { "kms:EncryptionContext:AppName": "ExampleApp" } }, "Allowed"],
      ["with another", { with: { "kms:EncryptionContext:AppName": "OtherApp" } }, "ImplicitlyDenied"],
      ["without", {}, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "kms:GrantIsForAWSResource: grants only for services",
    page: `${kms("conditions-kms")}#conditions-kms-grant-is-for-aws-resource`,
    given: {
      ...given,
      does: "kms:CreateGrant",
      resource: [
        {
          ...named(`arn:aws:iam::${own}:user/alice`),
          Action: "kms:CreateGrant",
          Condition: { Bool: { "kms:GrantIsForAWSResource": true } },
        },
      ],
    },
    cases: [
      ["for a service", { with: { "kms:GrantIsForAWSResource": "true" } }, "Allowed"],
      ["for somebody else", { with: { "kms:GrantIsForAWSResource": "false" } }, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "What is no action on a key is a matter of IAM policies alone",
    page: kms("kms-api-permissions-reference"),
    given: { by: alice, on: "*" },
    cases: [
      [
        "creating a key",
        { does: "kms:CreateKey", identity: [{ Effect: "Allow", Action: "kms:CreateKey", Resource: "*" }] },
        "Allowed",
      ],
      [
        "listing keys",
        { does: "kms:ListKeys", identity: [{ Effect: "Allow", Action: "kms:List*", Resource: "*" }] },
        "Allowed",
      ],
      [
        "creating a key, with a key’s ARN",
        { does: "kms:CreateKey", identity: [{ Effect: "Allow", Action: "kms:*", Resource: key }] },
        { result: "ImplicitlyDenied", missing: ["identity"] },
      ],
    ],
  },
  {
    rule: "A service uses a key by the key policy",
    page: `${iam("reference_policies_condition-keys")}#condition-keys-sourcearn`,
    given: {
      ...given,
      by: service("cloudtrail"),
      does: "kms:GenerateDataKey",
      resource: [
        {
          ...decrypt,
          Sid: "Key",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: "kms:GenerateDataKey*",
          Condition: { StringEquals: { "aws:SourceArn": `arn:aws:cloudtrail:us-east-2:${own}:trail/t` } },
        },
      ],
    },
    cases: [
      ["for the trail", { with: { "aws:SourceArn": `arn:aws:cloudtrail:us-east-2:${own}:trail/t` } }, "Allowed"],
      [
        "for another trail",
        { with: { "aws:SourceArn": `arn:aws:cloudtrail:us-east-2:${other}:trail/t` } },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
      [
        "another service",
        { by: service("s3"), with: { "aws:SourceArn": `arn:aws:cloudtrail:us-east-2:${own}:trail/t` } },
        "ImplicitlyDenied",
      ],
    ],
  },
]);
