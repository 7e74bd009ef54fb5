/** An integer or decimal number; undefined for other texts. */
export function readNumber(text: string): number | undefined {
  return text.length < 400 && /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : undefined;
}

const date = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

/**
 * A date in one of the W3C's forms of ISO 8601 (`2024`, `2024-05`, `2024-05-06`, `2024-05-06T07:08Z`, …) or in seconds
 * since 1970, as milliseconds since 1970.
 * https://www.w3.org/TR/NOTE-datetime
 */
export function readDate(text: string): number | undefined {
  const [, year, month = "01", day = "01", hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] =
    date.exec(text) ?? [];
  if (year === undefined) return /^\d{1,15}$/.test(text) ? Number(text) * 1000 : undefined;
  const start = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const read = new Date(start);
  // 30 February is no date.
  if (read.getUTCMonth() !== Number(month) - 1 || read.getUTCDate() !== Number(day)) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const time = start + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second) + Number(`0${fraction}`)) * 1000;
  return time - zoneOffset(zone);
}

/** `+02:00` in milliseconds. */
function zoneOffset(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

/** Base64 without its padding, so that the same bytes are the same text; undefined when it is none. */
export function readBase64(text: string): string | undefined {
  const content = text.endsWith("==") ? text.slice(0, -2) : text.endsWith("=") ? text.slice(0, -1) : text;
  return content.length % 4 !== 1 && /^[A-Za-z\d+/]*$/.test(content) ? content : undefined;
}

export function readBool(text: string): boolean | undefined {
  const value = text.toLowerCase();
  return value === "true" || value === "false" ? value === "true" : undefined;
}
