import assert from "node:assert/strict";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import type { Plan } from "../../src/account/account";
import { integrationOf, vendorIds } from "./integrations";
import { carryOut, connectTo, everything, theWorld } from "./world";

/** Steps that a plan lists before one that they depend on. */
function tooEarly({ steps }: Plan): readonly string[] {
  const ids = steps.map(({ id }) => id);
  return steps
    .filter(({ id, dependsOn }) => dependsOn.some((before) => ids.indexOf(before) > ids.indexOf(id)))
    .map(({ id }) => id);
}

describe("applying an integration to an empty account", () => {
  for (const vendor of vendorIds) {
    it(`${vendor}: apply, read in sync, apply again without changes, remove everything`, async () => {
      const integration = integrationOf(vendor);
      const session = await connectTo();

      const before = await session.read(integration);
      assert.deepEqual([...new Set(before.resources.map(({ status }) => status))], ["missing"]);
      const plan = session.planApply(integration, before);
      const result = await carryOut(session, plan);
      assert.equal(result.failure, undefined);
      assert.equal(result.status, "done");
      assert.equal(result.done.length, plan.steps.length);

      const live = await session.verify(integration);
      for (const { kind, status, differences } of live.resources) {
        assert.deepEqual({ kind, status, differences }, { kind, status: "in-sync", differences: [] });
      }
      assert.deepEqual(session.planApply(integration, live).steps, []);
      assert.deepEqual(session.planApply(integration, live).refusals, []);

      const planned = session.planRemove(integration, live);
      assert.deepEqual(tooEarly(plan), []);
      assert.deepEqual(tooEarly(planned), []);
      const removal = await carryOut(session, planned);
      assert.equal(removal.failure, undefined);
      const left = await everything();
      assert.deepEqual({ ...left, buckets: [] }, { roles: [], policies: [], users: [], buckets: [] });
      assert.deepEqual(left.buckets, vendor === "dataloop" ? ["dataloop-items"] : []);
    });
  }

  it("makes the role with its trust policy, description, longest session and tags", async () => {
    const integration = integrationOf("activeloop-deep-lake", {
      role: { name: "deeplake", maxSessionDuration: 7200, tags: { team: "data" } },
    });
    const session = await connectTo();
    await carryOut(session, session.planApply(integration, await session.read(integration)));
    const { Role } = await theWorld().iam.send(new GetRoleCommand({ RoleName: "deeplake" }));
    assert.equal(Role?.Description, "Lets Activeloop Deep Lake reach S3 buckets.");
    assert.equal(Role?.MaxSessionDuration, 7200);
    assert.deepEqual(Object.fromEntries((Role?.Tags ?? []).map(({ Key, Value }) => [Key, Value])), {
      team: "data",
      "vendor-access:integration": integration.manifest.id,
      "vendor-access:vendor": "activeloop-deep-lake",
    });
    const trust = integration.documents.find(({ role }) => role === "trust")?.value;
    assert.deepEqual(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")), trust);
  });
});
