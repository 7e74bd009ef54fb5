import assert from "node:assert/strict";
import * as vscode from "vscode";
import { permissions } from "../documents";
import { findings, hasCheck } from "../testWorkspace";
import { coldStart, loads, sideBarLoads } from "./loads";

describe("a cold start, then a document", () => {
  it("loads the product for a policy, and not for text about one", async () => {
    await coldStart();
    const content = permissions("BUCKET_NAME");
    await vscode.workspace.openTextDocument({ language: "markdown", content });
    await vscode.workspace.openTextDocument({ language: "json", content: '{ "bucket": "BUCKET_NAME" }' });
    assert.equal(loads(), 0);
    const { uri } = await vscode.workspace.openTextDocument({ language: "jsonc", content });
    assert.equal(loads(), 1);
    await findings(uri, "the placeholder is reported", hasCheck("placeholder-unfilled"));
    assert.equal(loads(), 1);
    assert.equal(sideBarLoads(), 0, "nobody has looked at the side bar, and there is no integration");
    await vscode.commands.executeCommand("vendorAccess.refresh");
    assert.deepEqual([loads(), sideBarLoads()], [1, 1]);
  });
});
