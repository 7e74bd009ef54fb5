import assert from "node:assert/strict";
import {
  CreatePolicyVersionCommand,
  GetRoleCommand,
  ListPolicyVersionsCommand,
  ListRoleTagsCommand,
  TagRoleCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import {
  type CORSRule,
  CreateBucketCommand,
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  GetBucketLocationCommand,
  GetBucketTaggingCommand,
  PutBucketCorsCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import type { JsonObject, JsonValue } from "../../src/policy/json";
import { apply, look } from "./applying";
import { integrationOf } from "./integrations";
import { carryOut, theWorld } from "./world";

const narrower: JsonObject = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::training-data" }],
};

function statuses(live: { readonly resources: readonly { readonly status: string }[] }): readonly string[] {
  return [...new Set(live.resources.map(({ status }) => status))];
}

function object(value: JsonValue | undefined): JsonObject {
  assert.ok(typeof value === "object" && value !== null && !Array.isArray(value), "an object");
  return value as JsonObject; // Array.isArray does not narrow readonly arrays
}

function ruleCount(content: JsonValue | undefined, key: string): number {
  const rules = object(content)[key];
  assert.ok(Array.isArray(rules), `${key} is a list`);
  return rules.length;
}

describe("a changed document", () => {
  it("of a managed policy is one step with before and after", async () => {
    await apply(integrationOf("activeloop-deep-lake"));
    const changed = integrationOf("activeloop-deep-lake", { documents: { permissions: narrower } });
    const { live } = await look(changed);
    const policy = live.resources.find(({ kind }) => kind === "managed-policy");
    assert.deepEqual(policy?.differences, ["The policy in AWS says something else than the document."]);
    const { plan, live: after } = await apply(changed);
    assert.deepEqual(
      plan.steps.map(({ id, sentence, dependsOn }) => ({ id, sentence, dependsOn })),
      [
        {
          id: "update managed-policy activeloop-deep-lake-role",
          sentence: "Change the policy activeloop-deep-lake-role to what its document says",
          dependsOn: [],
        },
      ],
    );
    assert.deepEqual(object(plan.steps[0]?.after).document, narrower);
    assert.deepEqual(statuses(after), ["in-sync"]);
  });

  it("of an inline policy is one step", async () => {
    await apply(integrationOf("jfrog-ml"));
    const { plan, live } = await apply(integrationOf("jfrog-ml", { documents: { permissions: narrower } }));
    assert.deepEqual(
      plan.steps.map(({ id }) => id),
      ["update inline-policy jfrog-ml-role"],
    );
    assert.deepEqual(statuses(live), ["in-sync"]);
  });

  it("that only says the same in another way is no change", async () => {
    await apply(integrationOf("activeloop-deep-lake", { documents: { permissions: narrower } }));
    const sameMeaning = {
      Statement: [{ Resource: ["arn:aws:s3:::training-data"], Action: ["s3:ListBucket"], Effect: "Allow" }],
      Version: "2012-10-17",
    };
    const { plan } = await look(integrationOf("activeloop-deep-lake", { documents: { permissions: sameMeaning } }));
    assert.deepEqual(plan.steps, []);
  });

  it("that is no JSON is refused", async () => {
    const { plan } = await look(integrationOf("jfrog-ml", { documents: { trust: undefined } }));
    assert.deepEqual(plan.refusals, ["trust-policy.json is missing or is no JSON: correct it first."]);
  });

  it("a sixth version takes the place of the oldest", async () => {
    const { iam } = theWorld();
    await apply(integrationOf("activeloop-deep-lake"));
    const PolicyArn = "arn:aws:iam::210987654321:policy/activeloop-deep-lake-role";
    for (let version = 2; version <= 5; version++) {
      await iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn,
          PolicyDocument: JSON.stringify(narrower),
          SetAsDefault: version === 2,
        }),
      );
    }
    const { plan, live } = await apply(integrationOf("activeloop-deep-lake"));
    assert.match(plan.steps[0]?.sentence ?? "", /its oldest version v1 goes, because AWS keeps five/);
    assert.deepEqual(statuses(live), ["in-sync"]);
    const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
    assert.deepEqual(Versions?.map(({ VersionId }) => VersionId).sort(), ["v2", "v3", "v4", "v5", "v6"]);
    assert.equal(Versions?.find(({ IsDefaultVersion }) => IsDefaultVersion)?.VersionId, "v6");
  });

  it("all versions go before the policy does", async () => {
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html; the emulator does not insist
    await apply(integrationOf("activeloop-deep-lake"));
    await apply(integrationOf("activeloop-deep-lake", { documents: { permissions: narrower } }));
    const { session, removal } = await look(integrationOf("activeloop-deep-lake"));
    theWorld().proxy.clear();
    assert.equal((await carryOut(session, removal)).status, "done");
    const actions = theWorld().proxy.calls.map(({ action }) => action);
    assert.notEqual(actions.indexOf("DeletePolicyVersion"), -1);
    assert.equal(actions.indexOf("DeletePolicyVersion") < actions.indexOf("DeletePolicy"), true);
  });
});

describe("a changed role", () => {
  it("trust policy, description, longest session and tags are changed in one step, other tags stay", async () => {
    const { iam } = theWorld();
    await apply(integrationOf("jfrog-ml"));
    await iam.send(new TagRoleCommand({ RoleName: "jfrog-ml-role", Tags: [{ Key: "cost-centre", Value: "42" }] }));
    const trust = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: "210987654321" }, Action: "sts:AssumeRole" }],
    };
    const changed = integrationOf("jfrog-ml", {
      role: { name: "jfrog-ml-role", maxSessionDuration: 43_200, tags: { team: "ml" } },
      documents: { trust },
    });
    const { plan, live } = await apply(changed);
    assert.deepEqual(
      plan.steps.map(({ sentence }) => sentence),
      ["Change the trust policy, longest session, tags of the role jfrog-ml-role"],
    );
    assert.deepEqual(statuses(live), ["in-sync"]);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: "jfrog-ml-role" }));
    assert.equal(Role?.MaxSessionDuration, 43_200);
    const { Tags } = await iam.send(new ListRoleTagsCommand({ RoleName: "jfrog-ml-role" }));
    assert.deepEqual(Tags?.map(({ Key }) => Key).sort(), [
      "cost-centre",
      "team",
      "vendor-access:integration",
      "vendor-access:vendor",
    ]);
  });
});

describe("a bucket that is made", () => {
  it("is in the region of the manifest, tagged, with all public access blocked", async () => {
    const { s3 } = theWorld();
    const integration = integrationOf("dataloop", { region: "eu-central-1" });
    const { plan, live } = await apply(integration);
    assert.equal(plan.steps[0]?.sentence, "Create the bucket dataloop-items in eu-central-1");
    const location = await s3.send(new GetBucketLocationCommand({ Bucket: "dataloop-items" }));
    assert.equal(location.LocationConstraint, "eu-central-1");
    const { TagSet } = await s3.send(new GetBucketTaggingCommand({ Bucket: "dataloop-items" }));
    assert.equal(
      TagSet?.some(({ Key, Value }) => Key === "vendor-access:integration" && Value === integration.manifest.id),
      true,
    );
    assert.equal(live.handBack.find(({ name }) => name === "region")?.value, "eu-central-1");
    assert.equal(live.handBack.find(({ name }) => name === "bucket")?.value, "dataloop-items");
  });

  it("public access that somebody opened is closed again", async () => {
    const integration = integrationOf("dataloop");
    await apply(integration);
    await theWorld().s3.send(
      new PutPublicAccessBlockCommand({
        Bucket: "dataloop-items",
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: false,
          RestrictPublicBuckets: true,
        },
      }),
    );
    const { plan } = await look(integration);
    assert.deepEqual(
      plan.steps.map(({ id }) => id),
      ["update public-access-block dataloop-items"],
    );
    assert.deepEqual(statuses((await apply(integration)).live), ["in-sync"]);
  });

  it("that is in another region than the manifest says can't be moved, and that is said", async () => {
    await apply(integrationOf("dataloop"));
    const { plan, live } = await look(integrationOf("dataloop", { region: "eu-west-1" }));
    assert.deepEqual(plan.steps, []);
    assert.deepEqual(plan.notes, [
      "The bucket is in us-east-1 instead of eu-west-1. A bucket can't be moved: correct the region in integration.json.",
    ]);
    assert.equal(live.handBack.find(({ name }) => name === "region")?.value, "us-east-1");
  });

  it("an existing bucket is not touched when none is to be made", async () => {
    const { s3, proxy } = theWorld();
    await s3.send(new CreateBucketCommand({ Bucket: "dataloop-items" }));
    proxy.clear();
    await apply(integrationOf("dataloop", { parameters: { createBucket: false } }));
    assert.deepEqual(
      proxy.calls.filter(({ service }) => service === "s3"),
      [],
    );
  });
});

describe("an inactive access key", () => {
  it("is a difference that only a person can take away", async () => {
    const { iam } = theWorld();
    const integration = integrationOf("dataloop");
    const { result } = await apply(integration);
    const AccessKeyId = result.secrets[0]?.accessKeyId;
    await iam.send(new UpdateAccessKeyCommand({ UserName: "dataloop-role", AccessKeyId, Status: "Inactive" }));
    const { plan, live } = await look(integration);
    assert.equal(live.resources.find(({ kind }) => kind === "access-key")?.status, "differs");
    assert.deepEqual(plan.steps, []);
    assert.match(plan.notes.join(), new RegExp(`${AccessKeyId} of the user dataloop-role is inactive`));
  });
});

describe("CORS rules", () => {
  const withCors = () => integrationOf("activeloop-deep-lake", { parameters: { cors: true } });
  const theirs: CORSRule = { ID: "website", AllowedMethods: ["GET"], AllowedOrigins: ["https://example.com"] };
  const ours = { AllowedHeaders: ["*"], AllowedMethods: ["GET", "HEAD"], AllowedOrigins: ["*.activeloop.ai"] };

  async function rules(): Promise<readonly CORSRule[]> {
    const answer = await theWorld()
      .s3.send(new GetBucketCorsCommand({ Bucket: "training-data" }))
      .catch(() => undefined);
    return answer?.CORSRules ?? [];
  }

  async function makeBucket(...CORSRules: CORSRule[]): Promise<void> {
    const { s3 } = theWorld();
    await s3.send(new CreateBucketCommand({ Bucket: "training-data" }));
    if (CORSRules.length > 0) {
      await s3.send(new PutBucketCorsCommand({ Bucket: "training-data", CORSConfiguration: { CORSRules } }));
    }
  }

  it("are set on a bucket that has none, and taken away with the integration", async () => {
    await makeBucket();
    const { plan, live } = await apply(withCors());
    const step = plan.steps.find(({ kind }) => kind === "cors");
    assert.equal(step?.id, "create cors training-data");
    assert.equal(step?.sentence, "Let browsers reach the bucket training-data: GET, HEAD from *.activeloop.ai");
    assert.deepEqual(statuses(live), ["in-sync"]);
    assert.deepEqual(
      (await rules()).map(({ AllowedOrigins }) => AllowedOrigins),
      [["*.activeloop.ai"]],
    );
    const { session, removal } = await look(withCors());
    await carryOut(session, removal);
    assert.deepEqual(await rules(), []);
  });

  it("are added to those of others, which stay, also after the removal", async () => {
    await makeBucket(theirs);
    const { plan, live } = await apply(withCors());
    const step = plan.steps.find(({ kind }) => kind === "cors");
    assert.equal(step?.id, "update cors training-data");
    assert.match(step?.sentence ?? "", /its other CORS rules stay/);
    assert.equal(ruleCount(step?.before, "allRules"), 1);
    assert.equal(ruleCount(step?.after, "rules"), 2);
    assert.deepEqual(statuses(live), ["in-sync"]);
    assert.deepEqual(
      (await rules()).map(({ AllowedOrigins }) => AllowedOrigins),
      [["https://example.com"], ["*.activeloop.ai"]],
    );
    const { session, removal } = await look(withCors());
    assert.match(removal.steps.find(({ kind }) => kind === "cors")?.sentence ?? "", /the others stay/);
    await carryOut(session, removal);
    assert.deepEqual(
      (await rules()).map(({ ID }) => ID),
      ["website"],
    );
  });

  it("are not written over rules that somebody has changed since the plan was made, nor deleted with them", async () => {
    const { s3 } = theWorld();
    const change = (...CORSRules: readonly CORSRule[]) =>
      s3.send(new PutBucketCorsCommand({ Bucket: "training-data", CORSConfiguration: { CORSRules: [...CORSRules] } }));
    await makeBucket();
    const { session, plan } = await look(withCors());
    await change(theirs);
    const applied = await carryOut(session, plan);
    assert.match(applied.failure?.message ?? "", /CORS rules .* have been changed since the plan was made.*Plan again/);
    assert.deepEqual(
      (await rules()).map(({ ID }) => ID),
      ["website"],
    );
    await s3.send(new DeleteBucketCorsCommand({ Bucket: "training-data" }));
    await apply(withCors());
    const { session: remover, removal } = await look(withCors());
    await change(theirs, ...(await rules()));
    const removed = await carryOut(remover, removal);
    assert.match(removed.failure?.message ?? "", /have been changed since the plan was made/);
    assert.equal((await rules()).length, 2);
  });

  it("that are there already under another ID are in sync and stay after the removal", async () => {
    await makeBucket({ ...ours, ID: "by-hand" });
    const { plan, live } = await look(withCors());
    assert.equal(live.resources.find(({ kind }) => kind === "cors")?.status, "in-sync");
    assert.equal(
      plan.steps.some(({ kind }) => kind === "cors"),
      false,
    );
    await apply(withCors());
    const { session, removal } = await look(withCors());
    await carryOut(session, removal);
    assert.deepEqual(
      (await rules()).map(({ ID }) => ID),
      ["by-hand"],
    );
  });

  it("ours that the document no longer has are replaced", async () => {
    await makeBucket(theirs);
    await apply(withCors());
    const changed = integrationOf("activeloop-deep-lake", {
      parameters: { cors: true },
      documents: { cors: { CORSRules: [{ AllowedMethods: ["PUT"], AllowedOrigins: ["*.activeloop.ai"] }] } },
    });
    const { plan, live } = await apply(changed);
    assert.deepEqual(
      plan.steps.map(({ kind }) => kind),
      ["cors"],
    );
    assert.deepEqual(statuses(live), ["in-sync"]);
    assert.deepEqual(
      (await rules()).map(({ AllowedMethods }) => AllowedMethods),
      [["GET"], ["PUT"]],
    );
  });

  it("ours that are only too many are taken out", async () => {
    const rule = { AllowedMethods: ["GET"], AllowedOrigins: ["*.activeloop.ai"] };
    const withRules = (...CORSRules: JsonObject[]) =>
      integrationOf("activeloop-deep-lake", { parameters: { cors: true }, documents: { cors: { CORSRules } } });
    await makeBucket(theirs);
    await apply(withRules(rule, { ...rule, AllowedMethods: ["PUT"] }));
    const { plan } = await apply(withRules(rule));
    assert.deepEqual(
      plan.steps.map(({ sentence }) => sentence),
      ["Take outdated CORS rules from the bucket training-data; its other CORS rules stay"],
    );
    assert.deepEqual(
      (await rules()).map(({ AllowedMethods }) => AllowedMethods),
      [["GET"], ["GET"]],
    );
  });

  it("for a bucket that does not exist are refused", async () => {
    const { plan } = await look(withCors());
    assert.deepEqual(plan.refusals, [
      "The bucket training-data, which CORS rules are for, does not exist: make it first, or correct its name.",
    ]);
  });

  it("of a bucket that can't be read name the bucket, the permission and the account", async () => {
    await makeBucket();
    theWorld().proxy.fail("GetBucketCors", "accessDenied");
    await assert.rejects(
      look(withCors()),
      /bucket training-data can't be read: it belongs to another account.*s3:GetBucketCORS/,
    );
  });
});
