import type { SyntaxProblemCode } from "../json";

/**
 * Why a piece of a copied document was changed. The first line are the ids of the checks that report the same in an
 * editor; the others are what only a page does to a document.
 */
export type RepairKind =
  | SyntaxProblemCode
  /** A line number of the page's code block. */
  | "line-number"
  /** An HTML tag, comment or character reference. */
  | "html"
  /** JSON inside a string of a shell, a template or another JSON: its quotes were escaped. */
  | "escaped"
  /** A remark to the reader, left where JSON has no place for it. */
  | "hint"
  /** Dots that stand for something that the page leaves out. */
  | "ellipsis"
  /** A word that a line break, perhaps with a hyphen, cut in two. */
  | "broken-line"
  /** Statements without the document around them. */
  | "fragment"
  /** What belongs to another document: trust and permissions in one. */
  | "split";

/** One change: at `offset` of the original text `length` UTF-16 code units become `replacement`. */
export interface Repair {
  readonly offset: number;
  readonly length: number;
  readonly kind: RepairKind;
  /** What is wrong there, one sentence. */
  readonly message: string;
  readonly replacement: string;
}

export function repair(kind: RepairKind, offset: number, length: number, replacement: string, message: string): Repair {
  return { offset, length, kind, message, replacement };
}
