/**
 * A JSON text in the layout of `formatJson`, token by token: numbers, escapes, keys that stand twice and comments stay as
 * they are written. The text must be JSON, with comments or without.
 *
 * @param indent what every line but the first begins with
 */
export function formatText(text: string, indent = ""): string {
  const parts: string[] = [];
  let depth = 0;
  let gap: "" | " " | "line" = "";
  let previous = "";

  const write = (token: string): void => {
    if (parts.length > 0 && gap === "line") parts.push(`\n${indent}${"  ".repeat(depth)}`);
    else if (parts.length > 0) parts.push(gap);
    parts.push(token);
    previous = token;
  };

  for (const [token, before] of tokens(text)) {
    if (token.startsWith("/")) {
      // A comment stays on the line of what it is about.
      const after: string = gap;
      gap = before.includes("\n") ? "line" : " ";
      write(token);
      gap = token.startsWith("//") || after === "line" ? "line" : " ";
      continue;
    }
    if (token === "}" || token === "]") {
      depth -= 1;
      if (previous === "{" || previous === "[") gap = "";
      else gap = "line";
    } else if ((token === "," || token === ":") && gap !== "line") gap = "";
    write(token);
    if (token === "{" || token === "[") {
      depth += 1;
      gap = "line";
    } else if (token === ",") gap = "line";
    else gap = token === ":" ? " " : "";
  }
  return parts.join("");
}

/** Each with the blanks before it. */
function* tokens(text: string): Generator<readonly [token: string, before: string]> {
  const pattern = /(\s*)("(?:[^"\\]|\\[\s\S])*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|[{}[\],:]|[^\s{}[\],:"/]+)/gy;
  for (const [, before = "", token = ""] of text.matchAll(pattern)) yield [token.trimEnd(), before];
}
