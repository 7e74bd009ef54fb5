import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import * as vscode from "vscode";
import type { LiveState, ResourceStatus } from "../../src/account/account";
import { DriftWatch } from "../../src/sidebar/driftWatch";
import type { StoredIntegration } from "../../src/sidebar/integrationStore";
import { eventually } from "./testWorkspace";

/** An integration of which only matters whether it names an account, and what was seen there. */
function stored(status: ResourceStatus | undefined, manifest: { readonly account?: string }): StoredIntegration {
  const live = status && { resources: [{ kind: "role", name: "r", status }] };
  return {
    integration: { name: "training", manifest },
    live: live as unknown as LiveState | undefined,
    liveIsOutdated: false,
    wasApplied: true,
  } as unknown as StoredIntegration; // the watch asks for nothing else
}

const applied = { account: "210987654321" };

describe("the watch for drift", () => {
  const changed = new vscode.EventEmitter<void>();
  const visibility = new vscode.EventEmitter<vscode.TreeViewVisibilityChangeEvent>();
  let entries: readonly StoredIntegration[];
  let looks: number;
  let canLook: boolean;
  let watch: DriftWatch;
  const view = {
    visible: false,
    badge: undefined as vscode.ViewBadge | undefined,
    onDidChangeVisibility: visibility.event,
  };

  beforeEach(() => {
    entries = [stored("in-sync", applied)];
    looks = 0;
    canLook = true;
    view.badge = undefined;
    watch = new DriftWatch({
      store: { all: () => entries, onDidChange: changed.event, ready: async () => {} },
      view,
      canLook: () => canLook,
      look: async () => void looks++,
    });
  });

  afterEach(async () => {
    watch.dispose();
    await setInterval(undefined);
  });

  const setInterval = (minutes: number | undefined) =>
    vscode.workspace
      .getConfiguration("vendorAccess")
      .update("refreshInterval", minutes, vscode.ConfigurationTarget.Global);

  it("counts on the activity bar what has drifted", () => {
    entries = [
      stored("differs", applied),
      stored("in-sync", applied),
      stored("missing", applied),
      stored(undefined, applied),
    ];
    changed.fire();
    assert.deepEqual(view.badge, { value: 2, tooltip: "2 integrations have drifted" });
    entries = [stored("foreign", applied)];
    changed.fire();
    assert.deepEqual(view.badge, { value: 1, tooltip: "training has drifted" });
    entries = [stored("in-sync", applied)];
    changed.fire();
    assert.equal(view.badge, undefined);
  });

  it("looks when the view opens, and not again at once", async () => {
    visibility.fire({ visible: true });
    await eventually("it looked", () => looks === 1);
    visibility.fire({ visible: false });
    visibility.fire({ visible: true });
    await wait(20);
    assert.equal(looks, 1);
  });

  it("does not look without a profile, nor for what was never applied", async () => {
    canLook = false;
    visibility.fire({ visible: true });
    canLook = true;
    entries = [stored(undefined, {})];
    visibility.fire({ visible: true });
    await wait(20);
    assert.equal(looks, 0);
  });

  it("looks every so many minutes when the setting says so, and only then", async () => {
    await wait(50);
    assert.equal(looks, 0);
    if (!vscode.window.state.focused) return; // a window that nobody looks at must not, which the line above has shown
    await setInterval(0.001);
    await eventually("it looked again and again", () => looks >= 3);
    await setInterval(undefined);
    const before = looks;
    await wait(150);
    assert.ok(looks <= before + 1, `${looks - before} looks more`);
  });
});
