import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { applySafeFixes } from "../../../src/checks/applyFixes";
import { checkManifest } from "../../../src/checks/checkManifest";
import { catalog } from "../../../src/vendors/catalog";

const manifest = {
  id: "5f1c2a9e-6d1b-4c0e-9c6f-2f4d8a7b3e10",
  vendor: "activeloop-deep-lake",
  accessLevel: "read-write",
  account: "234567890123",
  parameters: { buckets: ["training-data"] },
  role: { name: "deep-lake" },
  documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
};

function check(text: string, files: readonly string[] = ["permissions-policy.json", "trust-policy.json"]) {
  return checkManifest(text, { vendors: catalog, fileExists: (name) => files.includes(name) });
}

function changed(changes: object): string {
  return JSON.stringify({ ...manifest, ...changes }, null, 2);
}

/** `check: marked text` */
function found(text: string): readonly string[] {
  return check(text).findings.map(
    ({ check: id, range }) => `${id}: ${text.slice(range.offset, range.offset + range.length)}`,
  );
}

describe("checkManifest", () => {
  it("accepts what is right", () => {
    const { findings, manifest: read, definition } = check(changed({}));
    assert.deepEqual(findings, []);
    assert.deepEqual(read, manifest);
    assert.equal(definition?.id, "activeloop-deep-lake");
  });

  for (const [what, changes, expected] of [
    ["an unknown vendor", { vendor: "acme" }, ["manifest-vendor-unknown: acme"]],
    ["no vendor", { vendor: undefined }, ["manifest-invalid: {"]],
    ["an unknown access level", { accessLevel: "write-only" }, ["manifest-access-level-unknown: write-only"]],
    ["a missing parameter", { parameters: {} }, ["manifest-parameter-missing: parameters"]],
    [
      "an unknown parameter",
      { parameters: { buckets: ["training-data"], color: "red" } },
      ["manifest-parameter-unknown: color"],
    ],
    [
      "a parameter in the singular",
      { parameters: { bucket: "training-data" } },
      ["manifest-parameter-unknown: bucket"],
    ],
    ["a bucket that S3 refuses", { parameters: { buckets: ["ok-bucket", "No"] } }, ["manifest-parameter-invalid: No"]],
    [
      "an alias for a key",
      { parameters: { buckets: ["training-data"], kmsKeyArn: "alias/x" } },
      ["manifest-parameter-invalid: alias/x"],
    ],
    [
      "a parameter of the wrong type",
      { parameters: { buckets: "training-data" } },
      ["manifest-parameter-invalid: training-data"],
    ],
    ["a role name that AWS refuses", { role: { name: "a b" } }, ["manifest-name-invalid: a b"]],
    ["a path without slashes", { role: { name: "a", path: "vendors" } }, ["manifest-name-invalid: vendors"]],
    [
      "the path of a policy with a blank",
      { role: { name: "a", policy: { name: "p", path: "/our vendors/", attach: "managed" } } },
      ["manifest-name-invalid: /our vendors/"],
    ],
    ["an account with hyphens", { account: "2345-6789-0123" }, ["manifest-account-invalid: 2345-6789-0123"]],
    [
      "a document that is not there",
      { documents: { permissions: "p.json", trust: "trust-policy.json" } },
      ["manifest-document-missing: p.json"],
    ],
    [
      "a path out of the folder",
      { documents: { permissions: "../p.json", trust: "trust-policy.json" } },
      ["manifest-invalid: ../p.json"],
    ],
    ["an unknown property", { colour: "red" }, ["manifest-invalid: red"]],
    ["a number for the id", { id: 5 }, ["manifest-invalid: 5"]],
  ] as const) {
    it(`reports ${what} once, at its place`, () => {
      assert.deepEqual(found(changed(changes)), expected);
    });
  }

  it("gives no manifest when the file is not JSON or lacks what it needs", () => {
    assert.equal(check(`${changed({}).slice(0, -2)},\n}`).manifest, undefined);
    assert.deepEqual(found(changed({}).replace(/\n\}$/, ",\n}")), ["trailing-comma: ,"]);
    assert.equal(check(changed({ role: undefined })).manifest, undefined);
    for (const text of ["", "hello", "[]", "null", "5"]) {
      const { manifest: read, findings } = check(text);
      assert.equal(read, undefined);
      assert.ok(findings.length > 0);
    }
  });

  it("keeps a manifest whose document is missing, so that the integration can be shown", () => {
    assert.deepEqual(check(changed({}), []).manifest, manifest);
    assert.equal(check(changed({}), []).findings.length, 2);
  });

  it("renames a parameter in the singular to the list that it is", () => {
    const { text } = applySafeFixes(
      changed({ parameters: { bucket: "training-data" } }),
      (current) => check(current).findings,
    );
    assert.deepEqual(JSON.parse(text), manifest);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom("vendor", "parameters", "role", "documents", "account", "accessLevel", "x"),
        (value, key) => {
          check(changed({ [key]: value }));
          check(JSON.stringify(value));
        },
      ),
      { numRuns: 500 },
    );
  });
});
