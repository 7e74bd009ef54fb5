import assert from "node:assert/strict";
import { blockingFindings } from "../../../src/integration/blockingFindings";
import { withBucketFacts } from "../../../src/integration/buildIntegration";
import { findIntegrations } from "../../../src/integration/findIntegrations";
import type { Integration } from "../../../src/integration/integration";
import { loadIntegration } from "../../../src/integration/loadIntegration";
import { unchanged } from "../../../src/integration/sameIntegration";
import { scaffold } from "../../../src/integration/scaffold";
import { isUserError, UserError } from "../../../src/policy/userError";
import { catalog } from "../../../src/vendors/catalog";
import { type MemoryFileSystem, memoryFileSystem } from "./memoryFileSystem";
import { requestFor, vendor } from "./requests";

const root = "vendor-access";
const folder = `${root}/deep-lake`;
const options = { vendors: catalog };

async function withDeepLake(edit: (manifest: string) => string = (manifest) => manifest): Promise<MemoryFileSystem> {
  const fs = memoryFileSystem();
  const definition = vendor("activeloop-deep-lake");
  await scaffold(fs, root, { definition, request: requestFor(definition), name: "deep-lake" });
  const path = `${folder}/integration.json`;
  fs.files.set(path, edit(fs.files.get(path) ?? ""));
  return fs;
}

async function loadWhole(fs: MemoryFileSystem): Promise<Integration> {
  const integration = await loadIntegration(fs, folder, options);
  assert.ok(!("broken" in integration), "the manifest can be read");
  return integration;
}

describe("loadIntegration", () => {
  it("says which folder has no integration", async () => {
    await assert.rejects(
      loadIntegration(memoryFileSystem(), "vendor-access/none", options),
      (error) => isUserError(error) && error.code === "file" && error.message.includes("workspace/vendor-access/none"),
    );
  });

  const broken: readonly { readonly name: string; readonly edit: (manifest: string) => string }[] = [
    { name: "is cut off", edit: (manifest) => manifest.slice(0, 60) },
    { name: "is empty", edit: () => "" },
    { name: "is no object", edit: () => "[]" },
    { name: "names a vendor that nobody knows", edit: (manifest) => manifest.replace("activeloop-deep-lake", "acme") },
    { name: "has no role", edit: (manifest) => manifest.replace('"role"', '"roll"') },
    { name: "has no documents", edit: (manifest) => manifest.replace('"documents"', '"dokuments"') },
  ];
  for (const { name, edit } of broken) {
    it(`reports a manifest that ${name}, and does not throw`, async () => {
      const integration = await loadIntegration(await withDeepLake(edit), folder, options);
      assert.ok(blockingFindings(integration).length > 0);
      assert.ok(blockingFindings(integration).every(({ path }) => path === `${folder}/integration.json`));
    });
  }

  const outside = [
    "../../secret.json",
    "/etc/secret.json",
    "..\\\\secret.json",
    "sub/../../secret.json",
    "C:secret.json",
  ];
  for (const path of outside) {
    it(`never reads a document outside its folder: ${path}`, async () => {
      const fs = await withDeepLake((manifest) => manifest.replace("permissions-policy.json", path));
      fs.files.set("secret.json", '{"Version": "2012-10-17", "Statement": []}');
      const integration = await loadIntegration(fs, folder, options);
      assert.ok(blockingFindings(integration).length > 0, "it blocks");
      assert.deepEqual(
        fs.calls.filter((call) => call.includes("secret")),
        [],
      );
    });
  }

  it("reports a document that is missing, and reads the other", async () => {
    const fs = await withDeepLake();
    fs.files.delete(`${folder}/permissions-policy.json`);
    const integration = await loadIntegration(fs, folder, options);
    assert.ok(blockingFindings(integration).length > 0);
  });

  it("keeps a document that is not JSON, with its findings and without a value", async () => {
    const fs = await withDeepLake();
    fs.files.set(`${folder}/trust-policy.json`, '{"Version": "2012-10-17", "Statement": [');
    const integration = await loadWhole(fs);
    const trust = integration.documents.find(({ role }) => role === "trust");
    assert.equal(trust?.value, undefined);
    assert.deepEqual(
      [...new Set(blockingFindings(integration).map(({ path }) => path))],
      [`${folder}/trust-policy.json`],
    );
  });

  it("reads a document in a folder below its own", async () => {
    const fs = await withDeepLake((manifest) => manifest.replace("trust-policy.json", "iam/trust.json"));
    fs.files.set(`${folder}/iam/trust.json`, fs.files.get(`${folder}/trust-policy.json`) ?? "");
    const integration = await loadWhole(fs);
    assert.deepEqual(blockingFindings(integration), []);
    assert.equal(integration.documents[1]?.path, `${folder}/iam/trust.json`);
  });

  it("passes on that a file can't be read", async () => {
    const fs = await withDeepLake();
    const refusing: typeof fs = {
      ...fs,
      read: async (path) => {
        if (path.endsWith("trust-policy.json")) throw new UserError("file", "permission denied");
        return fs.read(path);
      },
    };
    await assert.rejects(loadIntegration(refusing, folder, options), /permission denied/);
  });
});

describe("withBucketFacts", () => {
  const kmsKeyArn = "arn:aws:kms:eu-central-1:314159265358:key/1234abcd-12ab-34cd-56ef-1234567890ab";

  it("makes an error of a key that the account tells about and the documents do not name", async () => {
    const integration = await loadWhole(await withDeepLake());
    const buckets = [{ name: "training-data", exists: true, region: "eu-central-1", kmsKeyArn }];
    assert.deepEqual(blockingFindings(integration), []);
    const checked = withBucketFacts(integration, { ...options, buckets });
    assert.deepEqual(
      blockingFindings(checked).map(({ finding }) => finding.check),
      ["kms-statement-missing"],
    );
  });

  it("says nothing new of a bucket without a key", async () => {
    const integration = await loadWhole(await withDeepLake());
    const buckets = [{ name: "training-data", exists: true, region: "eu-central-1" }];
    assert.deepEqual(blockingFindings(withBucketFacts(integration, { ...options, buckets })), []);
  });
});

describe("unchanged", () => {
  it("is true for an integration read twice", async () => {
    const fs = await withDeepLake();
    assert.ok(unchanged(await loadWhole(fs), await loadWhole(fs)));
  });

  for (const file of ["integration.json", "permissions-policy.json", "trust-policy.json"]) {
    it(`notices one more blank in ${file}`, async () => {
      const fs = await withDeepLake();
      const before = await loadWhole(fs);
      fs.files.set(`${folder}/${file}`, `${fs.files.get(`${folder}/${file}`)} `);
      assert.equal(unchanged(before, await loadWhole(fs)), false);
    });
  }

  it("notices a document that is gone", async () => {
    const before = await loadWhole(await withDeepLake());
    assert.equal(unchanged(before, { ...before, documents: before.documents.slice(0, 1) }), false);
    assert.equal(unchanged({ ...before, documents: before.documents.slice(0, 1) }, before), false);
  });
});

describe("findIntegrations", () => {
  it("finds none where there is no folder", async () => {
    assert.deepEqual(await findIntegrations(memoryFileSystem(), root, options), []);
  });

  it("finds whole and broken ones by name, and nothing that is being written or is no integration", async () => {
    const fs = await withDeepLake();
    const definition = vendor("jfrog-ml");
    await scaffold(fs, root, { definition, request: requestFor(definition), name: "another" });
    for (const [path, text] of [...fs.files]) {
      if (path.startsWith(folder)) fs.files.set(path.replace("deep-lake", ".deep-lake.1234.partial"), text);
    }
    fs.folders.add(`${root}/.deep-lake.1234.partial`).add(`${root}/empty`).add(`${root}/broken`);
    fs.files.set(`${root}/broken/integration.json`, "{").set(`${root}/README.md`, "ours");
    const found = await findIntegrations(fs, root, options);
    assert.deepEqual(
      found.map(({ name, ...rest }) => [name, "broken" in rest]),
      [
        ["another", false],
        ["broken", true],
        ["deep-lake", false],
      ],
    );
  });
});
