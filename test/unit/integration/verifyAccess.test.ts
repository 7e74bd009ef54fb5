import assert from "node:assert/strict";
import { accessChange, rollBackChange } from "../../../src/integration/accessChange";
import type { LiveResource } from "../../../src/integration/liveDocuments";
import { loadIntegration } from "../../../src/integration/loadIntegration";
import { newRequest } from "../../../src/integration/newRequest";
import { scaffold } from "../../../src/integration/scaffold";
import { verifyAccess } from "../../../src/integration/verifyAccess";
import type { JsonObject } from "../../../src/policy/json";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import { catalog } from "../../../src/vendors/catalog";
import { renderedRole } from "../vendors/renderedRole";
import { memoryFileSystem } from "./memoryFileSystem";
import { customerAccount, vendor } from "./requests";

const kmsKeyArn = "arn:aws:kms:us-east-1:314159265358:key/1234abcd-12ab-34cd-56ef-1234567890ab";

async function integrationOf(id: string, parameters: { readonly [name: string]: string | readonly string[] }) {
  const definition = vendor(id);
  const fs = memoryFileSystem();
  const request = { ...newRequest(definition, { parameters }), account: customerAccount };
  await scaffold(fs, "vendor-access", { definition, request, name: "test", id: "the-id-of-it" });
  const integration = await loadIntegration(fs, "vendor-access/test", { vendors: catalog });
  assert.ok(!("broken" in integration), "the integration can be read");
  const { permissions, trust } = renderedRole(definition, integration.manifest);
  return { integration, permissions, trust };
}

function live(permissions: JsonObject, trust: JsonObject, attached = "in-sync"): readonly LiveResource[] {
  return [
    { kind: "role", name: "role", status: "in-sync", live: { trustPolicy: trust } },
    { kind: "managed-policy", name: "policy", status: "in-sync", live: { document: permissions } },
    { kind: "policy-attachment", name: "policy", status: attached, live: {} },
  ];
}

const cases = [
  { id: "activeloop-deep-lake", parameters: { buckets: ["training-data", "images"], kmsKeyArn }, needs: 1 + 2 * 5 },
  { id: "jfrog-ml", parameters: { buckets: ["training-data"], accountId: "377488441568" }, needs: 2 + 2 },
  { id: "dataloop", parameters: { buckets: ["items"], userName: "dataloop" }, needs: 1 + 4 },
];

describe("verifyAccess", () => {
  for (const { id, parameters, needs } of cases) {
    it(`finds everything allowed that ${id} needs, and says by which statement`, async () => {
      const { integration, permissions, trust } = await integrationOf(id, parameters);
      const reference = await loadServiceReference();
      const access = verifyAccess(integration, customerAccount, live(permissions, trust), reference);
      assert.ok(access.length >= needs, `${access.length} needs`);
      for (const each of access) {
        assert.equal(each.allowed, true, `${each.action} on ${each.resource}`);
        assert.ok(each.decidedBy.length > 0, `${each.action} is allowed by something`);
      }
    });
  }

  describe("of a role that takes itself on", () => {
    const itself = async (answered: boolean, change: (document: JsonObject) => JsonObject = (document) => document) => {
      const { integration, permissions, trust } = await integrationOf("databricks", {
        buckets: ["training-data"],
        ...(answered && { externalId: "4f0a9c2b-e617-4d21-8a3b-1c2d3e4f5a6b" }),
      });
      const resources = live(permissions, change(trust));
      return verifyAccess(integration, customerAccount, resources, await loadServiceReference());
    };
    const own = "sts:AssumeRole";

    it("asks its trust policy, with the external ID", async () => {
      const access = await itself(true);
      assert.deepEqual(
        access.filter(({ allowed }) => !allowed),
        [],
      );
      const act = access.find(({ on, action }) => on === "act" && action === own);
      assert.deepEqual(act?.decidedBy.length, 2, "the permissions policy and the trust policy of the account");
    });

    it("finds that the trust policy does not name the role itself", async () => {
      const access = await itself(true, (trust) => {
        const [vendorAlone] = trust.Statement as readonly JsonObject[]; // as the catalog has it
        return { ...trust, Statement: vendorAlone ?? assert.fail("no statement") };
      });
      const lacking = access.filter(({ allowed }) => !allowed);
      assert.deepEqual([...new Set(lacking.map(({ action }) => action))], [own]);
    });

    it("expects nothing of it as long as nobody may assume it", async () => {
      assert.deepEqual(
        (await itself(false)).filter(({ allowed }) => !allowed),
        [],
      );
    });
  });

  it("finds what is missing: an action, the attachment, the right principal", async () => {
    const { integration, permissions, trust } = await integrationOf("activeloop-deep-lake", { buckets: ["images"] });
    const reference = await loadServiceReference();
    const denied = (resources: readonly LiveResource[]) =>
      verifyAccess(integration, customerAccount, resources, reference)
        .filter(({ allowed }) => !allowed)
        .map(({ on, action, resource }) => `${on} ${action} ${resource}`);
    const replaced = (document: JsonObject, from: string, to: string): JsonObject =>
      JSON.parse(JSON.stringify(document).replaceAll(from, to));

    assert.deepEqual(denied(live(replaced(permissions, "s3:PutObject", "s3:GetObjectTagging"), trust)), [
      "act s3:PutObject arn:aws:s3:::images/*",
    ]);
    assert.deepEqual(
      denied(live(permissions, replaced(trust, "597713067985", "574987031486"))).map((text) => text.split(" ")[0]),
      ["assume"],
    );
    assert.equal(denied(live(permissions, trust, "missing")).length, 5);
    assert.equal(denied([]).length, 6);
  });

  it("names the statement that denies", async () => {
    const { integration, permissions, trust } = await integrationOf("activeloop-deep-lake", { buckets: ["images"] });
    const statements = permissions.Statement as readonly JsonObject[]; // as the catalog renders it
    const deny = { Sid: "NoDeletion", Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" };
    const denying = { ...permissions, Statement: [...statements, deny] };
    const access = verifyAccess(integration, customerAccount, live(denying, trust), await loadServiceReference());
    const deletion = access.find(({ action }) => action === "s3:DeleteObject");
    assert.deepEqual([deletion?.allowed, deletion?.decidedBy], [false, ["NoDeletion in policy"]]);
  });
});

describe("accessChange", () => {
  const buckets = { buckets: ["images"] };
  const replaced = (document: JsonObject, from: string, to: string): JsonObject =>
    JSON.parse(JSON.stringify(document).replaceAll(from, to));

  it("is unknown before there is a role", async () => {
    const { integration } = await integrationOf("activeloop-deep-lake", buckets);
    assert.equal(await accessChange(integration, []), undefined);
  });

  it("is none when the same is only written in another way", async () => {
    const { integration, permissions, trust } = await integrationOf("activeloop-deep-lake", buckets);
    const rewritten = replaced(replaced(permissions, "s3:GetObject", "S3:getobject"), "Statement1", "Another");
    const change = await accessChange(integration, live(rewritten, trust));
    assert.deepEqual(change, { result: "unchanged", widened: [], narrowed: [] });
  });

  it("names what is more and what is less", async () => {
    const { integration, permissions, trust } = await integrationOf("activeloop-deep-lake", buckets);
    const narrower = await accessChange(
      integration,
      live(replaced(permissions, "s3:PutObject", "s3:GetObject"), trust),
    );
    assert.equal(narrower?.result, "widened");
    assert.match(narrower?.widened.join(" ") ?? "", /write objects in images/);
    const other = await accessChange(integration, live(permissions, replaced(trust, "597713067985", "271828182845")));
    assert.equal(other?.result, "changed");
    assert.match(other?.widened.join(" ") ?? "", /597713067985/);
    assert.match(other?.narrowed.join(" ") ?? "", /271828182845/);
  });
});

describe("rollBackChange", () => {
  it("names who gets back what a removal took away", async () => {
    const { integration, permissions, trust } = await integrationOf("activeloop-deep-lake", { buckets: ["images"] });
    const [role, policy, attachment] = live(permissions, trust);
    assert.ok(role && policy && attachment, "three resources");
    const gone = { ...attachment, status: "missing", live: undefined };
    const steps = [{ kind: attachment.kind, name: attachment.name, after: attachment.live }];
    const change = await rollBackChange(integration, { live: [role, policy, gone], steps });
    assert.equal(change.result, "widened");
    assert.match(change.widened.join(" "), /The role may now .*write.* objects in images/);
  });

  it("names who loses what the run gave", async () => {
    const { integration, permissions, trust } = await integrationOf("activeloop-deep-lake", { buckets: ["images"] });
    const all = live(permissions, trust);
    const steps = all.map(({ kind, name }) => ({ kind, name, after: undefined }));
    const change = await rollBackChange(integration, { live: all, steps });
    assert.equal(change.result, "narrowed");
    assert.match(change.narrowed.join(" "), /597713067985/);
    assert.deepEqual((await rollBackChange(integration, { live: all, steps: [] })).result, "unchanged");
  });
});
