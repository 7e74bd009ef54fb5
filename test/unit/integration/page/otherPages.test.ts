import assert from "node:assert/strict";
import { readPage, type VendorPage } from "../../../../src/integration/page/readPage";
import { formatJson } from "../../../../src/policy/formatJson";
import { catalog } from "../../../../src/vendors/catalog";

const trust = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "arn:aws:iam::381492011245:role/nimbus" }, Action: "sts:AssumeRole" },
  ],
};
const permissions = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::<your-bucket>/*"] }],
};
const statement = permissions.Statement[0];

const read = (text: string): VendorPage => readPage(text, catalog);
const kinds = ({ documents }: VendorPage) => documents.map(({ kind }) => kind);
const values = ({ documents }: VendorPage) => documents.map(({ text }) => JSON.parse(text));
const placeholders = ({ documents }: VendorPage) => documents.flatMap((document) => document.placeholders);

describe("readPage finds documents", () => {
  const places: readonly (readonly [string, string, readonly unknown[]])[] = [
    [
      "beside each other in one block",
      `\`\`\`\n${formatJson(trust)}\n${formatJson(permissions)}\`\`\``,
      [trust, permissions],
    ],
    ["in a list", formatJson([trust, permissions]), [trust, permissions]],
    ["under names", formatJson({ TrustPolicy: trust, AccessPolicy: permissions }), [trust, permissions]],
    ["as a string of JSON", JSON.stringify({ AssumeRolePolicyDocument: JSON.stringify(trust) }), [trust]],
    ["in a here-document", `cat > t.json <<EOF\n${formatJson(trust)}EOF\naws iam get-role`, [trust]],
    [
      "in a command",
      `aws iam create-role --assume-role-policy-document '${JSON.stringify(trust)}' --role-name r`,
      [trust],
    ],
    [
      "in a command with escaped quotes",
      `x --policy "${JSON.stringify(permissions).replaceAll('"', '\\"')}" --y`,
      [permissions],
    ],
    ["in a sentence", `Use ${JSON.stringify(permissions)} as the policy.`, [permissions]],
    ["as one statement", `Add:\n${formatJson(statement ?? {})}`, [permissions]],
    [
      "as statements with commas between",
      `${JSON.stringify(statement)},\n${JSON.stringify(statement)}`,
      [{ ...permissions, Statement: [statement, statement] }],
    ],
    [
      "with trust and permissions mixed",
      formatJson({ ...trust, Statement: [...trust.Statement, ...permissions.Statement] }),
      [trust, permissions],
    ],
    [
      "in an HTML page without line breaks",
      `<html><body><p>x</p><pre><div class="line">${JSON.stringify(trust, null, 2).replaceAll("\n", '</div><div class="line">')}</div></pre></body></html>`,
      [trust],
    ],
    ["in paragraphs of HTML", `<p>${JSON.stringify(trust, null, 1).replaceAll("\n", "<br>&nbsp;")}</p>`, [trust]],
    [
      "in a CloudFormation template",
      formatJson({ Resources: { R: { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: trust } } } }),
      [trust],
    ],
  ];
  for (const [name, text, expected] of places) {
    it(name, () => {
      const page = read(text);
      assert.deepEqual(values(page), expected);
      assert.deepEqual(page.unread, []);
    });
  }

  it("keeps <your-bucket> of an HTML page that forgot to escape it", () => {
    assert.deepEqual(values(read(`<div><pre>${formatJson(permissions)}</pre></div>`)), [permissions]);
  });

  it("tells bucket policies, key policies and CORS rules apart", () => {
    const of = (Action: string) => ({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: "381492011245" }, Action, Resource: "*" }],
    });
    const rules = [{ AllowedMethods: ["GET"], AllowedOrigins: ["https://x.example"], AllowedHeaders: ["*"] }];
    const page = read(
      [of("s3:GetObject"), of("kms:Decrypt"), rules, { CORSRules: rules }].map(formatJson).join("\nthen\n"),
    );
    assert.deepEqual(kinds(page), ["bucket", "key", "cors", "cors"]);
  });
});

describe("readPage reports as unread", () => {
  const blocks: readonly (readonly [string, string, RegExp])[] = [
    ["Terraform", 'data "aws_iam_policy_document" "x" {\n  statement {\n  }\n}', /Terraform/],
    [
      "an encoded policy of Terraform",
      'policy = jsonencode({\n  Version = "2012-10-17"\n  Statement = [{\n    Effect = "Allow"\n    Action = "s3:*"\n    Resource = aws_s3_bucket.b.arn\n  }]\n})',
      /Terraform/,
    ],
    ["YAML of CloudFormation", "PolicyDocument:\n  Version: 2012-10-17\n  Statement:\n    - Effect: Allow", /YAML/],
    ["CORS rules in XML", "<CORSConfiguration>\n<CORSRule></CORSRule>\n</CORSConfiguration>", /XML/],
    ["a part of a statement", '"Condition": { "StringEquals": { "sts:ExternalId": "x" } }', /part of a statement/],
    ["a document without its end", formatJson(trust).slice(0, formatJson(trust).indexOf(`"Action"`)), /end is missing/],
    ["statements whose beginning is lost", 'Then:\n"Effect": "Allow",\n"Action": "s3:*" } ] }', /beginning/],
  ];
  for (const [name, text, reason] of blocks) {
    it(name, () => {
      const { documents, unread } = read(`Some words.\n\n${text}\n\nMore words.`);
      assert.deepEqual(documents, []);
      assert.equal(unread.length, 1, JSON.stringify(unread));
      assert.match(unread[0]?.reason ?? "", reason);
      assert.equal(
        unread[0]?.line,
        3 + (text.startsWith("Then") || text.startsWith("policy") ? Number(text.startsWith("Then")) : 0),
      );
    });
  }

  it("nothing of pages that speak of other things", () => {
    const other = read(
      'Send {"bucket": "x", "roleArn": "arn:aws:iam::381492011245:role/x"} to the API. See {your-bucket}.',
    );
    assert.deepEqual([other.documents, other.unread], [[], []]);
    assert.deepEqual(read("").documents, []);
  });
});

describe("the placeholders of a page", () => {
  const policy = (resource: string) =>
    formatJson({ ...permissions, Statement: [{ ...statement, Resource: resource }] });
  const shapes = [
    "<bucket>",
    "<<bucket>>",
    "YOUR_BUCKET",
    "your-bucket-name",
    "{your-bucket}",
    "{{bucket}}",
    "#{bucket}",
    "$BucketName",
    "${BUCKET}",
    "[BUCKET]",
    "%BUCKET%",
    "my-bucket",
    "BucketName",
    "XXXXXXX",
  ];
  for (const shape of shapes) {
    it(`has ${shape}`, () => {
      const [placeholder, ...others] = placeholders(read(policy(`arn:aws:s3:::${shape}/*`)));
      assert.equal(placeholder?.token, shape);
      assert.equal(placeholder.type, "bucket");
      assert.equal(placeholder.sample, false);
      assert.deepEqual(others, []);
    });
  }

  it("has a name that looks real as an example, because it can't be the reader's", () => {
    const [placeholder] = placeholders(read(policy("arn:aws:s3:::zeppelin/*")));
    assert.deepEqual([placeholder?.token, placeholder?.sample], ["zeppelin", true]);
  });

  it("has no policy variable, wildcard or account of the vendor's", () => {
    assert.deepEqual(placeholders(read(policy("arn:aws:s3:::*/${aws:username}/*"))), []);
    assert.deepEqual(placeholders(read(formatJson(trust))), []);
  });

  const sentences: readonly (readonly [string, string])[] = [
    ["Replace `<bucket>` with the name of your bucket.", "Replace `<bucket>` with the name of your bucket."],
    ["Here <bucket> is your bucket. Nothing else is needed.", "Here <bucket> is your bucket."],
    ["1. Open S3.\n2. Substitute your own\nname for <bucket>\n3. Save.", "Substitute your own name for <bucket>"],
    ["| Token | Meaning |\n| --- | --- |\n| <bucket> | your bucket |", "<bucket> | your bucket"],
    ["Replace the bucket with yours.", "Replace the bucket with yours."],
  ];
  for (const [text, expected] of sentences) {
    it(`is explained by “${text.replaceAll("\n", "⏎")}”`, () => {
      const [placeholder] = placeholders(
        read(`${text}\n\n${policy("arn:aws:s3:::<bucket>/*")}\nThe bucket <bucket> is then read.`),
      );
      assert.equal(placeholder?.explanation, expected);
    });
  }

  it("is explained by a remark beside it", () => {
    const [placeholder] = placeholders(
      read(policy("arn:aws:s3:::<bucket>/*").replace('/*"', '/*" // the bucket of your images')),
    );
    assert.equal(placeholder?.explanation, "the bucket of your images");
  });

  const ofAccount = formatJson(trust).replace("381492011245", "<ACCOUNT>");
  it("gets the value that the page gives for it", () => {
    const [named] = placeholders(read(`Use \`381492011245\` as the \`<account>\`.\n${ofAccount}`));
    assert.equal(named?.suggestedValue, "381492011245");
    const [anywhere] = placeholders(read(`Our AWS account is 3814-9201-1245.\n${ofAccount}`));
    assert.equal(anywhere?.suggestedValue, "381492011245");
  });

  it("gets the choice when the page gives several", () => {
    const [placeholder] = placeholders(read(`US: account 381492011245\nEU: account 904411223345\n\n${ofAccount}`));
    assert.equal(placeholder?.suggestedValue, undefined);
    assert.deepEqual(
      placeholder?.choices?.map(({ value, sentence }) => [value, sentence]),
      [
        ["381492011245", "US: account 381492011245"],
        ["904411223345", "EU: account 904411223345"],
      ],
    );
  });

  it("gets no account when the sentence asks for the reader's own", () => {
    const [placeholder] = placeholders(
      read(`Ours is account 381492011245. Replace <ACCOUNT> with your AWS account id.\n${ofAccount}`),
    );
    assert.equal(placeholder?.suggestedValue, undefined);
  });
});

describe("whose page it is", () => {
  const page = (text: string, principal = "arn:aws:iam::597713067985:role/activeloop_backend") =>
    read(`${text}\n${formatJson(trust).replace("arn:aws:iam::381492011245:role/nimbus", principal)}`).recognised;

  it("is told by the documents", () => {
    assert.deepEqual([page("")?.vendor.id, page("")?.by], ["activeloop-deep-lake", "documents"]);
  });

  it("is told by an account in the text, and by the name only when nothing else tells it", () => {
    const account = page("Trust 597713067985.", "<arn>");
    assert.deepEqual([account?.vendor.id, account?.by], ["activeloop-deep-lake", "principal"]);
    const name = page("Connect Polytomic. Polytomic reads.", "<arn>");
    assert.deepEqual([name?.vendor.id, name?.by], ["polytomic", "name"]);
  });

  it("names principals that the catalog does not know", () => {
    const recognised = read(
      formatJson({
        ...trust,
        Statement: [
          ...trust.Statement,
          { ...trust.Statement[0], Principal: { AWS: "arn:aws:iam::597713067985:role/activeloop_backend" } },
        ],
      }),
    ).recognised;
    assert.deepEqual(recognised?.unknown, ["arn:aws:iam::381492011245:role/nimbus"]);
    assert.equal(recognised?.source, undefined, "then it is none of the pages that the catalog knows");
  });

  it("is not told for a vendor that nobody knows", () => {
    assert.equal(read(formatJson(trust)).recognised, undefined);
  });

  const versions: readonly (readonly [string, string])[] = [
    ["v3.1.5\nDocs", "v3.1.5"],
    ["Version: 2.4\n", "2.4"],
    ["See https://docs.nimbus.example/v7.0/setup/ for more.", "v7.0"],
    ["Last updated on May 3, 2026", "Last updated on May 3, 2026"],
    ["Updated 2 months ago", "Updated 2 months ago"],
  ];
  for (const [text, version] of versions) {
    it(`has the version of “${text.trim()}”`, () =>
      assert.equal(read(`${text}\n\n${formatJson(trust)}`).version, version));
  }
});
