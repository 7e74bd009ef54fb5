import * as vscode from "vscode";
import type { BucketFacts } from "../checks/finding";
import type { SeveritySettings } from "../checks/severities";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import type { VendorDefinition } from "../vendors/definition";
import type { CheckDocumentation } from "./checkDocumentation";
import { isChecked } from "./checkedDocuments";
import { type CheckedFile, type CheckOptions, checkIntegration, checkText, shownFile } from "./checkedFile";
import type { DocumentKinds } from "./documentKinds";
import { findingDiagnostic } from "./findingDiagnostic";
import { integrationFolderOf, integrationsFolder } from "./integrationFolder";
import { sameLines, textPositions } from "./textPositions";
import { openDocument, readText, workspaceFileSystem } from "./workspaceFileSystem";

export interface DiagnosticsOptions {
  readonly vendors: readonly VendorDefinition[];
  /** What looks at the account told so far. */
  readonly buckets: () => readonly BucketFacts[];
  readonly documentation: Pick<CheckDocumentation, "ready" | "uri">;
  /** What the person said documents are. */
  readonly kinds: Pick<DocumentKinds, "of">;
  readonly loadReference?: () => Promise<ServiceReference>;
}

/**
 * Keeps the Problems panel true. What is checked at once is one file, or one integration's folder when the file
 * belongs to one. Files of an integration stay checked while they are closed, others only while they are open
 * (or after a check of the whole workspace, until they are closed without problems or deleted).
 */
export class Diagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection("vendor-access");
  private readonly checked = new Map<string, CheckedFile>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  /** The number of the latest check of a file or folder: an older one that ends later is dropped. */
  private readonly latest = new Map<string, number>();
  /** Closed files outside integrations that a workspace check reported. */
  private readonly kept = new Set<string>();
  private readonly disposables: vscode.Disposable[] = [this.collection];
  private watchers: vscode.Disposable[] = [];
  private reference: ServiceReference | undefined;
  private awaitsReference = true;
  private readonly referenceRead: Promise<void>;

  constructor(private readonly options: DiagnosticsOptions) {
    this.disposables.push(
      vscode.workspace.onDidOpenTextDocument((document) => this.documentChanged(document, 0)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.documentChanged(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.documentClosed(document)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.start()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.start()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (
          event.affectsConfiguration("vendorAccess.folder") ||
          event.affectsConfiguration("vendorAccess.check.enabled") ||
          event.affectsConfiguration("vendorAccess.check.severity")
        )
          this.start();
      }),
    );
    this.start();
    this.referenceRead = this.loadReference();
    // The links to the documentation need its headings; what was checked before they were read is shown again.
    void options.documentation.ready.then(() => this.showAgain());
  }

  /** Checks everything again after the account told something new. */
  checkAgain(): void {
    for (const document of vscode.workspace.textDocuments) this.documentChanged(document, 0);
    // What nobody looks at is read once, when all checks are there.
    if (this.awaitsReference) return;
    const scheduled = new Set(this.timers.keys());
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) void this.checkIntegrations(uri, scheduled);
  }

  /**
   * Open documents by themselves are not kept waiting for it: syntax and principals, for example, need no reference. The
   * folder of an integration is checked once, when it is there.
   */
  private async loadReference(): Promise<void> {
    const { loadReference = loadServiceReference } = this.options;
    try {
      this.reference = await loadReference();
    } finally {
      this.awaitsReference = false;
      this.checkAgain();
    }
  }

  /** After a setting or the folders of the workspace changed, nothing that was found may stay. */
  private start(): void {
    this.watchIntegrations();
    for (const uri of [...this.checked.keys()]) this.clear(vscode.Uri.parse(uri));
    this.checkAgain();
  }

  /** The latest check of a document, if it is of the text that the document has now. */
  of(document: vscode.TextDocument): CheckedFile | undefined {
    const file = this.checked.get(document.uri.toString());
    return file && sameLines(file.text, document.getText()) ? file : undefined;
  }

  /** Everything that is checked now. */
  all(): readonly (readonly [uri: vscode.Uri, file: CheckedFile])[] {
    return Array.from(this.checked, ([uri, file]) => [vscode.Uri.parse(uri), file] as const);
  }

  /** Shows what a check of the whole workspace found in a file that no editor holds. */
  async checkClosedFile(uri: vscode.Uri): Promise<CheckedFile | undefined> {
    const folder = integrationFolderOf(uri);
    if (folder) {
      await this.referenceRead.catch(() => undefined);
      // Once for the folder: its manifest stands for it.
      if (!this.checked.has(uri.toString())) await this.checkFolder(folder);
      return this.checked.get(uri.toString());
    }
    const text = openDocument(uri)?.getText() ?? (await readText(await vscode.workspace.fs.readFile(uri), uri));
    const checked = checkText(text, this.checkOptions(uri));
    const file = checked && asShown(uri, checked);
    this.show(uri, checked);
    if (file && file.findings.length > 0) this.kept.add(uri.toString());
    return file;
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const disposable of [...this.disposables, ...this.watchers]) disposable.dispose();
  }

  private checkOptions(uri?: vscode.Uri): CheckOptions {
    const { vendors, buckets, kinds } = this.options;
    const kind = uri && kinds.of(uri);
    return { vendors, buckets: buckets(), ...(this.reference && { reference: this.reference }), ...(kind && { kind }) };
  }

  private documentChanged(document: vscode.TextDocument, delay?: number): void {
    if (!isChecked(document)) return;
    const folder = integrationFolderOf(document.uri);
    const settings = vscode.workspace.getConfiguration("vendorAccess", document.uri);
    const wait = delay ?? settings.get<number>("check.delay", 150);
    if (folder) this.schedule(folder.toString(), wait, () => this.checkFolder(folder));
    else this.schedule(document.uri.toString(), wait, () => this.checkOpenDocument(document));
  }

  private documentClosed(document: vscode.TextDocument): void {
    const folder = integrationFolderOf(document.uri);
    // Unsaved text is gone with its editor: what is on disk counts again.
    if (folder) this.schedule(folder.toString(), 0, () => this.checkFolder(folder));
    else if (this.kept.has(document.uri.toString()))
      this.schedule(document.uri.toString(), 0, async () => {
        this.kept.delete(document.uri.toString());
        await this.checkClosedFile(document.uri).catch(() => this.clear(document.uri));
      });
    else {
      this.cancel(document.uri.toString());
      this.clear(document.uri);
    }
  }

  private schedule(key: string, wait: number, run: () => unknown): void {
    this.cancel(key);
    const timer = setTimeout(() => {
      this.timers.delete(key);
      void run();
    }, wait);
    this.timers.set(key, timer);
  }

  private cancel(key: string): void {
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
  }

  private checkOpenDocument(document: vscode.TextDocument): void {
    if (document.isClosed) return;
    this.show(document.uri, checkText(document.getText(), this.checkOptions(document.uri)));
  }

  private async checkFolder(folder: vscode.Uri): Promise<void> {
    // With the reference comes the check of all folders.
    if (this.awaitsReference) return;
    const key = folder.toString();
    const run = (this.latest.get(key) ?? 0) + 1;
    this.latest.set(key, run);
    // A file can vanish between listing and reading; its watcher's event brings the next check.
    const files = await checkIntegration(workspaceFileSystem(folder), folder.path, this.checkOptions()).catch(
      () => undefined,
    );
    if (files === undefined || this.latest.get(key) !== run) return;
    const uris = new Map([...files].map(([name, file]) => [vscode.Uri.joinPath(folder, ...name.split("/")), file]));
    for (const [uri, file] of uris) this.show(uri, file);
    const present = new Set([...uris.keys()].map(String));
    for (const uri of [...this.checked.keys()])
      if (uri.startsWith(`${key}/`) && !present.has(uri)) this.clear(vscode.Uri.parse(uri));
  }

  /** @param scheduled the folders, as text, whose check is on its way */
  private async checkIntegrations(root: vscode.Uri, scheduled?: ReadonlySet<string>): Promise<void> {
    const parent = vscode.Uri.joinPath(root, integrationsFolder(root));
    const entries = await Promise.resolve(vscode.workspace.fs.readDirectory(parent)).catch(() => []);
    for (const [name, type] of entries) {
      const folder = vscode.Uri.joinPath(parent, name);
      if (type & vscode.FileType.Directory && !name.startsWith(".") && !scheduled?.has(folder.toString()))
        void this.checkFolder(folder);
    }
  }

  private watchIntegrations(): void {
    for (const watcher of this.watchers) watcher.dispose();
    this.watchers = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri: root }) => {
      const parent = integrationsFolder(root);
      // Of a folder that comes as a whole, from a branch or another place, the only event may be its own.
      const watcher = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(root, `{${parent},${parent}/**}`),
      );
      const changed = (uri: vscode.Uri): void => {
        const folder = integrationFolderOf(uri);
        if (folder) this.schedule(folder.toString(), 50, () => this.checkFolder(folder));
        else this.schedule(root.toString(), 50, () => this.checkIntegrations(root));
      };
      const deleted = (uri: vscode.Uri): void => {
        for (const file of [...this.checked.keys()]) if (file.startsWith(`${uri}/`)) this.clear(vscode.Uri.parse(file));
        changed(uri);
      };
      return [watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed), watcher.onDidDelete(deleted)];
    });
    this.watchers.push(
      vscode.workspace.onDidDeleteFiles(({ files }) => {
        for (const uri of files) this.clear(uri);
      }),
    );
  }

  private show(uri: vscode.Uri, checked: CheckedFile | undefined): void {
    const enabled = vscode.workspace.getConfiguration("vendorAccess", uri).get<boolean>("check.enabled", true);
    if (!checked || !enabled) {
      this.clear(uri);
      return;
    }
    const file = asShown(uri, checked);
    const open = openDocument(uri);
    // Typed on since, or read before the editor noticed a change on disk: its event asks for the next check.
    if (open && !sameLines(open.getText(), file.text)) return;
    this.checked.set(uri.toString(), file);
    const rangeOf = textPositions(file.text);
    const documentation = (check: string): vscode.Uri => this.options.documentation.uri(check);
    this.collection.set(
      uri,
      file.findings.map((finding) => findingDiagnostic(finding, rangeOf, documentation)),
    );
  }

  private showAgain(): void {
    for (const [uri, file] of [...this.checked]) this.show(vscode.Uri.parse(uri), file);
  }

  private clear(uri: vscode.Uri): void {
    this.checked.delete(uri.toString());
    this.kept.delete(uri.toString());
    this.collection.delete(uri);
  }
}

/** With the severities that the settings give the checks there. */
function asShown(uri: vscode.Uri, file: CheckedFile): CheckedFile {
  const settings = vscode.workspace.getConfiguration("vendorAccess", uri);
  return shownFile(file, settings.get<SeveritySettings>("check.severity", {}));
}
