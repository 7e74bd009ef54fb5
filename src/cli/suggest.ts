/** The known word that was probably meant; undefined when none is near. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, distance: distanceBetween(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const prefix = known.find((candidate) => word.length >= 2 && candidate.startsWith(word.toLowerCase()));
  const [best] = ranked;
  // Half of the letters wrong is another word.
  return prefix ?? (best && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined);
}

/** ` Did you mean "check"?`, or nothing. */
export function didYouMean(word: string, known: readonly string[], prefix = ""): string {
  const suggestion = suggest(word, known);
  return suggestion === undefined ? "" : ` Did you mean "${prefix}${suggestion}"?`;
}

/** How many letters must be added, removed, replaced or swapped with their neighbour (Damerau and Levenshtein). */
function distanceBetween(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 0; row < a.length; row++) {
    const current = [row + 1];
    for (let column = 0; column < b.length; column++) {
      const same = a[row] === b[column];
      const swapped = row > 0 && column > 0 && a[row] === b[column - 1] && a[row - 1] === b[column];
      current.push(
        Math.min(
          (last[column] ?? 0) + (same ? 0 : 1),
          (last[column + 1] ?? 0) + 1,
          (current[column] ?? 0) + 1,
          swapped ? (beforeLast[column - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last.at(-1) ?? 0;
}
