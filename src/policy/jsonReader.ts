import type { SyntaxProblem, SyntaxProblemCode, TextEdit } from "./json";
import {
  describeCharacter,
  END,
  HASH,
  isInvisible,
  isLineBreak,
  isSpace,
  SLASH,
  STAR,
  visibleForm,
} from "./jsonCharacters";

/** The one moving part of a parse: the text, how far it is read, and what was found wrong so far. */
export interface Reader {
  readonly text: string;
  position: number;
  readonly problems: SyntaxProblem[];
}

export function report(
  reader: Reader,
  code: SyntaxProblemCode,
  offset: number,
  length: number,
  message: string,
  repair?: { readonly title: string; readonly edits: readonly TextEdit[] },
): void {
  const range = { offset, length };
  reader.problems.push(repair === undefined ? { code, range, message } : { code, range, message, repair });
}

export function edit(offset: number, length: number, newText: string): TextEdit {
  return { range: { offset, length }, newText };
}

/** Skips blanks, reporting invisible characters and comments among them; answers the next character's code, or END. */
export function skipTrivia(reader: Reader): number {
  const { text } = reader;
  let position = reader.position;
  for (;;) {
    const code = position < text.length ? text.charCodeAt(position) : END;
    if (code === 32 || code === 10 || code === 13 || code === 9) {
      position += 1;
      continue;
    }
    if (code > 35 && code < 127 && code !== SLASH) {
      reader.position = position;
      return code;
    }
    let end = position;
    if (code !== END && isInvisible(code)) end = invisibleRun(reader, position);
    else if (code === SLASH || code === HASH) end = comment(reader, position);
    if (end === position) {
      reader.position = position;
      return code;
    }
    position = end;
  }
}

/** A run of invisible characters with the blanks between them is one finding. */
function invisibleRun(reader: Reader, start: number): number {
  const { text } = reader;
  let end = start + 1;
  for (let position = end; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (isInvisible(code)) end = position + 1;
    else if (code !== 32 && code !== 9) break;
  }
  let replacement = "";
  for (let position = start; position < end; position += 1) {
    const code = text.charCodeAt(position);
    replacement += isInvisible(code) ? visibleForm(code) : text[position];
  }
  const what = describeCharacter(text.charCodeAt(start));
  report(
    reader,
    "invisible-character",
    start,
    end - start,
    `Here stands an invisible character that JSON does not know (${what}), so AWS would refuse the document as malformed.`,
    {
      title: replacement === "" ? "Remove the invisible character" : "Replace by an ordinary space",
      edits: [edit(start, end - start, replacement)],
    },
  );
  return end;
}

function comment(reader: Reader, start: number): number {
  const { text } = reader;
  const first = text.charCodeAt(start);
  const second = text.charCodeAt(start + 1);
  let end: number;
  if (first === SLASH && second === STAR) {
    const close = text.indexOf("*/", start + 2);
    end = close < 0 ? text.length : close + 2;
  } else if (first === HASH || second === SLASH) {
    end = start;
    while (end < text.length && !isLineBreak(text.charCodeAt(end))) end += 1;
    while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  } else {
    return start;
  }
  report(
    reader,
    "comment",
    start,
    end - start,
    "JSON has no comments, so AWS would refuse the document as malformed.",
    { title: "Remove the comment", edits: [edit(start, end - start, "")] },
  );
  return end;
}
