import { applyEdits, applySafeFixes } from "../../src/checks/applyFixes";
import { checkDocument } from "../../src/checks/checkDocument";
import { checkManifest } from "../../src/checks/checkManifest";
import type { CheckContext, Finding } from "../../src/checks/finding";
import type { Range, TextEdit } from "../../src/policy/json";
import { parseJson } from "../../src/policy/parseJson";
import { readPolicy } from "../../src/policy/readPolicy";

/**
 * Everything that the product does with a text while it is typed and repaired: reads it, checks it, makes each fix, and
 * all safe ones. Throws what any of it throws, and an Error for a finding or a fix that is not sound.
 * @param context undefined: the text is an integration.json
 */
export function examine(text: string, context: CheckContext | undefined): void {
  readPolicy(parseJson(text));
  const check = (current: string): readonly Finding[] =>
    context === undefined ? checkManifestText(current, []) : checkDocument(current, context);
  for (const finding of check(text)) {
    const { range, fill, fixes, message } = finding;
    for (const each of [range, ...(fill?.places ?? [])]) assertInside(text, each, finding);
    if (message.trim() === "" || !message.endsWith("."))
      throw new Error(`${finding.check} says ${JSON.stringify(message)}`);
    for (const { edits } of fixes) {
      assertEdits(text, edits, finding);
      applyEdits(text, edits);
    }
  }
  applySafeFixes(text, check);
}

function checkManifestText(text: string, files: readonly string[]): readonly Finding[] {
  return checkManifest(text, { vendors: [], fileExists: (name) => files.includes(name) }).findings;
}

function assertEdits(text: string, edits: readonly TextEdit[], finding: Finding): void {
  if (edits.length === 0) throw new Error(`a fix of ${finding.check} changes nothing`);
  const sorted = [...edits].sort((a, b) => a.range.offset - b.range.offset || a.range.length - b.range.length);
  let end = 0;
  for (const { range } of sorted) {
    assertInside(text, range, finding);
    if (range.offset < end) throw new Error(`edits of ${finding.check} overlap at ${range.offset}`);
    end = range.offset + range.length;
  }
}

function assertInside(text: string, { offset, length }: Range, { check }: Finding): void {
  const inside = Number.isInteger(offset) && Number.isInteger(length) && offset >= 0 && length >= 0;
  if (!inside || offset + length > text.length) throw new Error(`${check} is at ${offset}+${length} of ${text.length}`);
}
