import * as vscode from "vscode";
import type { VendorDefinition } from "../vendors/definition";

const setting = "vendorDefinitions";

/**
 * The vendors of the catalog, and those that definitions in the workspace add. The list is one and the same all the time: it
 * changes in place. In a workspace that is not trusted only the catalog counts.
 */
export class WorkspaceVendors implements vscode.Disposable {
  readonly list: VendorDefinition[];
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly problems = vscode.languages.createDiagnosticCollection("vendor-access-definitions");
  private readonly subscriptions: vscode.Disposable[] = [];
  private watchers: readonly vscode.Disposable[] = [];
  private latest = 0;

  constructor(
    private readonly catalog: readonly VendorDefinition[],
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.list = [...catalog];
    const again = () => this.start();
    this.subscriptions.push(
      vscode.workspace.onDidGrantWorkspaceTrust(again),
      vscode.workspace.onDidChangeWorkspaceFolders(again),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`vendorAccess.${setting}`)) again();
      }),
    );
    this.start();
  }

  dispose(): void {
    for (const each of [...this.subscriptions, ...this.watchers, this.problems, this.changed]) each.dispose();
  }

  private start(): void {
    for (const watcher of this.watchers) watcher.dispose();
    this.watchers = vscode.workspace.isTrusted ? patterns().map((pattern) => this.watch(pattern)) : [];
    void this.read();
  }

  private watch(pattern: vscode.RelativePattern): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const read = () => void this.read();
    watcher.onDidChange(read);
    watcher.onDidCreate(read);
    watcher.onDidDelete(read);
    return watcher;
  }

  private async read(): Promise<void> {
    const run = ++this.latest;
    try {
      const files = vscode.workspace.isTrusted ? await readFiles() : new Map<string, string>();
      const { definitions, refused } = files.size > 0 ? await readOwn(files, this.catalog) : none;
      if (run !== this.latest) return; // a later look is on its way
      this.problems.clear();
      for (const { path, reasons } of refused) {
        this.problems.set(vscode.Uri.parse(path), reasons.map(problem));
        this.log.warn(`The vendor definition ${path} is not used: ${reasons.join(" ")}`);
      }
      const before = this.list.length > this.catalog.length;
      this.list.splice(this.catalog.length, Number.POSITIVE_INFINITY, ...definitions);
      if (before || definitions.length > 0) this.changed.fire();
    } catch (error) {
      this.log.warn(`The vendor definitions could not be read: ${error instanceof Error ? error.message : error}`);
    }
  }
}

const none = { definitions: [], refused: [] } as const;

/** Loaded with the first definition that there is: most workspaces have none. */
async function readOwn(files: ReadonlyMap<string, string>, catalog: readonly VendorDefinition[]) {
  const { readOwnDefinitions } = await import("../integration/ownDefinitions");
  return readOwnDefinitions(files, catalog);
}

function patterns(): readonly vscode.RelativePattern[] {
  return (vscode.workspace.workspaceFolders ?? []).flatMap((folder) => {
    const glob = vscode.workspace.getConfiguration("vendorAccess", folder).get<string>(setting, "");
    return glob === "" ? [] : [new vscode.RelativePattern(folder, glob)];
  });
}

/** By their addresses. */
async function readFiles(): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(patterns().map((pattern) => vscode.workspace.findFiles(pattern, null, 200)));
  const texts = found.flat().map(async (uri) => [uri.toString(), await readText(uri)] as const);
  return new Map(await Promise.all(texts));
}

/** One that vanished meanwhile, or can't be read, is refused as an empty one is: the others still count. */
async function readText(uri: vscode.Uri): Promise<string> {
  const bytes = await vscode.workspace.fs.readFile(uri).then(undefined, () => new Uint8Array());
  return new TextDecoder().decode(bytes);
}

function problem(reason: string): vscode.Diagnostic {
  const message = `This vendor definition is not used. ${reason}`;
  const diagnostic = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), message, vscode.DiagnosticSeverity.Error);
  diagnostic.source = "Vendor Access";
  return diagnostic;
}
