import type { TextEdit } from "../policy/json";

/** Only what differs between two texts is replaced, so that the cursor and the folds elsewhere stay. */
export function changedPart(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return {
    range: { offset: start, length: before.length - start - end },
    newText: after.slice(start, after.length - end),
  };
}

/** Larger differences are one change: to tell them apart would take longer than reading them. */
const mostComparisons = 4_000_000;

/** The same for changes in several places: an edit for each group of lines that differ, and only of what differs there. */
export function changedParts(before: string, after: string): readonly TextEdit[] {
  const [old, renewed] = [linesOf(before), linesOf(after)];
  if (old.length * renewed.length > mostComparisons) return [changedPart(before, after)];
  const common = commonLines(old, renewed);
  const edits: TextEdit[] = [];
  let [oldLine, newLine, offset] = [0, 0, 0];
  for (const [oldEnd, newEnd] of [...common, [old.length, renewed.length] as const]) {
    const removed = old.slice(oldLine, oldEnd).join("");
    const added = renewed.slice(newLine, newEnd).join("");
    if (removed !== added) {
      const { range, newText } = changedPart(removed, added);
      edits.push({ range: { offset: offset + range.offset, length: range.length }, newText });
    }
    offset += removed.length + (old[oldEnd]?.length ?? 0);
    [oldLine, newLine] = [oldEnd + 1, newEnd + 1];
  }
  return edits;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The longest common subsequence, as pairs of line numbers. */
function commonLines(old: readonly string[], renewed: readonly string[]): readonly (readonly [number, number])[] {
  const width = renewed.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = renewed.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = old[i] === renewed[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < old.length && j < renewed.length; ) {
    if (old[i] === renewed[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}
