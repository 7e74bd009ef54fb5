/** Numbers that are the same in every run. */
export interface Random {
  /** 0 to `below` - 1. */
  readonly number: (below: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  readonly chance: (percent: number) => boolean;
}

/** mulberry32 */
export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
  const number = (below: number) => Math.floor(next() * below);
  return {
    number,
    pick: (items) => {
      const item = items[number(items.length)];
      if (item === undefined) throw new Error("There is nothing to pick from.");
      return item;
    },
    chance: (percent) => number(100) < percent,
  };
}
