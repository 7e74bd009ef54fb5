import assert from "node:assert/strict";
import type { Completion, Completions } from "../../../../src/editor/completions/completion";
import type { CompletionContext } from "../../../../src/editor/completions/completionContext";
import { completionsAt } from "../../../../src/editor/completions/completionsAt";
import { loadServiceReference } from "../../../../src/policy/serviceReference/loadServiceReference";
import { catalog } from "../../../../src/vendors/catalog";
import type { IntegrationRequest } from "../../../../src/vendors/manifest";

/** The text without its `|`, and where that stood. */
export function atMark(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf("|");
  assert.ok(offset >= 0, "the text has a | where the cursor is");
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

export async function completions(
  marked: string,
  change: Partial<CompletionContext> = {},
): Promise<Completions & { readonly text: string; readonly offset: number }> {
  const { text, offset } = atMark(marked);
  const reference = await loadServiceReference();
  return { ...completionsAt(text, offset, { reference, vendors: catalog, buckets: [], ...change }), text, offset };
}

export async function labels(marked: string, change: Partial<CompletionContext> = {}): Promise<readonly string[]> {
  return sorted((await completions(marked, change)).items).map(({ label }) => label);
}

/** In the order in which VS Code shows them while nothing is typed. */
export function sorted(items: readonly Completion[]): readonly Completion[] {
  return [...items].sort((a, b) => (a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0));
}

/** The text after the completion of this label was taken, tab stops as `‹name›`, the cursor's own as `|`. */
export async function taken(marked: string, label: string, change: Partial<CompletionContext> = {}): Promise<string> {
  const { items, text } = await completions(marked, change);
  const item = items.find((each) => each.label === label);
  assert.ok(item, `${label} is offered, not only ${items.map((each) => each.label).join(", ")}`);
  const edits = [{ range: item.range, newText: shown(item) }, ...item.additionalEdits];
  return edits
    .sort((a, b) => b.range.offset - a.range.offset)
    .reduce(
      (all, { range, newText }) => all.slice(0, range.offset) + newText + all.slice(range.offset + range.length),
      text,
    );
}

function shown({ newText, snippet }: Completion): string {
  if (!snippet) return newText;
  return newText
    .replace(/\$\{\d+:([^}]+)\}/g, "‹$1›")
    .replace(/(?<!\\)\$[01]/, "|")
    .replace(/\\([\\$}])/g, "$1");
}

/** What VS Code shows once this is typed: every letter is in the filter text, in this order. */
export function found(items: readonly Completion[], typed: string): readonly string[] {
  return sorted(items)
    .filter(({ filterText }) => {
      let at = -1;
      for (const letter of typed.toLowerCase()) {
        at = filterText.toLowerCase().indexOf(letter, at + 1);
        if (at < 0) return false;
      }
      return true;
    })
    .map(({ label }) => label);
}

/** A document with one statement. */
export function statement(...elements: readonly string[]): string {
  return `{"Version": "2012-10-17", "Statement": [{${elements.join(", ")}}]}`;
}

export const allow = '"Effect": "Allow"';

export function integration(
  vendor: string,
  change: Partial<IntegrationRequest> = {},
): Required<Pick<CompletionContext, "integration">> {
  const definition = catalog.find(({ id }) => id === vendor);
  if (definition === undefined) throw new Error(`${vendor} is in the catalog`);
  const request: IntegrationRequest = {
    accessLevel: definition.accessLevels[0]?.id ?? "",
    account: "314159265358",
    region: "eu-west-1",
    parameters: { buckets: ["training-data"] },
    role: { name: "vendor-role" },
    ...change,
  };
  return { integration: { definition, request } };
}
