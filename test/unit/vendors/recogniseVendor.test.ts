import assert from "node:assert/strict";
import { parseJson } from "../../../src/policy/parseJson";
import { readPolicy } from "../../../src/policy/readPolicy";
import { catalog } from "../../../src/vendors/catalog";
import type { VendorDefinition } from "../../../src/vendors/definition";
import { knownForms } from "../../../src/vendors/knownPrincipal";
import { currentPrincipals } from "../../../src/vendors/principals";
import { recogniseVendor } from "../../../src/vendors/recogniseVendor";
import { renderDocuments } from "../../../src/vendors/render";
import { goldenCases } from "./goldenCases";
import { allSamples } from "./sampleRequests";

function recognise(policy: unknown, vendors = catalog): string | undefined {
  const document = readPolicy(parseJson(typeof policy === "string" ? policy : JSON.stringify(policy)));
  assert.ok(document);
  return recogniseVendor(document, vendors)?.id;
}

function isVendors({ principals, parameters }: VendorDefinition) {
  const known = principals.flatMap(({ value }) => knownForms(value, parameters));
  return (principal: string) => known.includes(principal.replace(/^arn:aws-us-gov:/, "arn:aws:"));
}

function trust(principal: unknown, more: object = {}): object {
  const statement = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", ...more };
  return { Version: "2012-10-17", Statement: [statement] };
}

function permissions(actions: readonly string[], resource: string, more: object = {}): object {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: resource, ...more }] };
}

describe("recogniseVendor", () => {
  for (const definition of catalog) {
    for (const [name, request] of Object.entries(goldenCases[definition.id] ?? {})) {
      const { trust: document } = renderDocuments(definition, request);
      // A trust policy that names only the customer's own user says nothing of Dataloop.
      const expected = definition.user && name !== "page-sample" ? undefined : definition.id;
      it(`${definition.name}, ${name}: its trust policy gives ${expected ? "it" : "nobody"} away`, () => {
        assert.equal(recognise(document), expected);
      });
    }
  }

  for (const { definition, name, request } of allSamples) {
    const { trust: trustPolicy, bucketPolicy, keyPolicy } = renderDocuments(definition, request);
    for (const document of [trustPolicy, bucketPolicy, keyPolicy]) {
      // Nobody is let in yet; the customer's own user, or a principal that only the customer knows, says nothing.
      const tells = document !== undefined && currentPrincipals(definition, request).some(isVendors(definition));
      if (!tells || JSON.stringify(document).includes('"Deny"')) continue;
      it(`${definition.name}, ${name}: who is let in gives it away`, () =>
        assert.equal(recognise(document), definition.id));
    }
  }

  const cases: readonly (readonly [string, unknown, string | undefined])[] = [
    [
      "a retired principal",
      trust({ AWS: "arn:aws:iam::574987031486:role/activeloop_backend_dev" }),
      "activeloop-deep-lake",
    ],
    [
      "another role of the vendor's account",
      trust({ AWS: "arn:aws:iam::597713067985:role/x" }),
      "activeloop-deep-lake",
    ],
    ["the vendor's account as its id", trust({ AWS: ["377488441568"] }), "jfrog-ml"],
    ["the vendor's principal beside another one", trust({ AWS: ["*", "377488441568"] }), "jfrog-ml"],
    [
      "the vendor's condition with an account of one's own",
      trust(
        { AWS: "arn:aws:iam::345678901234:root" },
        { Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::345678901234:role/qwak-eks-base*" } } },
      ),
      "jfrog-ml",
    ],
    [
      "the vendor's condition with the account still to fill in",
      trust(
        { AWS: "arn:aws:iam::<account-id>:root" },
        { Condition: { ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::<account-id>:role/qwak-eks-base*"] } } },
      ),
      "jfrog-ml",
    ],
    ["the vendor's Sid", trust({ AWS: "*" }, { Sid: "AllowAssumeRoleFromActiveloopSaaS" }), "activeloop-deep-lake"],
    [
      "the page's Sid and its placeholder",
      permissions(["s3:GetObject"], "arn:aws:s3:::<DataLoopBucketName>/*", { Sid: "AllowListBucket" }),
      "dataloop",
    ],
    [
      "the vendor's KMS actions and its placeholder",
      permissions(
        ["kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:DescribeKey", "kms:GenerateDataKey*"],
        "YOUR_KMS_KEY_ARN",
      ),
      "activeloop-deep-lake",
    ],
    [
      "Dataloop's page as it is",
      permissions(["s3:ListBucket", "s3:PutObject", "s3:DeleteObject", "s3:GetObject"], "arn:aws:s3:::b", {
        Sid: "AllowListBucket",
      }),
      "dataloop",
    ],
    ["a general Sid alone", permissions(["s3:GetObject"], "arn:aws:s3:::b/*", { Sid: "AllowListBucket" }), undefined],
    [
      "a placeholder that many pages use",
      permissions(["s3:GetObject", "s3:ListBucket"], "arn:aws:s3:::BUCKET_NAME"),
      undefined,
    ],
    ["another account", trust({ AWS: "arn:aws:iam::111122223333:root" }), undefined],
    ["an AWS service", trust({ Service: "ec2.amazonaws.com" }), undefined],
    ["anyone", trust("*"), undefined],
    ["an account of two vendors, once by itself", trust({ AWS: "834469178297" }), "fivetran"],
    ["a principal of a product that is not offered", trust({ AWS: "arn:aws:iam::142548018081:root" }), "tigerdata"],
    [
      "a bucket policy's principal",
      permissions(["s3:GetObject"], "arn:aws:s3:::b/*", {
        Principal: { AWS: "arn:aws:iam::258327614892:role/external_s3" },
      }),
      "v7-darwin",
    ],
    ["two vendors", trust({ AWS: ["377488441568", "597713067985"] }), undefined],
    ["no statement", { Version: "2012-10-17", Statement: [] }, undefined],
  ];
  for (const [name, document, expected] of cases) {
    it(`${name}: ${expected ?? "nobody"}`, () => assert.equal(recognise(document), expected));
  }

  it("recognises a document that is not finished", () => {
    const text =
      '{"Version": "2012-10-17", "Statement": [{"Principal": {"AWS": "arn:aws:iam::377488441568:root"}, "Act';
    assert.equal(recognise(text), "jfrog-ml");
  });

  it("knows nobody without vendors", () => {
    assert.equal(recognise(trust({ AWS: "377488441568" }), []), undefined);
  });
});
