import assert from "node:assert/strict";
import type { LiveResource } from "../../../src/integration/liveDocuments";
import { scaffold } from "../../../src/integration/scaffold";
import { verifyAccess } from "../../../src/integration/verifyAccess";
import type { JsonValue } from "../../../src/policy/json";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import { allSamples } from "../vendors/sampleRequests";
import { memoryFileSystem } from "./memoryFileSystem";

async function verified(change: (policy: JsonValue) => JsonValue) {
  const found = allSamples.find(({ definition, name }) => definition.id === "stitch" && name === "read-write");
  assert.ok(found);
  const { definition, request } = found;
  const integration = await scaffold(memoryFileSystem(), "vendor-access", { definition, request, name: "one" });
  const wholePolicy = change(integration.documents.find(({ role }) => role === "bucketPolicy")?.value ?? null);
  const live: LiveResource = {
    kind: "bucket-policy",
    name: "training-data",
    status: "in-sync",
    live: { document: wholePolicy },
    facts: { wholePolicy },
  };
  return verifyAccess(integration, request.account, [live], await loadServiceReference());
}

describe("what a vendor may do by a bucket policy that is live", () => {
  it("is everything that it needs, each by its statement", async () => {
    const access = await verified((policy) => policy);
    assert.deepEqual(
      access.map(({ on, action, resource, allowed }) => `${on} ${action} ${resource} ${allowed}`),
      [
        "reach s3:ListBucket arn:aws:s3:::training-data true",
        "reach s3:PutObject arn:aws:s3:::training-data/* true",
        "reach s3:GetObject arn:aws:s3:::training-data/* true",
      ],
    );
    assert.match(access[0]?.decidedBy.join() ?? "", /StitchLoader in the policy of the bucket training-data/);
  });

  it("is less when another statement of the policy denies it", async () => {
    const access = await verified((policy) => ({
      ...(policy as object),
      Statement: [
        ...(policy as { readonly Statement: readonly JsonValue[] }).Statement,
        { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: "arn:aws:s3:::training-data/*" },
      ],
    }));
    assert.deepEqual(
      access.filter(({ allowed }) => !allowed).map(({ action }) => action),
      ["s3:PutObject"],
    );
  });
});
