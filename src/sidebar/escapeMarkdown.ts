/**
 * Names of the account and texts of the workspace are text on a Markdown page or in a hover, never markup. (VS Code's own
 * `appendText` also makes every blank a hard one, so that lines break within words.)
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~&$-]/g, "\\$&");
}
