import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import { handBackNames, type VendorDefinition, type When } from "../../../src/vendors/definition";

describe("catalog", () => {
  it("has its vendors in the order of their ids, each once", () => {
    const ids = catalog.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)].sort());
    assert.equal(ids.length, 37);
  });

  it("names no vendor outside its files: what is special about one is in its definition", () => {
    const folder = join(__dirname, "../../../src");
    const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.includes("generated"))
      .filter((name) => name !== join("vendors", "catalog.ts"));
    assert.ok(sources.length > 200, "the sources are there");
    for (const source of sources) {
      const text = readFileSync(join(folder, source), "utf8");
      const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|`[^`]*`/g, "");
      const named = catalog.filter(({ id }) => new RegExp(`["']${id}["']`).test(code) && !commonWords.has(id));
      // The examples of the command line's help are text for people.
      const allowed = source === join("cli", "new.ts") ? 1 : 0;
      assert.ok(named.length <= allowed, `${source} names ${named.map(({ id }) => id).join(", ")}`);
    }
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
        assert.ok(used.has(id) || status === "superseded" || saysMore.has(`${definition.id} ${id}`), id);
      }
    });

    it(`${definition.name}: facts of today come from pages of today`, () => {
      const status = new Map(definition.sources.map((source) => [source.id, source.status]));
      for (const principal of definition.principals) {
        const expected = principal.status === "current" ? "current" : "superseded";
        assert.equal(status.get(principal.source), expected, principal.value);
      }
      for (const template of templatesOf(definition)) assert.equal(status.get(template.source), "current");
    });

    it(`${definition.name}: templates and conditions mention only tokens and parameters that exist`, () => {
      const tokens = new Set([
        "partition",
        "account",
        "region",
        "roleName",
        "roleArn",
        "principals",
        ...definition.parameters.map((p) => p.name),
      ]);
      for (const [, token] of JSON.stringify(definition).matchAll(/\{\{(\w*)\}\}/g)) {
        assert.ok(tokens.has(token ?? ""), token);
      }
      for (const when of whensOf(definition)) {
        for (const name of Object.keys(when)) assert.ok(name === "accessLevel" || tokens.has(name), name);
        const levels = definition.accessLevels.map(({ id }) => id);
        for (const level of [when.accessLevel ?? []].flat()) assert.ok(levels.includes(String(level)), String(level));
      }
    });

    it(`${definition.name}: what belongs to one type of parameter stands only there, and patterns fit samples`, () => {
      for (const { name, type, chosenBy, choices, phase, temporary } of definition.parameters) {
        assert.equal(chosenBy !== undefined, type === "external-id", name);
        assert.ok(type !== "choice" || (choices !== undefined && choices.length > 1), name);
        assert.ok(temporary === undefined || type === "external-id", name);
        assert.equal(phase === 2, phase === 2 && definition.completion !== undefined, name);
      }
      for (const { name, pattern, patternMeaning } of definition.parameters) {
        assert.equal(pattern === undefined, patternMeaning === undefined, name);
      }
    });

    it(`${definition.name}: gives back what there is, and says so once`, () => {
      const known = [...handBackNames, ...definition.parameters.map(({ name }) => name)];
      const names = definition.handBack.map(({ name }) => name);
      assert.deepEqual([...new Set(names)], names);
      for (const name of names) assert.ok(known.includes(name), name);
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

/** Ids that are words of our own as well. */
const commonWords = new Set(["segment", "extract"]);

/** Sources that nothing is taken from, and that say something all the same: where to hand back, what is not offered. */
const saysMore = new Set(["activeloop-deep-lake managed-credentials"]);

function templatesOf({ trust = [], permissions, bucketPolicy = [], keyPolicy = [] }: VendorDefinition) {
  return [...trust, ...(permissions?.statements ?? []), ...bucketPolicy, ...keyPolicy];
}

/** Every `when` at any depth. */
function whensOf(value: unknown): readonly When[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, child]) => (key === "when" ? [child as When] : whensOf(child)));
}

/** Every `source` at any depth. */
function sourcesOf(value: unknown): readonly string[] {
  if (value === null || typeof value !== "object") {
    return [];
  }
  return Object.entries(value).flatMap(([key, child]) =>
    key === "source" && typeof child === "string" ? [child] : sourcesOf(child),
  );
}
