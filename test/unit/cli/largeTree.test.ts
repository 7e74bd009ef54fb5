import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { type CheckedDocuments, checkDocuments } from "../../../src/cli/checkDocuments";
import { callHelper, clean } from "../../../src/cli/checkHelper";
import { listDocuments } from "../../../src/cli/listDocuments";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import { catalog } from "../../../src/vendors/catalog";
import { sampleManifest } from "../sampleManifest";
import { makeFolder, type Outcome, removeFolder, runIn, writeFiles } from "./testContext";

const program = path.join(__dirname, "../../../dist/cli.js");

/** Enough folders and documents for a second thread to help; every tenth document has an error. */
function writeTree(folder: string): void {
  const files: { [name: string]: string } = {};
  for (let number = 0; number < 900; number++) {
    const bucket = number % 10 === 0 ? "BUCKET_NAME" : `bucket-${number}`;
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` };
    const policy = { Version: "2012-10-17", Statement: [statement] };
    files[`team-${number % 90}/deep/policy-${number}.json`] = JSON.stringify(policy, null, 2);
  }
  // No policies, as most of a repository; a manifest and what it names, in a folder below it, too.
  for (let team = 0; team < 90; team += 3) files[`team-${team}/deep/package.json`] = '{"name": "package"}';
  for (let team = 0; team < 90; team += 5) {
    const documents = { permissions: "policies/permissions.json", trust: "missing.json" };
    const manifest = { ...sampleManifest, documents };
    files[`team-${team}/vendor-access/one/integration.json`] = JSON.stringify(manifest);
    files[`team-${team}/vendor-access/one/policies/permissions.json`] = "{}";
  }
  writeFiles(folder, files);
}

describe("check of a large tree", () => {
  let folder: string;
  let alone: Outcome;
  before(async () => {
    folder = makeFolder();
    writeTree(folder);
    alone = await runIn(folder, ["check", ".", "--json"]);
  });
  after(() => removeFolder(folder));

  it("finds every document, in the order of the folders", () => {
    const { files, errors } = JSON.parse(alone.output);
    const paths: string[] = files.map((file: { path: string }) => file.path);
    assert.equal(paths.filter((path) => path.includes("/deep/")).length, 900);
    assert.equal(paths.filter((path) => path.endsWith("permissions.json")).length, 18);
    assert.ok(errors > 90);
    assert.deepEqual(paths.slice(0, 2), ["team-0/deep/policy-0.json", "team-0/deep/policy-180.json"]);
  });

  it("prints the same with a second thread", () => {
    const { stdout, status } = spawnSync(process.execPath, [program, "check", ".", "--json"], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    assert.equal(status, 1);
    assert.equal(stdout, alone.output);
  });

  it("is told by a second thread the same as this one finds", async () => {
    const { folders } = listDocuments(["."], folder);
    const vendors = catalog;
    const reference = await loadServiceReference();
    const helper = callHelper(program);
    helper.start({ folders, vendors });
    const results = await helper.results;
    assert.ok(results);
    assert.ok(results.size > 0 && results.size < folders.length, `${results.size} of ${folders.length}`);
    for (const [number, documents] of folders.entries()) {
      const own = checkDocuments(documents, { vendors, reference });
      const told: CheckedDocuments = results.get(number) ?? clean(documents);
      assert.deepEqual(told, own);
    }
  });

  const workers: readonly (readonly [name: string, script: string])[] = [
    ["can't be loaded", "throw new Error('no');"],
    [
      "takes a part of the work and dies",
      "Atomics.add(require('node:worker_threads').workerData.next, 0, 5); process.exit(3);",
    ],
    [
      "takes everything and dies",
      "Atomics.store(require('node:worker_threads').workerData.next, 0, 9999); process.exit(0);",
    ],
  ];
  for (const [name, script] of workers) {
    it(`prints the same when the second thread ${name}`, async () => {
      const scripts = makeFolder();
      try {
        writeFiles(scripts, { "worker.cjs": script });
        const outcome = await runIn(folder, ["check", ".", "--json"], {
          workerScript: path.join(scripts, "worker.cjs"),
        });
        assert.deepEqual(outcome, alone);
      } finally {
        removeFolder(scripts);
      }
    });
  }
});
