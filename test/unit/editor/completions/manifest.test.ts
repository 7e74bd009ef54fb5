import assert from "node:assert/strict";
import { type ManifestContext, manifestCompletionsAt } from "../../../../src/editor/completions/manifestCompletions";
import { manifestFacts } from "../../../../src/editor/manifestFacts";
import { catalog } from "../../../../src/vendors/catalog";
import { atMark } from "./completionCases";

const key = "arn:aws:kms:eu-west-1:314159265358:key/0d1f7c8e-0000-4000-8000-000000000001";
const known: ManifestContext = {
  vendors: catalog,
  buckets: [
    { name: "training-data", exists: true, region: "eu-west-1", kmsKeyArn: key },
    { name: "raw-data", exists: true, region: "eu-west-1" },
    { name: "gone", exists: false },
  ],
  accounts: new Map([["314159265358", ["integration jfrog", "profile production"]]]),
  hasSchema: false,
};

function manifest(...properties: readonly string[]): string {
  return `{\n${['"vendor": "activeloop-deep-lake"', ...properties].join(",\n")}\n}`;
}

describe("completion of integration.json", () => {
  const cases: readonly (readonly [what: string, marked: string, expected: readonly string[], bySchema?: boolean])[] = [
    ["the vendors", '{"vendor": "|"}', catalog.map(({ id }) => id), true],
    ["the vendor's access levels", manifest('"accessLevel": "|"'), ["read-write"], true],
    ["the accounts that are known", manifest('"account": "|"'), ["314159265358"]],
    ["the regions of known buckets", manifest('"region": |'), ["eu-west-1"]],
    [
      "the parameters that are not there",
      manifest('"parameters": {"kmsKeyArn": "", "|"}'),
      ["buckets", "literalPageForm", "cors"],
      true,
    ],
    [
      "the profile's buckets that are not there",
      manifest('"parameters": {"buckets": ["raw-data", "|"]}'),
      ["training-data"],
    ],
    ["the keys of the buckets' encryption", manifest('"parameters": {"kmsKeyArn": "|"}'), [key]],
    [
      "the accounts that the vendor runs in",
      '{"vendor": "jfrog-ml", "parameters": {"accountId": "|"}}',
      ["377488441568"],
      true,
    ],
    [
      "the usual name of the role",
      manifest('"parameters": {"buckets": ["a-bucket"]}', '"role": {"name": "|"}'),
      ["VendorAccess-activeloop-deep-lake-a-bucket"],
    ],
    ["nothing for an unknown vendor", '{"vendor": "x", "parameters": {"|"}}', []],
    ["nothing for an id", manifest('"id": "|"'), []],
  ];
  for (const [what, marked, expected, bySchema = false] of cases) {
    it(`offers ${what}${bySchema ? ", unless the schema does" : ""}`, () => {
      const { text, offset } = atMark(marked);
      const labels = (context: ManifestContext) =>
        manifestCompletionsAt(text, offset, context).map(({ label }) => label);
      assert.deepEqual(labels(known), expected);
      assert.deepEqual(labels({ ...known, hasSchema: true }), bySchema ? [] : expected);
    });
  }

  it("says how an account is known", () => {
    const text = manifest('"account": ""');
    const [account] = manifestCompletionsAt(text, text.lastIndexOf('"'), known);
    assert.equal(account?.detail, "integration jfrog, profile production");
  });
});

describe("manifestFacts", () => {
  it("reads what it can of a manifest that is being written", () => {
    const facts = manifestFacts(
      '{"vendor": "jfrog-ml", "account": "314159265358", "parameters": {"buckets": ["a"], "wrong": 7}, "role": {"na',
      catalog,
    );
    assert.equal(facts.definition?.name, "JFrog ML");
    assert.deepEqual(facts.request, {
      accessLevel: facts.definition?.accessLevels[0]?.id,
      account: "314159265358",
      parameters: { buckets: ["a"] },
      role: { name: "" },
    });
  });

  it("knows nothing of other text", () => {
    for (const text of ["", "[]", "x", '{"vendor": 7}']) {
      assert.deepEqual(manifestFacts(text, catalog).definition, undefined, text);
    }
  });
});
