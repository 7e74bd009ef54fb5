/** "a, b and c" */
export function joined(items: readonly string[], word: "and" | "or"): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${word} ${last}`;
}

/** "a, b and 3 more" where there are too many to read. */
export function listed(names: readonly string[], most = 8): string {
  if (names.length <= most) return joined(names, "and");
  return `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} more`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
