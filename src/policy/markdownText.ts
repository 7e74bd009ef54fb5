/**
 * Texts of definitions, of the workspace and of AWS are text on a Markdown page or in a hover, never markup: an image in
 * the name of a role would be loaded, and an address be a link. Line breaks are blanks, so that no text begins a list or
 * a block. (VS Code's own `appendText` also makes every blank a hard one, so that lines break within words.)
 *
 * `$(warning)` is an icon wherever a MarkdownString takes icons, escaped or not: ours take none.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>()#+!|~&$@-]|:(?=\/\/)|(?<=\bwww)\.|(?<=^ ?\d+)\./gi, "\\$&");
}

/** A link that we mean, under a text that is no markup. Only pages of the web: for any other address it is the text alone. */
export function markdownLink(text: string, url: string): string {
  if (!/^https?:\/\//i.test(url)) return escapeMarkdown(text);
  return `[${escapeMarkdown(text)}](${url.replace(/[\s<>()[\]\\"`*]/g, (character) => `%${code(character)}`)})`;
}

/** A text for what has links, `[words](address)`, and no other markup: nothing of it becomes one. */
export function withoutLinks(text: string): string {
  return text.replaceAll("](", "] (");
}

function code(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0");
}

/** A text with backticks needs a longer fence around it: https://spec.commonmark.org/0.31.2/#code-spans */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${space}${text.replace(/\s+/g, " ")}${space}${fence}`;
}
