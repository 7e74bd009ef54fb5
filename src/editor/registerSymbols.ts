import * as vscode from "vscode";
import { isTooLarge } from "./checkedDocuments";
import { type PolicySymbol, policySymbols } from "./symbols/policySymbols";
import { textPositions } from "./textPositions";

/** The statements of a policy document in the outline, in "Go to Symbol" and in the breadcrumbs. */
export function registerSymbols(selector: vscode.DocumentSelector): vscode.Disposable {
  return vscode.languages.registerDocumentSymbolProvider(
    selector,
    {
      provideDocumentSymbols(document) {
        if (isTooLarge(document)) return [];
        const text = document.getText();
        const rangeOf = textPositions(text);
        return policySymbols(text).map((symbol) => documentSymbol(symbol, rangeOf));
      },
    },
    { label: "Statements" },
  );
}

const kinds = {
  policy: vscode.SymbolKind.Module,
  statement: vscode.SymbolKind.Key,
} as const;

function documentSymbol(symbol: PolicySymbol, rangeOf: ReturnType<typeof textPositions>): vscode.DocumentSymbol {
  const { name, detail, kind, range, selection, children } = symbol;
  const found = new vscode.DocumentSymbol(name, detail, kinds[kind], rangeOf(range), rangeOf(selection));
  found.children = children.map((child) => documentSymbol(child, rangeOf));
  return found;
}
