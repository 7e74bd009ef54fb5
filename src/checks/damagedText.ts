import type { JsonText, Range } from "../policy/json";

/** Tells whether a piece of the text overlaps one that the repair of a syntax problem would change. */
export function damagedText({ problems }: JsonText): (range: Range) => boolean {
  const broken = problems
    .flatMap(({ range, repair }) => repair?.edits.map((edit) => edit.range) ?? [range])
    .sort((a, b) => a.offset - b.offset);
  // The furthest end of all that begin up to there: a text without its brackets has thousands of problems.
  const ends: number[] = [];
  for (const { offset, length } of broken) ends.push(Math.max(ends.at(-1) ?? 0, offset + length));
  return ({ offset, length }) => {
    let from = 0;
    let to = broken.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((broken[middle]?.offset ?? 0) < offset + length) from = middle + 1;
      else to = middle;
    }
    return from > 0 && (ends[from - 1] ?? 0) > offset;
  };
}
