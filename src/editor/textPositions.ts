import * as vscode from "vscode";
import type { Range } from "../policy/json";

/** Turns offsets of `text` into VS Code's lines and characters, also for files that no editor holds. */
export function textPositions(text: string): (range: Range) => vscode.Range {
  let starts: number[] | undefined;

  function position(offset: number): vscode.Position {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return new vscode.Position(low, offset - (starts[low] ?? 0));
  }

  return ({ offset, length }) => new vscode.Range(position(offset), position(offset + length));
}

/** Lines end as VS Code ends them: LF, CRLF or a lone CR. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return starts;
}

/** An editor has one kind of line end where the file may have several; lines and characters are the same. */
export function sameLines(one: string, other: string): boolean {
  return one === other || one.replace(/\r\n?/g, "\n") === other.replace(/\r\n?/g, "\n");
}
