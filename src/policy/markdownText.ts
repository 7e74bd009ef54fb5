/**
 * Names of the account and texts of the workspace are text on a Markdown page or in a hover, never markup: an image in
 * the name of a role would be loaded. (VS Code's own `appendText` also makes every blank a hard one, so that lines break
 * within words.)
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~&$-]/g, "\\$&");
}

/** A text with backticks needs a longer fence around it: https://spec.commonmark.org/0.31.2/#code-spans */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${space}${text.replace(/\s+/g, " ")}${space}${fence}`;
}
