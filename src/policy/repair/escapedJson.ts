import { type Repair, repair } from "./repair";

const message = "The document stands inside another text, so its quotes are escaped.";

/** `{\"Version\": …` of a shell command, a template or a string of JSON; and `\` at the ends of a command's lines. */
export function escapedJson(text: string): readonly Repair[] {
  const escaped = /^\s*(?:"\s*)?[{[](?:\s|\\[nrt])*(?:[{[](?:\s|\\[nrt])*)*\\+"/.test(text);
  if (!escaped) return continuedLines(text);
  const repairs: Repair[] = [];
  for (const { 0: whole, 1: slashes = "", 2: letter = "", index } of text.matchAll(/(\\+)(["nrt/]|\r?\n)?/g)) {
    const replacement = unescaped(slashes, letter);
    if (replacement !== undefined) repairs.push(repair("escaped", index, whole.length, replacement, message));
  }
  const [, opening = "", quote] = /^(\s*)(")/.exec(text) ?? [];
  if (quote !== undefined) {
    repairs.push(repair("escaped", opening.length, 1, "", message));
    const closing = /"\s*$/.exec(text);
    if (closing !== null && closing.index > opening.length)
      repairs.push(repair("escaped", closing.index, 1, "", message));
  }
  return repairs;
}

function unescaped(slashes: string, letter: string): string | undefined {
  const rest = "\\".repeat(Math.floor((slashes.length - 1) / 2));
  switch (letter) {
    case '"':
      // A quote inside a string was escaped twice; the first level goes.
      return `${slashes.length >= 3 ? rest : ""}"`;
    case "n":
    case "r":
      return slashes.length % 2 === 1 ? "\n" : undefined;
    case "t":
      return slashes.length % 2 === 1 ? "\t" : undefined;
    case "/":
      return "/";
    case "":
      return undefined;
    default:
      return letter;
  }
}

function continuedLines(text: string): readonly Repair[] {
  return [...text.matchAll(/(?<![ \t])[ \t]*\\(?=\r?\n)/g)].map(({ 0: slash, index }) =>
    repair(
      "escaped",
      index,
      slash.length,
      "",
      "The command goes on in the next line; its \\ is no part of the document.",
    ),
  );
}
