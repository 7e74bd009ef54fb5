import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  DeleteRoleCommand,
  GetRoleCommand,
  ListAccessKeysCommand,
  PutRolePolicyCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { AccountSession, Plan } from "../../src/account/account";
import { acquireLock } from "../../src/account/journal/lock";
import type { Integration } from "../../src/integration/integration";
import { isUserError } from "../../src/policy/userError";
import { fakeClock } from "./fakeClock";
import { integrationOf } from "./integrations";
import { carryOut, connectTo, everything, theJournal, theWorld } from "./world";

async function planned(integration: Integration): Promise<{ session: AccountSession; plan: Plan }> {
  const session = await connectTo();
  return { session, plan: session.planApply(integration, await session.read(integration)) };
}

async function apply(integration: Integration) {
  const { session, plan } = await planned(integration);
  return { session, plan, result: await carryOut(session, plan) };
}

/** Applies with one call denied, and lets it go on to be denied. */
async function failAt(action: string, integration: Integration) {
  theWorld().proxy.fail(action, "accessDenied");
  const applied = await apply(integration);
  assert.equal(applied.result.status, "failed");
  theWorld().proxy.heal();
  return applied;
}

function folderOf({ manifest }: Integration): string {
  return path.join(theWorld().stateFolder, "journal", manifest.id);
}

const somebodysTrust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "210987654321" }, Action: "sts:AssumeRole" }],
});

describe("a run that stops before its end", () => {
  it("is in the journal until it is continued, and says how far it came", async () => {
    const integration = integrationOf("activeloop-deep-lake");
    const { result } = await failAt("AttachRolePolicy", integration);
    const [run] = await theJournal().unfinished(integration.manifest.id);
    assert.deepEqual(result.unfinished, run);
    assert.equal(run?.status, "failed");
    assert.deepEqual(run?.done.map(({ kind }) => kind).sort(), ["managed-policy", "role"]);
    assert.match(
      run?.sentence ?? "",
      /^Applying activeloop-deep-lake in account 210987654321 \(profile sandbox\) failed .* ago: 2 of 3 steps done\. .*may not call iam:AttachRolePolicy/,
    );
    const again = await apply(integration);
    assert.equal(again.result.status, "done");
    assert.deepEqual(
      again.plan.steps.map(({ kind }) => kind),
      ["policy-attachment"],
    );
    assert.deepEqual(await theJournal().unfinished(integration.manifest.id), []);
    assert.match(readdirSync(folderOf(integration)).join(), /^\S+\.done\.jsonl$/);
  });

  it("is not unfinished when nothing was changed", async () => {
    const integration = integrationOf("jfrog-ml");
    const { result } = await failAt("CreateRole", integration);
    assert.equal(result.unfinished, undefined);
    assert.deepEqual(await theJournal().unfinished(integration.manifest.id), []);
  });

  it("is another integration's business only", async () => {
    await failAt("AttachRolePolicy", integrationOf("activeloop-deep-lake"));
    assert.deepEqual(await theJournal().unfinished("00000000-0000-4000-8000-00000000000f"), []);
  });

  it("is nobody's in another account", async () => {
    const integration = integrationOf("activeloop-deep-lake");
    const { result, session } = await failAt("AttachRolePolicy", integration);
    const run = result.unfinished ?? assert.fail("it is unfinished");
    const elsewhere = { ...run, identity: { ...run.identity, account: "111122223333" } };
    const plan = await session.planRollBack(elsewhere);
    assert.match(plan.refusals.join(), /in the account 111122223333/);
    assert.deepEqual(plan.steps, []);
  });

  it("is cancelled: what was done is rolled back in reverse", async () => {
    const integration = integrationOf("activeloop-deep-lake");
    const { session, plan } = await planned(integration);
    const controller = new AbortController();
    const result = await carryOut(session, plan, {
      signal: controller.signal,
      onProgress: ({ state }) => state === "done" && controller.abort(),
    });
    assert.equal(result.unfinished?.status, "cancelled");
    const undo = await session.planRollBack(result.unfinished ?? assert.fail("it is unfinished"));
    assert.equal((await carryOut(session, undo)).status, "done");
    assert.deepEqual(await everything(), { roles: [], policies: [], users: [], buckets: [] });
  });

  it("has its journal readable by its user alone", async () => {
    const integration = integrationOf("activeloop-deep-lake");
    await failAt("AttachRolePolicy", integration);
    const [name = ""] = readdirSync(folderOf(integration));
    assert.equal(statSync(path.join(folderOf(integration), name)).mode & 0o077, 0);
    assert.equal(statSync(folderOf(integration)).mode & 0o077, 0);
  });

  it("has on the disk what was done before, when the next step begins", async () => {
    const integration = integrationOf("activeloop-deep-lake");
    const { session, plan } = await planned(integration);
    let text = "";
    await carryOut(session, plan, {
      onProgress: ({ step, state }) => {
        if (step.kind !== "policy-attachment" || state !== "started") return;
        const [name = ""] = readdirSync(folderOf(integration)).filter((each) => each.endsWith(".jsonl"));
        text = readFileSync(path.join(folderOf(integration), name), "utf8");
      },
    });
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(lines.filter(({ type }) => type === "done").length, 2);
    assert.match(lines.at(-1).step, /policy-attachment/);
  });

  it("is not begun when the journal can't be written", async () => {
    const integration = integrationOf("jfrog-ml");
    const { session, plan } = await planned(integration);
    writeFileSync(theWorld().stateFolder, "not a folder");
    await assert.rejects(
      carryOut(session, plan),
      (error) =>
        isUserError(error) && error.code === "file" && /Nothing is changed in AWS without it/.test(error.message),
    );
    rmSync(theWorld().stateFolder);
    assert.deepEqual((await everything()).roles, []);
  });
});

describe("rolling back", () => {
  async function undo(session: AccountSession, integration: Integration) {
    const run = (await session.unfinishedRun(integration.manifest.id)) ?? assert.fail("something is unfinished");
    const plan = await session.planRollBack(run);
    const result = await carryOut(session, plan);
    return { plan, result, left: result.status === "done" ? await session.verifyRollBack(run, result) : undefined };
  }

  it("deletes what a first apply made, an empty bucket and an access key included", async () => {
    const integration = integrationOf("dataloop");
    const { session } = await failAt("AttachRolePolicy", integration);
    const { result, left } = await undo(session, integration);
    assert.equal(result.failure, undefined);
    assert.deepEqual(left, []);
    assert.deepEqual(await everything(), { roles: [], policies: [], users: [], buckets: [] });
    assert.deepEqual(await theJournal().unfinished(integration.manifest.id), []);
  });

  it("keeps a bucket that holds an object by now, and says so", async () => {
    const integration = integrationOf("dataloop");
    const { session } = await failAt("AttachRolePolicy", integration);
    await theWorld().s3.send(new PutObjectCommand({ Bucket: "dataloop-items", Key: "data", Body: "1" }));
    const { result } = await undo(session, integration);
    assert.equal(result.status, "done");
    assert.deepEqual(
      result.kept?.map(({ sentence }) => sentence),
      ["The bucket dataloop-items stays: it holds objects by now."],
    );
    assert.deepEqual((await everything()).buckets, ["dataloop-items"]);
  });

  it("a bucket that was made and not marked is ours all the same, for going on and for rolling back", async () => {
    const integration = integrationOf("dataloop");
    await failAt("PutBucketTagging", integration);
    const { plan, result } = await apply(integration);
    assert.deepEqual(plan.refusals, []);
    assert.equal(result.status, "done");
  });

  it("is nobody else's in a look at many integrations, either", async () => {
    const integration = integrationOf("dataloop");
    const { session } = await failAt("PutBucketTagging", integration);
    const [found] = await session.readMany([integration]);
    assert.ok(found && "resources" in found, "it can be read");
    const made = found.resources.filter(({ kind }) => kind === "bucket");
    assert.deepEqual(
      made.map(({ status }) => status),
      ["differs"],
    );
  });

  it("changes back what an update changed, tags that it added included", async () => {
    const integration = integrationOf("activeloop-deep-lake");
    await apply(integration);
    const before = await theWorld().iam.send(new GetRoleCommand({ RoleName: "activeloop-deep-lake-role" }));
    const changed = integrationOf("activeloop-deep-lake", {
      role: { name: "activeloop-deep-lake-role", maxSessionDuration: 7200, tags: { team: "data" } },
    });
    const { session } = await failAt("TagPolicy", changed);
    const { plan, left } = await undo(session, changed);
    assert.deepEqual(left, []);
    assert.match(plan.steps.map(({ sentence }) => sentence).join(), /Change the role .* back to what it was/);
    const after = await theWorld().iam.send(new GetRoleCommand({ RoleName: "activeloop-deep-lake-role" }));
    assert.deepEqual(after.Role?.Tags, before.Role?.Tags);
    assert.equal(after.Role?.MaxSessionDuration, before.Role?.MaxSessionDuration);
  });

  it("keeps a role that is somebody else's by now", async () => {
    const { iam } = theWorld();
    const integration = integrationOf("activeloop-deep-lake");
    const { session } = await failAt("AttachRolePolicy", integration);
    const RoleName = "activeloop-deep-lake-role";
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ["vendor-access:integration"] }));
    const { plan } = await undo(session, integration);
    assert.match(plan.notes.join(), /role activeloop-deep-lake-role stays: it is not this integration's/);
    assert.deepEqual((await everything()).roles, [RoleName]);
  });

  it("keeps a role into which somebody put another policy, but lets nobody in", async () => {
    const integration = integrationOf("activeloop-deep-lake");
    const { session } = await failAt("AttachRolePolicy", integration);
    const RoleName = "activeloop-deep-lake-role";
    const deny = { Effect: "Deny", Action: "s3:*", Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [deny] });
    await theWorld().iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "theirs", PolicyDocument }));
    const { plan, left } = await undo(session, integration);
    assert.match(plan.notes.join(), /stays, with a trust policy that lets nobody in: theirs/);
    assert.deepEqual(left, []);
    const { Role } = await theWorld().iam.send(new GetRoleCommand({ RoleName }));
    assert.doesNotMatch(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""), /Allow/);
  });

  it("makes again what a removal has deleted, and says that a deleted key can't come back", async () => {
    const integration = integrationOf("dataloop");
    const { session } = await apply(integration);
    const removal = session.planRemove(integration, await session.verify(integration));
    theWorld().proxy.fail("DeletePolicy", "accessDenied");
    assert.equal((await carryOut(session, removal)).status, "failed");
    theWorld().proxy.heal();
    const { plan, left } = await undo(session, integration);
    assert.match(plan.notes.join(), /access key dataloop-role \(\S+\) can't be brought back/);
    assert.match(plan.steps.map(({ sentence }) => sentence).join(), /Make the role .* again .*new unique id/);
    assert.deepEqual(left, []);
    const { resources } = await session.verify(integration);
    assert.deepEqual(
      resources.filter(({ status }) => status !== "in-sync").map(({ kind }) => kind),
      ["access-key"],
    );
  });

  it("is not at its end before somebody has seen that nothing is left", async () => {
    const integration = integrationOf("jfrog-ml");
    const { session } = await failAt("PutRolePolicy", integration);
    theWorld().proxy.fail("DeleteRole", "noSuchEntity", { times: 1 }); // and it is still there
    const first = await undo(session, integration);
    assert.equal(first.result.status, "done");
    assert.deepEqual(
      first.left?.map(({ id }) => id),
      ["delete role jfrog-ml-role"],
    );
    const second = await undo(await connectTo(), integration);
    assert.deepEqual(second.left, []);
    assert.deepEqual((await everything()).roles, []);
    assert.deepEqual(await theJournal().unfinished(integration.manifest.id), []);
  });

  it("that fails itself can be done again", async () => {
    const integration = integrationOf("dataloop");
    const { session } = await failAt("AttachRolePolicy", integration);
    theWorld().proxy.fail("DeleteUser", "accessDenied");
    const first = await undo(session, integration);
    assert.equal(first.result.status, "failed");
    assert.equal(first.result.unfinished?.action, "roll-back");
    assert.match(first.result.unfinished?.sentence ?? "", /^Rolling back dataloop/);
    theWorld().proxy.heal();
    const second = await undo(await connectTo(), integration);
    assert.equal(second.result.status, "done");
    assert.deepEqual(await everything(), { roles: [], policies: [], users: [], buckets: [] });
  });
});

describe("the access key of a run that was interrupted", () => {
  /** The journal as it is when the program ends right after the key was made. */
  async function interruptedAfterKey(integration: Integration, keepsSecrets: boolean): Promise<string | undefined> {
    const { session, plan } = await planned(integration);
    const folder = folderOf(integration);
    let text = "";
    let name = "";
    const { secrets } = await carryOut(session, plan, {
      keepsSecrets,
      onProgress: ({ step, state }) => {
        if (step.kind !== "access-key" || state !== "done") return;
        name = readdirSync(folder).find((each) => each.endsWith(".jsonl")) ?? "";
        text = readFileSync(path.join(folder, name), "utf8");
      },
    });
    rmSync(folder, { recursive: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, name), text);
    return secrets[0]?.accessKeyId;
  }

  it("is replaced when its secret was to be told at the end", async () => {
    const integration = integrationOf("dataloop");
    const lost = await interruptedAfterKey(integration, false);
    const { plan, result } = await apply(integration);
    assert.deepEqual(
      plan.steps.map(({ id, sentence }) => [id, sentence]),
      [
        [
          "update access-key dataloop-role",
          `Create an access key for the user dataloop-role in place of ${lost}, whose secret was lost`,
        ],
      ],
    );
    const keys = await theWorld().iam.send(new ListAccessKeysCommand({ UserName: "dataloop-role" }));
    assert.deepEqual(
      keys.AccessKeyMetadata?.map(({ AccessKeyId }) => AccessKeyId),
      result.secrets.map(({ accessKeyId }) => accessKeyId),
    );
    assert.notEqual(result.secrets[0]?.accessKeyId, lost);
  });

  it("stays when its secret was stored", async () => {
    const integration = integrationOf("dataloop");
    await interruptedAfterKey(integration, true);
    assert.deepEqual((await planned(integration)).plan.steps, []);
  });
});

describe("a rotation", () => {
  it("does not end what an apply has left unfinished", async () => {
    const integration = integrationOf("dataloop");
    const { session } = await failAt("AttachRolePolicy", integration);
    const plan = session.planRotation(integration, await session.read(integration), undefined);
    await assert.rejects(
      carryOut(session, plan),
      (error) =>
        isUserError(error) && error.code === "busy" && /^Applying .* Continue it or roll it/.test(error.message),
    );
    assert.equal((await session.unfinishedRun(integration.manifest.id))?.action, "apply");
  });
});

describe("exactly what was confirmed", () => {
  it("a role that somebody changed since is told, and nothing is done", async () => {
    const { iam } = theWorld();
    const integration = integrationOf("activeloop-deep-lake");
    await apply(integration);
    const changed = integrationOf("activeloop-deep-lake", {
      role: { name: "activeloop-deep-lake-role", maxSessionDuration: 7200 },
    });
    const { session, plan } = await planned(changed);
    const RoleName = "activeloop-deep-lake-role";
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: somebodysTrust }));
    const replan = async () => session.planApply(changed, await session.read(changed));
    const result = await carryOut(session, plan, { replan });
    assert.equal(result.status, "changed");
    assert.deepEqual(result.changed?.differences, [
      "The role activeloop-deep-lake-role in AWS is not what it was when the plan was made.",
    ]);
    assert.equal((await iam.send(new GetRoleCommand({ RoleName }))).Role?.MaxSessionDuration, 3600);
    const again = await carryOut(session, result.changed?.plan ?? assert.fail("there is a new plan"), { replan });
    assert.equal(again.status, "done");
  });

  it("a role that somebody made since is told", async () => {
    const integration = integrationOf("jfrog-ml");
    const { session, plan } = await planned(integration);
    await apply(integrationOf("jfrog-ml", { id: "00000000-0000-4000-8000-00000000000f" }));
    const replan = async () => session.planApply(integration, await session.read(integration));
    const result = await carryOut(session, plan, { replan });
    assert.equal(result.status, "changed");
    assert.match(result.changed?.differences.join() ?? "", /role jfrog-ml-role exists already/);
  });

  it("a role that somebody changes between two steps is not written again, and the read-back tells", async () => {
    const integration = integrationOf("activeloop-deep-lake");
    const { session, plan } = await planned(integration);
    const RoleName = plan.steps.find(({ kind }) => kind === "role")?.name ?? assert.fail("a role is made");
    const { proxy, iam } = theWorld();
    proxy.delay(300, "AttachRolePolicy");
    let byHand: Promise<unknown> | undefined;
    const result = await carryOut(session, plan, {
      onProgress: ({ step, state }) => {
        if (step.kind !== "policy-attachment" || state !== "started") return;
        byHand = iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: somebodysTrust }));
      },
    });
    await (byHand ?? assert.fail("somebody changed it meanwhile"));
    assert.equal(result.status, "done");
    const { resources } = await session.verify(integration);
    const different = resources.filter(({ status }) => status !== "in-sync");
    assert.deepEqual(
      different.map(({ kind, status }) => [kind, status]),
      [["role", "differs"]],
    );
    assert.match(different[0]?.differences.join() ?? "", /trust policy/);
    const again = await apply(integration);
    assert.deepEqual(
      again.plan.steps.map(({ id }) => id),
      [`update role ${RoleName}`],
    );
  });

  it("a role that somebody deletes between two steps stops the run, which can be continued", async () => {
    const integration = integrationOf("activeloop-deep-lake");
    const { session, plan } = await planned(integration);
    const RoleName = plan.steps.find(({ kind }) => kind === "role")?.name ?? assert.fail("a role is made");
    const { proxy, iam } = theWorld();
    let attempts = 0;
    proxy.delay(300, ({ action }) => action === "AttachRolePolicy" && attempts++ === 0);
    const result = await carryOut(session, plan, {
      onProgress: ({ step, state }) => {
        if (step.kind === "policy-attachment" && state === "started")
          void iam.send(new DeleteRoleCommand({ RoleName }));
      },
    });
    assert.equal(result.status, "failed");
    assert.equal(result.failure?.awsErrorName, "NoSuchEntity");
    assert.equal(result.unfinished?.status, "failed");
    const again = await apply(integration);
    assert.equal(again.result.status, "done");
    assert.deepEqual(await theJournal().unfinished(integration.manifest.id), []);
    const { resources } = await again.session.verify(integration);
    assert.ok(
      resources.every(({ status }) => status === "in-sync"),
      "all is as the documents say",
    );
  });

  it("what did not change is done at once", async () => {
    const integration = integrationOf("jfrog-ml");
    const { session, plan } = await planned(integration);
    const replan = async () => session.planApply(integration, await session.read(integration));
    assert.equal((await carryOut(session, plan, { replan })).status, "done");
  });

  it("a first apply that nobody is asked about does not look twice", async () => {
    const integration = integrationOf("jfrog-ml");
    const { session, plan } = await planned(integration);
    const replan = () => Promise.reject(new Error("looked again"));
    assert.equal((await carryOut(session, plan, { replan, asked: false })).status, "done");
  });

  it("each step names the permissions that its calls need, and no others", async () => {
    for (const vendor of ["activeloop-deep-lake", "jfrog-ml", "dataloop"] as const) {
      const integration = integrationOf(vendor);
      const { session, plan } = await planned(integration);
      const seen = theWorld().proxy.calls.length;
      await carryOut(session, plan);
      const called = theWorld()
        .proxy.calls.slice(seen)
        .map(({ service, action }) => `${service}:${action}`);
      const needed = new Set(plan.steps.flatMap(({ permissions }) => permissions));
      for (const call of called) {
        const permission = { "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock" }[call] ?? call;
        assert.ok(needed.delete(permission) || !needed.has(permission), `${call} of ${vendor}`);
      }
      for (const left of needed) assert.match(left, /^iam:Tag/, `${left} goes with what is created`);
      await theWorld().emulator.reset();
    }
  });
});

describe("two at a time", () => {
  it("the second waits, then says who works on it", async () => {
    const integration = integrationOf("jfrog-ml");
    const { session, plan } = await planned(integration);
    const lock = await acquireLock(path.join(folderOf(integration), "lock"), {
      doing: "applying jfrog-ml",
      clock: fakeClock(),
      signal: undefined,
      onWait: () => assert.fail("nobody has it"),
    });
    const waited: string[] = [];
    await assert.rejects(
      session.execute(plan, { onProgress: ({ detail }) => detail && waited.push(detail) }),
      (error) =>
        isUserError(error) &&
        error.code === "busy" &&
        new RegExp(`has been applying jfrog-ml for \\d+ s \\(process ${process.pid} on this machine\\)`).test(
          error.message,
        ),
    );
    assert.ok(waited.length > 0, "it waits first");
    assert.deepEqual((await everything()).roles, []);
    await lock.release();
    assert.equal((await carryOut(session, plan)).status, "done");
  });

  it("the second goes on when the first has ended, and sees what it did", async () => {
    const integration = integrationOf("dataloop");
    const one = await planned(integration);
    const two = await planned(integration);
    const replan = (session: AccountSession) => async () =>
      session.planApply(integration, await session.read(integration));
    const outcomes = await Promise.all(
      [one, two].map(({ session, plan }) =>
        carryOut(session, plan, { replan: replan(session) }).then(
          ({ status }) => status,
          (error: unknown) => (isUserError(error) ? error.code : "aws"),
        ),
      ),
    );
    // Either of them can be the first.
    assert.match(outcomes.sort().join(), /^(busy|changed),done$/);
    const keys = await theWorld().iam.send(new ListAccessKeysCommand({ UserName: "dataloop-role" }));
    assert.equal(keys.AccessKeyMetadata?.length, 1);
  });

  it("a lock whose process is gone is void", async () => {
    const integration = integrationOf("jfrog-ml");
    await apply(integration);
    const gone = { pid: 2 ** 22 + 1, host: os.hostname(), since: new Date().toISOString() };
    writeFileSync(path.join(folderOf(integration), "lock"), JSON.stringify({ ...gone, doing: "applying", nonce: "x" }));
    const changed = integrationOf("jfrog-ml", { role: { name: "jfrog-ml-role", maxSessionDuration: 7200 } });
    assert.equal((await apply(changed)).result.status, "done");
    assert.deepEqual(
      readdirSync(folderOf(integration)).filter((name) => name.startsWith("lock")),
      [],
    );
  });
});

describe("a clock that is an hour behind", () => {
  it("is corrected by AWS's answer, and the call is made again", async () => {
    const integration = integrationOf("dataloop");
    const { proxy } = theWorld();
    for (const call of ["GetRole", "CreateRole", "HeadBucket"]) proxy.fail(call, "clockSkew", { times: 1 });
    const { session, result } = await apply(integration);
    assert.equal(result.failure, undefined);
    assert.equal(
      (await session.verify(integration)).resources.every(({ status }) => status === "in-sync"),
      true,
    );
  });

  it("that stays wrong is said, and what to do", async () => {
    theWorld().proxy.fail("GetRole", "clockSkew");
    const session = await connectTo();
    await assert.rejects(
      session.read(integrationOf("jfrog-ml")),
      (error) =>
        isUserError(error) &&
        /iam:GetRole \(SignatureDoesNotMatch\), because the clock of this machine is wrong/.test(error.message),
    );
  });
});

describe("the role's last use", () => {
  it("is told before it is removed", async () => {
    const integration = integrationOf("jfrog-ml");
    const { session } = await apply(integration);
    const { steps } = session.planRemove(integration, await session.read(integration));
    assert.match(
      steps.find(({ id }) => id === "update role jfrog-ml-role")?.sentence ?? "",
      /can't assume it any more \(made within the last day and not used yet, as far as AWS knows\)$/,
    );
  });
});
