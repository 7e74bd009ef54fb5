import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { JsonValue } from "../../../src/policy/json";
import { parseJson } from "../../../src/policy/parseJson";
import { mayBePolicy, readPolicy } from "../../../src/policy/readPolicy";

function kind(...statements: readonly JsonValue[]): string | undefined {
  return readPolicy(parseJson(JSON.stringify({ Version: "2012-10-17", Statement: statements })))?.kind;
}

const principal = { AWS: "arn:aws:iam::234567890123:root" };
const permissions = { Effect: "Allow", Action: "s3:*", Resource: "*" };
const trust = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };

describe("readPolicy", () => {
  for (const [what, statements, expected] of [
    ["a permissions policy", [permissions], "permissions"],
    ["a trust policy", [trust], "trust"],
    ["a bucket policy", [{ ...permissions, Principal: "*" }], "bucket"],
    ["a key policy", [{ ...permissions, Principal: principal, Action: "kms:*" }], "key"],
    ["trust and permissions in one", [trust, permissions], "unknown"],
    [
      "a policy of another service’s resource",
      [{ ...permissions, Principal: "*", Action: "sqs:SendMessage" }],
      "unknown",
    ],
    ["somebody with an action that is none of STS’s", [{ ...trust, Action: "s3:GetObject" }], "unknown"],
    ["nothing", [], "unknown"],
  ] as const) {
    it(`tells ${what}`, () => assert.equal(kind(...statements), expected));
  }

  for (const [what, text] of [
    ["other JSON", '{"name": "x", "version": "1.0.0"}'],
    ["an array", "[]"],
    ["statements of a bank", '{"Version": 3, "Statement": [{"Effect": "x", "Amount": 5}]}'],
    ["a statement that is a text", '{"Version": "2012-10-17", "Statement": "x"}'],
    ["a template with policies in it", '{"Resources": {"Role": {"Statement": []}}}'],
  ] as const) {
    it(`is undefined for ${what}`, () => assert.equal(readPolicy(parseJson(text)), undefined));
  }

  it("reads single values, lists and conditions alike", () => {
    const text = JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Sid: "A",
        Effect: "Allow",
        Principal: { AWS: ["1", "2"], Service: "ec2.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { ArnLike: { "aws:PrincipalArn": ["a", "b"] }, Bool: { "aws:SecureTransport": true } },
      },
    });
    const [statement] = readPolicy(parseJson(text))?.statements ?? [];
    assert.ok(statement);
    assert.equal(statement.sid?.value, "A");
    assert.deepEqual(
      statement.principals.map(({ type, node }) => [type, node.value]),
      [
        ["AWS", "1"],
        ["AWS", "2"],
        ["Service", "ec2.amazonaws.com"],
      ],
    );
    assert.deepEqual(
      statement.actions.map(({ value }) => value),
      ["sts:AssumeRole"],
    );
    assert.deepEqual(
      statement.conditions.map(({ operator, key, values }) => [operator.value, key.value, values.length]),
      [
        ["ArnLike", "aws:PrincipalArn", 2],
        ["Bool", "aws:SecureTransport", 1],
      ],
    );
  });

  it("takes the last of two equal elements, as AWS does", () => {
    const text =
      '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "a:B", "Action": "c:D", "Resource": "*"}]}';
    const [statement] = readPolicy(parseJson(text))?.statements ?? [];
    assert.deepEqual(
      statement?.actions.map(({ value }) => value),
      ["c:D"],
    );
  });
});

describe("mayBePolicy", () => {
  it("says yes to what may be one, also when it is broken", () => {
    assert.ok(mayBePolicy(JSON.stringify({ Version: "2012-10-17", Statement: [permissions] })));
    assert.ok(mayBePolicy("“Statement”: [{“Effect”: “Allow"), "typographic quotes");
    assert.ok(mayBePolicy('{"Statement"\u00a0\n  [{"Effect": "Allow"'), "no colon, a break in the line");
    assert.ok(mayBePolicy("{Statement: {Effect: 'Allow'"), "no quotes");
    assert.ok(mayBePolicy(JSON.stringify({ policy: JSON.stringify({ Statement: [permissions] }) })), "in a string");
  });

  it("says no to other JSON, and to what is too large", () => {
    assert.ok(!mayBePolicy('{"name": "package"}'));
    assert.ok(!mayBePolicy('{"title": "Statement", "Action": "a Statement about it"}'), "a word of a sentence");
    const large = JSON.stringify({ Statement: [permissions], filler: "x".repeat(20_000_000) });
    assert.ok(!mayBePolicy(large));
  });
});
