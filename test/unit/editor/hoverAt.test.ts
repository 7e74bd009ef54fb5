import assert from "node:assert/strict";
import { type HoverContext, hoverAt } from "../../../src/editor/hovers/hoverAt";
import { formatJson } from "../../../src/policy/formatJson";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import { catalog } from "../../../src/vendors/catalog";

const permissions = formatJson({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Data",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:*Object*", "ec2:RunInstances", "s3:Nothing*"],
      Resource: "arn:aws:s3:::training-data/*",
      Condition: { StringEquals: { "aws:ResourceTag/team": "data", "s3:prefix": "a" } },
    },
    { Sid: "Useless", Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::training-data/*" },
    { Sid: "Never", Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" },
  ],
});
const trust = formatJson({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Trust",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::597713067985:role/activeloop_backend" },
      Action: "sts:AssumeRole",
    },
  ],
});

async function at(text: string, place: string, change: Partial<HoverContext> = {}): Promise<string> {
  const reference = await loadServiceReference();
  const offset = text.indexOf(place);
  assert.ok(offset >= 0, `${place} is in the text`);
  return hoverAt(text, offset + 1, { vendors: catalog, reference, ...change })?.markdown ?? "";
}

const cases: readonly (readonly [what: string, text: string, place: string, expected: readonly RegExp[]])[] = [
  [
    "an action",
    permissions,
    "s3:GetObject",
    [/\*\*s3:GetObject\*\*/, /\[Amazon S3\]\(https:.*list_amazons3.*\) · Read/, /objects? from Amazon S3/, /arn:\$/],
  ],
  ["an action of a service that is known by its names", permissions, "ec2:Run", [/\*\*ec2:RunInstances\*\*/, /Write/]],
  [
    "a pattern, the dangerous first",
    permissions,
    "s3:*Object*",
    [/matches \*\*\d+ actions/, /Manage permissions.*PutObjectAcl.*Delete.*Read/s],
  ],
  ["a pattern that matches nothing", permissions, "s3:Nothing*", [/no action/]],
  ["a condition key with a tag's name", permissions, "aws:ResourceTag/team", [/aws:ResourceTag/, /Type: String/]],
  ["a service's condition key", permissions, "s3:prefix", [/prefix/, /Type: String/]],
  ["a statement at its Sid", permissions, '"Sid": "Data"', [/may .*read.*training-data/is]],
  ["a statement that can't grant anything", permissions, '"Sid": "Useless"', [/Grants nothing/]],
  ["a denying statement", permissions, '"Effect": "Deny"', [/Denies/]],
  ["a trusting statement", trust, '"Effect"', [/Activeloop/, /assume/]],
  ["a principal", trust, "arn:aws:iam::597713067985", [/role\*\* `activeloop_backend`/, /uses it/]],
];

const activeloop = catalog.find(({ id }) => id === "activeloop-deep-lake");
const unfilled = formatJson({
  Version: "2008-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: ["s3:ListBucket", "kms:Decrypt"],
      Resource: ["arn:aws:s3:::BUCKET_NAME", "YOUR_KMS_KEY_ARN", "*", "arn:aws:kms:eu-west-1:314159265358:alias/data"],
      Condition: {
        StringNotEquals: { "aws:PrincipalAccount": ["597713067985", "271828182845"] },
        "ForAllValues:StringLike": { "aws:TagKeys": "a*" },
        StringEqualsIfExists: { "aws:SourceVpce": "x" },
        ArnLike: { "aws:PrincipalArn": "arn:aws:iam::597713067985:role/a*" },
      },
    },
  ],
});

describe("the hover", () => {
  for (const [place, expected] of [
    ['2008-10-17"', /one before.*plain text/],
    [
      "BUCKET_NAME",
      /placeholder.*`BUCKET_NAME`.*\*\*Buckets\*\*: The S3 buckets that hold the datasets.*`training-data`/s,
    ],
    ["YOUR_KMS_KEY_ARN", /placeholder.*\*\*KMS key\*\*/s],
    ['"*"', /Every resource/],
    ["alias/data", /alias.*does not name the key/],
    ["314159265358:alias", /Account.*Your own account/s],
    ["597713067985", /Account.*Activeloop Deep Lake/s],
    ["271828182845", /No vendor of the catalog/],
    ["StringNotEquals", /none of these.*lacks the key.*\*\*holds\*\*/s],
    ["ForAllValues:StringLike", /every value.*lacks the key, the condition \*\*holds\*\*/s],
    ["StringEqualsIfExists", /exactly one.*because of `IfExists`/s],
    ["ArnLike", /six parts.*does \*\*not\*\* hold/s],
    ["role/a*", /Every role that matches/],
  ] as const) {
    it(`explains ${place}`, async () => {
      assert.ok(activeloop, "the vendor is in the catalog");
      const request = {
        accessLevel: "read-write",
        parameters: { buckets: ["training-data"] },
        role: { name: "r" },
      };
      const known = { ownAccount: "314159265358", integration: { definition: activeloop, request } };
      assert.match(await at(unfilled, place, known), expected);
    });
  }

  it("also tells of the policies within a template", async () => {
    const policy = JSON.parse(permissions);
    const template = formatJson({
      Resources: { A: { PolicyDocument: JSON.parse(trust) }, B: { PolicyDocument: policy } },
    });
    assert.match(await at(template, "s3:GetObject"), /retrieve objects|objects? from Amazon S3/);
    assert.match(await at(template, '"Sid": "Data"'), /training-data/);
    assert.equal(await at(template, '"Resources"'), "");
  });

  it("covers of a placeholder only the placeholder", async () => {
    const reference = await loadServiceReference();
    const offset = unfilled.indexOf("BUCKET_NAME");
    const { range } = hoverAt(unfilled, offset + 3, { vendors: catalog, reference }) ?? {};
    assert.equal(unfilled.slice(range?.offset).slice(0, range?.length), "BUCKET_NAME");
  });

  for (const [what, text, place, expected] of cases) {
    it(`tells of ${what}`, async () => {
      const markdown = await at(text, place);
      for (const part of expected) assert.match(markdown, part);
    });
  }

  it("covers what it is about, and nothing else", async () => {
    const reference = await loadServiceReference();
    const offset = permissions.indexOf("s3:*Object*");
    const hover = hoverAt(permissions, offset + 3, { vendors: catalog, reference });
    assert.equal(permissions.slice(hover?.range.offset).slice(0, hover?.range.length), '"s3:*Object*"');
    for (const place of ['"Statement"', '"Resource"', '"Condition"'])
      assert.equal(await at(permissions, place), "", place);
  });

  it("says nothing of other JSON, of broken texts no more than it can read, and never throws", async () => {
    const reference = await loadServiceReference();
    for (const text of [
      "",
      "{}",
      '{"Statement": "Effect"}',
      permissions.slice(0, 120),
      permissions.replaceAll('"', "”"),
    ])
      for (let offset = 0; offset <= text.length; offset += 7)
        assert.doesNotThrow(() => hoverAt(text, offset, { vendors: catalog, reference }));
    assert.equal(hoverAt('{"a": "s3:GetObject"}', 8, { vendors: catalog, reference }), undefined);
  });
});
