import assert from "node:assert/strict";
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { DeleteBucketPolicyCommand } from "@aws-sdk/client-s3";
import type { AccountSession, Plan, Purpose } from "../../src/account/account";
import { neededPermissions } from "../../src/account/neededPermissions";
import type { Integration } from "../../src/integration/integration";
import { evaluate } from "../../src/policy/evaluate/evaluate";
import type { JsonObject, JsonValue } from "../../src/policy/json";
import type { PolicyDocument } from "../../src/policy/policyDocument";
import { policyOf } from "../../src/policy/policyOf";
import { isUserError } from "../../src/policy/userError";
import { bucket, type FaultCase } from "../faults/cases";
import { emptyAccount } from "../faults/flows";
import { coveringCases } from "../faults/kills";
import { carryOut, connectTo, theWorld } from "./world";

const account = "210987654321";
const caller = { kind: "user", arn: `arn:aws:iam::${account}:user/someone` } as const;

interface Statement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

function statementsOf(policy: JsonObject): readonly Statement[] {
  return policy.Statement as unknown as readonly Statement[]; // as neededPermissions makes them
}

function actionsOf(policy: JsonObject): readonly string[] {
  return statementsOf(policy).flatMap(({ Action }) => Action);
}

function without(policy: JsonObject, action: string): JsonObject {
  const rest = statementsOf(policy)
    .map((statement) => ({ ...statement, Action: statement.Action.filter((each) => each !== action) }))
    .filter(({ Action }) => Action.length > 0);
  return { ...policy, Statement: rest as unknown as JsonValue }; // plain JSON
}

/** From now on AWS answers only what the policy allows, on exactly its ARNs. */
function enforce(policy: JsonObject): void {
  const document = policyOf(policy);
  assert.ok(document, "it is a policy");
  theWorld().proxy.fail((call) => {
    const refused = call.service === "sts" ? undefined : call.permissions().find((needed) => !allows(document, needed));
    if (refused) call.refused = refused.action;
    return refused !== undefined;
  }, "accessDenied");
}

function allows(policy: PolicyDocument, { action, resource }: { readonly action: string; readonly resource: string }) {
  const request = { principal: caller, action, resource: { arn: resource, account } };
  // A key's policy is AWS's default one: the account's IAM policies decide.
  const delegates = policyOf({
    Statement: { Effect: "Allow", Principal: { AWS: account }, Action: "kms:*", Resource: "*" },
  });
  const isKey = action.startsWith("kms:");
  return (
    evaluate(request, { identity: [policy], ...(isKey && delegates && { resource: delegates }) }).result === "Allowed"
  );
}

async function execute(session: AccountSession, plan: Plan): Promise<void> {
  if (plan.refusals.length > 0) throw new Error(plan.refusals.join(" "));
  const { status, failure } = await carryOut(session, plan);
  if (status !== "done") throw new Error(failure?.message ?? status);
}

async function apply(integration: Integration): Promise<void> {
  const session = await connectTo();
  await execute(session, session.planApply(integration, await session.read(integration)));
}

/** What makes the rarer calls necessary: five versions of the policy. */
async function addVersions({ first, kinds }: FaultCase): Promise<void> {
  if (!kinds.includes("managed-policy")) return;
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }] };
  const PolicyDocument = JSON.stringify(document);
  for (let version = 2; version <= 5; version++) {
    const command = { PolicyArn: policyArnOf(first), PolicyDocument, SetAsDefault: true };
    await theWorld().iam.send(new CreatePolicyVersionCommand(command));
  }
}

/** Somebody else has the policy, too. */
async function attachElsewhere({ first, kinds }: FaultCase): Promise<void> {
  if (!kinds.includes("managed-policy")) return;
  const { iam } = theWorld();
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  await iam.send(new CreateRoleCommand({ RoleName: "elsewhere", AssumeRolePolicyDocument }));
  await iam.send(new AttachRolePolicyCommand({ RoleName: "elsewhere", PolicyArn: policyArnOf(first) }));
}

function policyArnOf({ manifest: { role } }: Integration): string {
  return `arn:aws:iam::${account}:policy/${role?.policy?.name ?? role?.name}`;
}

interface Scenario {
  readonly name: string;
  prepare(of: FaultCase): Promise<void>;
  run(of: FaultCase): Promise<void>;
}

const scenarios: { readonly [Name in Exclude<Purpose, "verify" | "rotate">]: readonly Scenario[] } = {
  plan: [
    {
      name: "everything",
      prepare: async (of) => {
        await apply(of.first);
        await addVersions(of);
        await attachElsewhere(of);
      },
      run: async ({ first }) => {
        const session = await connectTo();
        const { refusals } = session.planApply(first, await session.read(first));
        if (refusals.length > 0) throw new Error(refusals.join(" "));
      },
    },
  ],
  apply: [
    { name: "nothing", prepare: async () => {}, run: ({ first }) => apply(first) },
    {
      name: "everything",
      prepare: async (of) => {
        await apply(of.first);
        await addVersions(of);
        await attachElsewhere(of);
      },
      run: ({ changed }) => apply(changed),
    },
  ],
  remove: [
    {
      name: "nothing of others",
      prepare: async (of) => {
        if (of.kinds.includes("bucket-policy"))
          await theWorld().s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
        await apply(of.first);
        await addVersions(of);
      },
      run: remove,
    },
    {
      name: "something of others",
      prepare: async (of) => {
        await apply(of.first);
        await addVersions(of);
        await attachElsewhere(of);
      },
      run: remove,
    },
  ],
};

async function remove({ first }: FaultCase): Promise<void> {
  const session = await connectTo();
  await execute(session, session.planRemove(first, await session.read(first)));
}

/** The emulator names the key by chance, which a call that is still under way changes. */
async function emptiedAccount(of: FaultCase): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await emptyAccount(theWorld(), of);
    } catch (error) {
      if (attempt === 10) throw error;
    }
  }
}

/** What was asked before a refusal came may still be under way, and what follows from it. */
async function untilQuiet(): Promise<void> {
  const { calls } = theWorld().proxy;
  for (let before = -1; before < calls.length || calls.some(({ status }) => status === undefined); ) {
    before = calls.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("The permissions that a person needs", () => {
  for (const of of coveringCases()) {
    for (const purpose of ["plan", "apply", "remove"] as const) {
      it(`to ${purpose} ${of.name}: these suffice, and none is too many`, async function everyAction() {
        this.timeout(300_000);
        const { policy } = neededPermissions(of.first, purpose);
        const tried = async (scenario: Scenario, allowed: JsonObject): Promise<string> => {
          await emptiedAccount(of);
          await scenario.prepare(of);
          enforce(allowed);
          const said = await scenario.run(of).then(
            () => "",
            (error: unknown) => (isUserError(error) || error instanceof Error ? error.message : String(error)),
          );
          await untilQuiet();
          theWorld().proxy.heal();
          return said;
        };
        for (const scenario of scenarios[purpose]) {
          assert.equal(await tried(scenario, policy), "", `with all of it, where there is ${scenario.name}`);
        }
        for (const action of actionsOf(policy)) {
          const said: string[] = [];
          for (const scenario of scenarios[purpose]) {
            const message = await tried(scenario, without(policy, action));
            if (message === "") continue;
            said.push(message);
            break; // one that needs it is enough
          }
          assert.ok(said.length > 0, `nothing fails without ${action}`);
          assert.ok(
            said.every((message) => message.includes(action)),
            `the message does not name ${action}: ${said.join(" | ")}`,
          );
        }
      });
    }
  }
});

describe("The permissions, as the emulator enforces them", () => {
  // It knows S3's operations by other names, and has no resources for IAM and KMS: the exact ARNs are tested above.
  const asEmulated = (policy: JsonObject) => ({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: [...actionsOf(policy), "s3:HeadBucket", "s3:GetPublicAccessBlock", "s3:PutPublicAccessBlock"],
        Resource: "*",
      },
    ],
  });

  async function asSomeone<Result>(policy: JsonObject, work: () => Promise<Result>): Promise<Result> {
    const { iam, emulator } = theWorld();
    const UserName = "someone";
    await iam.send(new CreateUserCommand({ UserName }));
    const PolicyDocument = JSON.stringify(asEmulated(policy));
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "needed", PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const before = { ...process.env };
    process.env.AWS_ACCESS_KEY_ID = AccessKey?.AccessKeyId ?? "";
    process.env.AWS_SECRET_ACCESS_KEY = AccessKey?.SecretAccessKey ?? "";
    process.env.AWS_ENDPOINT_URL = theWorld().proxy.endpoint;
    await fetch(`${emulator.endpoint}/moto-api/reset-auth`, { method: "POST", body: "0" });
    try {
      return await work();
    } finally {
      await fetch(`${emulator.endpoint}/moto-api/reset-auth`, { method: "POST", body: "inf" });
      for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"]) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  }

  for (const of of coveringCases()) {
    it(`apply ${of.name} and remove it`, async () => {
      const applying = neededPermissions(of.first, "apply").policy;
      const removing = neededPermissions(of.first, "remove").policy;
      const both = { Version: "2012-10-17", Statement: [...statementsOf(applying), ...statementsOf(removing)] };
      await emptyAccount(theWorld(), of);
      await asSomeone(both as unknown as JsonObject, async () => {
        const session = await connectTo("environment");
        assert.match(session.identity.arn, /user\/someone$/);
        await execute(session, session.planApply(of.first, await session.read(of.first)));
        await execute(session, session.planRemove(of.first, await session.read(of.first)));
      });
    });
  }

  it("refuse what is not among them, by its name", async () => {
    const [of] = coveringCases();
    assert.ok(of, "there is a case");
    await emptyAccount(theWorld(), of);
    const { policy } = neededPermissions(of.first, "apply");
    const failed = await asSomeone(without(policy, "iam:CreateRole"), async () => {
      const session = await connectTo("environment");
      return execute(session, session.planApply(of.first, await session.read(of.first))).catch(String);
    });
    assert.match(String(failed), /may not call iam:CreateRole/);
  });
});
