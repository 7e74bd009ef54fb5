import type { JsonValue } from "../../policy/json";
import type { PageDocument } from "./readPage";

/** A document with `{{names}}` in the places of its placeholders; a placeholder without a name stays. */
export function pageTemplate(
  { text, placeholders }: PageDocument,
  nameOf: (token: string) => string | undefined,
): JsonValue {
  const edits = placeholders.flatMap(({ token, places }) => {
    const name = nameOf(token);
    return name === undefined ? [] : places.map(({ offset, length }) => ({ offset, length, name }));
  });
  edits.sort((a, b) => b.offset - a.offset);
  let template = text;
  for (const { offset, length, name } of edits) {
    template = `${template.slice(0, offset)}{{${name}}}${template.slice(offset + length)}`;
  }
  // Tokens stand within strings, and their names need no escapes: it is JSON like the document.
  return JSON.parse(template) as JsonValue;
}
