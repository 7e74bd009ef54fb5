import * as vscode from "vscode";
import type { LiveState } from "../account/account";
import type { BucketFacts } from "../checks/finding";
import { findIntegrations } from "../integration/findIntegrations";
import type { BrokenIntegration, FileSystem, Integration } from "../integration/integration";
import { loadIntegration } from "../integration/loadIntegration";
import { unchanged } from "../integration/sameIntegration";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import type { VendorDefinition } from "../vendors/definition";
import type { AccessKeySecrets } from "./accessKeySecrets";
import { type Digests, digestsInSync, isThere } from "./integrationState";

/** The place of one workspace folder's integrations. */
export interface IntegrationsRoot {
  readonly workspaceFolder: vscode.WorkspaceFolder;
  readonly files: FileSystem;
  /** The folder that holds one folder for each integration, relative to the workspace folder. */
  readonly path: string;
}

/** An integration of the workspace and what is known about it. */
export interface StoredIntegration {
  /** The URI of its folder, as text. */
  readonly key: string;
  readonly uri: vscode.Uri;
  readonly root: IntegrationsRoot;
  readonly integration: Integration | BrokenIntegration;
  /** The last look at the account in this window. */
  readonly live: LiveState | undefined;
  /** The documents changed since that look. */
  readonly liveIsOutdated: boolean;
  /** Made in this window under a new random id: nothing in AWS can belong to it before its first apply. */
  readonly isNew: boolean;
  /** A look at the account has found it there, and it was not removed from here since. */
  readonly wasApplied: boolean;
  /** What the account had when it was last seen to be as the documents said; undefined when nobody saw that. */
  readonly lastInSync: Digests | undefined;
  /** Access keys whose secret this machine keeps. */
  readonly accessKeyIds: readonly string[];
}

export interface UsableIntegration extends StoredIntegration {
  readonly integration: Integration;
}

export function isUsable(stored: StoredIntegration): stored is UsableIntegration {
  return !("broken" in stored.integration);
}

export interface StoreOptions {
  readonly vendors: readonly VendorDefinition[];
  readonly buckets: () => readonly BucketFacts[];
  readonly onDidChangeBuckets: vscode.Event<void>;
  readonly secrets: AccessKeySecrets;
  readonly fileSystem: (root: vscode.Uri) => FileSystem;
  /** Relative to a workspace folder. */
  readonly integrationsFolder: (workspaceFolder: vscode.Uri) => string;
  readonly onError: (error: unknown) => void;
  /** Outlives the window. */
  readonly memory: vscode.Memento;
}

interface Look {
  readonly live: LiveState;
  readonly integration: Integration;
}

/** What looks at the account have found there, by the ids of the integrations; null: it was never seen in sync. */
type Seen = { readonly [integrationId: string]: Digests | null };

const seenKey = "vendorAccess.seen";

/** Milliseconds without another change before the files are read again. */
const quiet = 200;

/** The integrations of all workspace folders: state, and an event when it changed. It never reaches AWS. */
export class IntegrationStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private entries: readonly StoredIntegration[] = [];
  private readonly looks = new Map<string, Look>();
  private readonly made = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private reading: Promise<void> | undefined;
  private watchers: vscode.Disposable[] = [];
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly options: StoreOptions) {
    const reloadSoon = (): void => this.reloadSoon();
    this.disposables = [
      this.changed,
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.watch()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.watch()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("vendorAccess.folder")) this.watch();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.holds(document.uri)) this.reloadSoon();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (this.holds(document.uri)) this.reloadSoon();
      }),
      options.onDidChangeBuckets(reloadSoon),
      options.secrets.onDidChange(reloadSoon),
    ];
    this.watch();
  }

  /** In the order of the workspace folders, then by name. */
  all(): readonly StoredIntegration[] {
    return this.entries;
  }

  get(key: string): StoredIntegration | undefined {
    return this.entries.find((entry) => entry.key === key);
  }

  /** The integration whose folder holds a file. */
  of(uri: vscode.Uri): StoredIntegration | undefined {
    const text = uri.toString();
    return this.entries.find(({ key }) => text === key || text.startsWith(`${key}/`));
  }

  roots(): readonly IntegrationsRoot[] {
    return (vscode.workspace.workspaceFolders ?? []).map((workspaceFolder) => this.rootOf(workspaceFolder));
  }

  rootOf(workspaceFolder: vscode.WorkspaceFolder): IntegrationsRoot {
    const { uri } = workspaceFolder;
    return { workspaceFolder, files: this.options.fileSystem(uri), path: this.options.integrationsFolder(uri) };
  }

  /** When the reading that has been asked for is done. */
  async ready(): Promise<void> {
    await this.reading;
  }

  /** Reads every integration's files again, after a reading that is under way: an older one must not win. */
  reload(): Promise<void> {
    clearTimeout(this.timer);
    this.reading = (this.reading ?? Promise.resolve()).then(() => this.read()).catch(this.options.onError);
    return this.reading;
  }

  /** One integration as its files are now; undefined when its folder is gone. */
  async fresh(stored: StoredIntegration): Promise<StoredIntegration | undefined> {
    const { root, integration } = stored;
    if (!(await root.files.exists(`${integration.folder}/integration.json`))) return undefined;
    const loaded = await loadIntegration(root.files, integration.folder, await this.checkOptions());
    return this.store(root, loaded, await this.options.secrets.accessKeyIds());
  }

  /** What a look at the account told, compared with these very documents: as they are on disk, whether they name the account or not. */
  setLive(key: string, live: LiveState, integration: Integration): void {
    this.setLiveOf([[key, live, integration]]);
  }

  /** The same for many, whose files are then read once. */
  setLiveOf(looks: readonly (readonly [key: string, live: LiveState, integration: Integration])[]): void {
    for (const [key, live, integration] of looks) {
      this.looks.set(key, { live, integration });
      this.made.delete(key);
      const { id } = integration.manifest;
      if (isThere(live)) this.remember({ ...this.seen(), [id]: digestsInSync(live) ?? this.seen()[id] ?? null });
    }
    void this.reload();
  }

  /** After a removal from here: that nothing is there is as it should be. */
  forgetApplied(integrationId: string): void {
    const { [integrationId]: _, ...others } = this.seen();
    this.remember(others);
    void this.reload();
  }

  /** With a profile of another account: what was seen in the one before says nothing about it. */
  forgetLive(): void {
    this.looks.clear();
    void this.reload();
  }

  markNew(key: string): void {
    this.made.add(key);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const disposable of [...this.disposables, ...this.watchers]) disposable.dispose();
  }

  private async checkOptions() {
    const { vendors, buckets } = this.options;
    return { vendors, buckets: buckets(), reference: await loadServiceReference() };
  }

  private async read(): Promise<void> {
    const secrets = await this.options.secrets.accessKeyIds();
    const found = await Promise.all(
      this.roots().map(async (root) => {
        try {
          const integrations = await findIntegrations(root.files, root.path, await this.checkOptions());
          return integrations.map((integration) => this.store(root, integration, secrets));
        } catch (error) {
          // A file can vanish between listing and reading: what was known stays until the next event.
          this.options.onError(error);
          return this.entries.filter(
            (entry) => entry.root.workspaceFolder.uri.toString() === root.workspaceFolder.uri.toString(),
          );
        }
      }),
    );
    this.entries = found.flat();
    this.changed.fire();
  }

  private store(
    root: IntegrationsRoot,
    integration: Integration | BrokenIntegration,
    secrets: ReadonlyMap<string, readonly string[]>,
  ): StoredIntegration {
    const uri = vscode.Uri.joinPath(root.workspaceFolder.uri, ...integration.folder.split("/"));
    const key = uri.toString();
    const look = this.looks.get(key);
    const usable = "broken" in integration ? undefined : integration;
    // The folder of an integration that was removed can be used for another one, which has another id.
    const sameId = look?.integration.manifest.id === usable?.manifest.id;
    const seen = usable && this.seen()[usable.manifest.id];
    return {
      key,
      uri,
      root,
      integration,
      live: sameId ? look?.live : undefined,
      liveIsOutdated: look !== undefined && (!usable || !unchanged(look.integration, usable)),
      isNew: this.made.has(key),
      wasApplied: seen !== undefined,
      lastInSync: seen ?? undefined,
      accessKeyIds: (usable && secrets.get(usable.manifest.id)) ?? [],
    };
  }

  private seen(): Seen {
    return this.options.memory.get<Seen>(seenKey, {});
  }

  private remember(seen: Seen): void {
    if (JSON.stringify(seen) !== JSON.stringify(this.seen())) void this.options.memory.update(seenKey, seen);
  }

  private holds(uri: vscode.Uri): boolean {
    return this.roots().some(({ workspaceFolder, path }) =>
      uri.toString().startsWith(`${vscode.Uri.joinPath(workspaceFolder.uri, ...path.split("/"))}/`),
    );
  }

  private reloadSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.reload(), quiet);
  }

  private watch(): void {
    for (const watcher of this.watchers) watcher.dispose();
    this.watchers = this.roots().flatMap(({ workspaceFolder, path }) => {
      const pattern = new vscode.RelativePattern(workspaceFolder, `{${path},${path}/**}`);
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const reloadSoon = (): void => this.reloadSoon();
      return [
        watcher,
        watcher.onDidChange(reloadSoon),
        watcher.onDidCreate(reloadSoon),
        watcher.onDidDelete(reloadSoon),
      ];
    });
    void this.reload();
  }
}
