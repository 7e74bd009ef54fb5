import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { applyEdits, applySafeFixes } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import type { Finding } from "../../../src/checks/finding";
import { formatJson } from "../../../src/policy/formatJson";
import type { JsonValue, Range } from "../../../src/policy/json";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { catalog } from "../../../src/vendors/catalog";

const fixtures = join(__dirname, "../../fixtures");
let reference: ServiceReference;

before(async () => {
  reference = await loadServiceReference();
});

const check = (text: string): readonly Finding[] => checkDocument(text, { vendors: catalog, reference });

/** `check: marked text` */
function found(text: string): readonly string[] {
  return check(text).map(({ check: id, range }) => `${id}: ${marked(text, range)}`);
}

function marked(text: string, { offset, length }: Range): string {
  return text.slice(offset, offset + length);
}

function template(type: string, property: string, policy: JsonValue): string {
  return formatJson({
    AWSTemplateFormatVersion: "2010-09-09",
    Resources: { Thing: { Type: type, Properties: { [property]: policy } } },
  });
}

const role = (policy: JsonValue) => template("AWS::IAM::Role", "AssumeRolePolicyDocument", policy);
const managedPolicy = (policy: JsonValue) => template("AWS::IAM::ManagedPolicy", "PolicyDocument", policy);
/** Of a type that takes policies of several kinds: what it is, its form tells, as in a file of its own. */
const anyPolicy = (policy: JsonValue) => template("AWS::Some::Resource", "ResourcePolicy", policy);

function terraform(type: string, property: string, policy: string): string {
  return formatJson({ resource: { [type]: { thing: { [property]: policy } } } });
}

const allow = (statement: { readonly [element: string]: JsonValue }): JsonValue => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", ...statement }],
});

describe("a policy within a template", () => {
  const folder = join(fixtures, "clean-policies");
  const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);

  it("has the findings that it has alone, in CloudFormation", () => {
    for (const [name, text] of files) {
      const outer = anyPolicy(JSON.parse(text));
      const functions = /"(Ref|Fn::)/.test(text);
      if (functions) assert.deepEqual(found(outer), [], name);
      else assert.deepEqual(found(outer), found(text), name);
    }
  });

  it("has the findings that it has alone, in Terraform, where ${ of the policy is written $${", () => {
    for (const [name, text] of files) {
      const policy = JSON.stringify(JSON.parse(text)).replaceAll("${", "$${");
      const inner = found(text).map((finding) => finding.replaceAll("${", "$${"));
      assert.deepEqual(found(terraform("aws_some_thing", "policy", policy)), inner, name);
    }
  });

  it("has no finding where others publish it", () => {
    const templates = readdirSync(join(fixtures, "templates"));
    assert.ok(templates.length >= 10, `there are ${templates.length}`);
    for (const name of templates)
      assert.deepEqual(found(readFileSync(join(fixtures, "templates", name), "utf8")), [], name);
  });

  it("is not looked for in other JSON", () => {
    const policy = allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::BUCKET_NAME/*" });
    assert.deepEqual(found(formatJson({ Role: { AssumeRolePolicyDocument: policy } })), []);
    assert.deepEqual(found(formatJson({ Resources: { A: { Type: "Custom", Properties: { policy } } } })), []);
    assert.equal(found(managedPolicy(policy)).length, 1, "the same in a template");
  });
});

describe("what a template fills in", () => {
  const unknown: readonly (readonly [string, JsonValue])[] = [
    ["a Ref", { Ref: "Parameter" }],
    ["an attribute", { "Fn::GetAtt": ["Bucket", "Arn"] }],
    ["an attribute in one text", { "Fn::GetAtt": "Bucket.Arn" }],
    ["a substituted text", { "Fn::Sub": "arn:aws:s3:::${Bucket}/*" }],
    ["a substituted text with its own variables", { "Fn::Sub": ["arn:aws:s3:::${B}/*", { B: { Ref: "Bucket" } }] }],
    ["joined texts", { "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, ":s3:::", { Ref: "Bucket" }, "/*"]] }],
    ["texts joined with something", { "Fn::Join": ["/", [{ "Fn::GetAtt": ["Bucket", "Arn"] }, "*"]] }],
    ["an imported value", { "Fn::ImportValue": { "Fn::Sub": "${Stack}-BucketArn" } }],
    ["a choice", { "Fn::If": ["IsProduction", "arn:aws:s3:::a/*", { Ref: "AWS::NoValue" }] }],
    ["a split text", { "Fn::Split": [",", { Ref: "Arns" }] }],
  ];

  for (const [what, value] of unknown) {
    it(`is no finding as a resource, an action or a value: ${what}`, () => {
      assert.deepEqual(found(managedPolicy(allow({ Action: ["s3:GetObject", "s3:PutObject"], Resource: value }))), []);
      assert.deepEqual(found(managedPolicy(allow({ Action: ["s3:GetObject"], Resource: [value] }))), []);
      assert.deepEqual(found(managedPolicy(allow({ Action: value, Resource: "arn:aws:s3:::my-data/*" }))), []);
      const condition = { StringEquals: { "aws:PrincipalTag/team": value } };
      const resource = "arn:aws:s3:::my-data/*";
      assert.deepEqual(
        found(managedPolicy(allow({ Action: "s3:GetObject", Resource: resource, Condition: condition }))),
        [],
      );
    });

    it(`is no finding as a principal or an external ID: ${what}`, () => {
      const action = "sts:AssumeRole";
      assert.deepEqual(found(role(allow({ Action: action, Principal: { AWS: value } }))), []);
      assert.deepEqual(found(role(allow({ Action: action, Principal: value }))), []);
      const condition = { StringEquals: { "sts:ExternalId": value } };
      const principal = { AWS: "arn:aws:iam::345678901234:root" };
      assert.deepEqual(found(role(allow({ Action: action, Principal: principal, Condition: condition }))), []);
    });
  }

  it("is no finding as a statement, an effect, a version or a condition", () => {
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::my-data/*" };
    const choice = { "Fn::If": ["More", statement, { Ref: "AWS::NoValue" }] };
    assert.deepEqual(found(managedPolicy({ Version: "2012-10-17", Statement: [statement, choice] })), []);
    assert.deepEqual(
      found(managedPolicy({ Version: "2012-10-17", Statement: [{ ...statement, Effect: { Ref: "Effect" } }] })),
      [],
    );
    assert.deepEqual(found(managedPolicy({ Version: { Ref: "Version" }, Statement: [statement] })), []);
    assert.deepEqual(
      found(managedPolicy({ Version: "2012-10-17", Statement: [{ ...statement, Condition: choice }] })),
      [],
    );
  });

  it("makes no statement redundant that may not be", () => {
    const read = (value: JsonValue) => ({ Effect: "Allow", Action: "s3:GetObject", Resource: value });
    const policy = (...statements: readonly JsonValue[]) =>
      managedPolicy({ Version: "2012-10-17", Statement: statements });
    assert.deepEqual(found(policy(read({ Ref: "A" }), read({ Ref: "B" }))), []);
    assert.deepEqual(found(policy(read({ Ref: "A" }), read({ Ref: "A" }))), ["statement-redundant: Effect"]);
  });

  it("is no finding in Terraform, in a text and in place of one", () => {
    const policy =
      '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ${jsonencode(var.actions)}, "Resource": ["${aws_s3_bucket.data.arn}/*", "arn:aws:s3:::${lower("${var.name}")}"]}]}';
    assert.deepEqual(found(terraform("aws_iam_policy", "policy", policy)), []);
    assert.deepEqual(found(terraform("aws_iam_policy", "policy", "${data.aws_iam_policy_document.data.json}")), []);
    const directive = '{"Version": "2012-10-17", "Statement": [%{ if var.all }{"Effect": "allow"}%{ endif }]}';
    assert.deepEqual(found(terraform("aws_iam_policy", "policy", directive)), []);
  });
});

describe("a finding within a template", () => {
  const wrong = allow({
    Effect: "allow",
    Action: ["s3:GetObject"],
    Resource: ["arn:aws:s3:::BUCKET_NAME/*", { "Fn::Sub": "arn:aws:s3:::${Bucket}/*" }],
  });

  it("is marked in the template", () => {
    assert.deepEqual(found(managedPolicy(wrong)), ["effect-invalid: allow", "placeholder-unfilled: BUCKET_NAME"]);
    const text = terraform("aws_iam_policy", "policy", JSON.stringify(wrong).replace(/\$\{/g, "$${"));
    assert.deepEqual(found(text).slice(0, 2), ["effect-invalid: allow", "placeholder-unfilled: BUCKET_NAME"]);
  });

  it("is found within a text with variables, and around them", () => {
    const retired = { "Fn::Sub": "arn:${AWS::Partition}:iam::574987031486:role/activeloop_backend" };
    const text = role({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AllowAssumeRoleFromActiveloopSaaS",
          Effect: "Allow",
          Principal: { AWS: retired },
          Action: "sts:AssumeRole",
        },
      ],
    });
    assert.deepEqual(found(text), [`principal-retired: ${retired["Fn::Sub"]}`]);
    assert.equal(
      applySafeFixes(text, check).text,
      text.replace("574987031486", "597713067985"),
      "the variable stays, and the text around it",
    );
    const placeholder = managedPolicy(
      allow({ Action: "s3:GetObject", Resource: { "Fn::Sub": "arn:aws:s3:::BUCKET_NAME/${Prefix}/*" } }),
    );
    assert.deepEqual(found(placeholder), ["placeholder-unfilled: BUCKET_NAME"]);
  });

  it("is repaired in the template, and nothing else is changed", () => {
    const text = managedPolicy(wrong);
    assert.equal(applySafeFixes(text, check).text, text.replace('"allow"', '"Allow"'));
    const plain = terraform("aws_iam_policy", "policy", JSON.stringify(wrong, null, 2).replace(/\$\{/g, "$${"));
    assert.equal(applySafeFixes(plain, check).text, plain.replace('\\"allow\\"', '\\"Allow\\"'));
  });

  it("is repaired with escapes where the policy is a string", () => {
    const text = terraform(
      "aws_iam_role",
      "assume_role_policy",
      JSON.stringify(
        { Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }] },
        null,
        2,
      ),
    );
    const fixed = applySafeFixes(text, check);
    const policy = JSON.parse(JSON.parse(fixed.text).resource.aws_iam_role.thing.assume_role_policy);
    assert.equal(policy.Version, "2012-10-17");
    assert.ok(fixed.text.includes(String.raw`{\n  \"Version\": \"2012-10-17\",\n  \"Statement\"`), fixed.text);
  });

  it("offers no fix that would write a stand-in for what is not known", () => {
    for (const text of [managedPolicy(wrong), role(wrong), anyPolicy(wrong)]) {
      for (const { fixes } of check(text)) {
        for (const { title, edits } of fixes) {
          const result = applyEdits(text, edits);
          assert.doesNotThrow(() => JSON.parse(result), title);
          assert.ok(!result.includes("{{"), title);
        }
      }
    }
  });

  it("says that a trust policy stands in the place of a permissions policy, and the reverse", () => {
    const trust = allow({ Principal: { AWS: "arn:aws:iam::345678901234:role/etl" }, Action: "sts:AssumeRole" });
    const read = allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::my-data/*" });
    assert.ok(
      found(managedPolicy(trust)).includes("document-misplaced: Principal"),
      found(managedPolicy(trust)).join(),
    );
    assert.ok(found(role(read)).includes("document-misplaced: Resource"), found(role(read)).join());
    const inline = formatJson({
      resource: { aws_iam_role: { a: { inline_policy: [{ policy: JSON.stringify(trust) }] } } },
    });
    assert.ok(found(inline).includes("document-misplaced: Principal"), found(inline).join());
  });

  it("asks for the value of a placeholder that is escaped twice only within a string", () => {
    const [inObject] = check(managedPolicy(allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::BUCKET_NAME/*" })));
    assert.equal(inObject?.fill?.inString, undefined);
    const policy = JSON.stringify(allow({ Action: "s3:GetObject", Resource: "arn:aws:s3:::BUCKET_NAME/*" }));
    const text = terraform("aws_iam_policy", "policy", policy);
    const [inString] = check(text);
    assert.equal(inString?.fill?.inString, true);
    assert.deepEqual(
      inString?.fill?.places.map((place) => marked(text, place)),
      ["BUCKET_NAME"],
    );
  });
});
