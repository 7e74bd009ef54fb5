import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readPage, type VendorPage } from "../../../../src/integration/page/readPage";
import { applyRepairs } from "../../../../src/policy/repair/repairedText";
import { catalog } from "../../../../src/vendors/catalog";

const folder = join(__dirname, "../../../fixtures/pages");
const names = readdirSync(folder).filter((name) => !name.endsWith(".expected.json"));

/** What a page is read as, in the form of its `.expected.json`. */
function told({ recognised, version, documents, unread }: VendorPage): unknown {
  return {
    vendor: recognised?.vendor.id ?? null,
    by: recognised?.by ?? null,
    source: recognised?.source?.id ?? null,
    version: version ?? null,
    retired: recognised?.retired ?? [],
    documents: documents.map(({ kind, line, text, repairs, placeholders }) => ({
      kind,
      line,
      value: JSON.parse(text),
      repairs: repairs.map(({ kind, offset, length, replacement }) => [kind, offset, length, replacement]),
      placeholders: placeholders.map(({ token, places, explanation, suggestedValue, choices, parameter, sample }) => ({
        token,
        occurrences: places.length,
        explanation: explanation ?? null,
        ...(suggestedValue !== undefined && { suggestedValue }),
        ...(choices && { choices: choices.map(({ value }) => value) }),
        parameter: parameter ?? null,
        ...(sample && { sample }),
      })),
    })),
    unread: unread.map(({ line, reason }) => ({ line, reason })),
  };
}

describe("readPage", () => {
  for (const name of names) {
    const page = readPage(readFileSync(join(folder, name), "utf8"), catalog);

    it(`reads ${name}`, () => {
      const expected: unknown = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), "utf8"));
      assert.deepEqual(JSON.parse(JSON.stringify(told(page))), expected);
    });

    it(`tells every change and every place of a placeholder in ${name}`, () => {
      for (const { source, repairs, text, placeholders } of page.documents) {
        assert.equal(applyRepairs(source, repairs), text);
        for (const { token, places } of placeholders) {
          for (const { offset, length } of places) assert.equal(text.slice(offset, offset + length), token);
        }
      }
    });
  }

  it("finds all documents of the five pages that vendors' customers copied", () => {
    const real = [
      "activeloop-v3.1.5.txt",
      "activeloop-unversioned.txt",
      "activeloop-newest.md",
      "jfrog-ml.txt",
      "dataloop.txt",
    ];
    const pages = real.map((name) => readPage(readFileSync(join(folder, name), "utf8"), catalog));
    assert.equal(pages.flatMap(({ documents }) => documents).length, 13);
    assert.deepEqual(
      pages.flatMap(({ unread }) => unread),
      [],
    );
  });

  // What looks at each pair of places would take minutes.
  for (const piece of ["1 \n", " ", "\n"]) {
    it(`comes to an end for nothing but ${JSON.stringify(piece)}`, () => {
      assert.deepEqual(readPage(piece.repeat(300_000 / piece.length), catalog).documents, []);
    });
  }

  it("comes to an end for a long page of HTML, with the document at its end", () => {
    const filler = '<div class="a"><span>Lorem ipsum dolor sit amet.</span></div>\n'.repeat(20_000);
    const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}';
    const { documents } = readPage(`<html><body>${filler}<pre>${policy}</pre></body></html>`, catalog);
    assert.deepEqual(
      documents.map(({ text }) => text),
      [policy],
    );
  });
});
