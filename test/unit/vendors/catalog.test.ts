import assert from "node:assert/strict";
import { catalog, findVendor } from "../../../src/vendors/catalog";

describe("catalog", () => {
  it("has the three first vendors, each once", () => {
    assert.deepEqual(
      catalog.map(({ id }) => id),
      ["activeloop-deep-lake", "jfrog-ml", "dataloop"],
    );
  });

  it("finds a vendor by its id and nothing by another word", () => {
    assert.equal(findVendor("jfrog-ml")?.name, "JFrog ML");
    assert.equal(findVendor("JFrog ML"), undefined);
    assert.equal(findVendor("constructor"), undefined);
  });

  for (const definition of catalog) {
    it(`${definition.name}: every fact names a source that is there, and every source is used`, () => {
      const used = new Set(sourcesOf({ ...definition, sources: [] }));
      const known = definition.sources.map(({ id }) => id);
      for (const source of used) {
        assert.ok(known.includes(source), source);
      }
      // What nothing is taken from is there for what it says: an older page, or where to hand back.
      for (const { id, status } of definition.sources) {
        assert.ok(used.has(id) || status === "superseded" || id === "managed-credentials", id);
      }
    });

    it(`${definition.name}: facts of today come from pages of today`, () => {
      const status = new Map(definition.sources.map((source) => [source.id, source.status]));
      for (const principal of definition.principals) {
        const expected = principal.status === "current" ? "current" : "superseded";
        assert.equal(status.get(principal.source), expected, principal.value);
      }
      for (const template of [...definition.trust, ...definition.permissions.statements]) {
        assert.equal(status.get(template.source), "current");
      }
    });

    it(`${definition.name}: templates and conditions mention only tokens and parameters that exist`, () => {
      const tokens = new Set([
        "partition",
        "account",
        "region",
        "roleName",
        ...definition.parameters.map((p) => p.name),
      ]);
      for (const [, token] of JSON.stringify(definition).matchAll(/\{\{(\w*)\}\}/g)) {
        assert.ok(tokens.has(token ?? ""), token);
      }
      const conditions = [...definition.permissions.statements, ...definition.trust].map(({ when }) => when);
      for (const when of [...conditions, definition.cors?.when, definition.newBucket?.when]) {
        for (const name of Object.keys(when ?? {})) {
          assert.ok(name === "accessLevel" || tokens.has(name), name);
        }
      }
    });

    it(`${definition.name}: secrets and only secrets are marked`, () => {
      for (const { name, secret } of definition.handBack) {
        assert.equal(secret === true, name === "secretAccessKey", name);
      }
    });
  }

  it("knows Activeloop's current role and the two that only older pages name", () => {
    const principals = findVendor("activeloop-deep-lake")?.principals.map(({ value, status }) => [status, value]);
    assert.deepEqual(principals, [
      ["current", "arn:aws:iam::597713067985:role/activeloop_backend"],
      ["retired", "arn:aws:iam::574987031486:role/activeloop_backend"],
      ["retired", "arn:aws:iam::574987031486:role/activeloop_backend_dev"],
    ]);
  });
});

/** Every `source` at any depth. */
function sourcesOf(value: unknown): readonly string[] {
  if (value === null || typeof value !== "object") {
    return [];
  }
  return Object.entries(value).flatMap(([key, child]) =>
    key === "source" && typeof child === "string" ? [child] : sourcesOf(child),
  );
}
