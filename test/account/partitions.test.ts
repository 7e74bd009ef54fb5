import assert from "node:assert/strict";
import { createAccountRoom } from "../../src/account/accountRoom";
import { withAccount } from "../../src/integration/bindAccount";
import { integrationOf, vendorIds } from "./integrations";
import { carryOut, fakeClock, theJournal } from "./world";

describe("the other partitions", () => {
  for (const [partition, region] of [
    ["aws-cn", "cn-north-1"],
    ["aws-us-gov", "us-gov-west-1"],
  ] as const)
    for (const vendor of vendorIds)
      it(`${vendor} in ${partition}: every ARN is of it, in the plan, in the account and handed back`, async () => {
        const session = await createAccountRoom(fakeClock(), theJournal()).connect({ profile: "sandbox", region });
        assert.equal(session.identity.partition, partition);
        const integration = integrationOf(vendor, { partition, region });
        const plan = session.planApply(integration, await session.read(integration));
        // A vendor's own principals are where the vendor is.
        const own = arnsOf(plan.steps.map(({ after }) => after)).filter((arn) => /:s3:|:210987654321:/.test(arn));
        assert.ok(own.length > 0, "the plan has ARNs");
        assert.deepEqual(
          own.filter((arn) => !arn.startsWith(`arn:${partition}:`)),
          [],
        );
        const result = await carryOut(session, plan);
        assert.equal(result.status, "done", result.failure?.message);
        const { resources, handBack } = await session.verify(integration);
        for (const { kind, name, status, differences } of resources)
          assert.equal(status, "in-sync", `${kind} ${name}: ${differences.join()}`);
        const [roleArn] = handBack.filter(({ name }) => name === "roleArn");
        if (roleArn) assert.equal(roleArn.value, `arn:${partition}:iam::210987654321:role/${vendor}-role`);
        for (const { consoleUrl } of resources)
          assert.match(
            consoleUrl ?? "",
            partition === "aws-cn" ? /console\.amazonaws\.cn/ : /console\.amazonaws-us-gov\.com/,
          );
      });

  it("are kept apart: an integration of one is refused in another", async () => {
    const session = await createAccountRoom(fakeClock(), theJournal()).connect({
      profile: "sandbox",
      region: "cn-north-1",
    });
    await assert.rejects(
      session.read(integrationOf("jfrog-ml", { partition: "aws-us-gov" })),
      /belongs to the partition aws-us-gov/,
    );
  });

  it("are written into documents that nobody edited when the account is first known", async () => {
    const { account: _, ...manifest } = integrationOf("jfrog-ml").manifest;
    const integration = { ...integrationOf("jfrog-ml"), manifest, manifestText: JSON.stringify(manifest) };
    const bound = withAccount(integration, "210987654321", "aws-cn");
    assert.equal(bound.manifest.partition, "aws-cn");
  });
});

function arnsOf(value: unknown): readonly string[] {
  return JSON.stringify(value).match(/arn:[\w-]+:[^"]*/g) ?? [];
}
