import * as vscode from "vscode";
import { awsOff } from "../commands/accountReach";
import { manifestName } from "../integration/recogniseManifest";
import type { Diagnostics } from "./diagnostics";
import { documentIntegration, isManifestOf } from "./documentIntegration";
import { integrationFolderOf } from "./integrationFolder";
import { type ExplanationOptions, ExplanationPages } from "./lenses/explanationPages";
import { lensTitle } from "./lenses/lensTitle";

/** Not in the palette: it is about the document that the lens stands in. */
const explainCommand = "vendorAccess.explainDocument";

/** Over a document of an integration: whose it is, its state, and what can be done with the integration. */
export function registerCodeLenses(
  options: ExplanationOptions,
  diagnostics: Pick<Diagnostics, "of">,
  selector: vscode.DocumentSelector,
): vscode.Disposable {
  const pages = new ExplanationPages(options);
  const changed = new vscode.EventEmitter<void>();

  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document) {
      const settings = vscode.workspace.getConfiguration("vendorAccess", document.uri);
      if (!settings.get<boolean>("codeLens.enabled", true)) return [];
      const integration = await documentIntegration(document, options.vendors);
      const vendor = integration?.definition?.name;
      if (!integration || vendor === undefined) return [];
      if (integration.role === undefined && !isManifestOf(document)) return [];
      const manifest = vscode.Uri.joinPath(integration.folder, manifestName);
      const findings = diagnostics.of(document)?.findings;
      const top = new vscode.Range(0, 0, 0, 0);
      const lens = (title: string, command: string, tooltip: string, ...argument: readonly vscode.Uri[]) =>
        new vscode.CodeLens(top, { title, command, tooltip, arguments: [...argument] });
      const state = lensTitle(vendor, integration.role, findings);
      const explain = lens("Explain", explainCommand, "Say in words what the integration grants", integration.folder);
      const first = lens(state, "workbench.actions.view.problems", "Show the problems");
      if (awsOff()) return [first, explain];
      return [
        first,
        lens("Plan", "vendorAccess.plan", "Show what Apply would change in AWS", manifest),
        lens("Apply ▶", "vendorAccess.apply", "Make AWS as the documents say, after a confirmation", manifest),
        explain,
      ];
    },
  };

  return vscode.Disposable.from(
    pages,
    changed,
    vscode.languages.registerCodeLensProvider(selector, provider),
    vscode.commands.registerCommand(explainCommand, (folder: vscode.Uri) => pages.show(folder)),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((uri) => integrationFolderOf(uri) !== undefined)) changed.fire();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("vendorAccess.codeLens")) changed.fire();
    }),
  );
}
