import assert from "node:assert/strict";
import type { Plan, Step } from "../../src/account/account";
import { confirmationDetail, planPage } from "../../src/commands/describePlan";
import { lineDiff } from "../../src/commands/lineDiff";

const step: Step = {
  id: "create role R",
  verb: "create",
  kind: "role",
  name: "R",
  sentence: "Create the role R, which Activeloop Deep Lake may assume",
  dependsOn: [],
  before: undefined,
  after: { name: "R" },
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

  it("are a page with a difference for each step", () => {
    const page = planPage({
      ...description,
      plan: { ...plan, steps: [{ ...step, before: { a: 1, b: 2 }, after: { a: 1, b: 3 } }] },
    });
    assert.ok(page.includes('```diff\n  {\n    "a": 1,\n-   "b": 2\n+   "b": 3\n  }\n```'), page);
  });

  it("take texts of the workspace as text, not as markup", () => {
    const page = planPage({
      ...description,
      vendorName: "[click](command:evil)",
      plan: { ...plan, steps: [{ ...step, after: "```\n# out" }] },
    });
    assert.ok(!page.includes("[click](command:evil)"), page);
    assert.ok(page.includes("````diff"), page);
  });

  it("say so when there is nothing to do", () => {
    assert.match(planPage({ ...description, plan: { ...plan, steps: [] } }), /No changes/);
  });
});

describe("the difference of two texts", () => {
  const cases: readonly [before: string, after: string, lines: string][] = [
    ["", "ab", "+ a,+ b"],
    ["ab", "", "- a,- b"],
    ["abc", "abc", "  a,  b,  c"],
    ["abc", "ac", "  a,- b,  c"],
    ["ac", "abc", "  a,+ b,  c"],
    ["abc", "axc", "  a,- b,+ x,  c"],
  ];
  for (const [before, after, lines] of cases)
    it(`turns ${before || "nothing"} into ${after || "nothing"}`, () => {
      assert.equal(lineDiff([...before], [...after]).join(), lines);
    });
});
