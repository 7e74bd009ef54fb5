/** How many letters must be changed, left out or added to make one text of the other; any number from `limit` on. */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      const replaced = (previous[column - 1] ?? 0) + same;
      const distance = Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      current.push(distance);
      if (distance < least) least = distance;
    }
    // What follows can only add to it.
    if (least >= limit) return least;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The known name that was probably meant: the same in other letters, or at most two letters away. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const lower = name.toLowerCase();
  if (lower.length > 60) return undefined;
  let nearest: string | undefined;
  let least = 3;
  for (const candidate of known) {
    // So much longer or shorter takes more letters than that.
    if (Math.abs(candidate.length - lower.length) >= least) continue;
    const distance = candidate.toLowerCase() === lower ? 0 : editDistance(lower, candidate.toLowerCase(), least);
    // Two letters make another word of a short one.
    if (distance >= least || distance * 3 > candidate.length) continue;
    nearest = candidate;
    least = distance;
  }
  return nearest;
}
