import assert from "node:assert/strict";
import { bindAccount, withAccount } from "../../../src/integration/bindAccount";
import { blockingFindings } from "../../../src/integration/blockingFindings";
import type { Integration } from "../../../src/integration/integration";
import { loadIntegration } from "../../../src/integration/loadIntegration";
import { newRequest } from "../../../src/integration/newRequest";
import { unchanged } from "../../../src/integration/sameIntegration";
import { scaffold } from "../../../src/integration/scaffold";
import { UserError } from "../../../src/policy/userError";
import { catalog } from "../../../src/vendors/catalog";
import { type MemoryFileSystem, memoryFileSystem } from "./memoryFileSystem";
import { customerAccount, vendor } from "./requests";

const folder = "vendor-access/images";

async function unboundDataloop(fs: MemoryFileSystem): Promise<Integration> {
  const definition = vendor("dataloop");
  const request = newRequest(definition, { parameters: { buckets: ["images"] } });
  await scaffold(fs, "vendor-access", { definition, request, name: "images", id: "the-id-of-it" });
  return load(fs);
}

async function load(fs: MemoryFileSystem): Promise<Integration> {
  const integration = await loadIntegration(fs, folder, { vendors: catalog });
  assert.ok(!("broken" in integration));
  return integration;
}

describe("bindAccount", () => {
  it("fills the account into the manifest and into the documents that name it", async () => {
    const fs = memoryFileSystem();
    const before = await unboundDataloop(fs);
    assert.ok(blockingFindings(before).length > 0, "without the account its placeholder blocks");
    const manifest = fs.files.get(`${folder}/integration.json`) ?? "";
    const bound = await bindAccount(fs, before, customerAccount, "aws");
    assert.equal(
      fs.files.get(`${folder}/integration.json`),
      manifest.replace(
        '"accessLevel": "read-write",',
        `"accessLevel": "read-write",\n  "account": "${customerAccount}",`,
      ),
    );
    assert.match(fs.files.get(`${folder}/trust-policy.json`) ?? "", /arn:aws:iam::314159265358:user\//);
    assert.deepEqual(blockingFindings(bound), []);
    assert.ok(unchanged(bound, await load(fs)), "what is returned is what is on disk");
  });

  it("touches only what must change: a document that a person formatted stays formatted", async () => {
    const fs = memoryFileSystem();
    await unboundDataloop(fs);
    const path = `${folder}/trust-policy.json`;
    const edited = (fs.files.get(path) ?? "").replaceAll("  ", "\t").replace("<AWSAccountId>", "<AWSAccountId>");
    fs.files.set(path, edited);
    const permissions = `${folder}/permissions-policy.json`;
    await bindAccount(fs, await load(fs), customerAccount, "aws");
    assert.equal(fs.files.get(path), edited.replace("<AWSAccountId>", customerAccount));
    assert.ok(!fs.calls.slice(fs.calls.lastIndexOf(`read ${permissions}`)).includes(`write ${permissions}`));
  });

  it("leaves an integration alone that names its account", async () => {
    const fs = memoryFileSystem();
    const bound = await bindAccount(fs, await unboundDataloop(fs), customerAccount, "aws");
    const calls = fs.calls.length;
    assert.equal(await bindAccount(fs, bound, "999999999999", "aws"), bound);
    assert.equal(fs.calls.length, calls);
  });

  it("writes the documents anew for another partition, unless a person edited them", async () => {
    const fs = memoryFileSystem();
    const before = await unboundDataloop(fs);
    const bound = withAccount(before, customerAccount, "aws-us-gov");
    assert.equal(bound.manifest.partition, "aws-us-gov");
    assert.deepEqual(
      bound.documents.map(({ text }) => /arn:aws:/.test(text)),
      [false, false],
    );
    const path = `${folder}/permissions-policy.json`;
    fs.files.set(path, (fs.files.get(path) ?? "").replace("AllowDataloopAccess", "Ours"));
    const edited = withAccount(await load(fs), customerAccount, "aws-us-gov");
    assert.equal(edited.documents.find((document) => document.path === path)?.text, fs.files.get(path));
  });

  it("changes nothing on disk when only asked what it would be", async () => {
    const fs = memoryFileSystem();
    const before = await unboundDataloop(fs);
    const files = new Map(fs.files);
    const bound = withAccount(before, customerAccount, "aws");
    assert.equal(bound.manifest.account, customerAccount);
    assert.deepEqual(fs.files, files);
  });

  it("puts back what it wrote when a later file can't be written", async () => {
    let broken = false;
    const fs = memoryFileSystem({}, (call) => {
      if (broken && call === `write ${folder}/integration.json`) throw new UserError("file", "permission denied");
    });
    const before = await unboundDataloop(fs);
    const files = new Map(fs.files);
    broken = true;
    await assert.rejects(bindAccount(fs, before, customerAccount, "aws"), /permission denied/);
    assert.deepEqual(fs.files, files);
  });
});
