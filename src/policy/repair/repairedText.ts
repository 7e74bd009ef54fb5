import type { Range } from "../json";
import type { Repair } from "./repair";

/** A text on the way from `original` to `text`: the repairs, made on the original, give the text. */
export interface RepairedText {
  readonly original: string;
  readonly text: string;
  /** In the order of the original; they don't overlap. */
  readonly repairs: readonly Repair[];
}

export function unrepaired(text: string): RepairedText {
  return { original: text, text, repairs: [] };
}

/** The text with the repairs made; they must not overlap, and insertions at one place keep their order. */
export function applyRepairs(text: string, repairs: readonly Repair[]): string {
  const parts: string[] = [];
  let position = 0;
  for (const { offset, length, replacement } of [...repairs].sort(inTextOrder)) {
    parts.push(text.slice(position, offset), replacement);
    position = offset + length;
  }
  parts.push(text.slice(position));
  return parts.join("");
}

/** A place that was or is changed, in the text as it stands now. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly repair: Repair;
  readonly old: boolean;
}

/**
 * Further repairs, whose places are those of `repaired.text`, told as repairs of the original. Where one changes what an
 * earlier one wrote, the two become one.
 */
export function amend(repaired: RepairedText, further: readonly Repair[]): RepairedText {
  if (further.length === 0) return repaired;
  const { original, text } = repaired;
  const repairs: Repair[] = [];
  /** What must be added to a place in `text` to get its place in the original. */
  let shift = 0;
  for (const cluster of clusters([...placesOf(repaired.repairs), ...further.map(placeOfNew)])) {
    const [first] = cluster;
    if (first === undefined) continue;
    const made = cluster.filter(({ old }) => !old);
    const before = shift;
    for (const { old, repair, end } of cluster) if (old) shift = repair.offset + repair.length - end;
    if (made.length === cluster.length) {
      for (const { repair } of made) repairs.push({ ...repair, offset: repair.offset + before });
      continue;
    }
    if (made.length === 0) {
      repairs.push(...cluster.map(({ repair }) => repair));
      continue;
    }
    const start = first.start;
    const end = Math.max(...cluster.map((place) => place.end));
    const inner = made.map(({ repair }) => ({ ...repair, offset: repair.offset - start }));
    const replacement = applyRepairs(text.slice(start, end), inner);
    const offset = start + before;
    const length = end + shift - offset;
    if (original.slice(offset, offset + length) === replacement) continue;
    const messages = [...new Set(cluster.map(({ repair }) => repair.message))];
    repairs.push({ offset, length, kind: first.repair.kind, message: messages.join(" "), replacement });
  }
  return { original, text: applyRepairs(text, further), repairs };
}

/**
 * Where a piece of the mended text stands in the original. Insertions at its ends belong to it; of what was rewritten as a
 * whole, the whole.
 */
export function originalRange({ repairs }: RepairedText, { offset, length }: Range): Range {
  let start = offset;
  let end = offset + length;
  let startShift = 0;
  let endShift = 0;
  for (const place of placesOf(repairs)) {
    const shift = place.repair.offset + place.repair.length - place.end;
    if (place.end <= offset) startShift = shift;
    else if (place.start < offset) start = place.start;
    if (place.end <= offset + length) endShift = shift;
    else if (place.start < offset + length) {
      end = place.end;
      endShift = shift;
    }
  }
  return { offset: start + startShift, length: end + endShift - start - startShift };
}

function placesOf(repairs: readonly Repair[]): readonly Place[] {
  let shift = 0;
  return repairs.map((repair) => {
    const start = repair.offset + shift;
    const end = start + repair.replacement.length;
    shift += repair.replacement.length - repair.length;
    return { start, end, repair, old: true };
  });
}

function placeOfNew(repair: Repair): Place {
  return { start: repair.offset, end: repair.offset + repair.length, repair, old: false };
}

/** Places that overlap, or that meet where one of them has no length: their order would be lost otherwise. */
function clusters(places: readonly Place[]): readonly (readonly Place[])[] {
  const sorted = [...places].sort((a, b) => a.start - b.start || a.end - b.end);
  const found: Place[][] = [];
  let end = -1;
  let empty = false;
  for (const place of sorted) {
    const current = found.at(-1);
    const meets = place.start === end && (empty || place.start === place.end);
    if (current !== undefined && (place.start < end || (meets && current.some(({ old }) => old !== place.old)))) {
      current.push(place);
    } else {
      found.push([place]);
      empty = true;
    }
    empty = empty && place.start === place.end;
    end = Math.max(end, place.end);
  }
  return found;
}

function inTextOrder(a: Repair, b: Repair): number {
  return a.offset - b.offset || Number(a.length > 0) - Number(b.length > 0);
}
