import assert from "node:assert/strict";
import type { ResourceState, ResourceStatus } from "../../../src/account/account";
import { scaffold } from "../../../src/integration/scaffold";
import { integrationState } from "../../../src/sidebar/integrationState";
import type { StoredIntegration } from "../../../src/sidebar/integrationStore";
import { memoryFileSystem } from "../integration/memoryFileSystem";
import { allSamples } from "../vendors/sampleRequests";

async function stored(sample: string, status: ResourceStatus | undefined): Promise<StoredIntegration> {
  const found = allSamples.find(({ definition, name }) => definition.id === "snowflake" && name === sample);
  assert.ok(found);
  const { definition, request } = found;
  const integration = await scaffold(memoryFileSystem(), "vendor-access", { definition, request, name: "one" });
  const role = { kind: "role", name: "r", status } as ResourceState; // all that the state looks at
  const live = { identity: {}, resources: [role], handBack: [] } as unknown as StoredIntegration["live"];
  const state = { integration, liveIsOutdated: false, isNew: false, accessKeyIds: [] };
  return { ...state, ...(status && { live }) } as unknown as StoredIntegration; // without what only VS Code has
}

describe("the state of an integration in two phases", () => {
  for (const [sample, status, expected] of [
    ["read-only-pending", "in-sync", "pending"],
    ["read-only-pending", undefined, "pending"],
    ["read-only-pending", "missing", "not-applied"],
    ["read-only-pending", "differs", "differs"],
    ["read-only", "in-sync", "in-sync"],
    ["read-only", undefined, "not-compared"],
  ] as const) {
    it(`${sample}, ${status ?? "not compared"}: ${expected}`, async () => {
      assert.equal(integrationState(await stored(sample, status)).id, expected);
    });
  }
});
