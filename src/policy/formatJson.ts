import type { JsonValue } from "./json";

/** As the documents of an integration are written: two spaces, a line break at the end. */
export function formatJson(value: JsonValue): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
