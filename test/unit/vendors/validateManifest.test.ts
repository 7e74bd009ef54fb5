import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { isObject } from "../../../src/policy/json";
import { isUserError } from "../../../src/policy/userError";
import { findVendor } from "../../../src/vendors/catalog";
import { validateRoleName } from "../../../src/vendors/names";
import { validateAccountId } from "../../../src/vendors/parameterRules";
import { validateChoices } from "../../../src/vendors/validateChoices";
import { parseManifest, validateManifest } from "../../../src/vendors/validateManifest";

const kmsKeyArn = "arn:aws:kms:eu-west-1:210987654321:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
const manifest = {
  $schema: "https://example.com/integration.schema.json",
  id: "5f1c2d3e-0000-4000-8000-000000000000",
  vendor: "activeloop-deep-lake",
  accessLevel: "read-write",
  account: "210987654321",
  region: "eu-west-1",
  parameters: { buckets: ["training-data"], kmsKeyArn },
  role: { name: "VendorAccess-training", maxSessionDuration: 3600, tags: { team: "Data & ML".replace("&", "+") } },
  documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
};

/** The manifest with one change, by a path of keys; undefined removes. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(manifest) as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  // Every key but the last names an object of the manifest above.
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) {
    delete parent[last];
  } else {
    parent[last] = value;
  }
  return copy;
}

/** By the schema and, where the catalog has the vendor, by its definition. */
function problemsOf(value: unknown) {
  const vendor = isObject(value as never) ? findVendor(String((value as { vendor?: unknown }).vendor)) : undefined;
  return [...validateManifest(value), ...(vendor ? validateChoices(vendor, value as never) : [])];
}

describe("validateManifest", () => {
  it("finds nothing in a good manifest", () => {
    assert.deepEqual(problemsOf(manifest), []);
    assert.deepEqual(parseManifest(manifest), manifest);
  });

  for (const optional of [
    "$schema",
    "account",
    "region",
    "role.maxSessionDuration",
    "role.tags",
    "parameters.kmsKeyArn",
  ]) {
    it(`does without ${optional}`, () => assert.deepEqual(problemsOf(changed(optional, undefined)), []));
  }

  it("accepts a vendor that the catalog does not have, with any parameters", () => {
    const other = { ...manifest, vendor: "acme", accessLevel: "custom", parameters: { a: "x", b: true, c: ["d"] } };
    assert.deepEqual(validateManifest(other), []);
    assert.deepEqual(
      validateManifest({ ...other, parameters: { a: 1 } }).map(({ path }) => path),
      [["parameters", "a"]],
    );
  });

  const broken: readonly (readonly [string, unknown, readonly (string | number)[], RegExp])[] = [
    ["id", undefined, [], /"id" is missing/],
    ["vendor", undefined, [], /"vendor" is missing/],
    ["vendor", "JFrog ML", ["vendor"], /lower-case words/],
    ["accessLevel", "admin", ["accessLevel"], /one of read-write/],
    ["role.name", 1, ["role", "name"], /must be a string/],
    ["account", "1234", ["account"], /12 digits/],
    ["account", 210987654321, ["account"], /must be a string/],
    ["region", "Frankfurt", ["region"], /looks like us-east-1/],
    ["partition", "aws-moon", ["partition"], /one of aws, aws-cn, aws-us-gov/],
    ["parameters", [], ["parameters"], /must be an object/],
    ["parameters.buckets", undefined, ["parameters"], /"buckets" is missing/],
    ["parameters.buckets", [], ["parameters", "buckets"], /at least 1 value/],
    ["parameters.buckets", "training-data", ["parameters", "buckets"], /must be an array/],
    ["parameters.kmsKeyArn", ["a"], ["parameters", "kmsKeyArn"], /must be a string/],
    ["parameters.literalPageForm", "yes", ["parameters", "literalPageForm"], /must be a boolean/],
    ["parameters.bucket", "data", ["parameters", "bucket"], /"bucket" is not known here/],
    ["role.name", "my role", ["role", "name"], /1 to 64 letters/],
    ["role.name", undefined, ["role"], /"name" is missing/],
    ["role.maxSessionDuration", 60, ["role", "maxSessionDuration"], /at least 3600/],
    ["role.maxSessionDuration", 86400, ["role", "maxSessionDuration"], /at most 43200/],
    ["role.maxSessionDuration", 3600.5, ["role", "maxSessionDuration"], /an integer/],
    ["role.tags", { "aws:x": "y" }, ["role", "tags", "aws:x"], /does not begin with aws:/],
    ["role.tags", { "a/b": 1 }, ["role", "tags", "a/b"], /must be a string/],
    ["documents.trust", undefined, ["documents"], /"trust" is missing/],
    ["documents.trust", "../trust.json", ["documents", "trust"], /in this folder or below/],
    ["documents.trust", "a/../../trust.json", ["documents", "trust"], /in this folder or below/],
    ["documents.trust", "/etc/trust.json", ["documents", "trust"], /in this folder or below/],
    ["documents.trust", "C:\\trust.json", ["documents", "trust"], /in this folder or below/],
    ["documents.trust", "trust.yaml", ["documents", "trust"], /in this folder or below/],
    ["documents.bucket", "bucket.json", ["documents", "bucket"], /not known here/],
    ["secret", "x", ["secret"], /"secret" is not known here/],
  ];
  for (const [key, value, path, message] of broken) {
    it(`${key} = ${JSON.stringify(value)}: one problem at its place`, () => {
      const problems = problemsOf(changed(key, value));
      assert.deepEqual(
        problems.map((problem) => problem.path),
        [path],
      );
      assert.match(problems[0]?.message ?? "", message);
    });
  }

  it("takes exactly one bucket for Dataloop", () => {
    const dataloop = { ...manifest, vendor: "dataloop", parameters: { buckets: ["data-a", "data-b"] } };
    assert.deepEqual(problemsOf(dataloop), [
      { path: ["parameters", "buckets"], message: "This takes at most 1 value." },
    ]);
  });

  it("reports every problem, not only the first", () => {
    assert.deepEqual(
      problemsOf({ vendor: "jfrog-ml", accessLevel: "read-only", parameters: {}, role: {} }).map((p) => p.message),
      ['"id" is missing.', '"documents" is missing.', '"name" is missing.', '"buckets" is missing.'],
    );
  });

  it("takes a path as AWS does: between slashes, with up to 512 characters", () => {
    const isTaken = (path: string) => validateManifest(changed("role.path", path)).length === 0;
    for (const path of ["/", "/vendors/", "/a/b-c_d.e/", `/${"p".repeat(510)}/`]) assert.ok(isTaken(path), path);
    for (const path of ["", "vendors", "/vendors", "vendors/", "/our vendors/", "/é/", `/${"p".repeat(511)}/`])
      assert.ok(!isTaken(path), path);
  });

  it("takes any value without throwing, and says of all but objects that they are none", () => {
    fc.assert(fc.property(fc.anything(), (value) => void validateManifest(value)));
    for (const value of [null, 1, "x", [], undefined]) {
      assert.deepEqual(validateManifest(value), [{ path: [], message: "This must be an object." }]);
    }
  });

  it("agrees with the functions that validate what people type", () => {
    const tail = fc.stringMatching(/^[a-z0-9.A-Z_+ -]{0,70}$/);
    const rules: readonly (readonly [string, (value: string) => unknown, fc.Arbitrary<string>])[] = [
      ["role", validateRoleName, fc.oneof(tail, fc.string())],
      ["account", validateAccountId, fc.oneof(fc.stringMatching(/^\d{11,13}$/), fc.string())],
    ];
    const manifests: Readonly<Record<string, (value: string) => unknown>> = {
      role: (value) => changed("role.name", value),
      account: (value) => changed("account", value),
    };
    for (const [kind, validate, values] of rules) {
      fc.assert(
        fc.property(values, (value) => {
          const bySchema = validateManifest(manifests[kind]?.(value)).length > 0;
          assert.equal(bySchema, validate(value) !== undefined, `${kind} ${JSON.stringify(value)}`);
        }),
      );
    }
  });

  it("throws one error that names every problem", () => {
    assert.throws(
      () => parseManifest({ ...manifest, account: "1", role: {} }),
      (error) =>
        isUserError(error) &&
        error.code === "manifest-invalid" &&
        /account: .*12 digits.* role: "name" is missing/.test(error.message),
    );
  });

  it("carries no part of Ajv", () => {
    const code = readFileSync(join(__dirname, "../../../src/vendors/validateManifest.generated.js"), "utf8");
    assert.ok(!/\brequire\(/.test(code));
  });
});
