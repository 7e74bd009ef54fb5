import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { checkDocument } from "../../../src/checks/checkDocument";
import type { CheckContext } from "../../../src/checks/finding";
import { catalog } from "../../../src/vendors/catalog";
import { renderDocuments } from "../../../src/vendors/render";
import { exampleDefinition } from "./documentedExamples";

const folder = join(__dirname, "../../fixtures/clean-policies");

/** Correct, and still worth a word: AWS takes these documents as they are. */
const deliberate: Readonly<Record<string, string>> = {
  "administrator-access.json": "warning resource-wildcard *",
  "bucket-policy-cloudfront-2008.json": "warning version-old 2008-10-17",
  "power-user-access.json": "warning not-element NotAction",
  "queue-policy-without-version.json": "warning version-missing {",
  "s3-full-access.json": "warning resource-wildcard *",
  "scp-full-access.json": "warning resource-wildcard *",
  "trust-account-without-condition.json": "warning principal-account-root arn:aws:iam::345678901234:root",
  "trust-role-without-condition.json": "information external-id-missing arn:aws:iam::345678901234:role/etl",
  "trust-short-external-id.json": "warning external-id-guessable 12345",
};

function found(text: string, context: CheckContext = { vendors: catalog }): string {
  return checkDocument(text, context)
    .map(
      ({ check, severity, range: { offset, length } }) => `${severity} ${check} ${text.slice(offset, offset + length)}`,
    )
    .join("\n");
}

describe("documents as AWS, Terraform, CDK and others publish them", () => {
  const files = readdirSync(folder);

  it("are many, and every deliberate word is about one of them", () => {
    assert.ok(files.length >= 90, `there are ${files.length}`);
    assert.deepEqual(
      Object.keys(deliberate).filter((file) => !files.includes(file)),
      [],
    );
  });

  for (const file of files) {
    const text = readFileSync(join(folder, file), "utf8");
    it(`${file}: ${deliberate[file] ?? "nothing"}`, () => {
      assert.equal(found(text), deliberate[file] ?? "");
    });

    it(`${file}: the same in one line and indented with tabs`, () => {
      assert.equal(found(JSON.stringify(JSON.parse(text))), deliberate[file] ?? "");
      assert.equal(found(JSON.stringify(JSON.parse(text), null, "\t")), deliberate[file] ?? "");
    });
  }
});

describe("what the made-up vendor asks for", () => {
  for (const documentRole of ["permissions", "trust"] as const) {
    it(`has no finding: its ${documentRole} policy, with the external ID filled in`, () => {
      const manifest = {
        id: "5f1c2a9e-6d1b-4c0e-9c6f-2f4d8a7b3e10",
        vendor: exampleDefinition.id,
        accessLevel: "read-only",
        parameters: { buckets: ["training-data"] },
        role: { name: "vendor-access-test" },
        documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
      };
      const rendered = JSON.stringify(renderDocuments(exampleDefinition, manifest)[documentRole]);
      const text = rendered.replace("{{externalId}}", "ext-4f0a9c2be617");
      const integration = { manifest, definition: exampleDefinition, documentRole };
      assert.equal(found(text, { vendors: catalog, integration }), "");
    });
  }
});
