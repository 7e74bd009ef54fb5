import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import { checkDocument } from "../../../src/checks/checkDocument";
import type { CheckContext } from "../../../src/checks/finding";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { catalog } from "../../../src/vendors/catalog";
import { renderDocuments } from "../../../src/vendors/render";
import { deliberateFindings as deliberate } from "../../corpus/deliberateFindings";
import { exampleDefinition } from "./documentedExamples";

const folder = join(__dirname, "../../fixtures/clean-policies");

let reference: ServiceReference;
before(async () => {
  reference = await loadServiceReference();
});

function found(text: string, context: CheckContext = { vendors: catalog }): string {
  return checkDocument(text, { ...context, reference })
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
