import type { TextEdit } from "../policy/json";
import type { Finding } from "./finding";

/** Enough for fixes that uncover further findings; a check that never comes to rest stops here. */
const maxRounds = 20;

/** The text with the edits made. They must not overlap; insertions at one place keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const { range, newText } of inTextOrder(edits)) {
    parts.push(text.slice(position, range.offset), newText);
    position = range.offset + range.length;
  }
  parts.push(text.slice(position));
  return parts.join("");
}

/**
 * Applies every safe fix, again and again until none is left: a fix may uncover what another check finds. Of fixes
 * that touch the same text only the first is made in a round. `fixed` counts the fixes.
 */
export function applySafeFixes(
  text: string,
  check: (text: string) => readonly Finding[],
): { readonly text: string; readonly fixed: number } {
  let current = text;
  let fixed = 0;
  for (let round = 0; round < maxRounds; round += 1) {
    const edits = new EditList();
    let made = 0;
    for (const { fixes } of check(current)) {
      const fix = fixes.find(({ safe }) => safe);
      if (fix !== undefined && edits.add(fix.edits)) made += 1;
    }
    const next = applyEdits(current, edits.edits);
    if (made === 0 || next === current) break;
    fixed += made;
    current = next;
  }
  return { text: current, fixed };
}

/** Edits that don't touch each other. */
class EditList {
  readonly edits: TextEdit[] = [];

  add(edits: readonly TextEdit[]): boolean {
    if (edits.length === 0 || edits.some((edit) => this.edits.some((made) => overlaps(edit, made)))) return false;
    this.edits.push(...edits);
    return true;
  }
}

function overlaps(a: TextEdit, b: TextEdit): boolean {
  const endOfA = a.range.offset + a.range.length;
  const endOfB = b.range.offset + b.range.length;
  return a.range.offset < endOfB && b.range.offset < endOfA;
}

function inTextOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...edits].sort((a, b) => a.range.offset - b.range.offset || insertionFirst(a, b));
}

/** At one offset an insertion comes before a replacement; `sort` is stable. */
function insertionFirst(a: TextEdit, b: TextEdit): number {
  if (a.range.length === 0 && b.range.length > 0) return -1;
  return a.range.length > 0 && b.range.length === 0 ? 1 : 0;
}
