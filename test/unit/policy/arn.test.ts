import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { accountOffset, accountOfPrincipal, bucketOf, parseArn, resourceOffset } from "../../../src/policy/arn";
import { matchesAction, matchesPattern } from "../../../src/policy/wildcards";

describe("parseArn", () => {
  it("reads the parts of an ARN and where they stand", () => {
    const text = "arn:aws-cn:kms:cn-north-1:234567890123:key/a:b";
    const arn = parseArn(text);
    assert.ok(arn);
    assert.deepEqual(arn, {
      partition: "aws-cn",
      service: "kms",
      region: "cn-north-1",
      account: "234567890123",
      resource: "key/a:b",
    });
    assert.equal(text.slice(accountOffset(arn), accountOffset(arn) + 12), "234567890123");
    assert.equal(text.slice(resourceOffset(arn)), "key/a:b");
  });

  for (const text of ["", "arn:", "arn:aws", "arn:aws:s3::", "aws:s3:::b", "*", "arn:aws:s3"]) {
    it(`is undefined for ${JSON.stringify(text)}`, () => assert.equal(parseArn(text), undefined));
  }

  it("tells the bucket of bucket and object ARNs only", () => {
    const bucket = (text: string) => {
      const arn = parseArn(text);
      return arn === undefined ? undefined : bucketOf(arn);
    };
    assert.equal(bucket("arn:aws:s3:::b"), "b");
    assert.equal(bucket("arn:aws:s3:::b/k/l"), "b");
    assert.equal(bucket("arn:aws:s3:us-east-1:234567890123:accesspoint/a"), undefined);
    assert.equal(bucket("arn:aws:iam::234567890123:root"), undefined);
  });

  it("tells the account of a principal, written as id or ARN", () => {
    assert.equal(accountOfPrincipal("234567890123"), "234567890123");
    assert.equal(accountOfPrincipal("arn:aws:iam::234567890123:root"), "234567890123");
    assert.equal(accountOfPrincipal("*"), undefined);
  });
});

describe("matchesPattern", () => {
  for (const [pattern, text, expected] of [
    ["*", "", true],
    ["a*c", "abbc", true],
    ["a*c", "abbd", false],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["*a*b*", "xxaxxbxx", true],
    ["*a*b*", "xxbxxaxx", false],
    ["a.c", "abc", false],
    ["", "", true],
    ["", "a", false],
    ["a**", "a", true],
  ] as const) {
    it(`${JSON.stringify(pattern)} ${expected ? "matches" : "does not match"} ${JSON.stringify(text)}`, () =>
      assert.equal(matchesPattern(pattern, text), expected));
  }

  it("takes actions in any case", () => assert.ok(matchesAction("S3:get*", "s3:GetObject")));
});
