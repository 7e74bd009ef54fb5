import assert from "node:assert/strict";
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import type { AccountRole, AccountSession } from "../../src/account/account";
import { nodeFileSystem } from "../../src/cli/nodeFileSystem";
import { type Adoption, adoptRole } from "../../src/integration/adoptRole";
import { outsideAccess } from "../../src/integration/outsideAccess";
import { scaffold } from "../../src/integration/scaffold";
import type { JsonValue } from "../../src/policy/json";
import { loadServiceReference } from "../../src/policy/serviceReference/loadServiceReference";
import { catalog } from "../../src/vendors/catalog";
import { seedAccount, seeded } from "../sandbox/emulator.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { integrationOf, vendorIds } from "./integrations";
import { carryOut, connectTo, theWorld } from "./world";

function trusting(...principals: readonly string[]): string {
  const Principal = { AWS: principals };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
  });
}

async function makeRole(RoleName: string, AssumeRolePolicyDocument: string): Promise<void> {
  await theWorld().iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
}

async function roleNamed(session: AccountSession, name: string): Promise<AccountRole> {
  const role = (await session.listRoles()).find((each) => each.name === name);
  assert.ok(role, `the role ${name} is listed`);
  return role;
}

describe("who has access from outside", () => {
  it("is told of each role that another account may assume, vendors first, with what it reaches", async () => {
    await seedAccount(theWorld().emulator.endpoint);
    const policy = (Resource: string) =>
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource }] });
    await makeRole("partner", trusting("111122223333", "arn:aws:iam::210987654321:root"));
    await theWorld().iam.send(
      new PutRolePolicyCommand({ RoleName: "partner", PolicyName: "all", PolicyDocument: policy("*") }),
    );
    await makeRole("own", trusting("arn:aws:iam::210987654321:root"));
    await makeRole(
      "service",
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
    );
    const session = await connectTo();
    const progress: number[] = [];
    const roles = await session.listRoles({ onProgress: (count) => progress.push(count) });
    const found = outsideAccess(roles, session.identity.account, catalog);
    assert.deepEqual(
      found.map(({ role, vendor, outsiders, reaches }) => ({
        name: role.name,
        vendor: vendor?.id,
        outsiders: outsiders.map(({ account, retired, kind }) => ({ account, retired, kind })),
        reaches,
      })),
      [
        {
          name: seeded.legacyRole,
          vendor: "activeloop-deep-lake",
          outsiders: [
            { account: "574987031486", retired: true, kind: "principal" },
            { account: "574987031486", retired: true, kind: "principal" },
            { account: "597713067985", retired: false, kind: "principal" },
          ],
          reaches: [seeded.plainBucket],
        },
        {
          name: "partner",
          vendor: undefined,
          outsiders: [{ account: "111122223333", retired: false, kind: "account" }],
          reaches: ["*"],
        },
      ],
    );
    assert.deepEqual(progress, [4]);
  });

  it("includes the policies of buckets when asked, and says which could not be read", async () => {
    const { s3, proxy } = theWorld();
    for (const Bucket of ["shared", "plain"]) await s3.send(new CreateBucketCommand({ Bucket }));
    const Statement = [{ Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "s3:*", Resource: "*" }];
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await s3.send(new PutBucketPolicyCommand({ Bucket: "shared", Policy }));
    const session = await connectTo();
    const progress: string[] = [];
    const found = await session.listBucketPolicies({ onProgress: (done, total) => progress.push(`${done}/${total}`) });
    assert.deepEqual(found, [{ bucket: "shared", policy: JSON.parse(Policy), problem: undefined }]);
    assert.deepEqual(progress, ["1/2", "2/2"]);
    proxy.fail("GetBucketPolicy", "accessDenied");
    const refused = await session.listBucketPolicies();
    assert.equal(refused.length, 2);
    for (const { problem } of refused) assert.match(problem ?? "", /s3:GetBucketPolicy/);
  });
});

describe("adopting a role that a hand has made", () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder("va-adopt-");
  });
  afterEach(() => removeTemporaryFolder(folder));

  async function adopted(session: AccountSession, adoption: Adoption) {
    const files = nodeFileSystem(folder, folder);
    const { definition, request, documents } = adoption;
    const integration = await scaffold(files, "vendor-access", { definition, request, documents, name: "adopted" });
    const live = await session.read(integration);
    const plan = session.planAdopt(integration, live);
    return { integration, plan, live };
  }

  async function adoptionOf(session: AccountSession, name: string, vendor: string): Promise<Adoption> {
    const definition = catalog.find(({ id }) => id === vendor);
    assert.ok(definition, `the vendor ${vendor}`);
    return adoptRole(definition, await roleNamed(session, name), session.identity, await loadServiceReference());
  }

  it("writes what is live, tags the role, changes nothing else, and is then in sync", async () => {
    await seedAccount(theWorld().emulator.endpoint);
    const session = await connectTo();
    const adoption = await adoptionOf(session, seeded.legacyRole, "activeloop-deep-lake");
    assert.deepEqual(adoption.request.parameters, { buckets: [seeded.plainBucket] });
    assert.equal(adoption.request.accessLevel, "read-write");
    assert.deepEqual(adoption.request.role?.policy, { name: "deeplake-s3", attach: "inline" });
    assert.ok(adoption.change.narrowed.length > 0, "the vendor's page asks for less than s3:*Object*");

    const { integration, plan } = await adopted(session, adoption);
    assert.deepEqual(plan.refusals, []);
    assert.deepEqual(
      plan.steps.map(({ id, permissions }) => [id, permissions]),
      [[`update role ${seeded.legacyRole}`, ["iam:TagRole"]]],
    );
    theWorld().proxy.clear();
    assert.equal((await carryOut(session, plan)).status, "done");
    assert.deepEqual(
      theWorld()
        .proxy.calls.map(({ action }) => action)
        .filter((action) => !/^(Get|List|Head)/.test(action)),
      ["TagRole"],
    );
    const { Tags } = await theWorld().iam.send(new ListRoleTagsCommand({ RoleName: seeded.legacyRole }));
    assert.ok(
      Tags?.some(({ Key, Value }) => Key === "vendor-access:integration" && Value === integration.manifest.id),
      JSON.stringify(Tags),
    );
    const { resources } = await session.verify(integration);
    assert.deepEqual(
      resources.map(({ kind, name, status, differences }) => [kind, name, status, ...differences]),
      [
        ["role", seeded.legacyRole, "in-sync"],
        ["inline-policy", "deeplake-s3", "in-sync"],
      ],
    );
    assert.deepEqual(session.planApply(integration, await session.read(integration)).steps, []);
  });

  for (const vendor of vendorIds)
    it(`finds the choices behind what we would have made ourselves: ${vendor}`, async () => {
      const session = await connectTo();
      const made = integrationOf(vendor);
      const plan = session.planApply(made, await session.read(made));
      assert.equal((await carryOut(session, plan)).status, "done");
      const { name } = made.manifest.role ?? { name: "" };
      const { integrationId, ...role } = await roleNamed(session, name);
      assert.equal(integrationId, made.manifest.id);
      const unmarked = { ...role, integrationId: undefined };
      const reference = await loadServiceReference();
      const { request, change, documents } = adoptRole(made.definition, unmarked, session.identity, reference);
      assert.equal(request.accessLevel, made.manifest.accessLevel);
      // Whether the bucket was made for it the role does not tell.
      const { createBucket: _, ...parameters } = made.manifest.parameters as { readonly [name: string]: JsonValue };
      assert.deepEqual(request.parameters, parameters);
      assert.equal(change.result, "unchanged", JSON.stringify(change));
      assert.deepEqual([...documents.keys()].sort(), ["permissions", "trust"]);
    });

  it("takes over a policy that is attached to this role alone, and leaves AWS's own and shared ones where they are", async () => {
    const { iam } = theWorld();
    const { permissions } = Object.fromEntries(
      integrationOf("jfrog-ml").documents.map(({ role, value }) => [role, JSON.stringify(value)]),
    );
    await makeRole("by-hand", trusting("arn:aws:iam::900492983183:root"));
    await makeRole("other", trusting("arn:aws:iam::210987654321:root"));
    for (const [PolicyName, roles] of [
      ["hand-made", ["by-hand"]],
      ["shared", ["by-hand", "other"]],
    ] as const) {
      const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: permissions }));
      for (const RoleName of roles) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }));
    }
    const session = await connectTo();
    const adoption = await adoptionOf(session, "by-hand", "jfrog-ml");
    assert.deepEqual(adoption.request.role?.policy, { name: "hand-made", attach: "managed" });
    assert.match(adoption.notes.join(), /The policy shared is attached elsewhere, too/);
    const { integration, plan } = await adopted(session, adoption);
    assert.deepEqual(plan.steps.map(({ id }) => id).sort(), ["update managed-policy hand-made", "update role by-hand"]);
    assert.equal((await carryOut(session, plan)).status, "done");
    const { resources } = await session.verify(integration);
    const statuses = Object.fromEntries(resources.map(({ kind, status }) => [kind, status]));
    assert.deepEqual(statuses, { role: "differs", "managed-policy": "in-sync", "policy-attachment": "in-sync" });
    const [role] = resources;
    assert.equal(role?.differences.length, 1);
    assert.match(role?.differences[0] ?? "", /policy\/shared is in the role, too/);
    // Nobody wants a step that takes it away.
    assert.deepEqual(session.planApply(integration, await session.read(integration)).steps, []);
  });

  it("refuses a role of another integration, and one that is gone by now", async () => {
    const session = await connectTo();
    const made = integrationOf("jfrog-ml");
    await carryOut(session, session.planApply(made, await session.read(made)));
    await assert.rejects(adoptionOf(session, "jfrog-ml-role", "jfrog-ml"), /belongs to an integration already/);
    const gone = integrationOf("jfrog-ml", { id: "00000000-0000-4000-8000-00000000000f", role: { name: "gone" } });
    assert.match(session.planAdopt(gone, await session.read(gone)).refusals.join(), /There is no role gone/);
    const taken = integrationOf("jfrog-ml", { id: "00000000-0000-4000-8000-00000000000e" });
    assert.match(
      session.planAdopt(taken, await session.read(taken)).refusals.join(),
      /The role jfrog-ml-role belongs to another integration already, with the id 00000000-0000-4000-8000-000000000001/,
    );
  });
});
