import { DOT, ELLIPSIS } from "./jsonCharacters";
import { edit, report } from "./jsonReader";
import type { Frame, Parse, State } from "./openBrackets";
import { endOfStrayText } from "./readScalar";

/** What stands where JSON has something else: reported, and read over so that the rest can be read. */

/** `"Action" "s3:*"`, or `"Action:" "s3:*"` with the colon inside the quotes. */
export function missingColon(parse: Parse, frame: Frame | undefined): void {
  const property = frame?.property;
  if (property === undefined) return;
  const { reader } = parse;
  const { key } = property;
  const end = key.offset + key.length;
  const inside = key.value.endsWith(":") && key.length > 2;
  if (inside) property.key = { ...key, value: key.value.slice(0, -1) };
  report(
    reader,
    "json-syntax",
    end - (inside ? 2 : 1),
    1,
    inside
      ? "The colon stands inside the quotes of the key, so AWS would refuse the document as malformed."
      : "A colon is missing after this key, so AWS would refuse the document as malformed.",
    inside
      ? { title: "Move the colon behind the quote", edits: [edit(end - 2, 2, '":')] }
      : { title: "Add the colon", edits: [edit(end, 0, ":")] },
  );
}

export function missingValue(parse: Parse, frame: Frame): void {
  const key = frame.property?.key;
  if (key === undefined) return;
  report(
    parse.reader,
    "json-syntax",
    key.offset,
    key.length,
    `The key ${JSON.stringify(key.value.slice(0, 60))} has no value, so AWS would refuse the document as malformed.`,
  );
  frame.property = undefined;
}

export function extraComma(parse: Parse, state: State): State {
  const { reader } = parse;
  report(
    reader,
    "json-syntax",
    reader.position,
    1,
    "This comma has no entry before it, so AWS would refuse the document as malformed.",
    { title: "Remove the comma", edits: [edit(reader.position, 1, "")] },
  );
  reader.position += 1;
  return state;
}

export function isDots(text: string, position: number, code: number): boolean {
  return code === ELLIPSIS || (code === DOT && text.charCodeAt(position + 1) === DOT);
}

/** `"a", ...`: the page left something out. One finding, with the comma that goes with it. */
export function readDots(parse: Parse, frame: Frame | undefined, state: State): State {
  const { reader } = parse;
  const start = reader.position;
  let end = start;
  while (reader.text.charCodeAt(end) === DOT || reader.text.charCodeAt(end) === ELLIPSIS) end += 1;
  const edits = [edit(start, end - start, "")];
  reader.position = end;
  let next = state;
  if (frame !== undefined && frame.comma >= 0) {
    edits.unshift(edit(frame.comma, 1, ""));
    frame.comma = -1;
    next = "separator";
  } else if (state !== "separator" && frame !== undefined && frame.property === undefined) {
    const comma = /^\s*,/.exec(reader.text.slice(end, end + 200));
    if (comma !== null) {
      reader.position = end + comma[0].length;
      edits.push(edit(reader.position - 1, 1, ""));
    }
  }
  report(
    reader,
    "json-syntax",
    start,
    end - start,
    "The dots stand for something that was left out, so AWS would refuse the document as malformed.",
    { title: "Remove the dots", edits },
  );
  return next;
}

export function strayText(parse: Parse, frame: Frame | undefined, state: State): State {
  const { reader } = parse;
  const start = reader.position;
  const end = endOfStrayText(reader.text, start);
  reader.position = end;
  report(
    reader,
    "json-syntax",
    start,
    end - start,
    "This text belongs to nothing, so AWS would refuse the document as malformed.",
    { title: "Remove it", edits: [edit(start, end - start, "")] },
  );
  return frame === undefined ? "end" : state;
}
