import assert from "node:assert/strict";
import * as vscode from "vscode";
import { isTooLarge } from "../../src/editor/checkedDocuments";
import { permissions } from "./documents";
import { clearWorkspace, findings, hasCheck, openFile, ours } from "./testWorkspace";

const policy = permissions("BUCKET_NAME");

async function isLarge(content: string): Promise<boolean> {
  return isTooLarge(await vscode.workspace.openTextDocument({ language: "json", content }));
}

describe("documents of any length", () => {
  afterEach(clearWorkspace);

  it("tells what is too long for ours, whatever its lines are", async () => {
    assert.ok(!(await isLarge("")), "an empty one");
    assert.ok(!(await isLarge(policy)), "a policy");
    assert.ok(!(await isLarge("\n".repeat(20_000) + policy)), "many short lines");
    assert.ok(!(await isLarge(" ".repeat(900_000) + policy)), "one long line");
    assert.ok(await isLarge(`["${"x".repeat(3_000_000)}"]`), "one very long line");
    assert.ok(await isLarge(`[${"\n  123456789,".repeat(300_000)} 0]`), "very many lines");
  });

  it("still checks a policy within a large template, and nothing in a file beyond all templates", async () => {
    const resources = (count: number) =>
      Array.from({ length: count }, (_, index) => [`Bucket${index}`, { Type: "AWS::S3::Bucket", Properties: {} }]);
    const role = { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: JSON.parse(policy) } };
    const template = (count: number) =>
      JSON.stringify({ Resources: { ...Object.fromEntries(resources(count)), Role: role } }, undefined, 2);
    const { document } = await openFile("template.json", template(7_000));
    assert.ok(document.getText().length > 500_000, "it is large");
    await findings(document.uri, "the placeholder is reported", hasCheck("placeholder-unfilled"));
    const beyond = await openFile("beyond.json", template(40_000));
    // The next document's findings come after those of this one would.
    const after = await openFile("policy.json", policy);
    await findings(after.document.uri, "the placeholder is reported", hasCheck("placeholder-unfilled"));
    assert.deepEqual(ours(beyond.document.uri), []);
  });
});
