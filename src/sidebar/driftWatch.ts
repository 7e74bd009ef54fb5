import * as vscode from "vscode";
import { hasDrifted } from "./integrationState";
import { type IntegrationStore, isUsable } from "./integrationStore";
import type { TreeNode } from "./treeNode";

/** Milliseconds in which looking away and back is no reason to ask AWS again. */
const recently = 60_000;

interface DriftWatchOptions {
  readonly store: Pick<IntegrationStore, "all" | "onDidChange" | "ready">;
  readonly view: Pick<vscode.TreeView<TreeNode>, "badge" | "onDidChangeVisibility" | "visible">;
  /** Whether AWS can be reached without asking the person: a profile is chosen. */
  readonly canLook: () => boolean;
  /** Compares all integrations with the account, without a question. */
  readonly look: () => Promise<void>;
}

/**
 * Counts on the activity bar what has drifted, and looks at the account when the view opens, and every so many minutes
 * when the setting says so; never in a window that nobody looks at.
 */
export class DriftWatch implements vscode.Disposable {
  private readonly disposables: readonly vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private lastLook = Number.NEGATIVE_INFINITY;
  private looking = false;

  constructor(private readonly options: DriftWatchOptions) {
    const { store, view } = options;
    this.disposables = [
      store.onDidChange(() => this.count()),
      view.onDidChangeVisibility(({ visible }) => {
        if (visible) void this.lookUnless(recently);
      }),
      vscode.window.onDidChangeWindowState(() => this.schedule()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("vendorAccess.refreshInterval")) this.schedule();
      }),
    ];
    void store.ready().then(() => (view.visible ? this.lookUnless(recently) : undefined));
    this.schedule();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private count(): void {
    const { store, view } = this.options;
    const drifted = store.all().filter(hasDrifted);
    const [only] = drifted;
    const tooltip =
      drifted.length === 1 ? `${only?.integration.name} has drifted` : `${drifted.length} integrations have drifted`;
    view.badge = only ? { value: drifted.length, tooltip } : undefined;
  }

  /** The next look that the setting asks for; none while the window is not looked at. */
  private schedule(): void {
    clearTimeout(this.timer);
    const minutes = vscode.workspace.getConfiguration("vendorAccess").get<number>("refreshInterval", 0);
    if (!(minutes > 0) || !vscode.window.state.focused) return;
    const pause = minutes * 60_000;
    const wait = Math.max(0, this.lastLook + pause - Date.now());
    const atMost = 2 ** 31 - 1; // of a timer
    this.timer = setTimeout(
      () => void this.lookUnless(pause - 1).then(() => this.schedule()),
      Math.min(Number.isFinite(wait) ? wait : pause, atMost),
    );
  }

  private async lookUnless(lessThan: number): Promise<void> {
    const { store, canLook, look } = this.options;
    const isFresh = Date.now() - this.lastLook <= lessThan;
    const isWorthIt = store
      .all()
      .some((stored) => isUsable(stored) && stored.integration.manifest.account !== undefined);
    if (this.looking || isFresh || !isWorthIt || !canLook()) return;
    this.looking = true;
    this.lastLook = Date.now();
    try {
      await look();
    } finally {
      this.looking = false;
    }
  }
}
