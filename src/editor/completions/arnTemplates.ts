import { escapeSnippet } from "./completion";
import type { CompletionContext } from "./completionContext";

/**
 * An ARN format of AWS's reference, `arn:${Partition}:s3:::${BucketName}`, as a snippet: what the integration knows is
 * filled in, every other part is a tab stop.
 */
export function arnSnippet(format: string, { integration }: CompletionContext): string {
  const { partition = "aws", account, region } = integration?.request ?? {};
  const known: { readonly [part: string]: string | undefined } = {
    Partition: partition,
    Account: account,
    Region: region,
  };
  let stop = 0;
  return format.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = known[name];
    if (value !== undefined) return escapeSnippet(value);
    stop += 1;
    return `\${${stop}:${name}}`;
  });
}

/** How the list shows it: `arn:aws:s3:::BucketName`. */
export function shownSnippet(snippet: string): string {
  return snippet.replace(/\$\{\d+:(\w+)\}/g, "$1").replace(/\\([\\$}])/g, "$1");
}
