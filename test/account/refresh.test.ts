import assert from "node:assert/strict";
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import type { LiveState } from "../../src/account/account";
import type { Integration } from "../../src/integration/integration";
import { isUserError } from "../../src/policy/userError";
import type { Call } from "../sandbox/fault-proxy.mjs";
import { integrationOf, vendorIds } from "./integrations";
import { carryOut, connectTo, theWorld } from "./world";

function numbered(count: number): readonly Integration[] {
  return Array.from({ length: count }, (_, index) => {
    const vendor = vendorIds[index % vendorIds.length] ?? "jfrog-ml";
    const number = String(index + 1).padStart(12, "0");
    return integrationOf(vendor, {
      id: `00000000-0000-4000-8000-${number}`,
      role: { name: `role-${index + 1}` },
      parameters: {
        buckets: [`bucket-${index + 1}`],
        ...(vendor === "dataloop" && { createBucket: true, userName: `user-${index + 1}` }),
      },
    });
  });
}

const trustOfNobody = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" }],
});

describe("a look at many integrations", () => {
  /** Applied, then made to differ in every way that a hand in the console can. */
  async function sixInTheAccount(): Promise<readonly Integration[]> {
    const { iam } = theWorld();
    const integrations = numbered(6);
    const session = await connectTo();
    for (const integration of integrations.slice(0, 5)) {
      const { status, failure } = await carryOut(
        session,
        session.planApply(integration, await session.read(integration)),
      );
      assert.equal(status, "done", failure?.message);
    }
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: "role-1", PolicyDocument: trustOfNobody }));
    await iam.send(new UpdateRoleCommand({ RoleName: "role-2", Description: "by hand", MaxSessionDuration: 7200 }));
    await iam.send(new CreateRoleCommand({ RoleName: "role-6", AssumeRolePolicyDocument: trustOfNobody }));
    theWorld().proxy.clear();
    return integrations;
  }

  it("tells the same as a look at each", async () => {
    const integrations = await sixInTheAccount();
    const session = await connectTo();
    const each: LiveState[] = [];
    for (const integration of integrations) each.push(await session.read(integration));
    assert.deepEqual(await session.readMany(integrations), each);
    const statuses = new Set(each.flatMap(({ resources }) => resources.map(({ status }) => status)));
    assert.deepEqual([...statuses].sort(), ["differs", "foreign", "in-sync", "missing"]);
  });

  it("asks for pages of the account instead of every role, and tells of each as soon as it is known", async () => {
    const integrations = await sixInTheAccount();
    const session = await connectTo();
    const { proxy } = theWorld();
    proxy.clear();
    const told: string[] = [];
    await session.readMany(integrations, { onRead: ({ manifest }) => told.push(manifest.id) });
    const actions = proxy.calls.map(({ action }) => action);
    assert.equal(actions.filter((action) => action === "GetAccountAuthorizationDetails").length, 1);
    for (const action of [
      "GetRole",
      "ListAttachedRolePolicies",
      "ListRolePolicies",
      "GetPolicyVersion",
      "GetRolePolicy",
    ])
      assert.ok(!actions.includes(action), `${action} in ${actions.join(", ")}`);
    assert.deepEqual(
      told.sort(),
      integrations.map(({ manifest }) => manifest.id),
    );
  });

  it("reads role by role when the caller may not list the account", async () => {
    const integrations = await sixInTheAccount();
    const session = await connectTo();
    const expected = await session.readMany(integrations);
    theWorld().proxy.fail("GetAccountAuthorizationDetails", "accessDenied");
    assert.deepEqual(await session.readMany(integrations), expected);
  });

  it("goes on when one can't be read", async () => {
    const [first, second] = numbered(2);
    assert.ok(first && second, "two integrations");
    const elsewhere = { ...first, manifest: { ...first.manifest, account: "111122223333" } };
    const found = await (await connectTo()).readMany([elsewhere, second]);
    assert.ok(isUserError(found[0]) && found[0].code === "wrong-account", String(found[0]));
    assert.ok(!isUserError(found[1]), "the other one is read");
  });

  it("has at most 16 calls under way", async () => {
    const session = await connectTo();
    const { proxy } = theWorld();
    proxy.clear();
    proxy.delay(20);
    await session.readMany(numbered(40));
    assert.ok(proxy.calls.length > 40, `${proxy.calls.length} calls`);
    assert.ok(mostAtOnce(proxy.calls) <= 16, `${mostAtOnce(proxy.calls)} at once`);
  });

  it("notices what is gone", async () => {
    const integrations = await sixInTheAccount();
    const { iam } = theWorld();
    await iam.send(new DeleteRoleCommand({ RoleName: "role-6" }));
    const found = await (await connectTo()).readMany(integrations);
    const last = found.at(-1);
    assert.ok(last && !isUserError(last), "it is read");
    assert.ok(
      last.resources.every(({ status }) => status === "missing"),
      JSON.stringify(last.resources),
    );
  });
});

function mostAtOnce(calls: readonly Call[]): number {
  return Math.max(...calls.map(({ at }) => calls.filter((other) => other.at <= at && other.at + other.ms > at).length));
}
