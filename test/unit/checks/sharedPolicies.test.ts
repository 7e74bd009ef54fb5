import assert from "node:assert/strict";
import { checkDocument } from "../../../src/checks/checkDocument";
import type { BucketFacts } from "../../../src/checks/finding";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { catalog } from "../../../src/vendors/catalog";
import { renderDocuments } from "../../../src/vendors/render";
import { allSamples, manifestOf, textOf } from "../vendors/sampleRequests";

describe("a bucket policy of an integration", () => {
  let reference: ServiceReference;
  before(async () => {
    reference = await loadServiceReference();
  });

  const sample = allSamples.find(({ definition, name }) => definition.id === "v7-darwin" && name === "read-only");

  function found(change: (text: string) => string, buckets: readonly BucketFacts[] = []): readonly string[] {
    assert.ok(sample);
    const { definition, request } = sample;
    const { bucketPolicy } = renderDocuments(definition, request);
    assert.ok(bucketPolicy);
    const integration = { manifest: manifestOf(sample), definition, documentRole: "bucketPolicy" } as const;
    const text = change(textOf(bucketPolicy));
    return checkDocument(text, { vendors: catalog, reference, integration, buckets }).map(
      ({ check, range: { offset, length } }) => `${check} ${text.slice(offset, offset + length)}`,
    );
  }

  it("has no finding as it is made", () =>
    assert.deepEqual(
      found((text) => text),
      [],
    ));

  for (const [what, from, to, expected] of [
    [
      "somebody else as the vendor",
      "arn:aws:iam::258327614892:role/external_s3",
      "arn:aws:iam::345678901234:role/x",
      "principal-mismatch arn:aws:iam::345678901234:role/x",
    ],
    ["another bucket", "training-data/*", "payroll/*", "resource-bucket-mismatch payroll"],
    [
      "more than the vendor asks for",
      '"s3:GetObject"',
      '"s3:GetObject", "s3:DeleteObject"',
      "action-beyond-request s3:DeleteObject",
    ],
  ] as const) {
    it(`is told of ${what}`, () =>
      assert.deepEqual(
        found((text) => text.replace(from, to)),
        [expected],
      ));
  }

  it("is told that the key of its bucket has a policy of its own", () => {
    const kmsKeyArn = "arn:aws:kms:us-east-1:210987654321:key/0f1e2d3c-aaaa-4bbb-8ccc-1234567890ab";
    const facts = { name: "training-data", exists: true, region: "us-east-1" };
    const asMade = (text: string): string => text;
    assert.deepEqual(found(asMade, [{ ...facts, kmsKeyArn }]), ["kms-statement-missing Statement"]);
    assert.deepEqual(found(asMade, [facts]), []);
  });
});
