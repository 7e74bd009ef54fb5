import assert from "node:assert/strict";
import * as vscode from "vscode";
import { permissions } from "../documents";
import { findings, hasCheck } from "../testWorkspace";
import { coldStart, loads, sideBarLoads } from "./loads";

describe("a cold start, then a command", () => {
  it("loads the product once for two commands and a policy at the same time", async () => {
    await coldStart();
    // They say that a folder has to be opened first.
    const [{ uri }] = await Promise.all([
      vscode.workspace.openTextDocument({ language: "json", content: permissions("BUCKET_NAME") }),
      vscode.commands.executeCommand("vendorAccess.newIntegration"),
      vscode.commands.executeCommand("vendorAccess.checkWorkspace"),
    ]);
    assert.equal(loads(), 1);
    await findings(uri, "the placeholder is reported", hasCheck("placeholder-unfilled"));
    await vscode.commands.executeCommand("vendorAccess.refresh");
    await vscode.commands.executeCommand("vendorAccess.integrations.focus");
    assert.deepEqual([loads(), sideBarLoads()], [1, 1]);
  });
});
