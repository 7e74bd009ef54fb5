import { COLON, isInvisible, isSpace, OPEN_BRACE, OPEN_BRACKET } from "./jsonCharacters";
import { edit, report, skipTrivia } from "./jsonReader";
import type { Parse } from "./openBrackets";

/** A label, a code fence or a heading before the document is one finding. Answers false when there is no document. */
export function skipBeforeDocument(parse: Parse): boolean {
  const { reader } = parse;
  const code = skipTrivia(reader);
  if (code < 0 || code === OPEN_BRACE || code === OPEN_BRACKET || code === 34) return code >= 0;
  const { text } = reader;
  const start = reader.position;
  const rest = text.slice(start, start + 8);
  if (/^(?:-?\d|true\b|false\b|null\b|["“”„‟″'‘’])/.test(rest)) return true;
  let end = text.slice(start).search(/[{[]/);
  const message = "The document must begin with {, not with this text, so AWS would refuse it as malformed.";
  if (end < 0) {
    report(
      reader,
      "json-syntax",
      start,
      trimmedEnd(text) - start,
      "This is not JSON, so AWS would refuse the document as malformed.",
    );
    return false;
  }
  end += start;
  reader.position = end;
  const length = trimmedEnd(text.slice(0, end)) - start;
  report(reader, "json-syntax", start, length, message, {
    title: "Remove the text before the document",
    edits: [edit(start, length, "")],
  });
  return true;
}

/**
 * Something stands after the whole document. `"Version": …` without the opening brace makes the document go on: then
 * true, with the brace added. Otherwise the rest of the text is one finding.
 */
export function skipAfterDocument(parse: Parse, code: number): boolean {
  const { reader, root } = parse;
  const { text } = reader;
  const start = reader.position;
  if (code === COLON && root?.kind === "string") {
    openMissingObject(parse);
    return true;
  }
  const end = trimmedEnd(text);
  const another = /[{[]/.test(text.slice(start, end));
  const message = another
    ? "Text follows after the end of the document, perhaps a second document, so AWS would refuse it as malformed."
    : "Text follows after the end of the document, so AWS would refuse it as malformed.";
  const repair = { title: "Remove the text after the document", edits: [edit(start, end - start, "")] };
  report(reader, "json-syntax", start, end - start, message, another ? undefined : repair);
  reader.position = text.length;
  return false;
}

function openMissingObject(parse: Parse): void {
  const key = parse.root;
  if (key?.kind !== "string") return;
  report(
    parse.reader,
    "json-syntax",
    key.offset,
    1,
    "The opening { is missing before this, so AWS would refuse the document as malformed.",
    { title: "Add the missing {", edits: [edit(key.offset, 0, "{")] },
  );
  const property = { key, value: undefined, offset: key.offset, length: key.length };
  const node = { kind: "object" as const, offset: key.offset, length: 1, properties: [property] };
  const end = key.offset + key.length;
  parse.frames.push({ node, property, comma: -1, end, previousEnd: end });
  parse.openObjects += 1;
  parse.root = node;
}

function trimmedEnd(text: string): number {
  let end = text.length;
  while (end > 0 && (isSpace(text.charCodeAt(end - 1)) || isInvisible(text.charCodeAt(end - 1)))) end -= 1;
  return end;
}
