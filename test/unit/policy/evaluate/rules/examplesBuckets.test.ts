import { s3 } from "./pages";
import { alice, allowAll, bucket, carol, developer, developerRole, other, own, service } from "./requesters";
import { prove } from "./rule";

const _every = [bucket, `${bucket}/*`];
const everyone = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${bucket}/*` };
const examples = s3("example-bucket-policies");

prove("AWS’s examples: buckets", [
  {
    rule: "Objects must be encrypted with a KMS key",
    page: `${examples}#example-bucket-policies-encryption-1`,
    given: {
      by: alice,
      does: "s3:PutObject",
      identity: allowAll,
      resource: [
        {
          Sid: "NoKey",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:PutObject",
          Resource: `${bucket}/*`,
          Condition: { Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "true" } },
        },
      ],
    },
    cases: [
      [
        "with a key",
        { with: { "s3:x-amz-server-side-encryption-aws-kms-key-id": `arn:aws:kms:us-east-2:${own}:key/1` } },
        "Allowed",
      ],
      ["without", {}, "ExplicitlyDenied"],
      ["reading", { does: "s3:GetObject" }, "Allowed"],
    ],
  },
  {
    rule: "Only objects with a tag",
    page: `${examples}#example-bucket-policies-tagging-1`,
    given: {
      by: developer,
      resource: [
        {
          ...everyone,
          Sid: "Production",
          Principal: { AWS: developerRole },
          Action: ["s3:GetObject", "s3:GetObjectVersion"],
          Condition: { StringEquals: { "s3:ExistingObjectTag/environment": "production" } },
        },
      ],
    },
    cases: [
      ["with the tag", { with: { "s3:ExistingObjectTag/environment": "production" } }, "Allowed"],
      ["with another value", { with: { "s3:ExistingObjectTag/environment": "test" } }, "ImplicitlyDenied"],
      ["without", {}, { result: "ImplicitlyDenied", mismatch: { Production: "Condition" } }],
      [
        "a version",
        { does: "s3:GetObjectVersion", with: { "s3:ExistingObjectTag/environment": "production" } },
        "Allowed",
      ],
      [
        "writing",
        { does: "s3:PutObject", with: { "s3:ExistingObjectTag/environment": "production" } },
        "ImplicitlyDenied",
      ],
    ],
  },
  {
    rule: "Which tags a user may add: at least one of these",
    page: `${examples}#example-bucket-policies-tagging-2`,
    given: {
      by: developer,
      does: "s3:PutObjectTagging",
      resource: [
        {
          ...everyone,
          Principal: { AWS: developerRole },
          Action: "s3:PutObjectTagging",
          Condition: { "ForAnyValue:StringEquals": { "s3:RequestObjectTagKeys": ["Owner", "CreationDate"] } },
        },
      ],
    },
    cases: [
      ["one of them", { with: { "s3:RequestObjectTagKeys": ["Owner"] } }, "Allowed"],
      ["one of them and another", { with: { "s3:RequestObjectTagKeys": ["Owner", "Mood"] } }, "Allowed"],
      ["another", { with: { "s3:RequestObjectTagKeys": ["Mood"] } }, "ImplicitlyDenied"],
      ["none", {}, "ImplicitlyDenied"],
    ],
  },
  {
    rule: "Access logs, and nobody else writes",
    page: `${examples}#example-bucket-policies-global-condition-keys-1`,
    given: {
      by: service("logging.s3"),
      does: "s3:PutObject",
      with: {
        "aws:SourceAccount": "111111111111",
        "aws:SourceArn": "arn:aws:s3:::example-source",
        "aws:PrincipalServiceNamesList": ["logging.s3.amazonaws.com"],
      },
      resource: [
        {
          ...everyone,
          Sid: "Logs",
          Principal: { Service: "logging.s3.amazonaws.com" },
          Action: "s3:PutObject",
          Condition: {
            StringEquals: { "aws:SourceAccount": "111111111111" },
            ArnLike: { "aws:SourceArn": "arn:aws:s3:::example-source" },
          },
        },
        {
          ...everyone,
          Sid: "OnlyLogs",
          Effect: "Deny",
          Action: "s3:PutObject",
          Condition: {
            "ForAllValues:StringNotEquals": { "aws:PrincipalServiceNamesList": "logging.s3.amazonaws.com" },
          },
        },
      ],
    },
    cases: [
      ["the logging service", {}, { result: "Allowed", deciding: ["Logs"] }],
      [
        "the logging service for another bucket",
        {
          with: {
            "aws:SourceAccount": "111111111111",
            "aws:SourceArn": "arn:aws:s3:::else",
            "aws:PrincipalServiceNamesList": ["logging.s3.amazonaws.com"],
          },
        },
        "ImplicitlyDenied",
      ],
      [
        "another service",
        { by: service("cloudtrail"), with: { "aws:PrincipalServiceNamesList": ["cloudtrail.amazonaws.com"] } },
        "ExplicitlyDenied",
      ],
      [
        "a user, who has no such names",
        { by: alice, identity: allowAll, with: {} },
        { result: "ExplicitlyDenied", deciding: ["OnlyLogs"] },
      ],
    ],
  },
  {
    rule: "Uploads from other accounts only with full control for the owner",
    page: `${examples}#example-bucket-policies-acl-2`,
    given: {
      by: carol,
      does: "s3:PutObject",
      identity: allowAll,
      resource: [
        {
          Sid: "Upload",
          Effect: "Allow",
          Principal: { AWS: other },
          Action: "s3:PutObject",
          Resource: `${bucket}/*`,
          Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
        },
      ],
    },
    cases: [
      ["with it", { with: { "s3:x-amz-acl": "bucket-owner-full-control" } }, "Allowed"],
      [
        "with another",
        { with: { "s3:x-amz-acl": "public-read" } },
        { result: "ImplicitlyDenied", missing: ["resource"] },
      ],
      ["without", {}, { result: "ImplicitlyDenied", missing: ["resource"] }],
      [
        "from a third account",
        {
          by: { kind: "user", arn: "arn:aws:iam::777777777777:user/x" },
          with: { "s3:x-amz-acl": "bucket-owner-full-control" },
        },
        { result: "ImplicitlyDenied", mismatch: { Upload: "Principal" } },
      ],
    ],
  },
]);
