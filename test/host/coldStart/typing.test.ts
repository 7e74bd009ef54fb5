import assert from "node:assert/strict";
import * as vscode from "vscode";
import { permissions } from "../documents";
import { eventually, findings, hasCheck } from "../testWorkspace";
import { coldStart, loads, sideBarLoads } from "./loads";

describe("a cold start, then typing", () => {
  it("loads the product when harmless JSON becomes a policy", async () => {
    await coldStart();
    const { document, edit } = await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ language: "json", content: "" }),
    );
    await edit((change) => change.insert(new vscode.Position(0, 0), '{ "bucket": }'));
    await eventually("VS Code's own JSON extension has seen it", () => {
      return vscode.languages.getDiagnostics(document.uri).length > 0;
    });
    assert.equal(loads(), 0);
    await edit((change) => change.replace(new vscode.Range(0, 0, 1, 0), permissions("BUCKET_NAME")));
    await findings(document.uri, "the placeholder is reported", hasCheck("placeholder-unfilled"));
    assert.deepEqual([loads(), sideBarLoads()], [1, 0]);
  });
});
