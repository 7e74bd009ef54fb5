import assert from "node:assert/strict";
import { loadIntegration } from "../../../src/integration/loadIntegration";
import { refuseCopies } from "../../../src/integration/refuseCopies";
import { scaffold } from "../../../src/integration/scaffold";
import { isUserError } from "../../../src/policy/userError";
import { catalog } from "../../../src/vendors/catalog";
import { type MemoryFileSystem, memoryFileSystem } from "./memoryFileSystem";
import { requestFor, vendor } from "./requests";

describe("a folder that was copied", () => {
  /** The integration `lake` and what lies beside it, each by its name. */
  async function lakeAnd(beside: (manifest: string) => { readonly [path: string]: string }, root = "vendor-access") {
    const fs = memoryFileSystem(root === "" ? { "README.md": "" } : {});
    const definition = vendor("activeloop-deep-lake");
    await scaffold(fs, root, { definition, request: requestFor(definition), name: "lake" });
    const folder = root === "" ? "" : `${root}/`;
    const manifest = fs.files.get(`${folder}lake/integration.json`) ?? "";
    for (const [path, text] of Object.entries(beside(manifest))) await put(fs, `${folder}${path}`, text);
    const integration = await loadIntegration(fs, `${folder}lake`, { vendors: catalog });
    assert.ok(!("broken" in integration), "the manifest can be read");
    return { fs, integration };
  }

  async function put(fs: MemoryFileSystem, path: string, text: string): Promise<void> {
    await fs.createDirectory(path.slice(0, path.lastIndexOf("/")));
    await fs.write(path, text);
  }

  const others: readonly [string, (manifest: string) => { readonly [path: string]: string }][] = [
    ["another id", (manifest) => ({ "copy/integration.json": manifest.replace(/"id": "\w/, '"id": "x') })],
    ["no manifest", () => ({ "notes/text.txt": "lake" })],
    ["a manifest that says nothing", () => ({ "empty/integration.json": "", "list/integration.json": "[1]" })],
    ["the id in another place", (manifest) => ({ "copy/backup/integration.json": manifest })],
  ];
  for (const [what, beside] of others)
    it(`is none with ${what}`, async () => {
      const { fs, integration } = await lakeAnd(beside);
      await refuseCopies(fs, integration);
    });

  for (const root of ["vendor-access", "some/deep/folder", ""])
    it(`with the same id is refused beside the first one in "${root}"`, async () => {
      const { fs, integration } = await lakeAnd((manifest) => ({ "copy/integration.json": `${manifest},` }), root);
      await assert.rejects(
        refuseCopies(fs, integration),
        (error) => isUserError(error) && /^lake and copy have the same "id"/.test(error.message),
      );
    });

  for (const call of ["list", "exists", "read"] as const)
    it(`is no question where nothing can be read beside it: ${call}`, async () => {
      const { fs, integration } = await lakeAnd((manifest) => ({ "copy/integration.json": manifest }));
      await refuseCopies({ ...fs, [call]: () => Promise.reject(new Error("EACCES")) }, integration);
    });
});
