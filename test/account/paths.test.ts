import assert from "node:assert/strict";
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import type { AccountSession, Purpose } from "../../src/account/account";
import { neededPermissions } from "../../src/account/neededPermissions";
import { nodeFileSystem } from "../../src/cli/nodeFileSystem";
import { adoptRole } from "../../src/integration/adoptRole";
import type { Integration } from "../../src/integration/integration";
import { keyPolicyAdvice } from "../../src/integration/keyPolicyAdvice";
import { scaffold } from "../../src/integration/scaffold";
import { loadServiceReference } from "../../src/policy/serviceReference/loadServiceReference";
import { findVendor } from "../../src/vendors/catalog";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { apply, remove } from "./applying";
import { integrationOf, sampleIntegration } from "./integrations";
import { carryOut, connectTo, everything, theWorld } from "./world";

const account = "210987654321";

/** As AWS tells it. */
async function arnOf(RoleName: string): Promise<string> {
  const { Role } = await theWorld().iam.send(new GetRoleCommand({ RoleName }));
  return Role?.Arn ?? "";
}

async function removed(integration: Integration): Promise<void> {
  await remove(integration);
  const { roles, policies } = await everything();
  assert.deepEqual({ roles, policies }, { roles: [], policies: [] });
}

async function statusesOf(session: AccountSession, integration: Integration): Promise<readonly string[]> {
  const { resources } = await session.verify(integration);
  return resources.map(({ kind, status }) => `${kind} ${status}`);
}

const handedBack = (handBack: readonly { readonly name: string; readonly value: string | undefined }[], name: string) =>
  handBack.find((item) => item.name === name)?.value;

describe("a role below a path that a hand has made", () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder("va-paths-");
  });
  afterEach(() => removeTemporaryFolder(folder));

  async function made(RoleName: string, Path: string, attach: "managed" | "inline"): Promise<void> {
    const { iam } = theWorld();
    const [permissions, trust] = ["permissions", "trust"].map((wanted) =>
      JSON.stringify(integrationOf("jfrog-ml").documents.find(({ role }) => role === wanted)?.value),
    );
    await iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument: trust }));
    if (attach === "inline") {
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "s3", PolicyDocument: permissions }));
      return;
    }
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: "read-images", Path, PolicyDocument: permissions }),
    );
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }));
  }

  async function adopted(session: AccountSession, name: string): Promise<Integration> {
    const role = (await session.listRoles()).find((each) => each.name === name);
    assert.ok(role, `the role ${name} is listed`);
    const definition = findVendor("jfrog-ml");
    assert.ok(definition, "the vendor");
    const adoption = adoptRole(definition, role, session.identity, await loadServiceReference());
    assert.deepEqual(adoption.notes, []);
    const integration = await scaffold(nodeFileSystem(folder, folder), "vendor-access", { ...adoption, name });
    const plan = session.planAdopt(integration, await session.read(integration));
    assert.deepEqual(plan.refusals, []);
    assert.equal(handedBack(plan.handBack, "roleArn"), role.arn);
    assert.equal((await carryOut(session, plan)).status, "done");
    return integration;
  }

  it("becomes an integration with the ARN that AWS tells, and goes with its policy", async () => {
    await made("foo", "/service-role/", "managed");
    const session = await connectTo();
    const integration = await adopted(session, "foo");
    assert.equal(integration.manifest.role?.path, "/service-role/");
    assert.deepEqual(integration.manifest.role.policy, {
      name: "read-images",
      path: "/service-role/",
      attach: "managed",
    });
    const arn = `arn:aws:iam::${account}:role/service-role/foo`;
    assert.equal(await arnOf("foo"), arn);
    const live = await session.read(integration);
    assert.equal(handedBack(live.handBack, "roleArn"), arn);
    assert.equal(live.resources.find(({ kind }) => kind === "role")?.arn, arn);
    assert.deepEqual(await statusesOf(session, integration), [
      "role in-sync",
      "managed-policy in-sync",
      "policy-attachment in-sync",
    ]);
    assert.deepEqual(session.planApply(integration, live).steps, []);
    const { access } = await session.verifyAccess(integration, live, await loadServiceReference());
    assert.ok(access.length > 0 && access.every(({ allowed }) => allowed), JSON.stringify(access));
    await removed(integration);
  });

  it("is read the same when the whole account is looked at", async () => {
    await made("foo", "/service-role/", "inline");
    const session = await connectTo();
    const integration = await adopted(session, "foo");
    // With so many others the whole account is read at once.
    const many = Array.from({ length: 9 }, (_, index) =>
      integrationOf("jfrog-ml", {
        id: `00000000-0000-4000-8000-00000000010${index}`,
        role: { name: `other-${index}` },
      }),
    );
    const [found] = await session.readMany([integration, ...many]);
    assert.ok(found && "resources" in found, "it is read");
    assert.deepEqual(found, await session.read(integration));
  });

  it("that only AWS itself can change is refused", async () => {
    await made("AWSReservedSSO_images_0123456789abcdef", "/aws-reserved/sso.amazonaws.com/", "inline");
    const session = await connectTo();
    await assert.rejects(adopted(session, "AWSReservedSSO_images_0123456789abcdef"), /made and kept by AWS itself/);
  });
});

describe("a role that is made below a path", () => {
  const role = { name: "images", path: "/vendors/ml/" };
  const arn = `arn:aws:iam::${account}:role/vendors/ml/images`;

  it("has it in the ARN that is handed back, and its policy lies there, too", async () => {
    const integration = integrationOf("dataloop", { role });
    const session = await connectTo();
    const { plan, result } = await apply(integration);
    assert.deepEqual(
      [handedBack(plan.handBack, "roleArn"), handedBack(result.handBack, "roleArn"), await arnOf("images")],
      [arn, arn, arn],
    );
    const { resources } = await session.verify(integration);
    assert.deepEqual([...new Set(resources.map(({ status }) => status))], ["in-sync"]);
    assert.equal(
      resources.find(({ kind }) => kind === "managed-policy")?.arn,
      `arn:aws:iam::${account}:policy/vendors/ml/images`,
    );
    assert.deepEqual(session.planApply(integration, await session.read(integration)).steps, []);
    await removed(integration);
  });

  it("trusts itself by that ARN, first without, because it does not exist yet", async () => {
    const trust = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: arn }, Action: "sts:AssumeRole" }],
    };
    const integration = integrationOf("jfrog-ml", { role, documents: { trust } });
    const session = await connectTo();
    theWorld().proxy.clear();
    await apply(integration);
    const calls = theWorld().proxy.calls.map(({ action }) => action);
    assert.ok(calls.indexOf("UpdateAssumeRolePolicy") > calls.indexOf("CreateRole"), calls.join(" "));
    assert.deepEqual(await statusesOf(session, integration), ["role in-sync", "inline-policy in-sync"]);
  });

  it("is in the documents of a vendor whose role assumes itself", async () => {
    const integration = sampleIntegration("databricks", "read-write", { role });
    const [trust, permissions] = ["trust", "permissions"].map(
      (wanted) => integration.documents.find((document) => document.role === wanted)?.text ?? "",
    );
    assert.ok(trust?.includes(`:role/vendors/ml/images"`), trust);
    assert.ok(permissions?.includes(`:role/vendors/ml/images"`), permissions);
  });

  it("is made again there when its removal is rolled back", async () => {
    const integration = integrationOf("dataloop", { role });
    const session = await connectTo();
    await apply(integration);
    const { proxy } = theWorld();
    proxy.fail("iam:DeleteUser", "accessDenied");
    const plan = session.planRemove(integration, await session.read(integration));
    const { unfinished } = await carryOut(session, plan);
    assert.ok(unfinished, "the removal stopped");
    proxy.heal();
    assert.ok(!(await everything()).roles.includes("images"), "the role is gone");
    const back = await session.planRollBack(unfinished);
    const result = await carryOut(session, back);
    assert.equal(result.status, "done", result.failure?.message);
    assert.deepEqual(await session.verifyRollBack(unfinished, result), []);
    assert.equal(await arnOf("images"), arn);
  });

  it("is what the person must be allowed to change, by its exact ARN", async () => {
    const integration = integrationOf("dataloop", { role });
    for (const purpose of ["plan", "apply", "remove", "verify"] satisfies Purpose[]) {
      const { policy, useful } = neededPermissions(integration, purpose);
      const named = JSON.stringify([policy, useful]).match(/arn:aws:iam::\d+:(role|policy)\/[^"]*/g) ?? [];
      const expected = [`arn:aws:iam::${account}:policy/vendors/ml/images`, arn];
      assert.deepEqual([...new Set(named)].sort(), expected, purpose);
    }
  });

  it("is the principal of the statement for the key's policy", async () => {
    const keyArn = `arn:aws:kms:us-east-1:345678901234:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    const integration = integrationOf("activeloop-deep-lake", { role, parameters: { kmsKeyArn: keyArn } });
    const [advice] = keyPolicyAdvice(
      integration,
      account,
      [{ keyArn, buckets: [], policy: undefined }],
      await loadServiceReference(),
    );
    assert.deepEqual(advice?.statement.Principal, { AWS: arn });
  });

  it("is refused when the role is there below another one: AWS moves none", async () => {
    const session = await connectTo();
    const integration = integrationOf("jfrog-ml", { role: { name: "images" } });
    await apply(integration);
    const moved = integrationOf("jfrog-ml", { role });
    const live = await session.read(moved);
    const { refusals, steps } = session.planApply(moved, live);
    assert.match(refusals.join(), /The role images lies below the path \/, not \/vendors\/ml\/.*set role\.path/);
    assert.deepEqual(steps, []);
    const state = live.resources.find(({ kind }) => kind === "role");
    assert.deepEqual(
      [state?.arn, state?.status, state?.differences[0]],
      [await arnOf("images"), "differs", "It lies below the path / instead of /vendors/ml/."],
    );
    assert.equal(handedBack(live.handBack, "roleArn"), await arnOf("images"));
    await removed(moved);
  });
});
