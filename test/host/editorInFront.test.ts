import assert from "node:assert/strict";
import * as vscode from "vscode";
import { uriInFront } from "../../src/commands/editorInFront";
import { clearWorkspace, eventually, openFile } from "./testWorkspace";

/** A file that VS Code has in a tab and gets to read only after `release()`, as over a slow connection. */
function slowFile() {
  const reading = { end: (): void => {} };
  const read = new Promise<void>((resolve) => {
    reading.end = resolve;
  });
  const refuse = (uri: vscode.Uri) => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  const provider = vscode.workspace.registerFileSystemProvider("slow", {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(() => {}),
    stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: 1 }),
    readFile: () => read.then(() => new Uint8Array([10])),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  });
  const release = () => reading.end();
  return { uri: vscode.Uri.parse("slow:/page.md"), release, dispose: () => provider.dispose() };
}

describe("the editor in front", () => {
  afterEach(clearWorkspace);

  it("is the file of the tab also while VS Code still reads it", async () => {
    const { document } = await openFile("other.md", "another file\n");
    assert.equal(uriInFront()?.toString(), document.uri.toString());
    const file = slowFile();
    try {
      const opened = vscode.commands.executeCommand("vscode.open", file.uri);
      await eventually("its tab is in front", () => {
        return vscode.window.tabGroups.activeTabGroup.activeTab?.label === "page.md";
      });
      assert.notEqual(vscode.window.activeTextEditor?.document.uri.toString(), file.uri.toString());
      assert.equal(uriInFront()?.toString(), file.uri.toString());
      file.release();
      await opened;
      assert.equal(uriInFront()?.toString(), file.uri.toString());
    } finally {
      file.release();
      file.dispose();
    }
  });
});
