import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const project = path.join(__dirname, "../..");
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...readdirSync(path.join(project, "docs")).map((name) => `docs/${name}`),
];
const manifest = JSON.parse(readFileSync(path.join(project, "package.json"), "utf8"));

describe("the documentation", () => {
  for (const page of pages) {
    it(`${page} links only to what is there`, () => {
      const text = readFileSync(path.join(project, page), "utf8");
      const links = Array.from(text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g), ([, link = ""]) => link);
      const broken = links.filter(
        (link) => !/^[a-z]+:/.test(link) && !existsSync(path.join(project, path.dirname(page), decodeURI(link))),
      );
      assert.deepEqual(broken, []);
    });
  }

  it("names every setting in the README", () => {
    const readme = readFileSync(path.join(project, "README.md"), "utf8");
    const missing = Object.keys(manifest.contributes.configuration.properties).filter((name) => !readme.includes(name));
    assert.deepEqual(missing, []);
  });

  it("gives a reason for every dependency in CONTRIBUTING", () => {
    const text = readFileSync(path.join(project, "CONTRIBUTING.md"), "utf8");
    const clients = /^@aws-sdk\/client-/; // in one row: `@aws-sdk/client-iam`, `-s3`, …
    const missing = Object.keys(manifest.devDependencies).filter(
      (name) => !text.includes(`\`${name}\``) && !text.includes(`\`${name.replace(clients, "-")}\``),
    );
    assert.deepEqual(missing, []);
  });
});
