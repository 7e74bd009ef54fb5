import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commands } from "../../src/commands/commandRunner";
import { clearWorkspace, eventually, extensionId, openFile } from "./testWorkspace";

describe("activation", () => {
  after(clearWorkspace);

  it("starts when a JSON file is opened", async () => {
    await openFile("any.json", "{}\n");
    await eventually("the extension is active", () => vscode.extensions.getExtension(extensionId)?.isActive);
  });

  it("registers every command that package.json contributes, and no other", async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    await extension?.activate();
    const contributed: readonly { command: string }[] = extension?.packageJSON.contributes.commands;
    const registered = await vscode.commands.getCommands(true);
    // The views bring commands of their own: vendorAccess.integrations.focus and the like.
    const own = registered.filter((id) => /^vendorAccess\.(?!(integrations|planView)\.)/.test(id));
    assert.ok(contributed.length > 0);
    assert.deepEqual(own.sort(), contributed.map(({ command }) => command).sort());
    assert.deepEqual(Object.keys(commands).sort(), own, "each has its code");
  });
});
