import assert from "node:assert/strict";
import { manifestLinks, policyLinks, type TextLink } from "../../../src/editor/links/documentLinks";
import { catalog } from "../../../src/vendors/catalog";

function shown(text: string, links: readonly TextLink[]): readonly (readonly [string, string])[] {
  return links.map(({ range: { offset, length }, target }) => [
    text.slice(offset, offset + length),
    "url" in target ? target.url : target.file,
  ]);
}

const reference = "https://docs.aws.amazon.com/service-authorization/latest/reference";
const s3 = `${reference}/list_amazons3.html#amazons3-actions-as-permissions`;
const kms = `${reference}/list_awskeymanagementservice.html#awskeymanagementservice-actions-as-permissions`;

describe("links of a policy document", () => {
  it("lead from each action of a service whose page is known to that page", () => {
    const text = `{"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": ["s3:GetObject", "S3:List*", "dynamodb:GetItem", "*"], "Resource": "s3:x"},
      {"Effect": "Deny", "NotAction": "kms:Decrypt", "Resource": "*"}
    ]}`;
    assert.deepEqual(shown(text, policyLinks(text)), [
      ["s3:GetObject", s3],
      ["S3:List*", s3],
      ["kms:Decrypt", kms],
    ]);
  });

  it("are also there within a template, and in a document that is broken", () => {
    const template =
      '{"Resources": {"P": {"PolicyDocument": {"Statement": {"Effect": "Allow", "Action": "s3:GetObject"}}}}}';
    assert.deepEqual(shown(template, policyLinks(template)), [["s3:GetObject", s3]]);
    const broken = '{"Statement": [{"Effect": "Allow" "Action": "s3:GetObject"';
    assert.deepEqual(shown(broken, policyLinks(broken)), [["s3:GetObject", s3]]);
  });

  it("are not there in other JSON", () => {
    assert.deepEqual(policyLinks('{"Action": "s3:GetObject"}'), []);
  });
});

describe("links of integration.json", () => {
  it("lead to the vendor's page and to the documents below the folder", () => {
    const text = JSON.stringify({
      vendor: "jfrog-ml",
      documents: { permissions: "permissions-policy.json", trust: "../trust.json", cors: "https://example.com" },
    });
    const page = catalog.find(({ id }) => id === "jfrog-ml")?.sources.find(({ status }) => status === "current")?.url;
    assert.deepEqual(shown(text, manifestLinks(text, catalog)), [
      ["jfrog-ml", page],
      ["permissions-policy.json", "permissions-policy.json"],
    ]);
  });

  it("are not there for an unknown vendor and in broken text", () => {
    for (const text of ['{"vendor": "x"}', '{"vendor": 7, "documents": []}', "[", ""]) {
      assert.deepEqual(manifestLinks(text, catalog), [], text);
    }
  });
});
