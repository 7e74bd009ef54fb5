import type { Range, TextEdit } from "../json";

/**
 * One piece of a policy's text and where it stands in the document around it. `same`: character for character.
 * `spelled`: one thing written in another way, such as an escaped quote. `unknown`: a value that is not known before
 * the template is deployed; a stand-in is in its place.
 */
export interface Piece {
  readonly kind: "same" | "spelled" | "unknown";
  readonly inner: number;
  readonly innerEnd: number;
  readonly outer: number;
  readonly outerEnd: number;
  /** How text that is put into this piece is written in the outer document. */
  readonly spell: Spelling;
}

export type Spelling = (text: string) => string;

/** A policy as a text of its own, and the way back into the document that it is a part of. */
export interface EmbeddedText {
  readonly text: string;
  /** Without a gap, in order. What stands before the first is only there for the layout. */
  readonly pieces: readonly Piece[];
  /** In `text`: what depends on an unknown value. */
  readonly doubtful: readonly Range[];
}

export interface EmbeddedTextDraft {
  readonly parts: string[];
  length: number;
  readonly pieces: Piece[];
  readonly doubtful: Range[];
}

/** @param layout blanks that the text begins with, so that fixes indent as the document does */
export function startText(layout: string): EmbeddedTextDraft {
  return { parts: [layout], length: layout.length, pieces: [], doubtful: [] };
}

export function addPiece(
  draft: EmbeddedTextDraft,
  kind: Piece["kind"],
  text: string,
  outer: number,
  outerEnd: number,
  spell: Spelling = asWritten,
): void {
  if (text === "" && outer === outerEnd) return;
  const inner = draft.length;
  draft.parts.push(text);
  draft.length += text.length;
  draft.pieces.push({ kind, inner, innerEnd: draft.length, outer, outerEnd, spell });
  if (kind === "unknown") draft.doubtful.push({ offset: inner, length: text.length });
}

export function finishText({ parts, pieces, doubtful }: EmbeddedTextDraft): EmbeddedText {
  return { text: parts.join(""), pieces, doubtful };
}

const asWritten: Spelling = (text) => text;

/** Where a range of the policy's text stands in the outer document; undefined for the layout before it. */
export function outerRange({ pieces }: EmbeddedText, { offset, length }: Range): Range | undefined {
  const first = pieces[pieceAt(pieces, offset, "inner")];
  const last = length === 0 ? first : pieces[pieceAt(pieces, offset + length, "inner", true)];
  if (first === undefined || last === undefined || offset < first.inner) return undefined;
  const start = first.kind === "same" || offset === first.innerEnd ? outerOffset(first, offset) : first.outer;
  const end = length === 0 ? start : outerOffset(last, offset + length);
  return { offset: start, length: end - start };
}

function outerOffset({ kind, inner, innerEnd, outer, outerEnd }: Piece, offset: number): number {
  if (kind === "same") return outer + offset - inner;
  return offset === inner && offset !== innerEnd ? outer : outerEnd;
}

/** Where a place of the outer document is in the policy's text; undefined outside of it and within an unknown value. */
export function innerOffset({ pieces }: EmbeddedText, offset: number): number | undefined {
  const piece = pieces[pieceAt(pieces, offset, "outer")];
  if (piece === undefined || offset < piece.outer || offset > piece.outerEnd) return undefined;
  if (piece.kind === "same") return piece.inner + offset - piece.outer;
  if (offset === piece.outerEnd) return piece.innerEnd;
  return piece.kind === "unknown" && offset > piece.outer ? undefined : piece.inner;
}

/** Is what is said about this range said about a value that is not known? Not what is about all that opens there. */
export function isDoubtful({ text, doubtful }: EmbeddedText, { offset, length }: Range): boolean {
  if (text[offset] === "{" || text[offset] === "[") return false;
  return doubtful.some((range) => range.offset < offset + length && offset < range.offset + range.length);
}

/** The edit in the outer document; undefined where it would write a stand-in over what is not known. */
export function outerEdit(embedded: EmbeddedText, edit: TextEdit): TextEdit | undefined {
  const { pieces, text } = embedded;
  const { range, newText } = changeOf(text, edit);
  const place = outerRange(embedded, range);
  if (place === undefined) return undefined;
  const first = pieces[pieceAt(pieces, range.offset, "inner")];
  const end = range.offset + range.length;
  for (const { kind, inner, innerEnd } of pieces) {
    if (kind === "same" || inner >= end || innerEnd <= range.offset) continue;
    const whole = range.offset <= inner && innerEnd <= end;
    if (!whole || (kind === "unknown" && newText !== "")) return undefined;
  }
  return { range: place, newText: (first?.spell ?? asWritten)(newText) };
}

/** Only what the edit changes: a function around it stays, and so do the values that it fills in. */
function changeOf(text: string, { range: { offset, length }, newText }: TextEdit): TextEdit {
  const end = offset + length;
  const shorter = Math.min(length, newText.length);
  let before = 0;
  while (before < shorter && text[offset + before] === newText[before]) before += 1;
  let after = 0;
  while (after < shorter - before && text[end - 1 - after] === newText[newText.length - 1 - after]) after += 1;
  return {
    range: { offset: offset + before, length: length - before - after },
    newText: newText.slice(before, newText.length - after),
  };
}

/** The piece that holds an offset: of two that meet there the later one, or the earlier one for the end of a range. */
function pieceAt(pieces: readonly Piece[], offset: number, side: "inner" | "outer", asEnd = false): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const start = pieces[middle]?.[side] ?? 0;
    if (start < offset || (start === offset && !asEnd)) low = middle;
    else high = middle - 1;
  }
  return low;
}
