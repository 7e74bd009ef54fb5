import assert from "node:assert/strict";
import type { Plan, Step } from "../../src/account/account";
import { comparedStep } from "../../src/commands/comparedContents";
import { comparable } from "../../src/commands/comparisons";
import { confirmationDetail } from "../../src/commands/describePlan";
import { type PlanRow, planRows } from "../../src/sidebar/planRows";

const step: Step = {
  id: "create role R",
  verb: "create",
  kind: "role",
  name: "R",
  sentence: "Create the role R, which Activeloop Deep Lake may assume",
  dependsOn: [],
  before: undefined,
  after: { name: "R" },
  permissions: ["iam:CreateRole"],
};

const plan: Plan = {
  action: "apply",
  integration: { id: "1", name: "training", vendor: "activeloop-deep-lake" },
  identity: {
    account: "210987654321",
    arn: "arn:aws:iam::210987654321:user/ann",
    partition: "aws",
    region: "us-east-1",
    profile: "sandbox",
  },
  resources: [],
  steps: [step],
  refusals: [],
  notes: ["The bucket stays as it is."],
  handBack: [],
};

const description = { plan, vendorName: "Activeloop Deep Lake", grants: ["It may read."], warnings: ["A warning."] };

describe("the words of a plan", () => {
  it("name the account, the profile, the grants, the warnings and the steps before anything happens", () => {
    const text = confirmationDetail(description);
    for (const part of [
      "210987654321",
      "sandbox",
      "user/ann",
      "It may read.",
      "A warning.",
      step.sentence,
      "The bucket stays",
    ])
      assert.ok(text.includes(part), `${part} is missing in:\n${text}`);
  });

  it("are rows in the order in which a person decides, with the sentences in full", () => {
    const change = { result: "changed" as const, widened: ["It may delete."], narrowed: ["It may no longer list."] };
    const text = outline(planRows({ ...description, change }));
    assert.deepEqual(text, [
      "More access than now: It may delete.",
      "Less access than now: It may no longer list.",
      "Warnings: A warning.",
      `1 step: ${step.sentence}`,
      "Who gets what (closed): It may read.",
      "What you must be allowed to call (closed): iam:CreateRole",
      "What stays as it is: The bucket stays as it is.",
    ]);
  });

  it("begin with why nothing can be done", () => {
    const refused = { ...plan, steps: [], refusals: ["The role R is somebody else’s."] };
    assert.equal(
      outline(planRows({ ...description, plan: refused }))[0],
      "This can’t be done: The role R is somebody else’s.",
    );
  });

  it("offer to go on with what was left unfinished, or to undo it", () => {
    const unfinished = "Applying training in account 210987654321 was interrupted 2 minutes ago: 1 of 3 steps done.";
    assert.equal(
      outline(planRows({ ...description, unfinished }))[0],
      `Left unfinished: ${unfinished} | Continue… (vendorAccess.continue) | Roll Back… (vendorAccess.rollBack)`,
    );
  });

  it("say who gets what first when there is no access yet", () => {
    assert.ok(outline(planRows(description)).includes("Who gets what: It may read."));
  });
});

function outline(rows: readonly PlanRow[]): readonly string[] {
  return rows.map((row) => {
    if (row.kind !== "group") return "";
    const texts = row.rows.map((each) => {
      if (each.kind === "command") return `| ${each.title} (${each.command})`;
      return each.kind === "step" ? each.step.sentence : each.kind === "sentence" ? each.text : "";
    });
    return `${row.title}${row.collapsed ? " (closed)" : ""}: ${texts.join(" ")}`;
  });
}

describe("the two sides of a step", () => {
  const list = { Sid: "List", Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::data" };
  const read = { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::data/*" };
  const ours = { Version: "2012-10-17", Statement: [list, read] };
  const live = { Statement: [{ ...read, Action: ["s3:GetObject", "s3:PutObject"] }, list], Version: "2012-10-17" };

  it("differ in meaning only, whatever form AWS answers in", () => {
    const [left] = comparable({ tags: {}, document: live }, { document: ours, tags: {} });
    assert.equal(
      JSON.stringify(left),
      JSON.stringify({
        document: { ...ours, Statement: [list, { ...read, Action: ["s3:GetObject", "s3:PutObject"] }] },
        tags: {},
      }),
    );
  });

  it("leave out what the step does not write", () => {
    const update: Step = {
      ...step,
      verb: "update",
      before: { trustPolicy: "a", otherPolicies: ["somebody’s"], oldVersions: ["v1"] },
      after: { trustPolicy: "b", otherPolicies: [] },
    };
    assert.deepEqual(comparedStep(update), { name: "role R", live: { trustPolicy: "a" }, ours: { trustPolicy: "b" } });
  });

  it("have nothing on the left of what is made, and nothing on the right of what goes", () => {
    const made = comparedStep({ ...step, before: { allRules: [] } });
    assert.deepEqual([made.live, made.ours], [undefined, { name: "R" }]);
    const gone = comparedStep({ ...step, verb: "delete", before: { name: "R" }, after: undefined });
    assert.deepEqual([gone.live, gone.ours], [{ name: "R" }, undefined]);
  });
});
