import * as vscode from "vscode";
import type { BucketFacts } from "../checks/finding";
import { manifestName } from "../integration/recogniseManifest";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import type { VendorDefinition } from "../vendors/definition";
import { isChecked } from "./checkedDocuments";
import type { Completion, Completions } from "./completions/completion";
import { completionsAt, mayBecomePolicy } from "./completions/completionsAt";
import { cursorPlace } from "./completions/cursorPlace";
import { manifestCompletionsAt } from "./completions/manifestCompletions";
import { documentIntegration, isManifestOf, kindOfName, kindOfRole } from "./documentIntegration";
import type { DocumentKinds } from "./documentKinds";
import { actionHover } from "./hovers/actionHover";
import { integrationsFolder } from "./integrationFolder";
import { manifestFacts } from "./manifestFacts";
import { textPositions } from "./textPositions";
import { workspaceFileSystem } from "./workspaceFileSystem";

export interface CompletionOptions {
  readonly vendors: readonly VendorDefinition[];
  readonly buckets: () => readonly BucketFacts[];
  readonly kinds: Pick<DocumentKinds, "of">;
  /** Accounts that are known without a call, and how. */
  readonly accounts: () => Promise<ReadonlyMap<string, readonly string[]>>;
}

/** An item that knows which action it is about, so that its documentation is made when it is looked at. */
interface DescribedItem extends vscode.CompletionItem {
  describes?: string | undefined;
}

/** What can be put at the cursor of a policy document or an integration.json. */
export function registerCompletions(
  { vendors, buckets, kinds, accounts }: CompletionOptions,
  selector: vscode.DocumentSelector,
): vscode.Disposable {
  async function completions(document: vscode.TextDocument, offset: number): Promise<Completions | undefined> {
    const text = document.getText();
    if (isManifestOf(document)) {
      // The profiles are read only where an account is asked for.
      const isAccount = cursorPlace(text, offset)?.path[0] === "account";
      const known = isAccount ? await Promise.all([accountsOfOthers(document, vendors), accounts()]) : [];
      const context = { vendors, buckets: buckets(), accounts: merged(known), hasSchema: hasSchema(document.uri) };
      return { items: manifestCompletionsAt(text, offset, context), incomplete: false };
    }
    const integration = await documentIntegration(document, vendors);
    const definition = integration?.definition;
    const kind = kindOfRole(integration?.role) ?? kinds.of(document.uri) ?? kindOfName(document.uri);
    if (!mayBecomePolicy(text, kind)) return undefined;
    const reference = await loadServiceReference();
    return completionsAt(text, offset, {
      reference,
      vendors,
      buckets: buckets(),
      ...(integration && definition && { integration: { definition, request: integration.request } }),
      ...(kind && { kind }),
    });
  }

  return vscode.languages.registerCompletionItemProvider(
    selector,
    {
      async provideCompletionItems(document, position, token) {
        if (!isChecked(document)) return undefined;
        const text = document.getText();
        const found = await completions(document, document.offsetAt(position));
        if (!found || token.isCancellationRequested || document.getText() !== text) return undefined;
        const rangeOf = textPositions(text);
        const items = found.items.map((completion) => completionItem(completion, rangeOf));
        return new vscode.CompletionList(items, found.incomplete);
      },
      async resolveCompletionItem(item: DescribedItem) {
        if (item.describes === undefined) return item;
        const documentation = actionHover(item.describes, await loadServiceReference());
        if (documentation !== undefined) item.documentation = new vscode.MarkdownString(documentation);
        return item;
      },
    },
    '"',
    ":",
    "*",
  );
}

const itemKinds: Readonly<Record<Completion["kind"], vscode.CompletionItemKind>> = {
  element: vscode.CompletionItemKind.Property,
  word: vscode.CompletionItemKind.Value,
  service: vscode.CompletionItemKind.Module,
  action: vscode.CompletionItemKind.Method,
  pattern: vscode.CompletionItemKind.Operator,
  resource: vscode.CompletionItemKind.Reference,
  principal: vscode.CompletionItemKind.User,
  operator: vscode.CompletionItemKind.Operator,
  key: vscode.CompletionItemKind.Field,
};

function completionItem(completion: Completion, rangeOf: ReturnType<typeof textPositions>): DescribedItem {
  const { label, detail, documentation, describes, newText, snippet, range, additionalEdits } = completion;
  const item: DescribedItem = new vscode.CompletionItem(
    detail === undefined ? label : { label, description: detail },
    itemKinds[completion.kind],
  );
  item.insertText = snippet ? new vscode.SnippetString(newText) : newText;
  item.range = rangeOf(range);
  item.filterText = completion.filterText;
  item.sortText = completion.sortText;
  if (documentation !== undefined) item.documentation = new vscode.MarkdownString(documentation);
  if (additionalEdits.length > 0)
    item.additionalTextEdits = additionalEdits.map((edit) => new vscode.TextEdit(rangeOf(edit.range), edit.newText));
  if (completion.asksAgain) item.command = { command: "editor.action.triggerSuggest", title: "Suggest" };
  item.describes = describes;
  return item;
}

/** As package.json has it in `jsonValidation`. */
function hasSchema({ path }: vscode.Uri): boolean {
  return /\/vendor-access\/[^/]+\/integration\.json$/.test(path);
}

function merged(maps: readonly ReadonlyMap<string, readonly string[]>[]): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, readonly string[]>();
  for (const map of maps) for (const [key, values] of map) all.set(key, [...(all.get(key) ?? []), ...values]);
  return all;
}

/** The accounts that the other integrations of the workspace folder are for. */
async function accountsOfOthers(
  { uri }: vscode.TextDocument,
  vendors: readonly VendorDefinition[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  const accounts = new Map<string, string[]>();
  if (!root) return accounts;
  const files = workspaceFileSystem(root);
  const parent = integrationsFolder(uri);
  const names = (await files.list(parent).catch(() => [])).filter(({ directory }) => directory).map(({ name }) => name);
  await Promise.all(
    names.map(async (name) => {
      const path = `${parent}/${name}/${manifestName}`;
      if (vscode.Uri.joinPath(root, path).toString() === uri.toString()) return;
      const text = await files.read(path).catch(() => "");
      const { account } = manifestFacts(text, vendors).request;
      if (account !== undefined && /^\d{12}$/.test(account))
        accounts.set(account, [...(accounts.get(account) ?? []), `integration ${name}`]);
    }),
  );
  return new Map([...accounts].sort());
}
