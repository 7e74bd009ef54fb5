import assert from "node:assert/strict";
import { normalizePolicy } from "../../../../src/policy/normalizePolicy";
import { repairJson } from "../../../../src/policy/repair/repairJson";
import { goldenPages } from "../../../pages/goldenPages";

/** Where a document has a character of its structure: brackets, commas, colons, and the quotes around its texts. */
function structure(text: string): readonly number[] {
  const places: number[] = [];
  let quoted = false;
  for (let position = 0; position < text.length; position += 1) {
    const character = text[position] ?? "";
    if (character === '"') {
      places.push(position);
      quoted = !quoted;
    } else if (!quoted && "{}[],:".includes(character)) {
      places.push(position);
    }
  }
  return places;
}

/** Behind the first character of a closing quote another one would only lengthen the text. */
function isClosingQuote(text: string, at: number): boolean {
  return text[at] === '"' && /[^\s,:[{]/.test(text[at - 1] ?? "");
}

describe("a document with one character of its structure too many or too few", () => {
  const documents = goldenPages.flatMap(({ documents }) => documents.map(({ value }) => value));
  for (const [index, value] of documents.entries()) {
    it(`is read as it was or not at all (document ${index + 1})`, () => {
      const text = JSON.stringify(value, null, 2);
      const golden = JSON.stringify(normalizePolicy(value));
      const damaged = structure(text).flatMap((at) => [
        text.slice(0, at) + text.slice(at + 1),
        ...(isClosingQuote(text, at) ? [] : [...'{}[]",:'].map((extra) => text.slice(0, at) + extra + text.slice(at))),
      ]);
      let exact = 0;
      for (const each of damaged) {
        const { text: mended, unread } = repairJson(each);
        if (unread !== undefined) continue;
        // One bracket less may be JSON as well: then nothing was repaired, and nothing is told.
        if (mended === each) continue;
        const read = JSON.parse(mended);
        const same = [read, [read]].some((form) => JSON.stringify(normalizePolicy(form)) === golden);
        assert.ok(same, `${each}\nwas read as\n${mended}`);
        exact += 1;
      }
      assert.ok(exact > damaged.length / 4, `${exact} of ${damaged.length} are repaired`);
    });
  }
});
