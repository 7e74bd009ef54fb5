import { type BracketBalance, bracketBalance } from "./bracketBalance";
import type { ArrayNode, JsonNode, ObjectNode, Property, StringNode, TextEdit } from "./json";
import { edit, type Reader, report } from "./jsonReader";

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
export type OpenProperty = Mutable<Property>;
export type OpenObject = Mutable<Omit<ObjectNode, "properties">> & { readonly properties: OpenProperty[] };
export type OpenArray = Mutable<Omit<ArrayNode, "items">> & { readonly items: JsonNode[] };

/** What may come next. In an array and at the top only `value`, `separator` and `end` occur. */
export type State = "value" | "key" | "colon" | "separator" | "end";

/** An object or array whose closing bracket is not read yet. */
export interface Frame {
  readonly node: OpenObject | OpenArray;
  /** The property whose value is awaited. */
  property: OpenProperty | undefined;
  /** Where the comma stands after which nothing was read yet, else -1. */
  comma: number;
  /** The ends of the last thing read in here and of the one before. */
  end: number;
  previousEnd: number;
}

export interface Parse {
  readonly reader: Reader;
  readonly frames: Frame[];
  root: JsonNode | undefined;
  openObjects: number;
  openArrays: number;
  balance: BracketBalance | undefined;
  /** A value stood where only a key can: no repair makes the text JSON. */
  keyless: boolean;
}

const brackets = { object: "}", array: "]" } as const;

/** Adds a value to the innermost open bracket, or makes it the root. */
export function attach(parse: Parse, node: JsonNode): void {
  const frame = parse.frames.at(-1);
  if (frame === undefined) {
    parse.root = node;
    return;
  }
  if (frame.node.kind === "array") frame.node.items.push(node);
  else if (frame.property !== undefined) frame.property.value = node;
}

/** The innermost open bracket got a whole value that ends at `end`. */
export function complete(frame: Frame, end: number): void {
  if (frame.property !== undefined) frame.property.length = end - frame.property.offset;
  frame.previousEnd = frame.end;
  frame.end = end;
  frame.comma = -1;
}

/** `attached` false: the value stands where none can be; it is read, but belongs to nothing. */
export function openBracket(parse: Parse, kind: "object" | "array", attached: boolean): void {
  const offset = parse.reader.position;
  const node: OpenObject | OpenArray =
    kind === "object" ? { kind, offset, length: 1, properties: [] } : { kind, offset, length: 1, items: [] };
  if (attached) attach(parse, node);
  parse.frames.push({ node, property: undefined, comma: -1, end: offset + 1, previousEnd: offset + 1 });
  if (kind === "object") parse.openObjects += 1;
  else parse.openArrays += 1;
  parse.reader.position = offset + 1;
}

/** Closes the innermost bracket, whose text ends at `end`. */
function closeFrame(parse: Parse, end: number): void {
  const frame = parse.frames.pop();
  if (frame === undefined) return;
  frame.node.length = end - frame.node.offset;
  if (frame.node.kind === "object") parse.openObjects -= 1;
  else parse.openArrays -= 1;
  const parent = parse.frames.at(-1);
  if (parent !== undefined) complete(parent, end);
}

/** A trailing comma goes when something closes after it; one finding of its own. */
function reportTrailingComma(reader: Reader, frame: Frame): void {
  if (frame.comma < 0) return;
  report(
    reader,
    "trailing-comma",
    frame.comma,
    1,
    "JSON allows no comma after the last entry, so AWS would refuse the document as malformed.",
    { title: "Remove the trailing comma", edits: [edit(frame.comma, 1, "")] },
  );
  frame.comma = -1;
}

/** Closes the innermost bracket after its last entry, where its closing bracket is missing. */
export function closeMissing(parse: Parse, end: number): void {
  const frame = parse.frames.at(-1);
  if (frame === undefined) return;
  const bracket = brackets[frame.node.kind];
  report(
    parse.reader,
    "json-syntax",
    Math.max(end - 1, frame.node.offset),
    1,
    `A closing ${bracket} is missing after this, so AWS would refuse the document as malformed.`,
    { title: `Add the missing ${bracket}`, edits: [edit(end, 0, bracket)] },
  );
  closeFrame(parse, end);
}

/** Reads a closing bracket, right or wrong, at the reader's position. Answers false when it was skipped. */
export function readCloser(parse: Parse, kind: "object" | "array"): boolean {
  const { reader, frames } = parse;
  const offset = reader.position;
  let top = frames.at(-1);
  if (top?.node.kind !== kind) {
    parse.balance ??= bracketBalance(reader.text);
    const other = kind === "object" ? "array" : "object";
    const surplus = parse.balance[kind] < 0;
    const lacking = top !== undefined && parse.balance[other] > 0;
    const bracket = brackets[kind];
    if (top !== undefined && surplus && lacking) {
      parse.balance[kind] += 1;
      parse.balance[other] -= 1;
      reportTrailingComma(reader, top);
      const right = brackets[other];
      report(
        reader,
        "json-syntax",
        offset,
        1,
        `A ${right} must close what was opened here, not a ${bracket}, so AWS would refuse the document as malformed.`,
        { title: `Replace by ${right}`, edits: [edit(offset, 1, right)] },
      );
      reader.position = offset + 1;
      closeFrame(parse, offset + 1);
      return true;
    }
    const matching = kind === "object" ? parse.openObjects : parse.openArrays;
    if (matching === 0 || surplus) {
      parse.balance[kind] += 1;
      report(
        reader,
        "json-syntax",
        offset,
        1,
        `This ${bracket} closes nothing, so AWS would refuse the document as malformed.`,
        { title: `Remove the ${bracket}`, edits: [edit(offset, 1, "")] },
      );
      reader.position = offset + 1;
      return false;
    }
    while (top !== undefined && top.node.kind !== kind) {
      parse.balance[other] -= 1;
      reportTrailingComma(reader, top);
      closeMissing(parse, top.end);
      top = frames.at(-1);
    }
  }
  if (top !== undefined) reportTrailingComma(reader, top);
  reader.position = offset + 1;
  closeFrame(parse, offset + 1);
  return true;
}

/** The text ended: closes what is still open. One finding, however many brackets. */
export function closeAtEnd(parse: Parse, plain: boolean): void {
  const innermost = parse.frames.at(-1);
  if (innermost === undefined) return;
  const { reader } = parse;
  const edits: TextEdit[] = [];
  const at = Math.max(innermost.end, innermost.comma);
  if (innermost.comma >= 0) edits.push(edit(innermost.comma, 1, ""));
  const count = parse.frames.length;
  let closers = "";
  while (parse.frames.length > 0) {
    const frame = parse.frames.at(-1);
    if (frame === undefined) break;
    closers += brackets[frame.node.kind];
    closeFrame(parse, innermost.end);
  }
  const what = count === 1 ? `A closing ${closers} is missing` : `${count} closing brackets are missing`;
  const shown = count === 1 ? closers : "brackets";
  const last = Math.max(at - 1, 0);
  edits.push(edit(innermost.comma >= 0 ? innermost.comma + 1 : innermost.end, 0, closers));
  report(
    reader,
    "json-syntax",
    last,
    1,
    `${what} at the end, so AWS would refuse the document as malformed.`,
    plain ? { title: `Add the missing ${shown}`, edits } : undefined,
  );
}

/** `["a", "b", "Effect": …`: the array ended before the last text, which is a key of the object around it. */
export function closeBeforeKey(parse: Parse): StringNode | undefined {
  const frame = parse.frames.at(-1);
  const parent = parse.frames.at(-2);
  if (frame?.node.kind !== "array" || parent?.node.kind !== "object") return undefined;
  const key = frame.node.items.at(-1);
  if (key?.kind !== "string" || frame.node.items.length < 2) return undefined;
  frame.node.items.pop();
  if (parse.balance !== undefined) parse.balance.array -= 1;
  closeMissing(parse, frame.previousEnd);
  return key;
}
