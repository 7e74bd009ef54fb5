import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, it } from "mocha";
import { applySafeFixes } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import { normalizePolicy } from "../../../src/policy/normalizePolicy";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import type { VendorDefinition } from "../../../src/vendors/definition";
import type { DocumentRole, Manifest, ParameterValue } from "../../../src/vendors/manifest";
import { renderDocuments } from "../../../src/vendors/render";
import { manifestOf, sampleOf, sampleRequests, textOf } from "../vendors/sampleRequests";

let reference: ServiceReference;
before(async () => {
  reference = await loadServiceReference();
});

/** The document after "Fix all", in the integration that says which bucket, key and account are meant. */
function repaired(text: string, definition: VendorDefinition, manifest: Manifest, documentRole: DocumentRole): unknown {
  const integration = { manifest, definition, documentRole };
  const { text: after } = applySafeFixes(text, (current) =>
    checkDocument(current, { vendors: catalog, integration, reference }),
  );
  return normalizePolicy(JSON.parse(after));
}

function withoutSids(policy: unknown): unknown {
  return JSON.parse(JSON.stringify(policy, (key, value: unknown) => (key === "Sid" ? undefined : value)));
}

describe("what vendors publish, after Fix all with the chosen bucket", () => {
  const kmsKeyArn = "arn:aws:kms:us-east-1:210987654321:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
  const samples: readonly (readonly [string, string, DocumentRole, Record<string, ParameterValue>])[] = [
    ["corpus/sample-activeloop-wildcard-policy", "activeloop-deep-lake", "permissions", {}],
    ["corpus/sample-activeloop-wildcard-policy-with-key", "activeloop-deep-lake", "permissions", { kmsKeyArn }],
    ["documents/vendor-samples/activeloop-kms-policy", "activeloop-deep-lake", "permissions", { kmsKeyArn }],
    ["corpus/sample-activeloop-three-roles", "activeloop-deep-lake", "trust", {}],
    ["documents/vendor-samples/activeloop-older-trust", "activeloop-deep-lake", "trust", {}],
    ["documents/vendor-samples/jfrog-ml-trust", "jfrog-ml", "trust", {}],
    ["corpus/sample-jfrog-ml-one-account-filled", "jfrog-ml", "trust", {}],
    ["corpus/sample-dataloop-policy", "dataloop", "permissions", {}],
    ["documents/vendor-samples/dataloop-trust", "dataloop", "trust", {}],
    ["corpus/sample-census-head-bucket", "census", "permissions", { buckets: ["sync-target"] }],
  ];
  for (const [file, vendor, role, chosen] of samples) {
    it(`is what the catalog has: ${file}`, () => {
      const definition = findVendor(vendor);
      assert.ok(definition, vendor);
      const sample = sampleOf(definition, definition.accessLevels[0]?.id ?? "");
      const parameters = { ...sample.request.parameters, buckets: ["training-data"], ...chosen };
      const request = { ...sample.request, parameters };
      const manifest = manifestOf({ ...sample, request });
      const text = readFileSync(`test/fixtures/${file}.json`, "utf8");
      const expected = renderDocuments(definition, request)[role];
      assert.ok(expected, role);
      // A Sid has no effect; Dataloop's misleads, and the catalog has another.
      assert.deepEqual(withoutSids(repaired(text, definition, manifest, role)), withoutSids(normalizePolicy(expected)));
    });
  }
});

/** What happens to a document on its way through pages, word processors and mails. */
const damages: readonly (readonly [string, (text: string) => string])[] = [
  ["comments", (text) => text.replace(/^( *"(Action|Principal)".*)$/gm, "$1 // as shown")],
  ["trailing commas", (text) => text.replace(/([}\]"])(\n *[}\]])/g, "$1,$2")],
  ["no-break spaces", (text) => text.replace(/^ {2}/gm, " \u00a0")],
  ["typographic quotes", (text) => text.replace(/"([^"\n]*)"/g, "“$1”")],
  ["one typographic quote", (text) => text.replace(/"(,?\n)/, "”$1")],
  ["missing commas", (text) => text.replace(/",\n( *")/, '"\n$1')],
];

describe("the catalog’s documents, damaged, after Fix all", () => {
  for (const definition of catalog) {
    for (const sample of sampleRequests(definition)) {
      it(`are the same again: ${definition.id}, ${sample.name}`, () => {
        const { buckets: _, ...withoutBuckets } = sample.request.parameters;
        const manifest = manifestOf(sample);
        const whole = renderDocuments(definition, sample.request);
        const open = renderDocuments(definition, { ...sample.request, parameters: withoutBuckets });
        for (const role of ["permissions", "trust"] as const) {
          const [document, expected] = [open[role], whole[role]];
          if (document === undefined || expected === undefined) continue;
          for (const [what, damage] of damages) {
            const text = damage(textOf(document));
            assert.notEqual(text, textOf(document), what);
            assert.deepEqual(repaired(text, definition, manifest, role), normalizePolicy(expected), `${role}, ${what}`);
          }
        }
      });
    }
  }
});

describe("a role that must assume itself and can’t", () => {
  const vendors = catalog.filter(({ role }) => role?.trustsItself === true);

  it("is asked for by some vendor", () => {
    assert.ok(vendors.length > 0, "of the catalog");
  });

  for (const definition of vendors) {
    for (const sample of sampleRequests(definition)) {
      it(`can, after Fix all: ${definition.id}, ${sample.name}`, () => {
        const manifest = manifestOf(sample);
        const whole = renderDocuments(definition, sample.request);
        for (const role of ["permissions", "trust"] as const) {
          const expected = whole[role];
          assert.ok(expected, role);
          const statements = [expected.Statement ?? []].flat();
          const own = `role/${sample.request.role?.name}`;
          const others = statements.filter((statement) => !JSON.stringify(statement).includes(own));
          // Until the vendor has answered nobody is let in, the role itself neither.
          if (others.length === statements.length) continue;
          const text = JSON.stringify({ ...expected, Statement: others }, undefined, 2);
          const integration = { manifest, definition, documentRole: role };
          const findings = checkDocument(text, { vendors: catalog, integration, reference });
          assert.deepEqual(
            findings.map(({ check }) => check),
            ["self-trust-missing"],
            role,
          );
          assert.deepEqual(repaired(text, definition, manifest, role), normalizePolicy(expected), role);
        }
      });
    }
  }
});
