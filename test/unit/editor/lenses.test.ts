import assert from "node:assert/strict";
import { explanationPage } from "../../../src/editor/lenses/explanationPage";
import { lensTitle } from "../../../src/editor/lenses/lensTitle";
import { buildIntegration } from "../../../src/integration/buildIntegration";
import type { Integration } from "../../../src/integration/integration";
import { newRequest } from "../../../src/integration/newRequest";
import { scaffold } from "../../../src/integration/scaffold";
import { formatJson } from "../../../src/policy/formatJson";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import type { ParameterValue } from "../../../src/vendors/manifest";
import { memoryFileSystem } from "../integration/memoryFileSystem";
import { sampleManifest } from "../sampleManifest";

describe("the title of a lens", () => {
  const error = { severity: "error" } as const;
  const warning = { severity: "warning" } as const;
  const hint = { severity: "hint" } as const;
  for (const [expected, role, findings] of [
    ["V · permissions policy · 2 errors, 1 warning", "permissions", [error, warning, error]],
    ["V · trust policy · 1 error", "trust", [error, hint]],
    ["V · CORS rules · 2 warnings", "cors", [warning, warning]],
    ["V · integration · no problems", undefined, [hint]],
    ["V · permissions policy", "permissions", undefined],
  ] as const) {
    it(`is ${expected}`, () => assert.equal(lensTitle("V", role, findings), expected));
  }

  it("has no icons of the vendor's name", () =>
    assert.equal(lensTitle("V $(verified)", "cors", undefined), "V \\$(verified) · CORS rules"));
});

const manifest = {
  ...sampleManifest,
  vendor: "activeloop-deep-lake",
  accessLevel: "read-write",
  role: { name: "deep-lake" },
};
const permissions = formatJson({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::training-data/*" }],
});
const trust = formatJson({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::597713067985:role/activeloop_backend" },
      Action: "sts:AssumeRole",
    },
  ],
});

function integration(permissionsText: string, trustText: string): Integration {
  const documentTexts = new Map([
    ["permissions-policy.json", permissionsText],
    ["trust-policy.json", trustText],
  ]);
  const texts = { name: "lake", folder: "lake", manifestText: JSON.stringify(manifest), documentTexts };
  const built = buildIntegration(texts, { vendors: catalog });
  if ("broken" in built) throw new Error("The manifest can be used.");
  return built;
}

describe("the page that explains an integration", () => {
  for (const [what, documents, expected] of [
    [
      "who may do what",
      [permissions, trust],
      [/^# Activeloop Deep Lake/, /integration `lake`/, /activeloop\\_backend.*may read/s, /s3:GetObject/],
    ],
    [
      "that nobody gets it",
      [permissions, trust.replace("Allow", "Deny")],
      [/Nobody may assume the role/, /s3:GetObject/],
    ],
    [
      "what it does not know",
      [permissions, "not JSON"],
      [/documents have errors/, /who may assume the role is not known/, /s3:GetObject/],
    ],
    ["that nothing can be read", ["x", "y"], [/role may do nothing/]],
  ] as const) {
    it(`says ${what}`, async () => {
      const [permissionsText, trustText] = documents;
      const page = explanationPage(integration(permissionsText, trustText), await loadServiceReference());
      for (const part of expected) assert.match(page, part);
    });
  }

  it("says what the bucket’s own policy gives where there is no role", async () => {
    const page = explanationPage(
      await built("v7-darwin", { buckets: ["training-data"] }),
      await loadServiceReference(),
    );
    assert.match(page, /V7 Darwin.*external\\_s3.*may read/s);
    assert.doesNotMatch(page, /the role/);
  });

  it("says what AWS’s own policies give, which are in no document", async () => {
    const request = { principal: "scanner", externalId: "ABCDEF012345678" };
    const page = explanationPage(await built("vanta", request), await loadServiceReference());
    assert.match(page, /in your whole account.*SecurityAudit/);
    assert.doesNotMatch(page, /Nobody may/);
  });
});

/** As New Integration writes it. */
function built(vendor: string, parameters: Readonly<Record<string, ParameterValue>>): Promise<Integration> {
  const definition = findVendor(vendor);
  if (!definition) throw new Error(`No vendor ${vendor}`);
  const request = newRequest(definition, { account: "210987654321", parameters });
  return scaffold(memoryFileSystem(), "vendor-access", { definition, request, name: "it" });
}
