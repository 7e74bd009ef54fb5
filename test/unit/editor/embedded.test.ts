import assert from "node:assert/strict";
import { completionsAt } from "../../../src/editor/completions/completionsAt";
import { hoverAt } from "../../../src/editor/hovers/hoverAt";
import { policyLinks } from "../../../src/editor/links/documentLinks";
import { type PolicySymbol, policySymbols } from "../../../src/editor/symbols/policySymbols";
import { formatJson } from "../../../src/policy/formatJson";
import type { Range } from "../../../src/policy/json";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { catalog } from "../../../src/vendors/catalog";

let reference: ServiceReference;

before(async () => {
  reference = await loadServiceReference();
});

const statement = {
  Sid: "Data",
  Effect: "Allow",
  Action: ["s3:GetObject", "s3:PutObject"],
  Resource: [{ "Fn::GetAtt": ["Bucket", "Arn"] }, { "Fn::Sub": "arn:aws:s3:::${Bucket}/*" }],
};
const trust = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
};

const cloudFormation = formatJson({
  Resources: {
    Reader: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: trust,
        Policies: [{ PolicyName: "data", PolicyDocument: { Version: "2012-10-17", Statement: [statement] } }],
      },
    },
  },
});

const terraform = formatJson({
  resource: {
    aws_iam_policy: {
      data: {
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Sid: "Data", Effect: "Allow", Action: ["s3:GetObject"], Resource: "${aws_s3_bucket.data.arn}/*" },
          ],
        }),
      },
    },
  },
});

function hover(text: string, place: string): { readonly marked: string; readonly markdown: string } | undefined {
  const found = hoverAt(text, text.indexOf(place) + 1, { vendors: catalog, reference });
  return found && { marked: marked(text, found.range), markdown: found.markdown };
}

function marked(text: string, { offset, length }: Range): string {
  return text.slice(offset, offset + length);
}

/** At the `|`, which is left out. */
function complete(text: string): { readonly text: string; readonly apply: (label: string) => string } {
  const offset = text.indexOf("|");
  const before = text.replace("|", "");
  const { items } = completionsAt(before, offset, { vendors: catalog, reference, buckets: [] });
  return {
    text: items.map(({ label }) => label).join(" "),
    apply(label) {
      const item = items.find((each) => each.label === label);
      assert.ok(item, `${label} is offered: ${items.map((each) => each.label).join(", ")}`);
      const { range, newText } = item;
      return before.slice(0, range.offset) + newText + before.slice(range.offset + range.length);
    },
  };
}

describe("help in the policies of a template", () => {
  it("hovers over actions and statements, at their places", () => {
    for (const text of [cloudFormation, terraform]) {
      assert.equal(hover(text, "s3:GetObject")?.marked.includes("s3:GetObject"), true, text);
      assert.match(hover(text, "Data")?.markdown ?? "", /may read|Allows.*s3:GetObject/);
    }
    assert.equal(hover(terraform, "Allow")?.marked, String.raw`\"Effect\":\"Allow\"`);
  });

  it("names what the template fills in where it says what a statement grants", () => {
    assert.match(hover(cloudFormation, '"Sid"')?.markdown ?? "", /Bucket/);
    assert.match(hover(terraform, "Sid")?.markdown ?? "", /aws_s3_bucket\.data\.arn/);
  });

  it("says nothing of its own over a function and an interpolation", () => {
    assert.equal(hover(cloudFormation, "Fn::GetAtt"), undefined);
    assert.equal(hover(cloudFormation, "${Bucket}"), undefined);
    assert.equal(hover(terraform, "aws_s3_bucket"), undefined);
  });

  it("links the actions to AWS's pages, each once", () => {
    for (const text of [cloudFormation, terraform]) {
      const links = policyLinks(text).map(({ range }) => marked(text, range));
      assert.deepEqual(links, [...new Set(links)]);
      assert.ok(links.includes("s3:GetObject"), links.join());
    }
  });

  it("lists the policies by their resources, with what they are", () => {
    const rows = (text: string) => policySymbols(text).map(({ name, detail }) => `${name} | ${detail}`);
    assert.deepEqual(rows(cloudFormation), [
      "Reader | trust policy · 1 statement",
      "Reader | permissions policy · 1 statement",
    ]);
    assert.deepEqual(rows(terraform), ["aws_iam_policy › data | permissions policy · 1 statement"]);
    const places = (text: string, symbols: readonly PolicySymbol[]): readonly string[] =>
      symbols.flatMap(({ selection, children }) => [marked(text, selection), ...places(text, children)]);
    assert.deepEqual(places(terraform, policySymbols(terraform)), ['"policy"', String.raw`\"Data\"`]);
  });

  it("completes in an object as in a document of its kind", () => {
    const offered = complete(cloudFormation.replace('"sts:AssumeRole"', '"|"'));
    assert.ok(offered.text.includes("sts:AssumeRole"), offered.text);
    assert.ok(!offered.text.includes("s3:GetObject"), "a trust policy has no actions of S3");
  });

  it("completes in a string, with its escapes", () => {
    const action = complete(terraform.replace("s3:GetObject", "s3:GetObj|"));
    const applied = JSON.parse(action.apply("s3:GetObjectTagging"));
    const [first] = JSON.parse(applied.resource.aws_iam_policy.data.policy).Statement;
    assert.deepEqual(first.Action, ["s3:GetObjectTagging"]);
    const key = complete(terraform.replace(String.raw`\"Sid\"`, String.raw`\"|\":\"\",\"Sid\"`));
    assert.ok(key.text.includes("Condition"), key.text);
    const again = JSON.parse(key.apply("Condition"));
    assert.equal(JSON.parse(again.resource.aws_iam_policy.data.policy).Statement[0].Condition, "");
  });

  it("never throws and stays in the text, however broken the template is", () => {
    for (const text of [cloudFormation, terraform]) {
      for (let end = 0; end < text.length; end += 7) {
        const broken = text.slice(0, end) + text.slice(end + 3);
        for (const offset of [end, Math.floor(end / 2)]) {
          const found = hoverAt(broken, offset, { vendors: catalog, reference });
          assert.ok(!found || found.range.offset + found.range.length <= broken.length, broken);
          for (const { range } of completionsAt(broken, offset, { vendors: catalog, reference, buckets: [] }).items) {
            assert.ok(range.offset + range.length <= broken.length, broken);
          }
        }
        for (const { range, selection } of policySymbols(broken)) {
          assert.ok(
            range.offset <= selection.offset && selection.offset + selection.length <= range.offset + range.length,
            broken,
          );
        }
      }
    }
  });
});
