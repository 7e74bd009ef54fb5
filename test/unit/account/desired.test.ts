import assert from "node:assert/strict";
import type { Identity, LiveState } from "../../../src/account/account";
import { desiredResources } from "../../../src/account/desired";
import { planApply } from "../../../src/account/plan";
import { integrationOf, sampleIntegration, type VendorId, vendorIds } from "../../account/integrations";

const identity: Identity = {
  account: "210987654321",
  arn: "arn:aws:iam::210987654321:user/ada",
  partition: "aws",
  region: "eu-west-1",
  profile: "work",
};

const nothing: LiveState = { identity, resources: [], handBack: [] };

describe("what an integration wants", () => {
  const expected: { readonly [id in VendorId]: readonly string[] } = {
    "activeloop-deep-lake": ["role", "managed-policy", "policy-attachment"],
    "jfrog-ml": ["role", "inline-policy"],
    dataloop: ["bucket", "public-access-block", "user", "access-key", "role", "managed-policy", "policy-attachment"],
  };
  for (const vendor of vendorIds) {
    it(`${vendor}: ${expected[vendor].join(", ")}`, () => {
      assert.deepEqual(
        desiredResources(integrationOf(vendor), identity).map(({ kind }) => kind),
        expected[vendor],
      );
    });
  }

  it("a bucket that exists is not wanted", () => {
    const integration = integrationOf("dataloop", { parameters: { createBucket: false } });
    assert.equal(
      desiredResources(integration, identity).some(({ kind }) => kind === "bucket"),
      false,
    );
  });

  it("CORS rules on each bucket, when asked for", () => {
    const integration = integrationOf("activeloop-deep-lake", { parameters: { buckets: ["one", "two"], cors: true } });
    const cors = desiredResources(integration, identity).filter(({ kind }) => kind === "cors");
    assert.deepEqual(
      cors.map(({ name }) => name),
      ["one", "two"],
    );
  });

  it("a bucket is made in the manifest's region, else in the profile's", () => {
    const region = (changes: { region?: string }) =>
      desiredResources(integrationOf("dataloop", changes), identity).flatMap((each) =>
        each.kind === "bucket" ? each.content.region : [],
      );
    assert.deepEqual(region({}), ["eu-west-1"]);
    assert.deepEqual(region({ region: "us-west-2" }), ["us-west-2"]);
  });

  it("the tags that mark what is ours can't be set by the manifest", () => {
    const integration = integrationOf("jfrog-ml", {
      role: { name: "r", tags: { "vendor-access:integration": "other", a: "b" } },
    });
    const [role] = desiredResources(integration, identity);
    assert.ok(role?.kind === "role", "the role comes first");
    assert.deepEqual(role.content.tags, {
      a: "b",
      "vendor-access:integration": integration.manifest.id,
      "vendor-access:vendor": "jfrog-ml",
    });
  });

  it("ARNs and console addresses are those of the partition", () => {
    const china = { ...identity, partition: "aws-cn" } as const;
    const integration = integrationOf("activeloop-deep-lake");
    const [role, policy] = desiredResources(integration, china);
    assert.equal(role?.arn, "arn:aws-cn:iam::210987654321:role/activeloop-deep-lake-role");
    assert.equal(policy?.arn, "arn:aws-cn:iam::210987654321:policy/activeloop-deep-lake-role");
    assert.equal(role?.consoleUrl, "https://console.amazonaws.cn/iam/home#/roles/details/activeloop-deep-lake-role");
  });

  it("role descriptions have only characters that IAM takes", () => {
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
    for (const vendor of vendorIds) {
      for (const each of desiredResources(integrationOf(vendor), identity)) {
        if (each.kind === "role") assert.match(each.content.description, /^[\t\n\r\x20-\x7e\xa1-\xff]{1,1000}$/);
      }
    }
  });
});

describe("the plan of a first apply", () => {
  it("says in words what is made, in which order", () => {
    const { steps } = planApply(integrationOf("dataloop"), nothing);
    assert.deepEqual(
      steps.map(({ sentence, dependsOn }) => [sentence, dependsOn]),
      [
        ["Create the bucket dataloop-items in eu-west-1", []],
        ["Block all public access to the bucket dataloop-items", ["create bucket dataloop-items"]],
        ["Create the user dataloop-role, which has no permissions of its own", []],
        ["Create an access key for the user dataloop-role", ["create user dataloop-role"]],
        ["Create the role dataloop-role, which the user dataloop-role may assume", ["create user dataloop-role"]],
        ["Create the policy dataloop-role, which says what the role may do", []],
        [
          "Attach the policy dataloop-role to the role dataloop-role",
          ["create role dataloop-role", "create managed-policy dataloop-role"],
        ],
      ],
    );
  });

  it("is plain data that survives JSON", () => {
    for (const vendor of vendorIds) {
      const plan = planApply(integrationOf(vendor), nothing);
      assert.deepEqual(
        JSON.parse(JSON.stringify(plan)),
        JSON.parse(JSON.stringify(planApply(integrationOf(vendor), nothing))),
      );
      for (const step of plan.steps) assert.deepEqual(JSON.parse(JSON.stringify(step.after)), step.after);
    }
  });

  it("does nothing before the user when the role trusts it: a role without the vendor's user names the vendor", () => {
    const [role] = planApply(integrationOf("activeloop-deep-lake"), nothing).steps;
    assert.equal(role?.sentence, "Create the role activeloop-deep-lake-role, which Activeloop Deep Lake may assume");
  });

  it("says that nobody may assume the role of a vendor that has not answered yet", () => {
    const [role] = planApply(sampleIntegration("snowflake", "read-only-pending"), nothing).steps;
    assert.match(role?.sentence ?? "", /^Create the role .*, which nobody may assume until Snowflake has answered$/);
  });

  it("of another account has a refusal and no steps", () => {
    const plan = planApply(integrationOf("jfrog-ml", { account: "111122223333" }), nothing);
    assert.equal(plan.refusals.length, 1);
    assert.deepEqual(plan.steps, []);
  });
});
