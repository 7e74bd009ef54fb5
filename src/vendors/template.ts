import type { JsonObject, JsonValue } from "../policy/json";

/** The values of a token: one for a plain parameter, any number for a list. Undefined: no such token. */
export type TokenValues = (token: string) => readonly string[] | undefined;

/** IAM's own policy variables, `${aws:username}`, have single braces and pass through untouched. */
const tokens = /\{\{(\w+)\}\}/g;

/**
 * A template with its tokens replaced. Of several values of a list, an array item becomes one item per value; another
 * string becomes an array (which IAM reads like the string). Object keys are not templates. A token that nobody knows
 * stays as it is, where the placeholder check finds it.
 */
export function expandTemplate(template: JsonValue, values: TokenValues): JsonValue {
  if (typeof template === "string") {
    const strings = expandString(template, values);
    return strings.length === 1 ? strings.join() : strings;
  }
  if (isArray(template)) {
    return template.flatMap((item): readonly JsonValue[] =>
      typeof item === "string" ? expandString(item, values) : [expandTemplate(item, values)],
    );
  }
  return template !== null && typeof template === "object" ? expandObject(template, values) : template;
}

/** The same for what is known to be an object. */
export function expandObject(template: JsonObject, values: TokenValues): JsonObject {
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, expandTemplate(value, values)]));
}

/** One string for each combination of the values of the tokens in it. */
export function expandString(template: string, values: TokenValues): readonly string[] {
  if (!template.includes("{{")) {
    return [template];
  }
  // Nearly always each token has one value, and nothing needs combining.
  let several = false;
  const single = template.replace(tokens, (whole, name: string) => {
    const replacements = values(name) ?? [whole];
    several ||= replacements.length !== 1;
    return replacements[0] ?? "";
  });
  if (!several) {
    return [single];
  }
  // Literal text and token names take turns.
  const parts = template.split(tokens);
  const names = new Set(parts.filter((_, index) => index % 2 === 1));
  let combinations: readonly ReadonlyMap<string, string>[] = [new Map()];
  for (const name of names) {
    const replacements = values(name) ?? [`{{${name}}}`];
    combinations = combinations.flatMap((chosen) => replacements.map((value) => new Map([...chosen, [name, value]])));
  }
  // A value that itself looks like a token is not expanded again.
  return combinations.map((chosen) =>
    parts.map((part, index) => (index % 2 === 1 ? (chosen.get(part) ?? "") : part)).join(""),
  );
}

/** A text for people or a name: the values of a list are joined with commas. */
export function expandText(template: string, values: TokenValues): string {
  return template.replace(tokens, (whole, name: string) => values(name)?.join(", ") ?? whole);
}

/** `Array.isArray` does not narrow readonly arrays. */
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
