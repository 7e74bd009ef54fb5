import assert from "node:assert/strict";
import { type PolicySymbol, policySymbols } from "../../../src/editor/symbols/policySymbols";

/** `name | detail`, children indented. */
function outline(symbols: readonly PolicySymbol[], indent = ""): readonly string[] {
  return symbols.flatMap(({ name, detail, children }) => [
    `${indent}${name} | ${detail}`,
    ...outline(children, `${indent}  `),
  ]);
}

describe("the outline", () => {
  it("names statements by their Sid, and by what they do without one", () => {
    const text = `{"Version": "2012-10-17", "Statement": [
      {"Sid": "Data", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
      {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:ListBucket"], "Resource": "*"},
      {"Sid": "", "Effect": "Deny", "NotAction": "s3:*", "Resource": "*"},
      {"Resource": "*"}
    ]}`;
    assert.deepEqual(outline(policySymbols(text)), [
      "Data | Allow s3:GetObject",
      "Allow s3:GetObject, s3:PutObject, … (3) | ",
      "Deny all but s3:* | ",
      "Statement | ",
    ]);
  });

  it("selects the Sid within the statement", () => {
    const text = '{"Statement": {"Sid": "Data", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}}';
    const [symbol] = policySymbols(text);
    assert.equal(text.slice(symbol?.selection.offset).slice(0, symbol?.selection.length), '"Data"');
    assert.equal(text.slice(symbol?.range.offset).slice(0, symbol?.range.length), text.slice(14, -1));
  });

  it("nests the statements of the policies of a template below the policies' names", () => {
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
    const policy = { Version: "2012-10-17", Statement: [{ Sid: "One", ...statement }, statement] };
    const text = JSON.stringify({
      Resources: {
        DataRole: {
          Type: "AWS::IAM::Role",
          Properties: {
            AssumeRolePolicyDocument: { Statement: { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" } },
            Policies: [{ PolicyName: "a", PolicyDocument: policy }],
          },
        },
        DataPolicy: { Type: "AWS::S3::BucketPolicy", Properties: { PolicyDocument: policy } },
      },
    });
    assert.deepEqual(outline(policySymbols(text)), [
      "DataRole | trust policy · 1 statement",
      "  Allow sts:AssumeRole | ",
      "DataRole | permissions policy · 2 statements",
      "  One | Allow s3:GetObject",
      "  Allow s3:GetObject | ",
      "DataPolicy | bucket policy · 2 statements",
      "  One | Allow s3:GetObject",
      "  Allow s3:GetObject | ",
    ]);
  });

  it("keeps every selection within its row, and has names, also in broken documents", () => {
    const text =
      '{"Version": "2012-10-17", "Statement": [{"Sid": "A" "Effect": "Allow", "Action": ["s3:Get, }, {"Effect"';
    for (let end = 0; end <= text.length; end += 1) {
      for (const { name, range, selection } of policySymbols(text.slice(0, end))) {
        assert.ok(name !== "", "VS Code refuses a symbol without a name");
        assert.ok(
          range.offset <= selection.offset && selection.offset + selection.length <= range.offset + range.length,
          `${text.slice(0, end)}`,
        );
      }
    }
  });

  it("is empty for other JSON", () => {
    for (const text of ["", "{}", '{"Statement": "Effect"}']) assert.deepEqual(policySymbols(text), [], text);
  });
});
