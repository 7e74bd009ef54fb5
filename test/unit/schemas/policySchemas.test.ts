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

    it("the elements that belong in each kind of statement", async () => {
      const text = '{"Statement": [{"Effect": "Allow", |}]}';
      assert.deepEqual((await permissions.completions(text)).sort(), [
        "Action",
        "Condition",
        "NotAction",
        "NotResource",
        "Resource",
        "Sid",
      ]);
      assert.deepEqual((await trust.completions(text)).sort(), [
        "Action",
        "Condition",
        "NotPrincipal",
        "Principal",
        "Sid",
      ]);
      assert.ok((await bucket.completions(text)).includes("Principal"));
      assert.ok((await bucket.completions(text)).includes("Resource"));
    });

    it("effects, actions, operators and condition keys", async () => {
      const inStatement = (text: string) => `{"Statement": [{${text}}]}`;
      assert.deepEqual((await permissions.completions(inStatement('"Effect": |'))).sort(), ['"Allow"', '"Deny"']);
      const actions = await permissions.completions(inStatement('"Action": ["|"]'));
      for (const action of ["s3:GetObject", "s3:ListBucket", "kms:Decrypt", "sts:AssumeRole"]) {
        assert.ok(actions.includes(`"${action}"`), action);
      }
      const trusted = await trust.completions(inStatement('"Action": "|"'));
      assert.ok(trusted.includes('"sts:AssumeRole"') && !trusted.includes('"s3:GetObject"'));
      const operators = await trust.completions(inStatement('"Condition": {|}'));
      assert.ok(operators.includes("StringEquals") && operators.includes("ArnLike"));
      const keys = await trust.completions(inStatement('"Condition": {"StringEquals": {|}}'));
      assert.ok(keys.includes("sts:ExternalId") && keys.includes("aws:PrincipalArn"));
      assert.ok((await trust.completions(inStatement('"Principal": {|}'))).includes("AWS"));
    });
  });

  describe("explain", () => {
    it("elements, actions and operators", async () => {
      assert.match(
        await permissions.hover('{"Statement": [{"Reso|urce": "*"}]}'),
        /bucket and its objects are two ARNs/,
      );
      assert.match(await permissions.hover('{"Statement": [{"Action": "s3:Delete|Object"}]}'), /Delete an object/);
      assert.match(
        await trust.hover('{"Statement": [{"Condition": {"Arn|Like": {}}}]}'),
        /matches one of these patterns/,
      );
    });
  });
});
