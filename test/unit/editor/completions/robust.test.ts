import assert from "node:assert/strict";
import fc from "fast-check";
import type { CompletionContext } from "../../../../src/editor/completions/completionContext";
import { completionsAt } from "../../../../src/editor/completions/completionsAt";
import { formatJson } from "../../../../src/policy/formatJson";
import { loadServiceReference } from "../../../../src/policy/serviceReference/loadServiceReference";
import { catalog } from "../../../../src/vendors/catalog";
import { completions, integration, sorted } from "./completionCases";

const document = formatJson({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Data",
      Effect: "Allow",
      Principal: { AWS: ["arn:aws:iam::377488441568:root"], Service: "s3.amazonaws.com" },
      Action: ["s3:GetObject", "s3:List*"],
      Resource: ["arn:aws:s3:::training-data", "arn:aws:s3:::training-data/${aws:username}/*"],
      Condition: { "ForAnyValue:StringLike": { "aws:TagKeys": ["a"] }, Bool: { "aws:SecureTransport": "true" } },
    },
  ],
});
const breaks = ['"', ",", ":", "{", "}", "[", "]", "\n", "\\", "/*", "//", "“", " ", "s3:", "é"];

describe("completion in broken documents", () => {
  let context: CompletionContext;
  before(async () => {
    const reference = await loadServiceReference();
    const buckets = [{ name: "training-data", exists: true }];
    context = { reference, vendors: catalog, buckets, ...integration("jfrog-ml") };
  });

  it("never throws, and replaces only what is around the cursor on its line", () => {
    const change = fc.record({
      at: fc.nat(document.length),
      remove: fc.nat(6),
      put: fc.constantFrom("", ...breaks),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(document.length), (changes, cursor) => {
        const text = changes.reduce(
          (all, { at, remove, put }) => all.slice(0, at) + put + all.slice(at + remove),
          document,
        );
        const offset = Math.min(cursor, text.length);
        for (const { range, additionalEdits } of completionsAt(text, offset, context).items) {
          const end = range.offset + range.length;
          assert.ok(range.offset <= offset && offset <= end && end <= text.length, "the cursor is in the range");
          assert.ok(!/[\r\n]/.test(text.slice(range.offset, end)), "the range is on one line");
          for (const edit of additionalEdits) assert.ok(edit.range.offset < range.offset, "a comma goes before it");
        }
      }),
      { numRuns: 400 },
    );
  });

  it("offers nothing twice", () => {
    for (let offset = 0; offset <= document.length; offset += 1) {
      const labels = completionsAt(document, offset, context).items.map(({ label }) => label);
      const twice = labels.filter((label, index) => labels.indexOf(label) !== index);
      assert.deepEqual(twice, [], `at ${document.slice(Math.max(0, offset - 20), offset)}|`);
    }
  });

  it("knows the statement also while another one is broken", async () => {
    const marked = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": ["s3:GetObject" "Resource": "x" },
    { "Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": ["|"] }
  ]
}`;
    const { items } = await completions(marked, { buckets: [{ name: "training-data", exists: true }] });
    assert.deepEqual(
      sorted(items)
        .map(({ label }) => label)
        .filter((label) => label.includes("training-data")),
      ["arn:aws:s3:::training-data"],
    );
  });

  it("completes in the largest policies", () => {
    const statement = document.slice(document.indexOf("    {"), document.lastIndexOf("  ]"));
    const large = `{"Version": "2012-10-17", "Statement": [${Array.from({ length: 80 }, () => statement).join(",")}]}`;
    const offset = large.lastIndexOf("s3:List*") + 3;
    assert.ok(large.length > 32_000, `${large.length}`);
    assert.ok(completionsAt(large, offset, context).items.length > 0, "something to complete");
  });
});
