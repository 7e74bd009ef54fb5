import * as vscode from "vscode";
import { workspaceFileSystem } from "../../editor/workspaceFileSystem";
import { filledDocuments, type ReadOwn, writeImport, writeNewVendor } from "../../integration/importPage";
import type { PlannedImport } from "../../integration/importPagePlan";
import type { Integration } from "../../integration/integration";
import { bucketsOf } from "../../integration/newRequest";
import { documentTitle } from "../../integration/page/describePage";
import type { VendorPage } from "../../integration/page/readPage";
import { formatJson } from "../../policy/formatJson";
import { isUserError, UserError } from "../../policy/userError";
import { documentTitles } from "../../vendors/manifest";
import { defaultIntegrationName } from "../../vendors/names";
import type { CommandContext } from "../commandContext";
import { chooseRoot } from "../newIntegration";
import { notify } from "../notify";
import { showError } from "../showError";
import { problemOfVendorName } from "../vendorName";
import { firstForm, type ImportForm, planOfForm, problemsOf, requestOfForm } from "./importChoices";
import { fieldsHtml, importPageHtml } from "./importPageHtml";

/** What the form of the preview sends. */
interface FormMessage {
  readonly action: "change" | "create" | "definition" | "open" | "diff";
  readonly form: ImportForm;
  readonly document?: number;
}

/** What a definition of one's own is not written for before the workspace is trusted. */
const untrusted =
  "A definition of a new vendor is written and obeyed only in a trusted workspace. The documents can be opened.";

/** A page, and what making something of it needs. */
export interface ImportPreview {
  readonly context: CommandContext;
  readonly page: VendorPage;
  /** "the clipboard": where it is from, in a sentence. */
  readonly from: string;
  readonly readOwn: ReadOwn;
}

const openPanels = new Set<vscode.WebviewPanel>();

/** Shows a page with all that was found in it, and makes of it what the person decides. */
export function openImportPanel(preview: ImportPreview): void {
  const { context, page, from } = preview;
  const root = vscode.Uri.joinPath(extensionFolder(), "media", "importPage");
  const panel = vscode.window.createWebviewPanel(
    "vendorAccess.importPage",
    "Import Vendor Page",
    { viewColumn: vscode.ViewColumn.Active },
    { enableScripts: true, localResourceRoots: [root], retainContextWhenHidden: true },
  );
  const comparison = registerComparison(page);
  const form = firstForm(page);
  const { webview } = panel;
  webview.onDidReceiveMessage((message: FormMessage) =>
    receive(preview, panel, comparison, message).catch((error: unknown) => showError(context, error)),
  );
  webview.html = importPageHtml(page, context.vendors, form, from, {
    script: webview.asWebviewUri(vscode.Uri.joinPath(root, "importPage.js")).toString(),
    style: webview.asWebviewUri(vscode.Uri.joinPath(root, "importPage.css")).toString(),
    source: webview.cspSource,
  });
  openPanels.add(panel);
  panel.onDidDispose(() => {
    openPanels.delete(panel);
    comparison.dispose();
  });
}

function extensionFolder(): vscode.Uri {
  const extension = vscode.extensions.getExtension("vendor-access.vendor-access");
  if (extension === undefined) throw new Error("The extension does not find itself.");
  return extension.extensionUri;
}

async function receive(
  preview: ImportPreview,
  panel: vscode.WebviewPanel,
  { compare }: PageComparison,
  { action, form, document }: FormMessage,
): Promise<void> {
  const { context, page } = preview;
  try {
    if (action === "diff") return await compare(document ?? 1);
    const wrongName =
      form.vendor === "" && form.name.trim() !== "" && problemOfVendorName(form.name.trim(), context.vendors);
    if (wrongName) {
      await panel.webview.postMessage({
        problems: { name: wrongName },
        problem: "",
        ...(action !== "change" && { focus: "name" }),
      });
      return;
    }
    const plan = planOfForm(page, context.vendors, form, new Date().toISOString().slice(0, 10));
    if (action === "change") return await update(panel, plan, form);
    if (action === "open") return await openDocuments(plan, form);
    const problems = problemsOf(plan, form);
    const needed = action === "create" ? [...problems] : [...problems].filter(([key]) => key === "name");
    if (needed.length > 0) {
      await panel.webview.postMessage({ problems: Object.fromEntries(needed), focus: needed[0]?.[0] });
      return;
    }
    if (action === "create") await create(preview, panel, plan, form);
    else await writeDefinitionOnly(preview, panel, plan);
  } catch (error) {
    // Of a panel that is closed by now nobody reads the form.
    if (!isUserError(error) || !openPanels.has(panel)) throw error;
    await panel.webview.postMessage({ problem: error.message });
  }
}

/** The fields and what is wrong with them, as the choices are now. */
async function update({ webview }: vscode.WebviewPanel, plan: PlannedImport, form: ImportForm): Promise<void> {
  const { definition, isNew, asOnPage } = plan;
  const entered = [...problemsOf(plan, form)].filter(([key]) => form.values[key]);
  const blocked = isNew && !vscode.workspace.isTrusted;
  await webview.postMessage({
    fields: fieldsHtml(plan, form),
    fieldsOf: JSON.stringify([definition.id, asOnPage, form.documents]),
    isNew,
    asOnPage,
    problems: Object.fromEntries(entered),
    problem: "",
    hint: blocked ? untrusted : hintOf(plan),
    blocked,
    create: isNew ? "Create Integration and Definition" : "Create Integration",
    integrationName: suggestedName(plan, form),
  });
}

function hintOf({ unused, isNew, definition }: PlannedImport): string {
  const notUsed = unused.map((document) => `the ${documentTitle(document).toLowerCase()} in line ${document.line}`);
  const left =
    notUsed.length === 0 ? "" : `Not used, because there is another one of its kind: ${notUsed.join(", ")}. `;
  return isNew ? `${left}The definition goes to .vendor-access/vendors/${definition.id}.json.` : left;
}

/** As far as the values allow. */
function suggestedName(plan: PlannedImport, form: ImportForm): string {
  try {
    return defaultIntegrationName(plan.definition, bucketsOf(plan.definition, requestOfForm(plan, form).request));
  } catch (error) {
    if (!isUserError(error)) throw error;
    return plan.definition.id;
  }
}

async function create(
  { context, readOwn }: ImportPreview,
  panel: vscode.WebviewPanel,
  plan: PlannedImport,
  form: ImportForm,
): Promise<void> {
  if (plan.isNew && !vscode.workspace.isTrusted) throw new UserError("cancelled", untrusted);
  const root = await chooseRoot(context);
  if (!root) return;
  const { workspaceFolder: folder } = root;
  const request = requestOfForm(plan, form);
  const name = form.integrationName.trim() || suggestedName(plan, form);
  const { integration } = await writeImport(plan, request, {
    files: root.files,
    folder: root.path,
    name,
    workspace: workspaceFileSystem(folder.uri),
    readOwn,
  });
  panel.dispose();
  await show(context, folder, integration);
}

async function show(
  context: CommandContext,
  { uri: folder }: vscode.WorkspaceFolder,
  integration: Integration,
): Promise<void> {
  const uri = vscode.Uri.joinPath(folder, ...integration.folder.split("/"));
  context.store.markNew(uri.toString());
  await context.store.reload();
  await vscode.window.showTextDocument(vscode.Uri.joinPath(uri, "integration.json"), { preview: false });
  const stored = context.store.get(uri.toString());
  if (stored) await context.tree.reveal({ kind: "integration", stored }, { select: true, focus: false, expand: 2 });
  void notify.information(
    `Wrote ${integration.folder} for ${integration.definition.name} from its page. Review the documents before you apply them.`,
  );
}

async function writeDefinitionOnly(
  { context, readOwn }: ImportPreview,
  panel: vscode.WebviewPanel,
  plan: PlannedImport,
): Promise<void> {
  const { definition, isNew } = plan;
  if (!isNew) throw new UserError("usage", `${definition.name} has a definition already: that of the catalog.`);
  if (!vscode.workspace.isTrusted) throw new UserError("cancelled", untrusted);
  const folder = (await chooseRoot(context, "definition"))?.workspaceFolder;
  if (!folder) return;
  const path = await writeNewVendor(plan, workspaceFileSystem(folder.uri), readOwn);
  panel.dispose();
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, ...path.split("/")), { preview: false });
}

/** The documents by themselves, with what is filled in so far: for who only wants these. */
async function openDocuments(plan: PlannedImport, form: ImportForm): Promise<void> {
  const request = requestWithGaps(plan, form);
  for (const [role, value] of filledDocuments({ ...plan, asOnPage: true }, request.request, request.tokens)) {
    const document = await vscode.workspace.openTextDocument({ language: "json", content: formatJson(value) });
    await vscode.window.showTextDocument(document, { preview: false });
    vscode.window.setStatusBarMessage(`Opened the ${documentTitles[role]}.`, 3000);
  }
}

function requestWithGaps(plan: PlannedImport, form: ImportForm) {
  const problems = problemsOf(plan, form);
  const values = Object.fromEntries(Object.entries(form.values).filter(([key]) => !problems.has(key)));
  return requestOfForm({ ...plan, asOnPage: false }, { ...form, values });
}

const scheme = "vendor-access-import";

interface PageComparison extends vscode.Disposable {
  /** Shows what was repaired in a document, by its number from 1. */
  readonly compare: (number: number) => Promise<void>;
}

/** The two sides of each document, for VS Code's own difference editor. */
function registerComparison({ documents }: VendorPage): PageComparison {
  // Several pages can be open at a time: each answers only for its own documents.
  const authority = crypto.randomUUID();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent(uri) {
      const document = uri.authority === authority ? documents[Number(uri.query) - 1] : undefined;
      return uri.fragment === "page" ? document?.source : document?.text;
    },
  });
  return {
    dispose: () => provider.dispose(),
    async compare(number) {
      const document = documents[number - 1];
      if (document === undefined) return;
      const title = documentTitle(document);
      const [left, right] = ["page", "repaired"].map((fragment) =>
        vscode.Uri.from({ scheme, authority, path: `/${title}.json`, query: String(number), fragment }),
      );
      await vscode.commands.executeCommand("vscode.diff", left, right, `${title}: as on the page ↔ repaired`);
    },
  };
}
