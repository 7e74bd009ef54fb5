import assert from "node:assert/strict";
import * as vscode from "vscode";
import { currentPrincipal, manifest, permissions, trust } from "./documents";
import { clearWorkspace, eventually, findings, hasCheck, labelsAfter, openFile, writeFile } from "./testWorkspace";

describe("what VS Code itself does with the schemas and snippets", () => {
  afterEach(clearWorkspace);

  it("completes the vendors of a manifest", async () => {
    const editor = await openFile(
      "vendor-access/new/integration.json",
      manifest("training-data").replace('"activeloop-deep-lake"', '""'),
    );
    await eventually("the vendors are offered", async () => {
      const labels = await labelsAfter(editor.document, '"vendor": "');
      return labels.some((label) => label.includes("jfrog-ml"));
    });
  });

  it("completes the elements of a statement", async () => {
    const text = permissions("training-data").replace('"Effect": "Allow"', '"Effect": ""');
    const editor = await openFile("permissions-policy.json", text);
    await eventually("Allow and Deny are offered", async () => {
      const labels = (await labelsAfter(editor.document, '"Effect": "')).join();
      return labels.includes("Allow") && labels.includes("Deny");
    });
  });

  it("completes what this vendor takes, and explains it", async () => {
    const text = manifest("training-data", { parameters: { buckets: ["training-data"], "": true } });
    const editor = await openFile("vendor-access/new/integration.json", text);
    await eventually("the vendor's parameters are offered", async () =>
      (await labelsAfter(editor.document, '],\n    "')).includes("kmsKeyArn"),
    );
    const place = editor.document.positionAt(text.indexOf("maxSessionDuration"));
    await eventually("a property is explained", async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        editor.document.uri,
        place,
      );
      const words = hovers.flatMap(({ contents }) =>
        contents.map((part) => (typeof part === "string" ? part : part.value)),
      );
      return words.join().includes("How long a session may last");
    });
  });

  const broken: readonly (readonly [what: string, change: Record<string, unknown>, place: string, check: string])[] = [
    ["a missing property", { accessLevel: undefined }, "{", "manifest-invalid"],
    ["a wrong type", { role: { name: 7 } }, "7", "manifest-invalid"],
    ["an unknown property", { colour: "green" }, "green", "manifest-invalid"],
    ["an access level of another vendor", { accessLevel: "all" }, "all", "manifest-access-level-unknown"],
    ["a missing parameter", { parameters: {} }, "parameters", "manifest-parameter-missing"],
    [
      "a bucket name that S3 refuses",
      { parameters: { buckets: ["My_Data"] } },
      "My_Data",
      "manifest-parameter-invalid",
    ],
    ["an account id with hyphens", { account: "1111-2222-3333" }, "1111-2222-3333", "manifest-account-invalid"],
  ];
  for (const [what, change, place, check] of broken) {
    it(`reports ${what} in a manifest once, where VS Code knows the same schema`, async () => {
      const folder = `vendor-access/${check}-${place.replace("{", "object")}`;
      // The documents are there: nothing else is wrong.
      await writeFile(`${folder}/permissions-policy.json`, permissions("training-data"));
      await writeFile(`${folder}/trust-policy.json`, trust(currentPrincipal));
      const { document } = await openFile(`${folder}/integration.json`, manifest("training-data", change));
      await findings(document.uri, `${check} is reported`, hasCheck(check));
      // VS Code has validated this file when it has validated one that was opened later.
      const later = await openFile(".vendor-access/vendors/later.json", '{ "id": 7 }\n');
      await eventually("VS Code reports what is wrong in another document", () =>
        vscode.languages.getDiagnostics(later.document.uri).some(({ source }) => source !== "Vendor Access"),
      );
      assert.deepEqual(
        vscode.languages.getDiagnostics(document.uri).map(({ source, range }) => [source, document.getText(range)]),
        [["Vendor Access", place]],
      );
    });
  }

  it("offers snippets for the documents of every vendor", async () => {
    const editor = await openFile("new.json", "\n");
    await eventually("the snippets are offered", async () => {
      const labels = (await labelsAfter(editor.document, "")).join(" ").toLowerCase();
      return ["activeloop", "jfrog", "dataloop"].every((vendor) => labels.includes(vendor));
    });
  });
});
