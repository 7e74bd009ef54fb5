import assert from "node:assert/strict";
import { ListAccessKeysCommand, ListPolicyVersionsCommand } from "@aws-sdk/client-iam";
import type { AccountSession, Plan, Step } from "../../src/account/account";
import type { Integration } from "../../src/integration/integration";
import type { JsonObject } from "../../src/policy/json";
import { isUserError } from "../../src/policy/userError";
import { integrationOf, type VendorId, vendorIds } from "./integrations";
import { carryOut, connectTo, everything, fakeClock, theWorld } from "./world";

/** The permission that a call needs, where it is not called like the call. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const permissions: { readonly [call: string]: string } = {
  "s3:HeadBucket": "s3:ListBucket",
  "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
  "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
  "s3:GetBucketCors": "s3:GetBucketCORS",
  "s3:PutBucketCors": "s3:PutBucketCORS",
};

const firstApplies: readonly (readonly [VendorId, readonly string[]])[] = [
  [
    "activeloop-deep-lake",
    [
      "sts:GetCallerIdentity",
      "iam:GetRole",
      "iam:ListAttachedRolePolicies",
      "iam:ListRolePolicies",
      "iam:GetPolicy",
      "iam:CreateRole",
      "iam:CreatePolicy",
      "iam:AttachRolePolicy",
      "iam:GetPolicyVersion",
      "iam:ListPolicyVersions",
    ],
  ],
  [
    "jfrog-ml",
    [
      "sts:GetCallerIdentity",
      "iam:GetRole",
      "iam:ListAttachedRolePolicies",
      "iam:ListRolePolicies",
      "iam:GetRolePolicy",
      "iam:CreateRole",
      "iam:PutRolePolicy",
    ],
  ],
  [
    "dataloop",
    [
      "sts:GetCallerIdentity",
      "s3:HeadBucket",
      "s3:GetBucketTagging",
      "s3:GetPublicAccessBlock",
      "iam:GetUser",
      "iam:ListAccessKeys",
      "iam:GetRole",
      "iam:ListAttachedRolePolicies",
      "iam:ListRolePolicies",
      "iam:GetPolicy",
      "s3:CreateBucket",
      "s3:PutBucketTagging",
      "s3:PutPublicAccessBlock",
      "iam:CreateUser",
      "iam:CreateAccessKey",
      "iam:CreateRole",
      "iam:CreatePolicy",
      "iam:AttachRolePolicy",
      "iam:GetPolicyVersion",
      "iam:ListPolicyVersions",
    ],
  ],
];

/** What a person is told, from whichever moment of a first apply, and what was done until then. */
async function applyAndListen(
  integration: Integration,
): Promise<{ said: string; code: string; done: readonly Step[] }> {
  let done: readonly Step[] = [];
  try {
    const session = await connectTo();
    const plan = session.planApply(integration, await session.read(integration));
    if (plan.refusals.length > 0) return { said: plan.refusals.join("\n"), code: "refused", done };
    const result = await carryOut(session, plan);
    done = result.done;
    if (result.failure) return { said: result.failure.message, code: result.failure.code, done };
    await session.verify(integration);
    return { said: "", code: "", done };
  } catch (error) {
    assert.ok(isUserError(error), String(error));
    return { said: error.message, code: error.code, done };
  }
}

describe("a first apply with one call denied", () => {
  for (const [vendor, calls] of firstApplies) {
    it(`${vendor}: makes exactly the calls that are tried below`, async () => {
      await applyAndListen(integrationOf(vendor));
      const made = new Set(theWorld().proxy.calls.map(({ service, action }) => `${service}:${action}`));
      assert.deepEqual([...made].sort(), [...calls].sort());
    });

    for (const call of calls) {
      const permission = permissions[call] ?? call;
      it(`${vendor}: names ${permission} and what was made before`, async () => {
        theWorld().proxy.fail(call, "accessDenied");
        const { said, code, done } = await applyAndListen(integrationOf(vendor));
        assert.ok(said.includes(permission), `${permission} is not in: ${said}`);
        if (code !== "refused") {
          assert.equal(code, "access-denied");
          assert.match(said, call.startsWith("sts:") ? /The profile sandbox/ : /profile sandbox|sts::210987654321/);
        }
        const { roles, policies, users } = await everything();
        const named = (kind: string) => done.filter((step) => step.kind === kind).map(({ name }) => name);
        assert.deepEqual(named("role"), roles);
        assert.deepEqual(named("managed-policy"), policies);
        assert.deepEqual(named("user"), users);
      });
    }
  }

  it("says of a bucket that could not be tagged that it was made", async () => {
    theWorld().proxy.fail("PutBucketTagging", "accessDenied");
    const { said } = await applyAndListen(integrationOf("dataloop"));
    assert.match(said, /The bucket dataloop-items was made, but could not be marked/);
  });

  it("has no ARN to hand back for a role that was not made", async () => {
    const integration = integrationOf("jfrog-ml");
    const session = await connectTo();
    theWorld().proxy.fail("CreateRole", "accessDenied");
    const result = await carryOut(session, session.planApply(integration, await session.read(integration)));
    assert.deepEqual(
      result.handBack.map(({ name, value }) => [name, value]),
      [["roleArn", undefined]],
    );
  });

  it("offers the removal of what was made", async () => {
    const integration = integrationOf("dataloop");
    theWorld().proxy.fail("AttachRolePolicy", "accessDenied");
    await applyAndListen(integration);
    theWorld().proxy.clear();
    const session = await connectTo();
    const removal = session.planRemove(integration, await session.read(integration));
    assert.deepEqual(
      removal.steps.map(({ id }) => id),
      [
        "delete access-key dataloop-role",
        "update role dataloop-role",
        "delete role dataloop-role",
        "delete user dataloop-role",
        "delete managed-policy dataloop-role",
      ],
    );
    assert.equal((await carryOut(session, removal)).status, "done");
    assert.deepEqual(await everything(), { roles: [], policies: [], users: [], buckets: ["dataloop-items"] });
  });
});

describe("temporary faults", () => {
  const faults = ["throttle", "serverError", "reset", "resetAfter"] as const;
  for (const fault of faults) {
    for (const vendor of vendorIds) {
      it(`${vendor}: every call meets ${fault} twice and nothing is made twice`, async () => {
        const { proxy, iam } = theWorld();
        const [, calls] = firstApplies.find(([id]) => id === vendor) ?? [vendor, []];
        for (const call of calls) proxy.fail(call, fault, { times: 2 });
        const integration = integrationOf(vendor);
        const clock = fakeClock();
        const session = await connectTo("sandbox", clock);
        const result = await carryOut(session, session.planApply(integration, await session.read(integration)));
        assert.equal(result.failure, undefined);
        const { resources } = await session.verify(integration);
        assert.deepEqual([...new Set(resources.map(({ status }) => status))], ["in-sync"]);
        assert.ok(clock.sleeps.length >= calls.length, "each fault is waited for");
        if (vendor === "dataloop") {
          const keys = await iam.send(new ListAccessKeysCommand({ UserName: "dataloop-role" }));
          assert.deepEqual(
            keys.AccessKeyMetadata?.map(({ AccessKeyId }) => AccessKeyId),
            result.secrets.map(({ accessKeyId }) => accessKeyId),
          );
        }
      });
    }
  }

  it("a new version of a policy is made once, also when the answer is lost", async () => {
    const integration = integrationOf("activeloop-deep-lake");
    const session = await connectTo();
    await carryOut(session, session.planApply(integration, await session.read(integration)));
    const changed = integrationOf("activeloop-deep-lake", { documents: { permissions: narrowerPolicy } });
    const plan = session.planApply(changed, await session.read(changed));
    theWorld().proxy.fail("CreatePolicyVersion", "resetAfter", { times: 1 });
    assert.equal((await carryOut(session, plan)).status, "done");
    const { Versions } = await theWorld().iam.send(
      new ListPolicyVersionsCommand({ PolicyArn: "arn:aws:iam::210987654321:policy/activeloop-deep-lake-role" }),
    );
    assert.deepEqual(Versions?.map(({ VersionId }) => VersionId).sort(), ["v1", "v2"]);
  });

  it("throttling that does not end says so and what to do", async () => {
    theWorld().proxy.fail("GetRole", "throttle");
    const { said, code } = await applyAndListen(integrationOf("jfrog-ml"));
    assert.equal(code, "unavailable");
    assert.match(said, /iam:GetRole.*too many requests \(Throttling\).*Wait a minute/);
  });

  it("a server error that does not end says so", async () => {
    theWorld().proxy.fail("CreateRole", "serverError");
    const { said } = await applyAndListen(integrationOf("jfrog-ml"));
    assert.match(said, /AWS failed at iam:CreateRole \(ServiceFailure\), also after several attempts/);
  });

  it("a connection that always breaks names the endpoint", async () => {
    theWorld().proxy.fail("GetRole", "reset");
    const { said, code } = await applyAndListen(integrationOf("jfrog-ml"));
    assert.equal(code, "network");
    assert.ok(said.includes(theWorld().proxy.endpoint), said);
  });
});

const narrowerPolicy: JsonObject = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::training-data" }],
};

describe("what AWS does not know yet", () => {
  it("a new user that is refused as a principal for a while is waited for, and that is told", async () => {
    const integration = integrationOf("dataloop");
    const clock = fakeClock();
    const session = await connectTo("sandbox", clock);
    const plan = session.planApply(integration, await session.read(integration));
    theWorld().proxy.fail("CreateRole", "invalidPrincipal", { times: 4 });
    const result = await carryOut(session, plan);
    assert.equal(result.status, "done");
    const waiting = "create role dataloop-role: waiting: waiting for AWS to know the new user dataloop-role";
    assert.equal(result.progress.filter((line) => line === waiting).length, 4);
    assert.equal(clock.sleeps.length, 4);
  });

  it("a user that stays unknown is waited for a minute and no longer", async () => {
    const integration = integrationOf("dataloop");
    const clock = fakeClock();
    const session = await connectTo("sandbox", clock);
    const plan = session.planApply(integration, await session.read(integration));
    theWorld().proxy.fail("CreateRole", "invalidPrincipal");
    const { failure } = await carryOut(session, plan);
    assert.match(failure?.message ?? "", /user\/dataloop-role, which does not exist/);
    const slept = clock.sleeps.reduce((sum, each) => sum + each, 0);
    assert.ok(slept >= 60_000 && slept < 75_000, `${slept} ms`);
  });

  it("a principal of the vendor that does not exist is not waited for", async () => {
    const integration = integrationOf("activeloop-deep-lake");
    const clock = fakeClock();
    const session = await connectTo("sandbox", clock);
    const plan = session.planApply(integration, await session.read(integration));
    theWorld().proxy.fail("CreateRole", "invalidPrincipal");
    const { failure } = await carryOut(session, plan);
    assert.match(
      failure?.message ?? "",
      /arn:aws:iam::597713067985:role\/activeloop_backend, which does not exist\. The vendor may have replaced it/,
    );
    assert.equal(failure?.awsErrorName, "MalformedPolicyDocument");
    assert.equal(failure?.awsAction, "iam:CreateRole");
    assert.deepEqual(clock.sleeps, []);
  });

  for (const [vendor, call] of [
    ["activeloop-deep-lake", "AttachRolePolicy"],
    ["jfrog-ml", "PutRolePolicy"],
    ["dataloop", "CreateAccessKey"],
    ["dataloop", "PutPublicAccessBlock"],
    ["dataloop", "PutBucketTagging"],
  ] as const) {
    it(`${call} that does not find what was just made is tried again`, async () => {
      const integration = integrationOf(vendor);
      const session = await connectTo();
      const plan = session.planApply(integration, await session.read(integration));
      theWorld().proxy.fail(call, "noSuchEntity", { times: 3 });
      const result = await carryOut(session, plan);
      assert.equal(result.failure, undefined);
      assert.equal(
        result.progress.filter((line) => /waiting for AWS to know the new (role|user|bucket)/.test(line)).length,
        3,
      );
    });
  }

  it("a role that somebody else deleted is not waited for", async () => {
    const integration = integrationOf("jfrog-ml");
    const session = await connectTo();
    await carryOut(session, session.planApply(integration, await session.read(integration)));
    const changed = integrationOf("jfrog-ml", { documents: { permissions: narrowerPolicy } });
    const clock = fakeClock();
    const later = await connectTo("sandbox", clock);
    const plan = later.planApply(changed, await later.read(changed));
    theWorld().proxy.fail("PutRolePolicy", "noSuchEntity");
    const { failure } = await carryOut(later, plan);
    assert.match(failure?.message ?? "", /NoSuchEntity.*plan again/);
    assert.deepEqual(clock.sleeps, []);
  });

  it("a read-back that shows what was there before is repeated", async () => {
    const integration = integrationOf("jfrog-ml");
    const clock = fakeClock();
    const session = await connectTo("sandbox", clock);
    await carryOut(session, session.planApply(integration, await session.read(integration)));
    theWorld().proxy.fail("GetRole", "noSuchEntity", { times: 2 });
    const { resources } = await session.verify(integration);
    assert.deepEqual([...new Set(resources.map(({ status }) => status))], ["in-sync"]);
    assert.equal(clock.sleeps.length, 2);
  });

  it("a read-back of what this session did not write is not repeated", async () => {
    const integration = integrationOf("jfrog-ml");
    const clock = fakeClock();
    const session = await connectTo("sandbox", clock);
    const { resources } = await session.verify(integration);
    assert.deepEqual([...new Set(resources.map(({ status }) => status))], ["missing"]);
    assert.deepEqual(clock.sleeps, []);
  });
});

describe("cancelling", () => {
  async function planned(): Promise<{ session: AccountSession; plan: Plan }> {
    const integration = integrationOf("activeloop-deep-lake");
    const session = await connectTo();
    return { session, plan: session.planApply(integration, await session.read(integration)) };
  }

  it("between steps: what has begun is finished, nothing more is begun", async () => {
    const { session, plan } = await planned();
    const controller = new AbortController();
    const result = await carryOut(session, plan, {
      signal: controller.signal,
      onProgress: ({ state }) => state === "done" && controller.abort(),
    });
    assert.equal(result.status, "cancelled");
    assert.equal(result.failure, undefined);
    assert.deepEqual(result.done.map(({ kind }) => kind).sort(), ["managed-policy", "role"]);
    assert.deepEqual(
      result.notDone.map(({ kind }) => kind),
      ["policy-attachment"],
    );
    const { roles, policies } = await everything();
    assert.deepEqual([roles.length, policies.length], [1, 1]);
  });

  it("before the first step nothing is done", async () => {
    const { session, plan } = await planned();
    const result = await carryOut(session, plan, { signal: AbortSignal.abort() });
    assert.equal(result.status, "cancelled");
    assert.deepEqual(result.done, []);
    assert.deepEqual((await everything()).roles, []);
  });

  it("while AWS is waited for", async () => {
    const controller = new AbortController();
    const clock = fakeClock(() => controller.abort());
    const integration = integrationOf("dataloop");
    const session = await connectTo("sandbox", clock);
    const plan = session.planApply(integration, await session.read(integration));
    theWorld().proxy.fail("CreateRole", "invalidPrincipal");
    const result = await carryOut(session, plan, { signal: controller.signal });
    assert.equal(result.status, "cancelled");
    assert.equal(
      result.notDone.some(({ kind }) => kind === "role"),
      true,
    );
  });

  it("a look at the account", async () => {
    const { session } = await planned();
    await assert.rejects(
      session.read(integrationOf("jfrog-ml"), AbortSignal.abort()),
      (error) => isUserError(error) && error.code === "cancelled",
    );
  });
});

describe("the secret of a new access key", () => {
  it("goes to onSecret and to nowhere else", async () => {
    const integration = integrationOf("dataloop");
    const session = await connectTo();
    const plan = session.planApply(integration, await session.read(integration));
    const result = await carryOut(session, plan);
    const live = await session.verify(integration);
    const [secret] = result.secrets;
    assert.ok(secret && secret.secretAccessKey.length > 20, "there is a secret");
    const { secrets: _, ...told } = result;
    assert.equal(JSON.stringify({ plan, told, live }).includes(secret.secretAccessKey), false);
    const value = (name: string) => result.handBack.find((item) => item.name === name);
    assert.equal(value("accessKeyId")?.value, secret.accessKeyId);
    assert.deepEqual(value("secretAccessKey"), {
      name: "secretAccessKey",
      label: "Secret (the user's secret access key)",
      value: undefined,
      secret: true,
    });
    assert.equal(value("roleArn")?.value, "arn:aws:iam::210987654321:role/dataloop-role");
    assert.equal(live.handBack.find(({ name }) => name === "accessKeyId")?.value, secret.accessKeyId);
  });

  it("the id of a new key is in the step that is done, also when a later step fails", async () => {
    const integration = integrationOf("dataloop");
    const session = await connectTo();
    const plan = session.planApply(integration, await session.read(integration));
    theWorld().proxy.fail("AttachRolePolicy", "accessDenied");
    const result = await carryOut(session, plan);
    assert.equal(result.status, "failed");
    const step = result.done.find(({ kind }) => kind === "access-key");
    assert.deepEqual(step?.after, {
      userName: "dataloop-role",
      status: "Active",
      accessKeyId: result.secrets[0]?.accessKeyId,
    });
  });

  it("a key whose secret can't be stored is deleted again, and the store's error is not told", async () => {
    const integration = integrationOf("dataloop");
    const session = await connectTo();
    const plan = session.planApply(integration, await session.read(integration));
    const result = await carryOut(session, plan, {
      onSecret: ({ secretAccessKey }) => Promise.reject(new Error(`could not store ${secretAccessKey}`)),
    });
    assert.match(result.failure?.message ?? "", /could not be stored, so that the key was deleted again/);
    assert.equal(JSON.stringify(result).includes("could not store "), false);
    const keys = await theWorld().iam.send(new ListAccessKeysCommand({ UserName: "dataloop-role" }));
    assert.deepEqual(keys.AccessKeyMetadata, []);
  });

  it("no key is made when nobody takes the secret", async () => {
    const integration = integrationOf("dataloop");
    const session = await connectTo();
    const plan = session.planApply(integration, await session.read(integration));
    await assert.rejects(session.execute(plan, {}), /nobody to take its secret/);
    assert.deepEqual((await everything()).users, []);
  });

  it("a user that has a key gets no second one", async () => {
    const integration = integrationOf("dataloop");
    const session = await connectTo();
    await carryOut(session, session.planApply(integration, await session.read(integration)));
    const changed = integrationOf("dataloop", { documents: { permissions: narrowerPolicy } });
    const plan = session.planApply(changed, await session.read(changed));
    assert.deepEqual(
      plan.steps.map(({ id }) => id),
      ["update managed-policy dataloop-role"],
    );
  });
});
