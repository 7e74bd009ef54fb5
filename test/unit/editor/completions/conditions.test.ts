import assert from "node:assert/strict";
import type { CompletionContext } from "../../../../src/editor/completions/completionContext";
import { allow, completions, integration, labels, statement, taken } from "./completionCases";

const trusting = (condition: string) =>
  statement(allow, '"Principal": {"AWS": "arn:aws:iam::377488441568:root"}', '"Action": "sts:AssumeRole"', condition);
const reading = (condition: string) =>
  statement(allow, '"Action": ["s3:GetObject", "s3:ListBucket"]', '"Resource": "*"', condition);

describe("completion of condition operators", () => {
  it("offers each once, and for keys with several values those of sets", async () => {
    const offered = await labels(reading('"Condition": {"StringEquals": {}, |}'));
    assert.equal(new Set(offered).size, offered.length);
    assert.ok(!offered.includes("StringEquals") && offered.includes("StringEqualsIfExists"), offered.join());
    assert.ok(offered.includes("ForAnyValue:StringLike") && !offered.includes("ForAnyValue:Bool"), offered.join());
    assert.ok(!offered.includes("NullIfExists"), "Null takes no IfExists");
  });

  for (const [key, fits, doesNot] of [
    ["aws:SecureTransport", ["Bool", "BoolIfExists", "Null"], ["StringEquals", "ForAnyValue:Bool"]],
    ["aws:SourceIp", ["IpAddress", "NotIpAddress"], ["StringLike", "Bool"]],
    ["aws:PrincipalArn", ["ArnLike", "StringEquals"], ["NumericEquals", "ForAnyValue:ArnLike"]],
    ["aws:TagKeys", ["ForAllValues:StringEquals"], ["StringEquals", "Bool"]],
    ["aws:CurrentTime", ["DateLessThan"], ["StringEquals"]],
    ["s3:max-keys", ["NumericLessThanEquals"], ["DateEquals"]],
  ] as const) {
    it(`offers for ${key} those that compare its type`, async () => {
      const offered = await labels(reading(`"Condition": {"St|": {"${key}": "x"}}`));
      for (const operator of fits) assert.ok(offered.includes(operator), `${operator}: ${offered.join()}`);
      for (const operator of doesNot) assert.ok(!offered.includes(operator), `${operator}: ${offered.join()}`);
    });
  }

  it("says what it compares, and what happens without the key", async () => {
    const { items } = await completions(reading('"Condition": {|}'));
    const documentation = items.find(({ label }) => label === "StringNotEqualsIfExists")?.documentation ?? "";
    assert.match(documentation, /none of these.*lacks the key/s);
  });

  it("offers the external ID and what the vendor asks for in a trust policy", async () => {
    const marked = trusting('"Condition": {|}');
    assert.ok(
      (await taken(marked, "External ID")).includes(
        '"Condition": {"StringEquals": { "sts:ExternalId": "‹external ID›" }}',
      ),
      "a tab stop",
    );
    const context = integration("jfrog-ml");
    assert.equal((await labels(marked, context))[0], "ArnLike aws:PrincipalArn");
    assert.match(
      await taken(marked, "ArnLike aws:PrincipalArn", context),
      /"ArnLike": \{ "aws:PrincipalArn": \["arn:aws:iam::377488441568:role\/eksctl-.*","arn.*qwak-eks-base\*"\] \}/,
    );
    assert.ok(!(await labels(reading('"Condition": {|}'))).includes("External ID"), "not in a permissions policy");
  });
});

describe("completion of condition keys", () => {
  it("offers those of the actions first, then the global ones, of the operator's type", async () => {
    const offered = await labels(reading('"Condition": {"StringEquals": {|}}'));
    assert.ok(
      offered.indexOf("s3:prefix") >= 0 && offered.indexOf("s3:prefix") < offered.indexOf("aws:PrincipalOrgID"),
      offered.join(),
    );
    assert.ok(!offered.includes("aws:SecureTransport") && !offered.includes("aws:TagKeys"), offered.join());
    assert.ok(!offered.includes("kms:ViaService"), "not those of other actions");
    assert.ok((await labels(reading('"Condition": {"Bool": {|}}'))).includes("aws:SecureTransport"), "a Bool key");
    assert.ok(
      (await labels(reading('"Condition": {"ForAnyValue:StringEquals": {|}}'))).includes("aws:TagKeys"),
      "a list",
    );
    assert.ok((await labels(reading('"Condition": {"Null": {|}}'))).includes("aws:TagKeys"), "every key can be absent");
  });

  it("offers the external ID first in a trust policy", async () => {
    const offered = await labels(trusting('"Condition": {"StringEquals": {"|"}}'));
    assert.equal(offered[0], "sts:ExternalId");
  });

  it("leaves the name of a tag to be typed, and gives sets a list", async () => {
    const marked = reading('"Condition": {"StringEquals": {|}}');
    assert.ok(
      (await taken(marked, "aws:PrincipalTag/${TagKey}")).includes('"aws:PrincipalTag/‹TagKey›": "|"'),
      "tab stops",
    );
    const sets = await taken(reading('"Condition": {"ForAllValues:StringEquals": {|}}'), "aws:TagKeys");
    assert.ok(sets.includes('{"aws:TagKeys": ["|"]}'), sets);
  });
});

describe("completion of condition values", () => {
  const cases: readonly (readonly [
    condition: string,
    context: Partial<CompletionContext>,
    expected: readonly string[],
  ])[] = [
    ['{"Bool": {"aws:SecureTransport": "|"}}', {}, ["true", "false"]],
    ['{"Null": {"s3:prefix": |}}', {}, ["true", "false"]],
    ['{"StringEquals": {"s3:x-amz-server-side-encryption": ["|"]}}', {}, ["aws:kms", "AES256", "aws:kms:dsse"]],
    ['{"StringEquals": {"s3:X-AMZ-metadata-directive": "|"}}', {}, ["COPY", "REPLACE"]],
    ['{"StringEquals": {"aws:ResourceAccount": "|"}}', integration("dataloop"), ["314159265358"]],
    ['{"StringEquals": {"aws:RequestedRegion": "|"}}', integration("dataloop"), ["eu-west-1"]],
    ['{"StringEquals": {"kms:ViaService": "|"}}', integration("dataloop"), ["s3.eu-west-1.amazonaws.com"]],
    ['{"StringEquals": {"s3:prefix": "|"}}', {}, []],
  ];
  for (const [condition, context, expected] of cases) {
    it(`offers ${expected.length === 0 ? "nothing" : expected.join(", ")} for ${condition}`, async () => {
      assert.deepEqual(await labels(trusting(`"Condition": ${condition}`), context), expected);
    });
  }

  it("offers the integration's own vendor before all others", async () => {
    const condition = '{"ArnLike": {"aws:PrincipalArn": "|"}}';
    const offered = await labels(trusting(`"Condition": ${condition}`), integration("jfrog-ml"));
    assert.deepEqual(offered.slice(0, 2), [
      "arn:aws:iam::377488441568:role/eksctl-Qwak-EKS-Cluster-nodegroup-*",
      "arn:aws:iam::377488441568:role/qwak-eks-base*",
    ]);
    assert.ok(offered.includes("arn:aws:iam::597713067985:role/activeloop_backend"));
  });

  it("offers the canned ACLs", async () => {
    const offered = await labels(reading('"Condition": {"StringEquals": {"s3:x-amz-acl": "|"}}'));
    assert.ok(offered.includes("bucket-owner-full-control") && offered.includes("private"), offered.join());
  });
});
