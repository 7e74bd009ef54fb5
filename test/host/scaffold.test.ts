import assert from "node:assert/strict";
import * as vscode from "vscode";
import { workspaceFileSystem } from "../../src/editor/workspaceFileSystem";
import { loadIntegration } from "../../src/integration/loadIntegration";
import { newRequest } from "../../src/integration/newRequest";
import { scaffold } from "../../src/integration/scaffold";
import { isUserError } from "../../src/policy/userError";
import { catalog } from "../../src/vendors/catalog";
import { sampleOf } from "../unit/vendors/sampleRequests";
import { clearWorkspace, inWorkspace, openFile, ours, workspaceRoot, writeFile } from "./testWorkspace";

describe("the file system of the workspace", () => {
  const files = workspaceFileSystem(vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file("/"));

  afterEach(clearWorkspace);

  for (const definition of catalog) {
    it(`holds a new integration of ${definition.name}, whole and without errors`, async () => {
      const { parameters, account } = sampleOf(definition, definition.accessLevels[0]?.id ?? "").request;
      const request = newRequest(definition, { parameters, account });
      const made = await scaffold(files, "vendor-access", { definition, request, name: definition.id });
      const loaded = await loadIntegration(files, made.folder, { vendors: catalog });
      assert.ok(!("broken" in loaded));
      const found = [loaded.manifestFindings, ...loaded.documents.map(({ findings }) => findings)].flat();
      assert.deepEqual(
        found.filter(({ severity }) => severity === "error"),
        [],
      );
      const names = await vscode.workspace.fs.readDirectory(inWorkspace("vendor-access"));
      assert.deepEqual(names, [[definition.id, vscode.FileType.Directory]]);
    });
  }

  it("reads the unsaved text of an open editor", async () => {
    const editor = await openFile("note.json", "{}\n");
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 1), '"typed": true'));
    assert.equal(await files.read("note.json"), '{"typed": true}\n');
  });

  it("does not overwrite with a rename", async () => {
    await writeFile("a.json", "1");
    await writeFile("b.json", "2");
    await assert.rejects(files.rename("a.json", "b.json"), (error) => isUserError(error) && error.code === "file");
    assert.equal(await files.read("b.json"), "2");
  });

  it("says which file could not be read, and what to do", async () => {
    await assert.rejects(files.read("nowhere/policy.json"), /nowhere\/policy\.json: it does not exist/);
  });

  it("tells what is there from what is not", async () => {
    await writeFile("there.json", "1");
    assert.equal(await files.exists("there.json"), true);
    assert.equal(await files.exists("missing.json"), false);
    assert.equal(await files.exists("there.json/below"), false);
    assert.equal(await files.exists(""), true);
    assert.ok(workspaceRoot());
    assert.deepEqual(ours(inWorkspace("there.json")), []);
  });
});
