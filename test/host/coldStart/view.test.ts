import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually } from "../testWorkspace";
import { coldStart, loads, sideBarLoads } from "./loads";

describe("a cold start, then a look at the side bar", () => {
  it("loads the product once", async () => {
    await coldStart();
    await vscode.commands.executeCommand("vendorAccess.integrations.focus");
    await eventually("the product is loaded", () => loads() > 0);
    await vscode.commands.executeCommand("workbench.view.explorer");
    await vscode.commands.executeCommand("vendorAccess.integrations.focus");
    await vscode.commands.executeCommand("vendorAccess.refresh");
    assert.deepEqual([loads(), sideBarLoads()], [1, 1]);
  });
});
