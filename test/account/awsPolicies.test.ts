import assert from "node:assert/strict";
import { GetPolicyCommand, ListAttachedRolePoliciesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { catalog } from "../../src/vendors/catalog";
import { sampleOf } from "../unit/vendors/sampleRequests";
import { sampleIntegration } from "./integrations";
import { openWorld, type World } from "./openWorld";
import { carryOut, connectTo } from "./world";

describe("a policy of AWS's own", () => {
  let world: World;
  before(async function start() {
    this.timeout(120_000);
    world = await openWorld({ awsPolicies: true });
  });
  after(() => world.close());

  for (const definition of catalog.filter(({ role }) => role?.awsPolicies)) {
    it(`is attached to the role of ${definition.name} beside what is ours, and stays when the role goes`, async () => {
      const integration = sampleIntegration(
        definition.id,
        sampleOf(definition, definition.accessLevels[0]?.id ?? "").name,
      );
      const RoleName = integration.manifest.role?.name ?? "";
      const session = await connectTo();
      const plan = session.planApply(integration, await session.read(integration));
      const result = await carryOut(session, plan);
      assert.equal(result.failure, undefined, result.failure?.message);
      const PolicyArn = "arn:aws:iam::aws:policy/SecurityAudit";
      const { AttachedPolicies } = await world.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
      assert.deepEqual(
        AttachedPolicies?.map((policy) => policy.PolicyArn),
        [PolicyArn],
      );
      const live = await session.verify(integration);
      assert.deepEqual([...new Set(live.resources.map(({ status }) => status))], ["in-sync"]);
      const removal = await carryOut(session, session.planRemove(integration, live));
      assert.equal(removal.failure, undefined, removal.failure?.message);
      const { Roles } = await world.iam.send(new ListRolesCommand({}));
      assert.deepEqual(Roles, []);
      assert.ok((await world.iam.send(new GetPolicyCommand({ PolicyArn }))).Policy, "the policy is AWS's");
    });
  }
});
