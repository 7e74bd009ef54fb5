import * as vscode from "vscode";
import type { VendorDefinition } from "../vendors/definition";
import { isTooLarge } from "./checkedDocuments";
import { isManifestOf } from "./documentIntegration";
import { manifestLinks, policyLinks } from "./links/documentLinks";
import { textPositions } from "./textPositions";

/** From an action to AWS's page, from a manifest to the vendor's page and the documents. */
export function registerLinks(
  vendors: readonly VendorDefinition[],
  selector: vscode.DocumentSelector,
): vscode.Disposable {
  return vscode.languages.registerDocumentLinkProvider(selector, {
    provideDocumentLinks(document) {
      if (isTooLarge(document)) return [];
      const text = document.getText();
      const rangeOf = textPositions(text);
      const links = isManifestOf(document) ? manifestLinks(text, vendors) : policyLinks(text);
      return links.map(({ range, target, tooltip }) => {
        const uri =
          "url" in target
            ? vscode.Uri.parse(target.url, true)
            : vscode.Uri.joinPath(document.uri, "..", ...target.file.split("/"));
        const link = new vscode.DocumentLink(rangeOf(range), uri);
        link.tooltip = tooltip;
        return link;
      });
    },
  });
}
