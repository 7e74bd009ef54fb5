import assert from "node:assert/strict";
import { grantsOf } from "../../../src/integration/grantsOf";
import type { Integration } from "../../../src/integration/integration";
import { scaffold } from "../../../src/integration/scaffold";
import { allSamples } from "../vendors/sampleRequests";
import { memoryFileSystem } from "./memoryFileSystem";

function integrationOf(vendor: string, sample: string): Promise<Integration> {
  const found = allSamples.find(({ definition, name }) => definition.id === vendor && name === sample);
  assert.ok(found, `${vendor} ${sample}`);
  const { definition, request } = found;
  return scaffold(memoryFileSystem(), "vendor-access", { definition, request, name: "one" });
}

describe("what an integration grants, in words", () => {
  for (const [vendor, sample, expected] of [
    [
      "v7-darwin",
      "read-only",
      [/^V7 Darwin \(role external_s3 of account 258327614892\) may read objects in raw-images and training-data/],
    ],
    [
      "weights-and-biases",
      "read-write-multi-tenant-all-options",
      [/^Weights & Biases .*training-data/, /It may use the KMS key arn:aws:kms:.*0f1e2d3c/],
    ],
    ["drata", "audit", [/^Drata may do in your whole account what AWS’s own policy SecurityAudit allows\.$/]],
    ["vanta", "audit-scanner", [/^Vanta may do in your whole account what AWS’s own policy SecurityAudit allows\.$/]],
    ["snowflake", "read-only-pending", [/^Nobody may do anything|nobody/i]],
    ["databricks", "read-write", [/^Databricks Unity Catalog .* and your own account \(role vendor-access-test/]],
  ] as const) {
    it(`${vendor}, ${sample}`, async () => {
      const sentences = await grantsOf(await integrationOf(vendor, sample), { limits: false });
      for (const pattern of expected) {
        assert.ok(
          sentences.some((sentence) => pattern.test(sentence)),
          sentences.join("\n"),
        );
      }
    });
  }
});
