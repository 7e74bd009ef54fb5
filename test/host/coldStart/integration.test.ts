import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, extensionId, findings, hasCheck, inWorkspace } from "../testWorkspace";
import { loads, sideBarLoads } from "./loads";

describe("a start in a workspace with an integration, in a folder of another name", () => {
  it("loads the product and checks what no editor has open", async () => {
    await vscode.extensions.getExtension(extensionId)?.activate();
    const uri = inWorkspace("access/vendors/deep-lake/trust-policy.json");
    await findings(uri, "the retired principal is reported", hasCheck("principal-retired"));
    await eventually("the side bar knows the integration", () => sideBarLoads() > 0);
    assert.deepEqual([loads(), sideBarLoads()], [1, 1]);
  });
});
