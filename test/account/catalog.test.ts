import assert from "node:assert/strict";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import type { Integration } from "../../src/integration/integration";
import { bucketsOf } from "../../src/integration/newRequest";
import { catalog } from "../../src/vendors/catalog";
import { sampleOf } from "../unit/vendors/sampleRequests";
import { sampleIntegration } from "./integrations";
import { carryOut, connectTo, everything, theWorld } from "./world";

async function makeBuckets({ definition, manifest }: Integration) {
  for (const Bucket of bucketsOf(definition, manifest)) {
    const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" } as const;
    await theWorld().s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  }
}

async function apply(integration: Integration) {
  const session = await connectTo();
  const plan = session.planApply(integration, await session.read(integration));
  assert.deepEqual(plan.refusals, []);
  const result = await carryOut(session, plan);
  assert.equal(result.failure, undefined, result.failure?.message);
  return { session, plan, live: await session.verify(integration) };
}

async function trustOf(RoleName: string): Promise<string> {
  const { Role } = await theWorld().iam.send(new GetRoleCommand({ RoleName }));
  return decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
}

describe("an integration of each vendor", () => {
  for (const definition of catalog) {
    if (definition.role?.awsPolicies) continue; // needs an account that knows AWS's own policies
    for (const { id: accessLevel } of definition.accessLevels) {
      it(`${definition.name}, ${accessLevel}: is applied, in sync, and leaves nothing but its bucket behind`, async () => {
        const integration = sampleIntegration(definition.id, sampleOf(definition, accessLevel).name);
        await makeBuckets(integration);
        const before = await everything();
        const { live, session, plan } = await apply(integration);
        assert.deepEqual([...new Set(live.resources.map(({ status }) => status))], ["in-sync"]);
        assert.deepEqual(session.planApply(integration, live).steps, []);
        const missing = live.handBack.filter(({ value, secret }) => !secret && value === undefined);
        assert.deepEqual(missing, []);
        assert.ok(plan.steps.length > 0);
        const removal = await carryOut(session, session.planRemove(integration, live));
        assert.equal(removal.failure, undefined, removal.failure?.message);
        assert.deepEqual(await everything(), before);
      });
    }
  }
});

describe("an integration in two phases", () => {
  for (const [vendor, level] of [
    ["snowflake", "read-only"],
    ["databricks", "read-write"],
    ["materialize", "write"],
    ["mongodb-atlas", "read-only"],
    ["bitmovin", "write-issued"],
  ] as const) {
    it(`of ${vendor} makes a role that nobody may assume, and then one that the vendor may`, async () => {
      const pending = sampleIntegration(vendor, `${level}-pending`);
      await apply(pending);
      const name = pending.manifest.role?.name ?? "";
      assert.match(await trustOf(name), /"Deny"/);
      assert.doesNotMatch(await trustOf(name), /"Allow"/);
      const complete = sampleIntegration(vendor, level);
      const { plan, live } = await apply(complete);
      assert.deepEqual(
        plan.steps.map(({ sentence }) => sentence),
        [`Change the trust policy of the role ${name}`],
      );
      assert.doesNotMatch(await trustOf(name), /"Deny"/);
      assert.deepEqual([...new Set(live.resources.map(({ status }) => status))], ["in-sync"]);
    });
  }
});

describe("a role that names itself as a principal", () => {
  it("is made first and trusts itself then", async () => {
    const own = "arn:aws:iam::210987654321:role/vendor-access-test";
    const trust = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: own }, Action: "sts:AssumeRole" }],
    };
    const integration = sampleIntegration("databricks", "read-write", { documents: { trust } });
    const { live } = await apply(integration);
    assert.match(await trustOf("vendor-access-test"), new RegExp(own));
    assert.deepEqual([...new Set(live.resources.map(({ status }) => status))], ["in-sync"]);
  });
});
