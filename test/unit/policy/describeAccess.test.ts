import assert from "node:assert/strict";
import { describeAccess } from "../../../src/policy/describeAccess";
import type { JsonValue } from "../../../src/policy/json";

const trusted = {
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::597713067985:role/activeloop_backend" },
      Action: "sts:AssumeRole",
    },
  ],
};
const nobody = { Statement: [] };

function allow(action: JsonValue, resource: JsonValue, more: { readonly [key: string]: JsonValue } = {}): JsonValue {
  return { Statement: [{ Effect: "Allow", Action: action, Resource: resource, ...more }] };
}

function permissionsInWords(permissions: JsonValue): string {
  return describeAccess({ permissions, trust: trusted, vendorName: "Activeloop" }).join(" ");
}

function trustInWords(statement: JsonValue): string {
  const permissions = allow("s3:GetObject", "arn:aws:s3:::data/*");
  return describeAccess({ permissions, trust: { Statement: [statement] }, vendorName: "Acme" }).join(" ");
}

describe("describing access", () => {
  it("says in one sentence what the vendor's role may do with the bucket, and that this is all", () => {
    const permissions = allow(
      ["s3:ListBucket", "s3:GetBucketLocation", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      ["arn:aws:s3:::training-data", "arn:aws:s3:::training-data/*"],
    );
    assert.deepEqual(describeAccess({ permissions, trust: trusted, vendorName: "Activeloop" }), [
      "Activeloop (role activeloop_backend of account 597713067985) may list, read, write and delete objects in training-data, and see the bucket's region.",
      "It may not change permissions or reach any other bucket.",
    ]);
  });

  const permissionCases: readonly (readonly [string, JsonValue, RegExp])[] = [
    [
      "a wildcard action as it is written",
      allow("s3:*Object*", "arn:aws:s3:::data/*"),
      /may use s3:\*Object\* on arn:aws:s3:::data\/\*/,
    ],
    ["an action without a common word", allow("s3:PutBucketPolicy", "arn:aws:s3:::data"), /may use s3:PutBucketPolicy/],
    ["every bucket loudly", allow("s3:GetObject", "*"), /may read objects in EVERY bucket/],
    ["a prefix", allow("s3:GetObject", "arn:aws:s3:::data/in/*"), /may read objects in data\/in\/\*/],
    [
      "NotAction as what it grants",
      { Statement: [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }] },
      /EVERY action except iam:\*/,
    ],
    [
      "NotResource as what it grants",
      { Statement: [{ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::a/*" }] },
      /on EVERYTHING except arn:aws:s3:::a/,
    ],
    [
      "a condition",
      allow("s3:GetObject", "arn:aws:s3:::data/*", { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
      /only if aws:SourceIp IpAddress 10\.0\.0\.0\/8/,
    ],
    [
      "a denial",
      { Statement: [{ Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" }] },
      /Denied, whatever else is allowed: s3:DeleteObject on \*/,
    ],
    [
      "a KMS key",
      allow(["kms:Decrypt"], "arn:aws:kms:us-east-1:111122223333:key/k"),
      /may use the KMS key arn:aws:kms:us-east-1:111122223333:key\/k: decrypt/,
    ],
  ];
  for (const [what, permissions, expected] of permissionCases) {
    it(`names ${what}`, () => assert.match(permissionsInWords(permissions), expected));
  }

  it("does not promise limits where a wildcard stands", () => {
    for (const permissions of [
      allow("s3:*", "arn:aws:s3:::data/*"),
      allow("s3:GetObject", "*"),
      allow("s3:GetObject", "arn:aws:s3:::da*/*"),
    ]) {
      assert.doesNotMatch(permissionsInWords(permissions), /may not/);
    }
  });

  it("does not count an action on the wrong kind of ARN as access", () => {
    assert.doesNotMatch(permissionsInWords(allow("s3:ListBucket", "arn:aws:s3:::data/*")), /may list/);
    assert.match(permissionsInWords(allow("s3:GetObject", "arn:aws:s3:::data")), /may do nothing\./);
  });

  const trustCases: readonly (readonly [string, JsonValue, RegExp])[] = [
    [
      "the whole world, loudly",
      { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" },
      /^ANYONE IN THE WORLD is named by the trust policy\./,
    ],
    [
      "the whole world in a list",
      { Effect: "Allow", Principal: { AWS: ["*"] }, Action: "sts:AssumeRole" },
      /^ANYONE IN THE WORLD/,
    ],
    [
      "a whole account",
      { Effect: "Allow", Principal: { AWS: "597713067985" }, Action: "sts:AssumeRole" },
      /EVERY user and role of account 597713067985/,
    ],
    [
      "a service",
      { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
      /the AWS service ec2\.amazonaws\.com/,
    ],
    [
      "an external ID",
      {
        Effect: "Allow",
        Principal: { AWS: "597713067985" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "sts:ExternalId": "abc" } },
      },
      /only if sts:ExternalId StringEquals abc/,
    ],
    [
      "roles of an account by their pattern",
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::377488441568:root" },
        Action: "sts:AssumeRole",
        Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::377488441568:role/qwak-eks-base*" } },
      },
      /Acme \(roles qwak-eks-base\* of account 377488441568\)/,
    ],
    [
      "what is denied",
      { Effect: "Deny", Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole" },
      /also denies EVERY user and role of account 111122223333/,
    ],
  ];
  for (const [what, statement, expected] of trustCases) {
    it(`names ${what}`, () => assert.match(trustInWords(statement), expected));
  }

  it("says that nobody gets anything when nobody is trusted", () => {
    const permissions = allow("s3:GetObject", "arn:aws:s3:::data/*");
    assert.match(describeAccess({ permissions, trust: nobody, vendorName: "Acme" })[0] ?? "", /^Nobody may read/);
  });

  it("describes any JSON without failing", () => {
    for (const odd of [null, 1, "x", [], {}, { Statement: 5 }, { Statement: [null, 3, { Effect: "Allow" }] }]) {
      assert.ok(describeAccess({ permissions: odd, trust: odd, vendorName: "Acme" }).length > 0);
    }
  });
});
