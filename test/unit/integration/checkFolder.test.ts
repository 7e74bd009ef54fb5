import assert from "node:assert/strict";
import { checkFolder } from "../../../src/integration/checkFolder";
import { staysInFolder } from "../../../src/integration/documentPath";
import { isManifest } from "../../../src/integration/recogniseManifest";
import { scaffold } from "../../../src/integration/scaffold";
import { catalog } from "../../../src/vendors/catalog";
import { memoryFileSystem } from "./memoryFileSystem";
import { requestFor, vendor } from "./requests";

async function integrationTexts(): Promise<Map<string, string>> {
  const fs = memoryFileSystem();
  const definition = vendor("activeloop-deep-lake");
  await scaffold(fs, "", { definition, request: requestFor(definition), name: "deep-lake" });
  return new Map([...fs.files].map(([path, text]) => [path.replace("deep-lake/", ""), text]));
}

describe("checkFolder", () => {
  it("reports every file that it checked, also the ones without findings", async () => {
    const findings = checkFolder(await integrationTexts(), catalog);
    assert.deepEqual([...findings].map(([name, found]) => [name, found.length]).sort(), [
      ["integration.json", 0],
      ["permissions-policy.json", 0],
      ["trust-policy.json", 0],
    ]);
  });

  it("checks a document against what its manifest says", async () => {
    const texts = await integrationTexts();
    const permissions = texts.get("permissions-policy.json") ?? "";
    texts.set("permissions-policy.json", permissions.replaceAll("training-data", "other-data"));
    const found = checkFolder(texts, catalog).get("permissions-policy.json") ?? [];
    assert.ok(found.some(({ check }) => check === "resource-bucket-mismatch"));
    texts.delete("integration.json");
    assert.deepEqual(checkFolder(texts, catalog).get("permissions-policy.json"), [], "nobody says which bucket it is");
  });

  it("asks whether a document exists that it was not given", async () => {
    const texts = await integrationTexts();
    texts.delete("trust-policy.json");
    const missing = checkFolder(texts, catalog).get("integration.json") ?? [];
    assert.equal(missing.length, 1);
    const asked: string[] = [];
    const fileExists = (name: string) => asked.push(name) > 0;
    assert.deepEqual(checkFolder(texts, catalog, { fileExists }).get("integration.json"), []);
    assert.deepEqual(asked, ["trust-policy.json"]);
  });

  it("checks a policy outside any integration, and leaves other JSON alone", () => {
    const files = new Map([
      ["package.json", '{"name": "x", "version": "1.0.0"}'],
      ["integration.json", '{"name": "of another tool", "steps": []}'],
      [
        "policy.json",
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}',
      ],
    ]);
    const findings = checkFolder(files, catalog);
    assert.deepEqual([...findings.keys()], ["policy.json"]);
    assert.ok(findings.get("policy.json")?.some(({ check }) => check === "principal-public"));
  });

  it("checks a document that is broken and still is one", () => {
    const findings = checkFolder(
      new Map([["p.json", '{"Version": "2012-10-17", "Statement": [{"Effect": “Allow”,}]']]),
      catalog,
    );
    assert.ok((findings.get("p.json") ?? []).length > 0);
  });
});

describe("isManifest", () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ["/home/me/vendor-access/jfrog", "{", true],
    ["/home/me/project", '{"vendor": "jfrog-ml", "accessLevel": "read-only"', true],
    ["/home/me/project", '{"vendor": "jfrog-ml"}', false],
    ["/home/me/project", '{"name": "of another tool"}', false],
    ["", "{}", false],
  ];
  for (const [folder, text, expected] of cases) {
    it(`${expected ? "takes" : "leaves"} ${text} in ${JSON.stringify(folder)}`, () => {
      assert.equal(isManifest(folder, text), expected);
    });
  }
});

describe("staysInFolder", () => {
  for (const path of ["a.json", "iam/a.json", "a b/ü.json", "...json"]) {
    it(`takes ${path}`, () => assert.ok(staysInFolder(path)));
  }
  for (const path of ["", ".", "..", "../a", "a/../b", "/a", "a//b", "a/", "./a", "a\\b", "C:a", "a\u0000", "a\n"]) {
    it(`refuses ${JSON.stringify(path)}`, () => assert.ok(!staysInFolder(path)));
  }
});
