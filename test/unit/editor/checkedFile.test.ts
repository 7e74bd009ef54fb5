import assert from "node:assert/strict";
import { checkIntegration, checkText, shownFile } from "../../../src/editor/checkedFile";
import { catalog } from "../../../src/vendors/catalog";
import { memoryFileSystem } from "../integration/memoryFileSystem";
import { sampleManifest } from "../sampleManifest";

const options = { vendors: catalog, buckets: [] };
const policy = (bucket: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "a b", Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` }],
  });

describe("shownFile", () => {
  const file = checkText(policy("training-data"), options);
  assert.ok(file, "it is a policy");

  it("has the findings and those after a fix as the settings say", () => {
    const shown = shownFile(file, { "sid-invalid": "hint" });
    assert.deepEqual(
      [...shown.findings, ...shown.check(file.text)].map(({ severity }) => severity),
      ["hint", "hint"],
    );
    const off = shownFile(file, { "sid-invalid": "off" });
    assert.deepEqual([...off.findings, ...off.check(file.text)], []);
  });
});

describe("checkIntegration", () => {
  it("tells what each document is, so that a finding can be accepted for it", async () => {
    const files = await checkIntegration(
      memoryFileSystem({
        "integration.json": JSON.stringify(sampleManifest),
        "permissions-policy.json": policy("training-data"),
        "trust-policy.json": policy("training-data"),
        "other.json": policy("training-data"),
      }),
      "vendor-access/x",
      options,
    );
    assert.deepEqual(Object.fromEntries([...files].map(([name, { documentRole }]) => [name, documentRole])), {
      "integration.json": undefined,
      "permissions-policy.json": "permissions",
      "trust-policy.json": "trust",
      "other.json": undefined,
    });
  });

  it("tells nothing with a manifest that can't be read", async () => {
    const files = await checkIntegration(
      memoryFileSystem({ "integration.json": "{", "permissions-policy.json": policy("training-data") }),
      "vendor-access/x",
      options,
    );
    assert.equal(files.get("permissions-policy.json")?.documentRole, undefined);
  });
});
