import type { JsonText, StringNode } from "./json";
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  END,
  EQUALS,
  FULLWIDTH_COLON,
  FULLWIDTH_COMMA,
  isAnyQuote,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SEMICOLON,
} from "./jsonCharacters";
import { edit, report, skipTrivia } from "./jsonReader";
import { extraComma, isDots, missingColon, missingValue, readDots, strayText } from "./misplacedText";
import {
  attach,
  closeAtEnd,
  closeBeforeKey,
  closeMissing,
  complete,
  type Frame,
  openBracket,
  type Parse,
  readCloser,
  type State,
} from "./openBrackets";
import { readPlainJson } from "./readPlainJson";
import { endOfWord, readBareText, readScalar } from "./readScalar";
import { readString } from "./readString";
import { skipAfterDocument, skipBeforeDocument } from "./surroundingText";

export { toValue } from "./toValue";

/**
 * Reads a text as JSON (RFC 8259), as far as it can be read. Every problem is reported at its own place, with a repair
 * where one is plain; one cause is reported once. Never throws; takes time and memory linear in the text.
 */
export function parseJson(text: string): JsonText {
  const plain = readPlainJson(text);
  return plain === undefined ? parseUnusual(text) : { text, root: plain, problems: [] };
}

function parseUnusual(text: string): JsonText {
  const parse: Parse = {
    reader: { text, position: 0, problems: [] },
    frames: [],
    root: undefined,
    openObjects: 0,
    openArrays: 0,
    balance: undefined,
    keyless: false,
  };
  const { reader } = parse;
  let state: State = "value";
  let more = skipBeforeDocument(parse);
  while (more) {
    const code = skipTrivia(reader);
    if (code === END) break;
    const frame = parse.frames.at(-1);
    if (frame === undefined && state === "separator") state = "end";
    if (state === "end") {
      more = skipAfterDocument(parse, code);
      state = "colon";
      continue;
    }
    if (code === QUOTE && (state === "value" || state === "key")) {
      state = acceptString(parse, frame, state, readString(reader));
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      state = afterCloser(parse, frame, state, code);
    } else {
      state = step(parse, frame, state, code);
    }
  }
  if (parse.frames.length > 0) {
    const property = parse.frames.at(-1)?.property;
    const whole = property === undefined || property.value !== undefined || state === "separator" || state === "key";
    closeAtEnd(parse, whole && !parse.keyless);
  } else if (parse.root === undefined && reader.problems.length === 0) {
    report(reader, "json-syntax", 0, text.length, "The document is empty, so AWS would refuse it as malformed.");
  }
  return { text, root: parse.root, problems: reader.problems };
}

function acceptString(parse: Parse, frame: Frame | undefined, state: "value" | "key", node: StringNode): State {
  if (state === "key" && frame?.node.kind === "object") {
    return startProperty(frame, node);
  }
  attach(parse, node);
  if (frame === undefined) return "end";
  complete(frame, node.offset + node.length);
  return "separator";
}

function startProperty(frame: Frame, key: StringNode): State {
  if (frame.node.kind !== "object") return "separator";
  const property = { key, value: undefined, offset: key.offset, length: key.length };
  frame.node.properties.push(property);
  frame.property = property;
  frame.comma = -1;
  frame.previousEnd = frame.end;
  frame.end = key.offset + key.length;
  return "colon";
}

function afterCloser(parse: Parse, frame: Frame | undefined, state: State, code: number): State {
  if (frame === undefined) return strayText(parse, frame, state);
  if (state === "colon" || (state === "value" && frame.node.kind === "object")) missingValue(parse, frame);
  const closed = readCloser(parse, code === CLOSE_BRACE ? "object" : "array");
  if (!closed) return state === "colon" ? "separator" : state;
  return "separator";
}

/** Everything but an ordinary string and a closing bracket. */
function step(parse: Parse, frame: Frame | undefined, state: State, code: number): State {
  switch (state) {
    case "value":
      return readValue(parse, frame, code);
    case "key":
      return readKey(parse, frame, code);
    case "colon":
      return readColon(parse, frame, code);
    default:
      return readSeparator(parse, frame, code);
  }
}

function readValue(parse: Parse, frame: Frame | undefined, code: number): State {
  const { reader } = parse;
  if (code === OPEN_BRACE) {
    openBracket(parse, "object", true);
    return "key";
  }
  if (code === OPEN_BRACKET) {
    openBracket(parse, "array", true);
    return "value";
  }
  if (code === COMMA) {
    if (frame?.node.kind !== "object") return extraComma(parse, "value");
    missingValue(parse, frame);
    return "separator";
  }
  if (code === COLON || code === SEMICOLON || code === EQUALS) return strayText(parse, frame, "value");
  if (isDots(reader.text, reader.position, code)) return readDots(parse, frame, "value");
  const node = isAnyQuote(code) ? readString(reader) : readScalar(reader);
  attach(parse, node);
  if (frame === undefined) return "end";
  complete(frame, node.offset + node.length);
  return "separator";
}

function readKey(parse: Parse, frame: Frame | undefined, code: number): State {
  const { reader } = parse;
  if (frame === undefined) return "end";
  if (code === COMMA) return extraComma(parse, "key");
  if (code === OPEN_BRACE && frame.comma >= 0 && parse.frames.at(-2)?.node.kind === "array") {
    // `[{…, {`: the object ended before the comma.
    const comma = frame.comma;
    frame.comma = -1;
    if (parse.balance !== undefined) parse.balance.object -= 1;
    closeMissing(parse, frame.end);
    const parent = parse.frames.at(-1);
    if (parent !== undefined) parent.comma = comma;
    return "value";
  }
  if (code === OPEN_BRACE || code === OPEN_BRACKET) {
    report(
      reader,
      "json-syntax",
      reader.position,
      1,
      "A key in quotes must stand before this bracket, so AWS would refuse the document as malformed.",
    );
    frame.comma = -1;
    frame.property = undefined;
    parse.keyless = true;
    openBracket(parse, code === OPEN_BRACE ? "object" : "array", false);
    return code === OPEN_BRACE ? "key" : "value";
  }
  if (code === COLON || code === SEMICOLON || code === EQUALS) return strayText(parse, frame, "key");
  if (isDots(reader.text, reader.position, code)) return readDots(parse, frame, "key");
  return startProperty(frame, isAnyQuote(code) ? readString(reader) : readBareText(reader));
}

function readColon(parse: Parse, frame: Frame | undefined, code: number): State {
  const { reader } = parse;
  const { position } = reader;
  if (code === COLON) {
    reader.position = position + 1;
    return "value";
  }
  if (code === EQUALS || code === FULLWIDTH_COLON) {
    const length = reader.text[position + 1] === ">" ? 2 : 1;
    report(
      reader,
      "json-syntax",
      position,
      length,
      "A colon must stand between a key and its value, so AWS would refuse the document as malformed.",
      { title: "Replace by a colon", edits: [edit(position, length, ":")] },
    );
    reader.position = position + length;
    return "value";
  }
  if (code === COMMA || code === SEMICOLON) {
    if (frame !== undefined) missingValue(parse, frame);
    return "separator";
  }
  missingColon(parse, frame);
  return "value";
}

function readSeparator(parse: Parse, frame: Frame | undefined, code: number): State {
  const { reader } = parse;
  if (frame === undefined) return "end";
  const next: State = frame.node.kind === "object" ? "key" : "value";
  const { position } = reader;
  if (code === COMMA) {
    frame.comma = position;
    reader.position = position + 1;
    return next;
  }
  if (code === SEMICOLON || code === FULLWIDTH_COMMA) {
    report(
      reader,
      "json-syntax",
      position,
      1,
      "A comma must stand between two entries, so AWS would refuse the document as malformed.",
      { title: "Replace by a comma", edits: [edit(position, 1, ",")] },
    );
    reader.position = position + 1;
    return next;
  }
  if (code === COLON) {
    const key = closeBeforeKey(parse);
    const parent = parse.frames.at(-1);
    if (key !== undefined && parent !== undefined) return startProperty(parent, key);
    return strayText(parse, frame, "separator");
  }
  if (isDots(reader.text, position, code)) return readDots(parse, frame, "separator");
  if (!startsEntry(reader.text, position, code, frame)) return strayText(parse, frame, "separator");
  report(
    reader,
    "missing-comma",
    Math.max(frame.end - 1, 0),
    1,
    "A comma is missing after this, so AWS would refuse the document as malformed.",
    { title: "Add the comma", edits: [edit(frame.end, 0, ",")] },
  );
  return next;
}

/** Is this the next entry, with only the comma before it missing? */
function startsEntry(text: string, position: number, code: number, frame: Frame): boolean {
  if (isAnyQuote(code)) return true;
  const object = frame.node.kind === "object";
  if (code === OPEN_BRACE || code === OPEN_BRACKET) return !object;
  const end = endOfWord(text, position);
  if (object) return /^"?\s?:/.test(text.slice(end, end + 3)) && end > position;
  return /^(?:-?\d+|true|false|null)$/.test(text.slice(position, Math.min(end, position + 20)));
}
