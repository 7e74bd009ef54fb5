/** An IP address or a range of them: the bits that all its addresses begin with. */
export interface IpRange {
  readonly version: 4 | 6;
  /** Eight bits each for version 4, sixteen for version 6. */
  readonly groups: readonly number[];
  /** How many bits count. */
  readonly prefix: number;
}

/** `203.0.113.0/24`, `2001:DB8::/32`; without a prefix one address. Undefined when it is neither. */
export function readIpRange(text: string): IpRange | undefined {
  const slash = text.indexOf("/");
  const address = slash < 0 ? text : text.slice(0, slash);
  const version = address.includes(":") ? 6 : 4;
  const bits = version === 4 ? 32 : 128;
  const groups = version === 4 ? readVersion4(address) : readVersion6(address);
  const prefixText = slash < 0 ? String(bits) : text.slice(slash + 1);
  if (groups === undefined || !/^\d{1,3}$/.test(prefixText) || Number(prefixText) > bits) return undefined;
  return { version, groups, prefix: Number(prefixText) };
}

/** One address, without a prefix. */
export function readIpAddress(text: string): IpRange | undefined {
  return text.includes("/") ? undefined : readIpRange(text);
}

export function inRange(address: IpRange, range: IpRange): boolean {
  if (address.version !== range.version || address.prefix < range.prefix) return false;
  const width = range.version === 4 ? 8 : 16;
  let left = range.prefix;
  for (let index = 0; left > 0; index += 1) {
    const ignored = Math.max(width - left, 0);
    if ((address.groups[index] ?? 0) >>> ignored !== (range.groups[index] ?? 0) >>> ignored) return false;
    left -= width;
  }
  return true;
}

function readVersion4(text: string): readonly number[] | undefined {
  const parts = text.split(".", 5);
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.map(Number);
}

function readVersion6(text: string): readonly number[] | undefined {
  // Longer than any address: don't split what is none.
  if (text.length > 45) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [start, end] = halves.map(readGroups);
  if (start === undefined) return undefined;
  if (halves.length === 1) return start.length === 8 ? start : undefined;
  if (end === undefined || start.length + end.length > 7) return undefined;
  return [...start, ...new Array<number>(8 - start.length - end.length).fill(0), ...end];
}

/** Groups of four hexadecimal digits; the last two may be written as an address of version 4. */
function readGroups(text: string): readonly number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (part.includes(".") && index === parts.length - 1) {
      const [a, b, c, d] = readVersion4(part) ?? [];
      if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[\da-f]{1,4}$/i.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}
