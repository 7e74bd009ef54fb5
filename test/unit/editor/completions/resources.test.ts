import assert from "node:assert/strict";
import { allow, completions, integration, labels, statement, taken } from "./completionCases";

const own = integration("activeloop-deep-lake");
const bucket = "arn:aws:s3:::training-data";

function resource(...actions: readonly string[]): string {
  return statement(allow, `"Action": ${JSON.stringify(actions)}`, '"Resource": ["|"]');
}

describe("completion of resources", () => {
  for (const [what, actions, expected] of [
    ["a bucket for actions on buckets", ["s3:ListBucket"], [bucket]],
    ["its objects for actions on objects", ["s3:GetObject", "s3:PutObject"], [`${bucket}/*`]],
    ["both for both", ["s3:ListBucket", "s3:GetObject"], [bucket, `${bucket}/*`]],
    ["both for a pattern of both", ["s3:*"], [bucket, `${bucket}/*`]],
    ["both while no action is there", [], [bucket, `${bucket}/*`]],
    ["no bucket for a key's actions", ["kms:Decrypt"], []],
  ] as const) {
    it(`offers ${what}`, async () => {
      const offered = await labels(resource(...actions), own);
      assert.deepEqual(
        offered.filter((label) => label.startsWith(bucket)),
        expected,
      );
    });
  }

  it("says which actions need it", async () => {
    const { items } = await completions(resource("s3:ListBucket", "s3:GetObject"), own);
    const [first, second] = items;
    assert.match(first?.documentation ?? "", /bucket of this integration.*`s3:ListBucket`/);
    assert.match(second?.documentation ?? "", /all of its objects.*`s3:GetObject`/);
  });

  it("offers the buckets of the profile after those of the integration, if they are there", async () => {
    const buckets = [
      { name: "other-data", exists: true },
      { name: "gone", exists: false },
    ];
    const offered = await labels(resource("s3:ListBucket"), { ...own, buckets });
    assert.deepEqual(offered.slice(0, 2), [bucket, "arn:aws:s3:::other-data"]);
    assert.ok(!offered.includes("arn:aws:s3:::gone"), offered.join());
  });

  it("leaves out what the statement has", async () => {
    const text = statement(allow, '"Action": ["s3:ListBucket", "s3:GetObject"]', `"Resource": ["${bucket}", "|"]`);
    const offered = await labels(text, own);
    assert.ok(!offered.includes(bucket) && offered.includes(`${bucket}/*`), offered.join());
  });

  it("offers the key of the integration and of the buckets' encryption", async () => {
    const key = "arn:aws:kms:eu-west-1:314159265358:key/0d1f7c8e-0000-4000-8000-000000000001";
    const other = key.replace(/1$/, "2");
    const offered = await labels(resource("kms:Decrypt"), {
      ...integration("activeloop-deep-lake", { parameters: { buckets: ["training-data"], kmsKeyArn: key } }),
      buckets: [{ name: "other-data", exists: true, kmsKeyArn: other }],
    });
    assert.deepEqual(offered.slice(0, 2), [key, other]);
  });

  it("offers AWS's formats for the actions, with what the integration knows filled in", async () => {
    const marked = resource("kms:Decrypt", "dynamodb:GetItem");
    assert.ok(
      (await taken(marked, "arn:aws:kms:eu-west-1:314159265358:key/KeyId", own)).includes("key/‹KeyId›"),
      "a tab stop",
    );
    const offered = await labels(marked);
    assert.ok(offered.includes("arn:aws:kms:Region:Account:key/KeyId"), offered.join());
    const objects = await labels(
      resource("s3:GetObject"),
      integration("activeloop-deep-lake", { partition: "aws-cn" }),
    );
    assert.ok(objects.includes("arn:aws-cn:s3:::BucketName/ObjectName"), objects.join());
  });

  it("offers * only for actions that know no resource, and says so", async () => {
    const { items } = await completions(resource("s3:ListAllMyBuckets"), own);
    assert.deepEqual(
      items.map(({ label }) => label),
      ["*"],
    );
    assert.match(items[0]?.documentation ?? "", /ListAllMyBuckets.*only `\*`/);
    assert.ok(!(await labels(resource("s3:GetObject"), own)).includes("*"), "not for an object");
  });

  it("offers in a key policy the key that has it", async () => {
    assert.deepEqual(await labels(resource("kms:Decrypt"), { ...own, kind: "key" }), ["*"]);
  });

  it("keeps what is typed comparable: a colon and a slash are parts of it", async () => {
    const { items, text } = await completions(
      statement(allow, '"Action": "s3:GetObject"', '"Resource": "arn:aws:s3:::tr|aining"'),
      own,
    );
    const [item] = items;
    assert.equal(text.slice(item?.range.offset).slice(0, item?.range.length), "arn:aws:s3:::training");
    assert.equal(item?.filterText, `${bucket}/*`);
  });
});
