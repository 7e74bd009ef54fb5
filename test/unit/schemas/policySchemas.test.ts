import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { jsonService } from "./jsonService";

const golden = join(__dirname, "../../fixtures/golden");
const permissions = jsonService("permissions-policy.schema.json");
const trust = jsonService("trust-policy.schema.json");
const bucket = jsonService("bucket-policy.schema.json");

function statement(text: string): string {
  return `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", ${text}}]}`;
}

describe("policy schemas in VS Code's JSON service", () => {
  describe("validate", () => {
    for (const [name, service] of [
      ["permissions-policy.json", permissions],
      ["trust-policy.json", trust],
    ] as const) {
      it(`nothing is wrong with any vendor's ${name}`, async () => {
        const paths = readdirSync(golden, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(name));
        assert.ok(paths.length > 10);
        for (const path of paths) {
          assert.deepEqual(await service.problems(readFileSync(join(golden, path), "utf8")), [], path);
        }
      });
    }

    const fine: readonly (readonly [string, string])[] = [
      ["one statement without a list", '{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}'],
      ["an old version, which a check reports", '{"Version": "2008-10-17", "Statement": []}'],
      ["an action that the schema does not know", statement('"Action": "glue:GetTable", "Resource": "*"')],
      ["a trust policy in this place, which a check reports", statement('"Principal": {"AWS": "*"}, "Action": "x"')],
      [
        "every kind of condition value",
        statement(
          '"Action": "x", "Resource": "y", "Condition": {"Bool": {"a": true}, "NumericLessThan": {"b": 1}, "ForAnyValue:StringLikeIfExists": {"c": ["d"]}}',
        ),
      ],
      ["a placeholder, which a check reports", statement('"Action": "s3:GetObject", "Resource": "BUCKET_NAME"')],
    ];
    for (const [name, text] of fine) {
      it(`${name} is fine`, async () => {
        for (const service of [permissions, trust, bucket]) {
          assert.deepEqual(await service.problems(text), []);
        }
      });
    }

    const broken: readonly (readonly [string, string, RegExp])[] = [
      ["no statement", '{"Version": "2012-10-17"}', /Missing property "Statement"/],
      ["a misspelt element", statement('"Actions": "s3:GetObject"'), /Property Actions is not allowed/],
      ["an effect in small letters", '{"Statement": [{"Effect": "allow"}]}', /Valid values: "Allow", "Deny"/],
      ["no effect", '{"Statement": [{"Action": "s3:GetObject"}]}', /Missing property "Effect"/],
      ["a number for an action", statement('"Action": 1'), /Incorrect type/],
      ["a list for a principal", statement('"Principal": ["*"]'), /Incorrect type/],
      ["an unknown kind of principal", statement('"Principal": {"Aws": "*"}'), /Property Aws is not allowed/],
      ["a condition without an operator", statement('"Condition": {"sts:ExternalId": "x"}'), /Incorrect type/],
      ["an element of the document", '{"Statement": [], "Satement": []}', /Property Satement is not allowed/],
    ];
    for (const [name, text, message] of broken) {
      it(`${name}: one problem`, async () => {
        for (const service of [permissions, trust, bucket]) {
          const problems = await service.problems(text);
          assert.equal(problems.length, 1, problems.join("\n"));
          assert.match(problems[0] ?? "", message);
        }
      });
    }
  });

  describe("complete", () => {
    it("a whole document in an empty file", async () => {
      assert.ok((await permissions.completions("|")).includes("Permissions policy"));
      assert.ok((await trust.completions("|")).includes("Trust policy"));
      assert.ok((await bucket.completions("|")).includes("Bucket policy"));
    });

    const inStatement = (text: string) => `{"Version": "2012-10-17", "Statement": [{${text}}]}`;
    const places = [
      "{|}",
      '{"Version": |}',
      '{"Version": "|"}',
      '{"Statement": |}',
      '{"Statement": [|]}',
      inStatement("|"),
      inStatement('"|"'),
      inStatement('"Effect": |'),
      inStatement('"Effect": "|"'),
      inStatement('"Action": |'),
      inStatement('"Action": ["|"]'),
      inStatement('"Resource": ["x", |]'),
      inStatement('"Principal": |'),
      inStatement('"Principal": {|}'),
      inStatement('"Principal": {"AWS": |}'),
      inStatement('"Principal": {"AWS": [|]}'),
      inStatement('"Condition": |'),
      inStatement('"Condition": {|}'),
      inStatement('"Condition": {"StringEquals": |}'),
      inStatement('"Condition": {"StringEquals": {|}}'),
      inStatement('"Condition": {"Bool": {"aws:SecureTransport": |}}'),
      inStatement('"Condition": {"StringLike": {"a": ["|"]}}'),
    ];
    for (const place of places) {
      it(`nothing at ${place}, which the extension completes`, async () => {
        for (const service of [permissions, trust, bucket]) assert.deepEqual(await service.completions(place), []);
      });
    }
  });

  describe("explain", () => {
    it("elements", async () => {
      assert.match(
        await permissions.hover('{"Statement": [{"Reso|urce": "*"}]}'),
        /bucket and its objects are two ARNs/,
      );
      assert.match(await trust.hover('{"Statement": [{"Principal": {"Feder|ated": "x"}}]}'), /Identity providers/);
    });
  });
});
