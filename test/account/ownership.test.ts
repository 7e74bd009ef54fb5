import assert from "node:assert/strict";
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import type { AccountSession } from "../../src/account/account";
import type { Integration } from "../../src/integration/integration";
import { isUserError } from "../../src/policy/userError";
import { integrationOf, withoutAccount } from "./integrations";
import { carryOut, connectTo, everything, theWorld } from "./world";

const someTrust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "210987654321" }, Action: "sts:AssumeRole" }],
});
const somePolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
});

async function planFor(integration: Integration) {
  const session = await connectTo();
  const live = await session.read(integration);
  return { session, live, plan: session.planApply(integration, live), removal: session.planRemove(integration, live) };
}

async function apply(integration: Integration): Promise<AccountSession> {
  const { session, plan } = await planFor(integration);
  assert.deepEqual(plan.refusals, []);
  assert.equal((await carryOut(session, plan)).status, "done");
  return session;
}

describe("what is not ours", () => {
  it("a role of the same name is neither changed nor deleted, and the way out is told", async () => {
    await theWorld().iam.send(
      new CreateRoleCommand({ RoleName: "jfrog-ml-role", AssumeRolePolicyDocument: someTrust }),
    );
    const { session, live, plan, removal } = await planFor(integrationOf("jfrog-ml"));
    assert.equal(live.resources.find(({ kind }) => kind === "role")?.status, "foreign");
    assert.equal(live.handBack.find(({ name }) => name === "roleArn")?.value, undefined);
    assert.equal(plan.refusals.length, 1);
    assert.match(
      plan.refusals[0] ?? "",
      /role jfrog-ml-role exists already in the account 210987654321.*Choose another role\.name/,
    );
    assert.deepEqual(plan.steps, []);
    assert.deepEqual(removal.steps, []);
    assert.deepEqual(removal.notes, ["The role jfrog-ml-role stays: it is not this integration's."]);
    await assert.rejects(session.execute(plan, {}), (error) => isUserError(error) && error.code === "not-ours");
  });

  it("a role of another integration is not ours", async () => {
    await apply(integrationOf("jfrog-ml", { id: "00000000-0000-4000-8000-00000000000f" }));
    const { plan, removal } = await planFor(integrationOf("jfrog-ml"));
    assert.match(plan.refusals.join(), /role jfrog-ml-role exists already/);
    assert.deepEqual(removal.steps, []);
  });

  it("an inline policy of the same name in a role that is not ours is not ours either", async () => {
    const { iam } = theWorld();
    await iam.send(new CreateRoleCommand({ RoleName: "jfrog-ml-role", AssumeRolePolicyDocument: someTrust }));
    await iam.send(
      new PutRolePolicyCommand({ RoleName: "jfrog-ml-role", PolicyName: "jfrog-ml-role", PolicyDocument: somePolicy }),
    );
    const { live, removal } = await planFor(integrationOf("jfrog-ml"));
    assert.equal(live.resources.find(({ kind }) => kind === "inline-policy")?.status, "foreign");
    assert.deepEqual(removal.steps, []);
  });

  it("a policy, a user and a bucket of the same name", async () => {
    const { iam, s3 } = theWorld();
    await iam.send(new CreatePolicyCommand({ PolicyName: "dataloop-role", PolicyDocument: somePolicy }));
    await iam.send(new CreateUserCommand({ UserName: "dataloop-role" }));
    await s3.send(new CreateBucketCommand({ Bucket: "dataloop-items" }));
    const { plan, removal } = await planFor(integrationOf("dataloop"));
    const [bucket, user, policy] = plan.refusals;
    assert.match(bucket ?? "", /bucket dataloop-items exists already.*set createBucket to false/);
    assert.match(user ?? "", /user dataloop-role exists already.*Choose another userName/);
    assert.match(policy ?? "", /policy dataloop-role, called like the role, exists already.*Choose another role\.name/);
    assert.equal(plan.refusals.length, 3);
    assert.deepEqual(removal.steps, []);
  });

  it("a role that appears between plan and apply is left alone", async () => {
    const integration = integrationOf("jfrog-ml");
    const { session, plan } = await planFor(integration);
    await theWorld().iam.send(
      new CreateRoleCommand({ RoleName: "jfrog-ml-role", AssumeRolePolicyDocument: someTrust }),
    );
    const { failure } = await carryOut(session, plan);
    assert.match(failure?.message ?? "", /EntityAlreadyExists.*in the meantime: plan again/);
    const live = await session.read(integration);
    assert.equal(live.resources.find(({ kind }) => kind === "role")?.status, "foreign");
  });

  it("a bucket name that another account has", async () => {
    theWorld().proxy.fail("HeadBucket", "accessDenied");
    const { plan, removal } = await planFor(integrationOf("dataloop"));
    assert.match(plan.refusals.join(), /belongs to another account than 210987654321.*Choose another name/);
    assert.deepEqual(removal.notes, []);
  });

  it("another policy in our role is shown as a difference, and keeps the role, which lets nobody in any more", async () => {
    const { iam } = theWorld();
    const integration = integrationOf("activeloop-deep-lake");
    await apply(integration);
    const RoleName = integration.manifest.role?.name;
    await iam.send(new CreatePolicyCommand({ PolicyName: "wide-open", PolicyDocument: somePolicy }));
    const PolicyArn = "arn:aws:iam::210987654321:policy/wide-open";
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "by-hand", PolicyDocument: somePolicy }));
    const { session, live, plan, removal } = await planFor(integration);
    const role = live.resources.find(({ kind }) => kind === "role");
    assert.equal(role?.status, "differs");
    assert.match(role?.differences.join() ?? "", /policy\/wide-open.*by-hand/);
    assert.deepEqual(plan.steps, []);
    assert.equal(plan.notes.length, 2);
    assert.match(
      removal.notes.join(),
      /stays, with a trust policy that lets nobody in: .*policy\/wide-open and by-hand/,
    );
    assert.equal((await carryOut(session, removal)).status, "done");
    const left = await everything();
    assert.deepEqual([left.roles, left.policies], [[RoleName], ["wide-open"]]);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    assert.match(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""), /"Deny"/);
    assert.doesNotMatch(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""), /"Allow"/);
    const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    assert.deepEqual(
      AttachedPolicies?.map((each) => each.PolicyName),
      ["wide-open"],
    );
    assert.deepEqual((await planFor(integration)).removal.steps, []);
  });

  it("our policy that is attached elsewhere stays there", async () => {
    const { iam } = theWorld();
    const integration = integrationOf("activeloop-deep-lake");
    await apply(integration);
    await iam.send(new CreateRoleCommand({ RoleName: "others", AssumeRolePolicyDocument: someTrust }));
    const PolicyArn = "arn:aws:iam::210987654321:policy/activeloop-deep-lake-role";
    await iam.send(new AttachRolePolicyCommand({ RoleName: "others", PolicyArn }));
    const { session, removal } = await planFor(integration);
    assert.deepEqual(removal.notes, [
      "The policy activeloop-deep-lake-role stays: it is also attached to the role others.",
    ]);
    assert.equal((await carryOut(session, removal)).status, "done");
    assert.deepEqual((await everything()).roles, ["others"]);
    const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "others" }));
    assert.equal(AttachedPolicies?.length, 1);
  });
});

describe("another account", () => {
  it("is refused before anything is asked", async () => {
    const session = await connectTo();
    theWorld().proxy.clear();
    await assert.rejects(
      session.read(integrationOf("jfrog-ml", { account: "111122223333" })),
      (error) =>
        isUserError(error) && error.code === "wrong-account" && /111122223333.*210987654321/.test(error.message),
    );
    assert.deepEqual(theWorld().proxy.calls, []);
  });

  it("is refused by a plan and by a plan's execution", async () => {
    const integration = integrationOf("jfrog-ml");
    const session = await connectTo();
    const live = await session.read(integration);
    const other = integrationOf("jfrog-ml", { account: "111122223333" });
    for (const plan of [session.planApply(other, live), session.planRemove(other, live)]) {
      assert.match(plan.refusals.join(), /belongs to the account 111122223333/);
      assert.deepEqual(plan.steps, []);
    }
    const plan = session.planApply(integration, live);
    const elsewhere = { ...plan, identity: { ...plan.identity, account: "111122223333" } };
    await assert.rejects(
      session.execute(elsewhere, {}),
      (error) => isUserError(error) && error.code === "wrong-account",
    );
    assert.deepEqual((await everything()).roles, []);
  });

  it("another partition is refused, too", async () => {
    const session = await connectTo();
    await assert.rejects(
      session.read(integrationOf("jfrog-ml", { partition: "aws-cn" })),
      (error) => isUserError(error) && error.code === "wrong-account",
    );
  });

  it("an integration that has no account yet is no other account's", async () => {
    const { plan } = await planFor(withoutAccount(integrationOf("jfrog-ml")));
    assert.deepEqual(plan.refusals, []);
    assert.equal(plan.steps.length, 2);
  });
});

describe("removing", () => {
  it("never deletes the bucket and says so", async () => {
    const integration = integrationOf("dataloop");
    await apply(integration);
    const { removal } = await planFor(integration);
    assert.equal(
      removal.steps.some(({ kind }) => kind === "bucket" || kind === "public-access-block"),
      false,
    );
    assert.deepEqual(removal.notes, [
      "The bucket dataloop-items stays, with all public access blocked: it may hold data. Delete it in AWS when you don't need it.",
    ]);
  });

  it("the user goes after the role that trusts it", async () => {
    const integration = integrationOf("dataloop");
    await apply(integration);
    const { removal } = await planFor(integration);
    const user = removal.steps.find(({ kind }) => kind === "user");
    assert.deepEqual(user?.dependsOn, [
      "delete access-key dataloop-role",
      "update role dataloop-role",
      "delete role dataloop-role",
    ]);
  });

  it("a bucket that stayed is taken again by the next apply", async () => {
    const integration = integrationOf("dataloop");
    await apply(integration);
    const { session, removal } = await planFor(integration);
    await carryOut(session, removal);
    const { plan } = await planFor(integration);
    assert.deepEqual(plan.refusals, []);
    assert.equal(
      plan.steps.some(({ kind }) => kind === "bucket"),
      false,
    );
  });

  it("what is gone already is no failure", async () => {
    const integration = integrationOf("activeloop-deep-lake");
    await apply(integration);
    const { session, removal } = await planFor(integration);
    await carryOut(session, removal);
    const again = await carryOut(session, removal);
    assert.equal(again.failure, undefined);
    assert.equal(again.status, "done");
  });

  it("nothing there: nothing to do", async () => {
    const { removal } = await planFor(integrationOf("dataloop"));
    assert.deepEqual(removal.steps, []);
    assert.deepEqual(removal.refusals, []);
  });
});
