import assert from "node:assert/strict";
import * as vscode from "vscode";
import exampleVendor from "../fixtures/vendors/example-vendor.json";
import { checkOf, clearWorkspace, eventually, inWorkspace, openFile, ours, writeFile } from "./testWorkspace";

const definition = ".vendor-access/vendors/example-vendor.json";
const manifest = `${JSON.stringify({
  id: "5f1c2a9e-6d1b-4c0e-9c6f-2f4d8a7b3e10",
  vendor: "example-vendor",
  accessLevel: "read-only",
  parameters: { buckets: ["training-data"], externalId: "ext-0123456789ab" },
  role: { name: "example-role" },
  documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
})}\n`;

describe("a vendor definition in the workspace", () => {
  afterEach(clearWorkspace);

  it("makes its vendor known as long as the file is there", async () => {
    const { document } = await openFile("vendor-access/example/integration.json", manifest);
    const unknown = () => ours(document.uri).some((finding) => checkOf(finding) === "manifest-vendor-unknown");
    await eventually("the vendor is unknown", unknown);
    await writeFile(definition, JSON.stringify(exampleVendor));
    await eventually("the vendor is known", () => !unknown());
    await vscode.workspace.fs.delete(inWorkspace(definition));
    await eventually("the vendor is unknown again", unknown);
  });

  it("that takes an official vendor's place is not used, and says why in the file", async () => {
    await openFile("vendor-access/example/integration.json", manifest);
    const uri = await writeFile(definition, JSON.stringify({ ...exampleVendor, id: "datadog" }));
    await eventually("the reason is shown", () =>
      vscode.languages
        .getDiagnostics(uri)
        .some(({ message }) => /not used\. The id datadog is that of Datadog in the catalog/.test(message)),
    );
    assert.equal(ours(uri).filter((finding) => checkOf(finding) === "manifest-vendor-unknown").length, 0);
  });
});
