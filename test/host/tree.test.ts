import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { LiveState, ResourceState, ResourceStatus } from "../../src/account/account";
import { chooseIntegration } from "../../src/commands/chooseIntegration";
import { integrationsFolder } from "../../src/editor/integrationFolder";
import { workspaceFileSystem } from "../../src/editor/workspaceFileSystem";
import { AccessKeySecrets } from "../../src/sidebar/accessKeySecrets";
import { hasDrifted } from "../../src/sidebar/integrationState";
import { IntegrationStore, isUsable, type StoredIntegration } from "../../src/sidebar/integrationStore";
import { IntegrationTree } from "../../src/sidebar/integrationTree";
import type { TreeNode } from "../../src/sidebar/treeNode";
import { catalog } from "../../src/vendors/catalog";
import { currentPrincipal, manifest, permissions, retiredPrincipal, trust } from "./documents";
import { clearWorkspace, eventually, inWorkspace, openFile, writeFile } from "./testWorkspace";

const folder = "vendor-access/activeloop-training-data";
const account = "210987654321";
const roleArn = `arn:aws:iam::${account}:role/VendorAccess-activeloop-deep-lake-training-data`;

/** What the person sees: labels with their descriptions, indented by their depth. */
function outline(tree: IntegrationTree, node?: TreeNode, depth = 0): string[] {
  return tree.getChildren(node).flatMap((child) => {
    const { label, description } = tree.getTreeItem(child);
    const text = [label, description].filter(Boolean).join(" – ");
    return [`${"  ".repeat(depth)}${text}`, ...outline(tree, child, depth + 1)];
  });
}

function memorySecrets(): { secrets: AccessKeySecrets; values: Map<string, string> } {
  const values = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  const storage: vscode.SecretStorage = {
    onDidChange: changed.event,
    keys: async () => [...values.keys()],
    get: async (key) => values.get(key),
    store: async (key, value) => {
      values.set(key, value);
      changed.fire({ key });
    },
    delete: async (key) => {
      values.delete(key);
      changed.fire({ key });
    },
  };
  return { secrets: new AccessKeySecrets(storage), values };
}

function memento(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, otherwise?: T) => (values.get(key) as T | undefined) ?? (otherwise as T), // as it was stored
    update: async (key: string, value: unknown) => void values.set(key, value),
  };
}

function live(resources: readonly Partial<ResourceState>[]): LiveState {
  return {
    identity: {
      account,
      arn: `arn:aws:iam::${account}:root`,
      partition: "aws",
      region: "us-east-1",
      profile: "sandbox",
    },
    resources: resources.map((resource) => ({
      kind: "role",
      name: "VendorAccess-activeloop-deep-lake-training-data",
      arn: roleArn,
      status: "in-sync",
      differences: [],
      consoleUrl: "https://console.aws.amazon.com/iam/home#/roles",
      desired: undefined,
      live: undefined,
      ...resource,
    })),
    handBack: [{ name: "roleArn", label: "Role ARN", value: roleArn, secret: false }],
  };
}

describe("the side bar", () => {
  const learned = new vscode.EventEmitter<void>();
  const { secrets } = memorySecrets();
  let store: IntegrationStore;
  let tree: IntegrationTree;

  beforeEach(() => {
    store = new IntegrationStore({
      vendors: catalog,
      buckets: () => [],
      onDidChangeBuckets: learned.event,
      secrets,
      fileSystem: workspaceFileSystem,
      memory: memento(),
      integrationsFolder,
      onError: (error) => assert.fail(String(error)),
    });
    tree = new IntegrationTree(store);
  });

  afterEach(async () => {
    tree.dispose();
    store.dispose();
    await clearWorkspace();
  });

  async function writeIntegration(change: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await writeFile(`${folder}/permissions-policy.json`, permissions("training-data"));
    await writeFile(`${folder}/trust-policy.json`, trust(currentPrincipal));
    await writeFile(`${folder}/integration.json`, manifest("training-data", change));
    await store.reload();
  }

  it("is empty without integrations", async () => {
    await store.reload();
    assert.deepEqual(outline(tree), []);
  });

  it("shows an integration with its documents, before anything is applied", async () => {
    await writeIntegration();
    assert.deepEqual(outline(tree), [
      "activeloop-training-data – not applied · Activeloop Deep Lake",
      "  Documents",
      "    integration.json",
      "    permissions-policy.json",
      "    trust-policy.json",
      "  AWS resources",
      "    Not compared yet – click to compare",
      "  Hand-back",
      "    AWS Role ARN – known after Apply",
    ]);
  });

  it("leaves the vendor out of a name, unless two would be the same then", async () => {
    const names = (): readonly string[] =>
      outline(tree)
        .filter((row) => !row.startsWith(" "))
        .map((row) => row.split(" – ")[0] ?? "");
    await writeFile("vendor-access/activeloop-deep-lake-data/integration.json", manifest("data"));
    await store.reload();
    assert.deepEqual(names(), ["data"]);
    const id = "7a1c2a34-7b6d-4e8f-9a0b-1c2d3e4f5a6b";
    await writeFile("vendor-access/data/integration.json", manifest("data", { id }));
    await store.reload();
    assert.deepEqual(names(), ["activeloop-deep-lake-data", "data"]);
  });

  it("counts the findings of a document", async () => {
    await writeIntegration();
    await writeFile(`${folder}/trust-policy.json`, trust(retiredPrincipal));
    await store.reload();
    const rows = outline(tree);
    assert.equal(rows[0], "activeloop-training-data – 1 error · Activeloop Deep Lake");
    const [integration] = tree.getChildren();
    const [documents] = tree.getChildren(integration);
    const document = tree.getChildren(documents).at(-1);
    assert.ok(document);
    const item = tree.getTreeItem(document);
    assert.equal(item.accessibilityInformation?.label, "trust-policy.json, 1 error");
    // By its URI VS Code shows the number of problems on the row.
    assert.equal(item.resourceUri?.path.endsWith(`${folder}/trust-policy.json`), true);
  });

  it("notices what is typed and not yet saved", async () => {
    await writeIntegration();
    const editor = await openFile(`${folder}/trust-policy.json`, trust(currentPrincipal));
    const text = editor.document.getText();
    const start = editor.document.positionAt(text.indexOf("597713067985"));
    await editor.edit((edit) => edit.replace(new vscode.Range(start, start.translate(0, 12)), "574987031486"));
    await eventually("the error shows in the tree", () => outline(tree)[0]?.includes("– 1 error ·"));
  });

  it("shows what the account told, with links and copies", async () => {
    await writeIntegration({ account });
    const [stored] = store.all();
    assert.ok(stored && isUsable(stored));
    store.setLive(
      stored.key,
      live([{}, { kind: "managed-policy", name: "P", status: "differs", differences: ["An action is missing."] }]),
      stored.integration,
    );
    await eventually("the look is shown", () => outline(tree)[0]?.includes("– differs ·"));
    const rows = outline(tree);
    assert.ok(rows.includes("    Role – in sync · VendorAccess-activeloop-deep-lake-training-data"), rows.join("\n"));
    assert.ok(rows.includes("    Policy – differs · P"), rows.join("\n"));
    assert.ok(rows.includes(`    AWS Role ARN – ${roleArn}`), rows.join("\n"));
    const [integration] = tree.getChildren();
    const groups = tree.getChildren(integration);
    const contexts = groups
      .flatMap((group) => tree.getChildren(group))
      .map((row) => tree.getTreeItem(row).contextValue);
    assert.ok(contexts.includes("resource linked copyable"));
    assert.ok(contexts.includes("value copyable"));
  });

  it("means the integration that a button names: no other one when its folder is gone", async () => {
    await writeIntegration();
    const [stored] = store.all();
    assert.ok(stored, "the integration is read");
    const context = { store, tree: { selection: [] } };
    assert.equal((await chooseIntegration(context, stored.uri, "Apply")).key, stored.key);
    // Written since the files were last read.
    const newer = "vendor-access/newer";
    const id = "7a1c2a34-7b6d-4e8f-9a0b-1c2d3e4f5a6b";
    await writeFile(`${newer}/integration.json`, manifest("training-data", { id }));
    assert.equal((await chooseIntegration(context, inWorkspace(newer), "Apply")).integration.name, "newer");
    await vscode.workspace.fs.delete(inWorkspace(newer), { recursive: true });
    await store.reload();
    assert.equal(store.all().length, 1, "there is only the other one");
    for (const place of [newer, `${newer}/trust-policy.json`]) {
      await assert.rejects(chooseIntegration(context, inWorkspace(place), "Apply"), {
        message: "The integration newer is gone: its folder was removed or renamed.",
      });
    }
  });

  it("offers the integration of the selected row first", async () => {
    await writeIntegration();
    const id = "7a1c2a34-7b6d-4e8f-9a0b-1c2d3e4f5a6b";
    await writeFile("vendor-access/later/integration.json", manifest("later-data", { id }));
    await store.reload();
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    const [first, later] = store.all();
    assert.ok(first && later, "both are read");
    for (const stored of [later, first]) {
      const context = { store, tree: { selection: [{ kind: "integration", stored }] as TreeNode[] } };
      const chosen = chooseIntegration(context, undefined, "Plan");
      let name = "";
      void chosen.then(({ integration }) => {
        name = integration.name;
      });
      await eventually("one is picked", async () => {
        await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
        return name !== "";
      });
      assert.equal(name, stored.integration.name);
    }
  });

  it("means no folder that was copied: it would be the first one in AWS", async () => {
    await writeIntegration();
    const [stored] = store.all();
    assert.ok(stored, "the integration is read");
    await writeFile("vendor-access/copy/integration.json", stored.integration.manifestText);
    await assert.rejects(chooseIntegration({ store, tree: { selection: [] } }, stored.uri, "Apply"), {
      message: /^activeloop-training-data and copy have the same "id"/,
    });
  });

  it("tells what somebody has taken away from what was never there", async () => {
    await writeIntegration({ account });
    const [stored] = store.all();
    assert.ok(stored && isUsable(stored));
    const missing = live([{ status: "missing" }]);
    store.setLive(stored.key, missing, stored.integration);
    await eventually("it is not there", () => outline(tree)[0]?.includes("– not applied ·"));
    assert.equal(store.all().filter(hasDrifted).length, 0);
    store.setLive(stored.key, live([{}]), stored.integration);
    await eventually("it is there", () => outline(tree)[0]?.includes("– in sync ·"));
    store.setLive(stored.key, missing, stored.integration);
    await eventually("it is gone", () => outline(tree)[0]?.includes("– gone ·"));
    assert.equal(store.all().filter(hasDrifted).length, 1);
    store.forgetApplied(stored.integration.manifest.id);
    await eventually("that is as it should be", () => outline(tree)[0]?.includes("– not applied ·"));
    assert.equal(store.all().filter(hasDrifted).length, 0);
    await store.ready();
  });

  it("counts drift also where a document has errors, and offers to look at it", async () => {
    await writeIntegration({ account });
    await writeFile(`${folder}/trust-policy.json`, trust(retiredPrincipal));
    await store.reload();
    const [stored] = store.all();
    assert.ok(stored && isUsable(stored));
    store.setLive(stored.key, live([{ status: "differs", differences: ["It differs."] }]), stored.integration);
    await eventually("the look is known", () => store.all().some(hasDrifted));
    assert.ok(outline(tree)[0]?.includes("– 1 error ·"), outline(tree)[0]);
    const [integration] = tree.getChildren();
    assert.ok(integration);
    assert.equal(tree.getTreeItem(integration).contextValue, "integration drifted withRole");
    const resource = tree.getChildren(tree.getChildren(integration)[1])[0];
    assert.ok(resource);
    assert.equal(tree.getTreeItem(resource).command?.command, "vendorAccess.showDrift");
  });

  it("says so when the documents changed after the look at the account", async () => {
    await writeIntegration({ account });
    const [stored] = store.all();
    assert.ok(stored && isUsable(stored));
    const policy = { kind: "managed-policy", name: "P", status: "differs" } as const;
    store.setLive(stored.key, live([{}, policy]), stored.integration);
    await eventually("the integration differs", () => outline(tree)[0]?.includes("– differs ·"));
    await writeFile(`${folder}/permissions-policy.json`, permissions("training-data").replace('"s3:PutObject",\n', ""));
    await eventually("the change shows", () => outline(tree)[0]?.includes("– edited, not applied ·"));
    const rows = outline(tree);
    assert.ok(
      rows.some((row) => row.startsWith("    Role – was in sync ·")),
      rows.join("\n"),
    );
    assert.ok(rows.includes("    Policy – differed · P"), rows.join("\n"));
  });

  describe("of what differs after it was in sync", () => {
    const policy = (text: string, status: ResourceStatus = "in-sync"): Partial<ResourceState> => ({
      kind: "managed-policy",
      name: "P",
      status,
      live: { document: text },
    });

    /** Sees the account in sync, edits a document, and looks again. */
    async function edited(found: readonly Partial<ResourceState>[]): Promise<StoredIntegration | undefined> {
      await writeIntegration({ account });
      await looked([{}, policy("as applied")]);
      await writeFile(
        `${folder}/permissions-policy.json`,
        permissions("training-data").replace('"s3:PutObject",\n', ""),
      );
      await store.reload();
      await looked(found);
      return store.all()[0];
    }

    async function looked(found: readonly Partial<ResourceState>[]): Promise<void> {
      const [stored] = store.all();
      assert.ok(stored && isUsable(stored));
      store.setLive(stored.key, live(found), stored.integration);
      await store.ready();
    }

    it("counts nothing that was edited here and is not applied yet", async () => {
      const stored = await edited([
        {},
        policy("as applied", "differs"),
        { kind: "cors", name: "b", status: "missing" },
      ]);
      assert.equal(stored?.liveIsOutdated, false);
      assert.ok(outline(tree)[0]?.includes("– edited, not applied ·"), outline(tree)[0]);
      assert.equal(store.all().filter(hasDrifted).length, 0);
    });

    it("counts what changed in the account, whatever was edited here", async () => {
      await edited([{}, policy("by somebody else", "differs")]);
      assert.ok(outline(tree)[0]?.includes("– differs ·"), outline(tree)[0]);
      assert.equal(store.all().filter(hasDrifted).length, 1);
      await looked([{}, policy("by somebody else")]);
      assert.equal(store.all().filter(hasDrifted).length, 0);
    });

    it("counts what somebody has taken away, and nothing that has another name since", async () => {
      await edited([{ status: "missing" }, policy("", "missing")]);
      assert.ok(outline(tree)[0]?.includes("– gone ·"), outline(tree)[0]);
      assert.equal(store.all().filter(hasDrifted).length, 1);
      await looked([
        { name: "renamed", status: "missing" },
        { ...policy("", "missing"), name: "renamed" },
      ]);
      assert.ok(outline(tree)[0]?.includes("– edited, not applied ·"), outline(tree)[0]);
      assert.equal(store.all().filter(hasDrifted).length, 0);
    });

    it("counts all that differs as long as nobody has seen it in sync", async () => {
      await writeIntegration({ account });
      await looked([{}, policy("by whomever", "differs")]);
      assert.equal(store.all().filter(hasDrifted).length, 1);
    });
  });

  it("never shows a secret, only that there is one", async () => {
    const id = "7a1c2a34-7b6d-4e8f-9a0b-1c2d3e4f5a6b";
    await secrets.keep(id, "AKIAEXAMPLE", "the-secret-itself");
    const role = { name: "dataloop-role", maxSessionDuration: 3600, tags: {} };
    await writeIntegration({ id, vendor: "dataloop", accessLevel: "read-write", account, role });
    const rows = outline(tree);
    assert.ok(
      rows.some((row) => row.endsWith("hidden, click to copy")),
      rows.join("\n"),
    );
    assert.ok(!JSON.stringify(rows).includes("the-secret-itself"));
    await secrets.forget(id, ["AKIAEXAMPLE"]);
    await store.reload();
    assert.ok(!outline(tree).some((row) => row.includes("hidden")));
  });

  it("shows an integration that can't be read, with the reason", async () => {
    await writeFile(`${folder}/integration.json`, "{ not json");
    await store.reload();
    const rows = outline(tree);
    assert.equal(rows[0], "activeloop-training-data – can’t be read");
    assert.ok(rows.length > 2, rows.join("\n"));
    const [broken] = tree.getChildren();
    assert.ok(broken);
    assert.equal(tree.getTreeItem(broken).contextValue, "brokenIntegration");
  });

  it("gives every row a stable id, a parent and words for a screen reader", async () => {
    await writeIntegration();
    const rows: TreeNode[] = [];
    const collect = (node?: TreeNode): void => {
      for (const child of tree.getChildren(node)) {
        rows.push(child);
        collect(child);
      }
    };
    collect();
    const items = rows.map((row) => tree.getTreeItem(row));
    assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
    for (const row of rows) {
      const parent = tree.getParent(row);
      const siblings = tree.getChildren(parent).map((child) => tree.getTreeItem(child).id);
      assert.ok(siblings.includes(tree.getTreeItem(row).id));
    }
    for (const { accessibilityInformation, label } of items) assert.ok(accessibilityInformation?.label ?? label);
  });
});
