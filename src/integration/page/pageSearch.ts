/** The first match at or behind an offset. Asked for offsets that mostly grow, it goes over the text once. */
export type Search = (from: number) => RegExpExecArray | null;

/** @param pattern with the flag `g` */
export function searchIn(text: string, pattern: RegExp): Search {
  let known: { readonly from: number; readonly match: RegExpExecArray | null } | undefined;
  return (from) => {
    if (known === undefined || from < known.from || from > (known.match?.index ?? text.length)) {
      pattern.lastIndex = from;
      known = { from, match: pattern.exec(text) };
    }
    return known.match;
  };
}

/** How many of a sorted list come before `offset`. */
export function countBefore<Item>(sorted: readonly Item[], offset: number, offsetOf: (item: Item) => number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && offsetOf(item) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The line of an offset, from 1. */
export function lineNumbers(text: string): (offset: number) => number {
  const breaks: number[] = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) breaks.push(at);
  return (offset) => countBefore(breaks, offset, (at) => at) + 1;
}
