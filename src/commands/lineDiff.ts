/** The lines of a unified diff without its headers: "  same", "- gone", "+ new". */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly string[] {
  const common = commonLengths(before, after);
  const lines: string[] = [];
  let [left, right] = [0, 0];
  while (left < before.length || right < after.length) {
    const [old, fresh] = [before[left], after[right]];
    if (old !== undefined && old === fresh) {
      lines.push(`  ${old}`);
      left++;
      right++;
    } else if (
      fresh === undefined ||
      (old !== undefined && at(common, left + 1, right) >= at(common, left, right + 1))
    ) {
      lines.push(`- ${old}`);
      left++;
    } else {
      lines.push(`+ ${fresh}`);
      right++;
    }
  }
  return lines;
}

/** For each pair of places, how many lines the rests of both have in common in their order. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let left = before.length - 1; left >= 0; left--) {
    const row = lengths[left] ?? [];
    for (let right = after.length - 1; right >= 0; right--) {
      row[right] =
        before[left] === after[right]
          ? at(lengths, left + 1, right + 1) + 1
          : Math.max(at(lengths, left + 1, right), at(lengths, left, right + 1));
    }
  }
  return lengths;
}

function at(lengths: readonly (readonly number[])[], left: number, right: number): number {
  return lengths[left]?.[right] ?? 0;
}
