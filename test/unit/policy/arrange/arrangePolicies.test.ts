import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { applyEdits } from "../../../../src/checks/applyFixes";
import { type Arrangement, arrangePolicies } from "../../../../src/policy/arrange/arrangePolicies";
import { formatText } from "../../../../src/policy/arrange/formatText";
import { formatJson } from "../../../../src/policy/formatJson";

function arranged(text: string, arrangement: Arrangement, offset = 0): string {
  const edits = arrangePolicies(text, offset, arrangement);
  return typeof edits === "string" ? edits : applyEdits(text, edits);
}

const folder = join(__dirname, "../../../fixtures/clean-policies");
const documents = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));

describe("the layout of a policy", () => {
  it("is that of the documents of an integration, and stays so", () => {
    for (const text of documents) {
      const expected = formatJson(JSON.parse(text));
      const compact = JSON.stringify(JSON.parse(text));
      if (arrangePolicies(compact, 0, "format") === "no-policy") continue;
      assert.equal(arranged(compact, "format"), expected);
      assert.deepEqual(arrangePolicies(expected, 0, "format"), []);
    }
  });

  it("is that of JSON.stringify for any JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        // A number stays as it is written.
        fc.pre(!/[\d]/.test(text));
        assert.equal(formatText(text), JSON.stringify(JSON.parse(text), null, 2));
      }),
    );
  });

  it("keeps comments where they belong, and every word", () => {
    const text = `// whose
{"Version": "2012-10-17", // current
 /* all */ "Statement": {"Effect": "Allow", "Action": /* both */ ["s3:GetObject", // read
   // write
   "s3:PutObject"], "Resource": [ ]} } // end`;
    assert.equal(
      arranged(text, "format"),
      `// whose
{
  "Version": "2012-10-17", // current
  /* all */
  "Statement": {
    "Effect": "Allow",
    "Action": /* both */ [
      "s3:GetObject", // read
      // write
      "s3:PutObject"
    ],
    "Resource": []
  }
} // end
`,
    );
  });

  it("is not touched in a document that is no JSON, or no policy", () => {
    assert.equal(
      arranged('{"Statement": [{"Effect": “Allow”, "Action": "s3:*", "Resource": "*"}]}', "format"),
      "broken",
    );
    assert.equal(
      arranged('{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*",}]}', "format"),
      "broken",
    );
    assert.equal(arranged("{}", "format"), "no-policy");
    assert.equal(arranged('{"Statement": "Effect"}', "format"), "no-policy");
  });
});

describe("sorting", () => {
  const policy = (...statements: readonly string[]) =>
    `{"Version": "2012-10-17", "Statement": [${statements.join(", ")}]}`;
  const statement = (sid: string, action: string) =>
    `{${sid && `"Sid": "${sid}", `}"Effect": "Allow", "Action": ${action}, "Resource": "*"}`;

  it("orders actions by service and name, whatever their case", () => {
    const text = policy(statement("A", '["s3:PutObject","kms:Decrypt", "S3:getObject"]'));
    assert.equal(
      arranged(text, "sort-actions"),
      policy(statement("A", '["kms:Decrypt","S3:getObject", "s3:PutObject"]')),
    );
  });

  it("orders statements by their Sids, those without one last and in their order", () => {
    const [b, a] = [statement("b", '"s3:*"'), statement("A", '"s3:*"')];
    const [one, two] = [statement("", '"kms:*"'), statement("", '"ec2:*"')];
    assert.equal(arranged(policy(one, b, two, a), "sort-statements"), policy(a, b, one, two));
  });

  it("takes the comments along", () => {
    const text = policy(`{"Effect": "Allow", "Action": [
      // write
      "s3:PutObject", // objects
      "s3:GetObject" // and read
    ], "Resource": "*"}`);
    assert.equal(
      arranged(text, "sort-actions"),
      policy(`{"Effect": "Allow", "Action": [
      "s3:GetObject", // and read
      // write
      "s3:PutObject" // objects
    ], "Resource": "*"}`),
    );
  });

  it("changes nothing else, and is done after once", () => {
    for (const text of documents) {
      if (arrangePolicies(text, 0, "format") === "no-policy") continue;
      for (const arrangement of ["sort-actions", "sort-statements"] as const) {
        const once = arranged(text, arrangement);
        assert.equal(arranged(once, arrangement), once);
        assert.deepEqual([...once].sort(), [...text].sort(), "the same characters");
        assert.doesNotThrow(() => JSON.parse(once), once);
      }
    }
  });

  it("works in a template on the policy at the cursor, else on all", () => {
    const inner = {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: ["s3:b", "s3:a"], Resource: { Ref: "A" } },
    };
    const resource = { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: inner } };
    const text = formatJson({ Resources: { One: resource, Two: resource } });
    const [one, two] = [text.indexOf("s3:b"), text.lastIndexOf("s3:b")];
    const sorted = arranged(text, "sort-actions", two);
    assert.equal(sorted.slice(0, two - 10), text.slice(0, two - 10));
    assert.ok(sorted.indexOf("s3:a", two - 10) < sorted.lastIndexOf("s3:b"), sorted);
    assert.ok(arranged(text, "sort-actions", one).indexOf("s3:a") < two, "the first");
    const all = JSON.parse(arranged(text, "sort-actions"));
    for (const { Properties } of Object.values<typeof resource>(all.Resources))
      assert.deepEqual(Properties.PolicyDocument.Statement.Action, ["s3:a", "s3:b"]);
    const string = formatJson({ resource: { aws_iam_policy: { a: { policy: JSON.stringify(inner) } } } });
    const policyInString = JSON.parse(JSON.parse(arranged(string, "sort-actions")).resource.aws_iam_policy.a.policy);
    assert.deepEqual(policyInString.Statement.Action, ["s3:a", "s3:b"]);
  });
});
