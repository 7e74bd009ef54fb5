import assert from "node:assert/strict";
import { readPage } from "../../../../src/integration/page/readPage";
import { catalog } from "../../../../src/vendors/catalog";

const policy =
  '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::BUCKET_NAME/*"}]}';
const list = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": [\n';
const html = "<!doctype html><body><p>x</p>";

/** A page of about this many characters. */
type Hostile = (size: number) => string;

function repeated(unit: string, before = "", after = ""): Hostile {
  return (size) => before + unit.repeat(Math.ceil(size / unit.length)) + after;
}

function counted(unit: (number: number) => string, before = "", after = ""): Hostile {
  return (size) => {
    let text = before;
    for (let number = 0; text.length < size; number += 1) text += unit(number);
    return text + after;
  };
}

const pages: { readonly [what: string]: Hostile } = {
  "titles that are not closed": repeated("<title>", html),
  "titles whose tags are not closed": repeated("<title ", html),
  "headings that are not closed": repeated("<h1>", html),
  "code blocks that are not closed": repeated("<pre>{", html),
  "scripts that are not closed": repeated("<script>", html),
  "tables that are not closed": repeated("<table><tr><td>", html),
  "comments that are not closed": repeated("<!--", html),
  "declarations that are not closed": repeated("<!a ", html),
  "a tag with nothing but blanks": repeated(" ", `${html}<a`),
  "links that are not closed": repeated('<link rel="canonical" ', html),
  "deep elements": (size) => html + "<div>".repeat(size / 11) + "</div>".repeat(size / 11),
  "deep JSON": repeated('{"a":[', "", ""),
  "deep policies": repeated('{"Version":{"Action":'),
  "policies that are cut off": repeated(
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow"\n\nSome prose here.\n',
  ),
  "policies that go on": repeated('{"Id":\n\n'),
  "blocks with prose in them": repeated('{"a":[\nSome words here\nMore words here\nYet more words here\n'),
  "blocks beside each other": repeated('{"Id":1},'),
  "escaped JSON": repeated('{\\"Version\\": \\"2012-10-17\\",\\n'),
  "comments in a document": repeated("/* ", '{"Version": "2012-10-17",', "}"),
  "a line of [": repeated("[", "Replace BUCKET_NAME with yours. ", `\n${policy}`),
  "a line of {": repeated("{", "Replace BUCKET_NAME with yours. ", `\n${policy}`),
  "a line of <": repeated("<", "Replace BUCKET_NAME with yours. ", `\n${policy}`),
  "a line of quotes": repeated('"', "Replace BUCKET_NAME with yours. ", `\n${policy}`),
  "an address": repeated("docs/", "https://a/"),
  addresses: repeated("https://docs/"),
  "code blocks": repeated(`\`\`\`json\n${policy}\n\`\`\`\n\nReplace BUCKET_NAME with yours.\n\n`),
  "code blocks of HTML": repeated(`<pre>${policy}</pre><p>Some words.</p>`, html),
  "parts of policies": repeated('x "Effect":\n\n'),
  "short lines": repeated("a\n"),
  "words that are cut": repeated('"arn:aws:s3:::some-\nbucket-name",\n', list, '"a"]}]}'),
  placeholders: counted((number) => `"arn:aws:s3:::<buc ket-${number}>/*",\n`, list, '"a"]}]}'),
  accounts: counted((number) => `Trust the account ${210000000000 + 7 * number}. `, "", policy),
};

function milliseconds(text: string): number {
  const times = [0, 1, 2].map(() => {
    const start = performance.now();
    readPage(text, catalog);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[1] ?? 0;
}

describe("a hostile page", () => {
  const small = 15_000;
  for (const [what, page] of Object.entries(pages)) {
    it(`is read in a time that grows as it does: ${what}`, () => {
      readPage(page(small), catalog);
      // Below two milliseconds there is nothing but noise.
      const before = Math.max(2, milliseconds(page(small)));
      const after = milliseconds(page(8 * small));
      assert.ok(after < 4 * 8 * before, `${after.toFixed(1)} ms for 8 times what took ${before.toFixed(1)} ms`);
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
