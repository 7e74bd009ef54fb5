import type { JsonText, JsonValue, TextEdit } from "../json";
import { parseJson, toValue } from "../parseJson";
import { brokenLines } from "./brokenLines";
import { brokenNames } from "./brokenNames";
import { escapedJson } from "./escapedJson";
import { htmlMarks } from "./htmlMarks";
import { lineMarks, lineNumbers } from "./lineNumbers";
import { placeByWords } from "./placeByWords";
import { readerHints } from "./readerHints";
import { type Repair, repair } from "./repair";
import { amend, type RepairedText, unrepaired } from "./repairedText";
import { isWholeDocument } from "./wholeDocument";

export interface RepairedJson {
  /** JSON; with `unread`, the text as it was given. */
  readonly text: string;
  /** Every change, in the order of the text given: made on it, they give `text`. */
  readonly repairs: readonly Repair[];
  /** Why the text can't be read without guessing, one sentence. */
  readonly unread?: string;
  /** What guessing would give: only to show, never to use without asking. */
  readonly guess?: Pick<RepairedJson, "text" | "repairs">;
}

/** Enough for repairs that uncover further ones. */
const maxRounds = 20;

/** A document of AWS has at most 32 KB. */
const largest = 1_000_000;

/**
 * Makes one JSON document of a text that was copied from a page, a PDF or a command. All that is changed is told; where
 * more than one document could have been meant, or something is missing, the text stays `unread`. Never throws.
 * `context` is the page around it, in which words that a line break cut may stand whole.
 */
export function repairJson(text: string, context: string = text): RepairedJson {
  if (text.length > largest) return unread(text, "It is larger than any document of AWS.");
  const read = readText(text, context);
  if (typeof read === "string") return unread(text, read);
  const { repaired, doubt } = read;
  const { text: result, repairs } = repaired;
  if (doubt !== undefined) return { ...unread(text, doubt), guess: { text: result, repairs } };
  return { text: result, repairs };
}

interface Read {
  readonly repaired: RepairedText;
  readonly doubt: string | undefined;
}

/** Answers why nothing can be read as text. */
function readText(text: string, context: string): Read | string {
  let repaired = amend(unrepaired(text), htmlMarks(text));
  let doubt: string | undefined;
  if (!isJson(repaired.text)) {
    repaired = amend(repaired, escapedJson(repaired.text));
    repaired = amend(repaired, lineMarks(repaired.text));
    repaired = amend(repaired, lineNumbers(repaired.text));
    repaired = amend(repaired, longComments(repaired.text));
    const broken = brokenLines(repaired.text, context);
    repaired = amend(repaired, broken.repairs);
    if (broken.doubtful.length > 0) doubt = "A line break cut a text in two, and nothing tells how it was before.";
    const hints = readerHints(repaired.text);
    repaired = amend(repaired, hints);
    repaired = amend(repaired, placeByWords(repaired.text));
    const parsed = repairSyntax(repaired, hints.length > 0);
    repaired = parsed.repaired;
    doubt = parsed.doubt ?? doubt;
  }
  const json = parseJson(repaired.text);
  const { root } = json;
  if (root === undefined || (root.kind !== "object" && root.kind !== "array")) return "It holds no JSON document.";
  if (!isJson(repaired.text)) return { repaired, doubt: doubt ?? whatIsWrong(json) };
  const names = brokenNames(json, context);
  if (names.doubtful !== undefined)
    doubt ??= `${names.doubtful} has a blank in it, and nothing tells how it was before.`;
  doubt ??= duplicateKey(json);
  repaired = amend(repaired, [...names.repairs, ...quotedDots(json)]);
  return { repaired, doubt };
}

/** Comments over several lines: their lines must not be taken for lines of the document. */
function longComments(text: string): readonly Repair[] {
  const repairs: Repair[] = [];
  const begins = /"(?:[^"\\\n]|\\.)*"|(?<![^\s,:{}[\]"”])\/\*/g;
  for (let found = begins.exec(text); found !== null; found = begins.exec(text)) {
    if (found[0] !== "/*") continue;
    const end = text.indexOf("*/", begins.lastIndex) + 2;
    if (end < 2) break; // Nor is any behind it closed.
    const comment = text.slice(found.index, end);
    if (comment.includes("\n"))
      repairs.push(repair("comment", found.index, comment.length, "", "JSON has no comments."));
    begins.lastIndex = end;
  }
  return repairs;
}

function whatIsWrong({ problems }: JsonText): string {
  const problem = problems.find(({ repair }) => repair === undefined) ?? problems[0];
  return problem === undefined ? "It is no JSON." : plain(problem.message);
}

/** The messages of the checks end in what AWS would do: here nobody gave it to AWS. */
function plain(message: string): string {
  return message
    .replace(/, so AWS would [^.]*\.$/, ".")
    .replace(/, else the text ends here and AWS would [^.]*\.$/, ".");
}

function isJson(text: string): boolean {
  const { root, problems } = parseJson(text);
  return problems.length === 0 && (root?.kind === "object" || root?.kind === "array");
}

function unread(text: string, reason: string): RepairedJson {
  return { text, repairs: [], unread: reason };
}

/** So many are no damage to a document, but another text: each is compared with each. */
const mostProblems = 5000;

/** The repairs of the parser, again and again until none is left. */
function repairSyntax(given: RepairedText, hasHints: boolean): Read {
  let repaired = given;
  let restructured = hasHints;
  let cutOff: string | undefined;
  for (let round = 0; round < maxRounds; round += 1) {
    const json = parseJson(repaired.text);
    if (json.problems.length > mostProblems) return { repaired, doubt: "It is damaged in too many places." };
    const repairs: Repair[] = [];
    for (const problem of json.problems) {
      const edits = problem.repair?.edits ?? [];
      const made = edits.map(({ range, newText }) =>
        repair(kindOf(problem.code, problem.message), range.offset, range.length, newText, plain(problem.message)),
      );
      if (made.length === 0 || made.some((a) => repairs.some((b) => overlap(a, b)))) continue;
      repairs.push(...made);
      if (problem.code === "json-syntax") restructured = true;
      if (
        problem.code === "comment" &&
        json.text.slice(problem.range.offset).startsWith("/*") &&
        !json.text.includes("*/", problem.range.offset)
      ) {
        cutOff = "A comment in it is not closed, so its end is not known.";
      }
      if (problem.repair !== undefined) cutOff ??= guessed(json, problem.message, problem.repair.edits);
      const closers = made.at(-1)?.replacement ?? "";
      const atEnd = / at the end/.test(problem.message);
      if (atEnd && (closers !== "}" || !endsWithList(json)))
        cutOff = "Its end is missing, and with it perhaps conditions or statements.";
    }
    const next = amend(repaired, repairs);
    if (repairs.length === 0 || next.text === repaired.text) break;
    repaired = next;
  }
  if (cutOff !== undefined) return { repaired, doubt: cutOff };
  if (!restructured) return { repaired, doubt: undefined };
  const { root } = parseJson(repaired.text);
  const value: JsonValue | undefined = root === undefined ? undefined : toValue(root);
  return {
    repaired,
    doubt:
      value !== undefined && isWholeDocument(value)
        ? undefined
        : "It is damaged, and what it was before can't be told with certainty.",
  };
}

/**
 * May the last bracket alone be missing? Only after the list of a document: a statement that is cut off may have had
 * conditions.
 */
function endsWithList({ root }: JsonText): boolean {
  const last = root?.kind === "object" ? root.properties.at(-1) : undefined;
  return last?.value?.kind === "array" && (last.key.value === "Statement" || last.key.value === "CORSRules");
}

/** Repairs of the parser that are good advice in an editor, where a person looks at them, but no certainty. */
function guessed({ text }: JsonText, message: string, edits: readonly TextEdit[]): string | undefined {
  if (edits.some(({ newText }) => newText === "\\"))
    return "A quote stands inside a text, so where that ends can't be told.";
  const removed = edits
    .filter(({ newText }) => newText === "")
    .map(({ range }) => text.slice(range.offset, range.offset + range.length));
  if (message.startsWith("This text belongs") && removed.some((piece) => /\p{L}{2}/u.test(piece))) {
    return "Words stand in it that may be a remark, or a part of it.";
  }
  if (removed.some((piece) => /["“”]\s*:/.test(piece))) return "A part of it stands where nothing of it can stand.";
  const [first, second] = edits;
  if (edits.length !== 2 || first?.newText !== '"' || second?.newText !== '"') return undefined;
  const word = text.slice(first.range.offset, second.range.offset);
  const known =
    /[:*$]|^<[^<>]+>$|^\{[^{}]+\}+$|^\[[^[\]]+\]$|[A-Z]_|^(?:Allow|Deny|GET|PUT|POST|DELETE|HEAD)$/.test(word) ||
    /^\s*[:=]/.test(text.slice(second.range.offset, second.range.offset + 20));
  return known || first.range.length + second.range.length > 0
    ? undefined
    : `${word} stands without quotes, and may be a remark as well as a value.`;
}

const isDots = (message: string) => message.startsWith("The dots");

function kindOf(code: Repair["kind"], message: string): Repair["kind"] {
  return isDots(message) ? "ellipsis" : code;
}

function overlap(a: Repair, b: Repair): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

/** A key that stands twice in an object hides the first: which one was meant can't be told. */
function duplicateKey({ root }: JsonText): string | undefined {
  const stack = root === undefined ? [] : [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === "array") stack.push(...node.items);
    if (node.kind !== "object") continue;
    const keys = new Set<string>();
    for (const { key, value } of node.properties) {
      if (keys.has(key.value)) return `The key ${JSON.stringify(key.value)} stands twice in one object.`;
      keys.add(key.value);
      if (value !== undefined) stack.push(value);
    }
  }
  return undefined;
}

/** `"Action": ["s3:GetObject", "..."]`: dots in quotes are JSON, but no action. */
function quotedDots({ root }: JsonText): readonly Repair[] {
  const repairs: Repair[] = [];
  const stack = root === undefined ? [] : [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === "object") for (const { value } of node.properties) if (value !== undefined) stack.push(value);
    if (node.kind !== "array") continue;
    for (const [index, item] of node.items.entries()) {
      stack.push(item);
      if (item.kind !== "string" || !/^(?:\.{2,}|…)$/.test(item.value)) continue;
      const previous = node.items[index - 1];
      const next = node.items[index + 1];
      const from = previous === undefined ? item.offset : previous.offset + previous.length;
      const to = previous === undefined && next !== undefined ? next.offset : item.offset + item.length;
      repairs.push(repair("ellipsis", from, to - from, "", "The dots stand for something that the page leaves out."));
    }
  }
  return repairs.sort((a, b) => a.offset - b.offset);
}
