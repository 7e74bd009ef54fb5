/** Does the text have this name by itself, not as a part of a longer one? */
export function hasName(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? "";
    const after = text[at + name.length] ?? "";
    const joined = /[\w-]/;
    if (
      !(joined.test(name[0] ?? "") && joined.test(before)) &&
      !(joined.test(name.at(-1) ?? "") && joined.test(after))
    ) {
      return true;
    }
  }
  return false;
}
