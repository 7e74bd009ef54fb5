import assert from "node:assert/strict";
import { readPage } from "../../../../src/integration/page/readPage";
import { catalog } from "../../../../src/vendors/catalog";
import { hostilePages, policy } from "../../../pages/hostilePages";

describe("a hostile page", () => {
  for (const [what, page] of Object.entries(hostilePages)) {
    // In a time that grew with the square of its length this would not end before the test's time is up.
    it(`is read to its end: ${what}`, () => {
      const { documents, unread } = readPage(page(1_500_000), catalog);
      assert.ok(
        documents.length <= 500 && unread.length <= 203,
        `${documents.length} documents, ${unread.length} unread`,
      );
    });
  }

  it("has its first documents, and says where the others begin", () => {
    const { documents, unread } = readPage(`${policy}\n\nSome words.\n\n`.repeat(3000), catalog);
    assert.equal(documents.length, 500);
    assert.deepEqual(
      unread.map(({ line, reason }) => [line, /from here on none was looked for/.test(reason)]),
      [[2001, true]],
    );
  });

  it("lists its first unread places, and says where the others begin", () => {
    const { unread } = readPage('x "Effect":\n\n'.repeat(900), catalog);
    assert.equal(unread.length, 201);
    assert.match(unread.at(-1)?.reason ?? "", /not listed/);
    assert.equal(unread.at(-1)?.line, 401);
  });

  it("of ten million characters is read to the middle, and that is said", () => {
    const line = "This is a sentence of the page.\n";
    const half = line.repeat(Math.floor(5_000_000 / line.length) - 10);
    const { documents, unread } = readPage(`${policy}\n${half}${"\n".repeat(500)}${half}${policy}\n`, catalog);
    assert.equal(documents.length, 1);
    assert.match(unread[0]?.reason ?? "", /longer than 5 million characters: what comes after this was not read/);
    assert.equal(unread.length, 1);
  });

  it("does not forget a canonical address, a title or a version among thousands of tags", () => {
    const head =
      '<head><title>The &amp; title</title><link rel="canonical" href="https://docs.acme.example/v2.1/s3"></head>';
    const { title, url, version } = readPage(
      `<!doctype html>${head}<body>${"<div>".repeat(3000)}<p>See https://docs.acme.example/v2.1/s3</p>`,
      catalog,
    );
    assert.deepEqual([title, url, version], ["The & title", "https://docs.acme.example/v2.1/s3", "v2.1"]);
  });
});
