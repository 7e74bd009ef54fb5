import assert from "node:assert/strict";
import path from "node:path";
import type { HandBackItem, Plan, ResourceState } from "../../../src/account/account";
import { nodeFileSystem } from "../../../src/cli/nodeFileSystem";
import { UserError } from "../../../src/policy/userError";
import {
  type FakeAccountOptions,
  failed,
  fakeAccount,
  identity,
  resource,
  roleArn,
  step,
  unfinishedRun,
} from "./fakeAccount";
import { makeFolder, parsed, readFiles, removeFolder, runIn, writeFiles } from "./testContext";

const integration = "vendor-access/d";
const create = step("create", "vendor-role");
const unfinished = unfinishedRun("apply");

describe("plan, apply, verify and remove", () => {
  let folder: string;
  before(async () => {
    folder = makeFolder();
  });
  beforeEach(async () => {
    removeFolder(path.join(folder, "vendor-access"));
    const { code } = await runIn(folder, [
      "new",
      "activeloop-deep-lake",
      "--set",
      "bucket=training-data",
      "--name",
      "d",
    ]);
    assert.equal(code, 0);
  });
  after(() => removeFolder(folder));

  const command = (words: string, options: FakeAccountOptions, changes: Parameters<typeof runIn>[2] = {}) => {
    const { loadAccount, calls, executed } = fakeAccount(options);
    const outcome = runIn(folder, words.split(" "), { loadAccount, ...changes });
    return outcome.then((result) => ({ ...result, calls, executed }));
  };
  const edit = (file: string, from: string, to: string) => {
    const name = `${integration}/${file}`;
    writeFiles(folder, { [name]: (readFiles(folder)[name] ?? "").replaceAll(from, to) });
  };
  const unfill = () => edit("permissions-policy.json", "training-data", "BUCKET_NAME");

  describe("plan", () => {
    it("prints who gets what, and the steps; 1 because changes are pending", async () => {
      const before = readFiles(folder);
      const outcome = await command(`plan ${integration} --profile sandbox`, { applySteps: [create] });
      assert.equal(outcome.code, 1);
      assert.match(outcome.output, /^Apply d in account 314159265358 \(profile sandbox\)$/m);
      assert.match(outcome.output, /Activeloop Deep Lake .*training-data/);
      assert.match(outcome.output, /^ {2}\+ create the role vendor-role$/m);
      assert.deepEqual(outcome.calls, ["connect sandbox", "read", "inspect training-data"]);
      assert.deepEqual(readFiles(folder), before, "a plan writes nothing, not even the account");
    });

    it("ends with 0 when there is nothing to do", async () => {
      const { code, messages } = await command(`plan ${integration}`, {});
      assert.equal(code, 0);
      assert.match(messages, /No changes/);
    });

    it("ends with 2 and the reason when somebody else's role is in the way", async () => {
      const { code, output } = await command(`plan ${integration}`, { refusals: ["The role x is not ours."] });
      assert.equal(code, 2);
      assert.match(output, /The role x is not ours\./);
    });

    it("tells a program all of it", async () => {
      const outcome = await command(`plan ${integration} --json`, { applySteps: [create], notes: ["Kept."] });
      const { grants, ...rest } = parsed(outcome);
      assert.ok(Array.isArray(grants) && grants.length > 0);
      assert.deepEqual(rest, {
        change: null,
        status: "changes",
        account: identity.account,
        profile: "sandbox",
        steps: [
          {
            id: create.id,
            verb: "create",
            kind: "role",
            name: "vendor-role",
            sentence: create.sentence,
            dependsOn: [],
            permissions: [],
          },
        ],
        refusals: [],
        notes: ["Kept."],
        keyPolicies: [],
        findings: [],
      });
    });

    it("is blocked by errors in the documents, before AWS is asked what is there", async () => {
      unfill();
      const outcome = await command(`plan ${integration} --json`, { applySteps: [create] });
      assert.equal(outcome.code, 1);
      assert.deepEqual(outcome.calls, ["connect (none)"]);
      const { status, findings } = parsed(outcome);
      assert.equal(status, "blocked");
      assert.ok(Array.isArray(findings) && findings.length > 0);
      assert.equal(findings[0].path, `${integration}/permissions-policy.json`);
      assert.equal(findings[0].check, "placeholder-unfilled");
      assert.equal(typeof findings[0].line, "number");
    });
  });

  describe("apply", () => {
    it("needs --yes when nobody can be asked, and says so before anything else", async () => {
      const { code, messages, calls } = await command(`apply ${integration}`, { applySteps: [create] });
      assert.equal(code, 2);
      assert.match(messages, /Give --yes/);
      assert.deepEqual(calls, []);
    });

    it("does the steps, verifies, prints the hand-back and writes the account into the manifest", async () => {
      const outcome = await command(`apply ${integration} --yes`, { applySteps: [create] });
      assert.equal(outcome.code, 0, outcome.messages);
      assert.equal(outcome.output, `Role ARN: ${roleArn.value}\n`);
      assert.deepEqual(outcome.calls, ["connect (none)", "read", "inspect training-data", "execute", "verify"]);
      assert.match(
        outcome.messages,
        /account 314159265358 \(profile sandbox\)/,
        "also with --yes: account and profile",
      );
      assert.match(outcome.messages, /Activeloop Deep Lake .*training-data/, "also with --yes: the grants");
      const manifest: unknown = JSON.parse(readFiles(folder)[`${integration}/integration.json`] ?? "");
      assert.ok(typeof manifest === "object" && manifest !== null && "account" in manifest);
      assert.equal(manifest.account, identity.account);
    });

    it("shows account, profile, grants and steps before it asks, and does nothing on no", async () => {
      const before = readFiles(folder);
      for (const answer of ["n", "", "no", "yess"]) {
        const outcome = await command(`apply ${integration}`, { applySteps: [create] }, { answers: [answer] });
        assert.equal(outcome.code, 2);
        assert.deepEqual(outcome.questions, ["Apply 1 step to account 314159265358 (profile sandbox)? [y/N] "]);
        assert.match(outcome.messages, /Activeloop Deep Lake .*training-data/);
        assert.match(outcome.messages, /create the role vendor-role/);
        assert.match(outcome.messages, /Nothing was changed\.\n$/);
        assert.ok(!outcome.calls.includes("execute"));
      }
      assert.deepEqual(readFiles(folder), before);
    });

    for (const answer of ["y", "yes", "Y", " YES "]) {
      it(`goes on for ${JSON.stringify(answer)}`, async () => {
        const { code } = await command(`apply ${integration}`, { applySteps: [create] }, { answers: [answer] });
        assert.equal(code, 0);
      });
    }

    it("does not apply what was not seen, when a document changed while the question was open: it plans anew", async () => {
      const ask = async () => {
        edit("trust-policy.json", "597713067985", "597713067986");
        return "y";
      };
      const { code, messages, calls } = await command(
        `apply ${integration}`,
        { applySteps: [create] },
        { interactive: true, ask },
      );
      assert.equal(code, 1, "the new documents have an error");
      assert.match(messages, /The documents changed since the plan was made/);
      assert.ok(!calls.includes("execute"));
      assert.doesNotMatch(readFiles(folder)[`${integration}/integration.json`] ?? "", /"account"/);
    });

    it("has nothing to ask when nothing is to be done", async () => {
      const outcome = await command(`apply ${integration} --json`, {}, { answers: [] });
      assert.equal(outcome.code, 0);
      assert.deepEqual(outcome.questions, []);
      const { status, steps, verified } = parsed(outcome);
      assert.deepEqual([status, steps, verified], ["unchanged", [], true]);
      assert.ok(!outcome.calls.includes("execute"));
    });

    it("is blocked by errors in the documents", async () => {
      unfill();
      const outcome = await command(`apply ${integration} --yes --json`, { applySteps: [create] });
      const { findings, ...rest } = parsed(outcome);
      assert.equal(outcome.code, 1);
      assert.deepEqual(rest, {
        status: "blocked",
        account: identity.account,
        profile: "sandbox",
        steps: [],
        handBack: [],
        verified: false,
      });
      assert.ok(Array.isArray(findings) && findings.length > 0);
      assert.ok(!outcome.calls.includes("execute"));
    });

    it("is blocked by what only the account can tell: a key that the documents do not name", async () => {
      const kmsKeyArn = "arn:aws:kms:us-east-1:314159265358:key/1234abcd-12ab-34cd-56ef-1234567890ab";
      const buckets = (name: string) => ({ name, exists: true, region: "us-east-1", kmsKeyArn });
      const { code, output, calls } = await command(`apply ${integration} --yes`, { applySteps: [create], buckets });
      assert.equal(code, 1);
      assert.match(output, /\(kms-statement-missing\)/);
      assert.ok(!calls.includes("execute"));
    });

    it("refuses what is not ours", async () => {
      const refusals = ["The role vendor-role was not made for this integration."];
      const { code, messages, calls } = await command(`apply ${integration} --yes`, { applySteps: [create], refusals });
      assert.equal(code, 2);
      assert.match(messages, /d can't be applied:\n {2}The role vendor-role was not made for this integration\./);
      assert.ok(!calls.includes("execute"));
    });

    it("refuses another account than the manifest's, before AWS is asked anything else", async () => {
      edit(
        "integration.json",
        '"accessLevel": "read-write",',
        '"accessLevel": "read-write",\n  "account": "111111111111",',
      );
      for (const words of ["plan", "apply", "verify", "remove"]) {
        const yes = words === "apply" || words === "remove" ? " --yes" : "";
        const { code, messages, calls } = await command(`${words} ${integration}${yes}`, { applySteps: [create] });
        assert.equal(code, 2);
        assert.match(
          messages,
          /is for the account 111111111111, and the profile sandbox is of the account 314159265358/,
        );
        assert.deepEqual(calls, ["connect (none)"]);
      }
    });

    it("ends with 1 when what is read back differs, and says where", async () => {
      const verified = [resource("differs", ["The trust policy names another principal."])];
      const { code, messages, output } = await command(`apply ${integration} --yes`, {
        applySteps: [create],
        verified,
      });
      assert.equal(code, 1);
      assert.match(messages, /✗ differs {2}role vendor-role\n {4}The trust policy names another principal\./);
      assert.match(output, /Role ARN/);
    });

    it("lists what was made before a failure, how to undo it, and ends with 2", async () => {
      const second = step("create", "other-role");
      const outcome = await command(`apply ${integration} --yes --json`, {
        applySteps: [create, second],
        execute: () => ({
          status: "failed",
          done: [create],
          notDone: [second],
          failure: failed(second, "AccessDenied: iam:CreateRole is not allowed."),
          unfinished,
        }),
      });
      assert.equal(outcome.code, 2);
      assert.match(outcome.messages, /AccessDenied: iam:CreateRole is not allowed\./);
      assert.match(
        outcome.messages,
        /Made before that in account 314159265358 \(profile sandbox\):\n {2}role vendor-role/,
      );
      assert.match(outcome.messages, /vendor-access recover vendor-access\/d --continue/);
      assert.match(outcome.messages, /vendor-access recover vendor-access\/d --roll-back/);
      const { status, steps, failure } = parsed(outcome);
      assert.equal(status, "failed");
      assert.deepEqual(
        (steps as { name: string; done: boolean }[]).map(({ name, done }) => [name, done]), // what stepsForJson makes
        [
          ["vendor-role", true],
          ["other-role", false],
        ],
      );
      assert.deepEqual(failure, {
        step: second.id,
        code: "access-denied",
        message: "AccessDenied: iam:CreateRole is not allowed.",
        awsErrorName: "AccessDenied",
        awsAction: "iam:CreateRole",
      });
      assert.ok(!outcome.calls.includes("verify"));
    });

    it("hands Ctrl-C on to the execution, and tells what was made", async () => {
      const controller = new AbortController();
      const { code, messages } = await command(
        `apply ${integration} --yes`,
        {
          applySteps: [create, step("create", "other-role")],
          execute: (plan, signal) => {
            controller.abort();
            assert.equal(signal?.aborted, true);
            return { status: "cancelled", done: plan.steps.slice(0, 1), notDone: plan.steps.slice(1) };
          },
        },
        { signal: controller.signal },
      );
      assert.equal(code, 2);
      assert.match(
        messages,
        /Cancelled\.\nMade before that .*\n {2}role vendor-role\nNot done:\n {2}create the role other-role/,
      );
    });

    it("does not begin when the account can't be written into the manifest", async () => {
      const before = readFiles(folder);
      const fileSystem = (root: string) => ({
        ...nodeFileSystem(root, folder),
        write: async () => {
          throw new UserError("file", "Can't write vendor-access/d/integration.json: permission denied.");
        },
      });
      const { code, messages, calls } = await command(
        `apply ${integration} --yes`,
        { applySteps: [create] },
        { fileSystem },
      );
      assert.equal(code, 2);
      assert.match(messages, /permission denied/);
      assert.ok(!calls.includes("execute"));
      assert.deepEqual(readFiles(folder), before);
    });
  });

  describe("a secret", () => {
    const secret = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG" };
    const handBack: readonly HandBackItem[] = [
      { name: "accessKeyId", label: "Key", value: undefined, secret: false },
      { name: "secretAccessKey", label: "Secret", value: undefined, secret: true },
      roleArn,
    ];
    const options: FakeAccountOptions = { applySteps: [create], secret, handBack, execute: () => ({ handBack }) };
    const occurrences = (text: string) => text.split(secret.secretAccessKey).length - 1;

    for (const json of ["", " --json"]) {
      it(`is printed once, on standard output, and written nowhere${json}`, async () => {
        const { code, output, messages } = await command(`apply ${integration} --yes${json}`, options);
        assert.equal(code, 0);
        assert.equal(occurrences(output), 1);
        assert.equal(occurrences(messages), 0);
        assert.equal(occurrences(JSON.stringify(readFiles(folder))), 0);
      });

      it(`is printed also when a later step fails${json}`, async () => {
        const failing: FakeAccountOptions = {
          ...options,
          execute: ({ steps: [first] }) => ({
            status: "failed",
            handBack,
            failure: first && failed(first, "no"),
          }),
        };
        const { code, output, messages } = await command(`apply ${integration} --yes${json}`, failing);
        assert.equal(code, 2);
        assert.equal(occurrences(output), 1);
        assert.equal(occurrences(messages), 0);
      });
    }

    it("is printed also when reading back fails", async () => {
      const verify = () => {
        throw new UserError("network", "AWS could not be reached.");
      };
      const { code, output, messages } = await command(`apply ${integration} --yes`, { ...options, verify });
      assert.equal(code, 2);
      assert.equal(occurrences(output), 1);
      assert.match(messages, /AWS could not be reached\./);
    });

    it("is one JSON value also when reading back fails", async () => {
      const verify = () => {
        throw new UserError("network", "AWS could not be reached.");
      };
      const outcome = await command(`apply ${integration} --yes --json`, { ...options, verify });
      const { status, verified, failure } = parsed(outcome);
      assert.deepEqual([status, verified], ["applied", false]);
      assert.deepEqual(failure, { code: "network", message: "AWS could not be reached." });
      assert.equal(occurrences(outcome.output), 1);
    });

    for (const [what, answers] of [
      ["Ctrl-C at the question whether to undo", ["y"]],
      ["a roll back that is not confirmed", ["y", "y", "n"]],
      ["a roll back that fails", ["y", "y", "y"]],
    ] as const) {
      it(`is printed also after a failure and ${what}, with what was done`, async () => {
        const outcome = await command(
          `apply ${integration} --json`,
          {
            ...options,
            rollBackSteps: [[step("delete", "vendor-role")]],
            execute: ({ action, steps: [first] }) => {
              if (action === "roll-back") throw new UserError("busy", "Another process works on it.");
              return { status: "failed", handBack, failure: first && failed(first, "no"), unfinished };
            },
          },
          { answers },
        );
        assert.equal(outcome.code, 2);
        assert.equal(parsed(outcome).status, "failed");
        assert.equal(occurrences(outcome.output), 1);
        assert.match(outcome.messages, /Nothing was undone\.|Another process works on it\./);
        assert.doesNotMatch(outcome.messages, /Nothing was changed/);
      });
    }

    it("is not known later, and that is said", async () => {
      const { output } = await command(`apply ${integration} --yes`, { handBack });
      assert.match(output, /^Secret: \(AWS shows it only once, when it is made\)$/m);
    });
  });

  describe("verify", () => {
    /** What is live when everything is as the documents say. */
    const live = (): readonly ResourceState[] => {
      const document = (name: string) => JSON.parse(readFiles(folder)[`${integration}/${name}`] ?? "");
      const role = resource("in-sync");
      return [
        { ...role, live: { trustPolicy: document("trust-policy.json") } },
        { ...role, kind: "inline-policy", live: { document: document("permissions-policy.json") } },
      ];
    };

    it("ends with 0 in sync, when the vendor has what it needs", async () => {
      const { code, output, calls } = await command(`verify ${integration}`, { verified: live() });
      assert.equal(code, 0);
      assert.equal(
        output,
        [
          "✓ in sync  role vendor-role",
          "✓ in sync  inline policy vendor-role",
          "✓ allowed  everything that Activeloop Deep Lake needs: 6 of 6 requests",
          "",
        ].join("\n"),
      );
      assert.deepEqual(calls, ["connect (none)", "verify", "inspect training-data"]);
    });

    it("ends with 1 in sync, when the documents don't give the vendor what it needs", async () => {
      edit("permissions-policy.json", '"s3:PutObject"', '"s3:GetObjectTagging"');
      const { code, output, messages } = await command(`verify ${integration}`, { verified: live() });
      assert.equal(code, 1);
      assert.match(
        output,
        /^✗ denied {3}s3:PutObject on arn:aws:s3:::training-data\/\*, which Activeloop Deep Lake needs: nothing allows it$/m,
      );
      assert.match(messages, /In sync, but the vendor lacks something/);
    });

    it("tells a program which statement allows what", async () => {
      const outcome = await command(`verify ${integration} --json`, { verified: live() });
      const { access } = parsed(outcome);
      assert.deepEqual(Array.isArray(access) && access[0], {
        on: "assume",
        action: "sts:AssumeRole",
        resource: "arn:aws:iam::314159265358:role/VendorAccess-activeloop-deep-lake-training-data",
        allowed: true,
        decidedBy: ["AllowAssumeRoleFromActiveloopSaaS in trust policy"],
        missing: [],
      });
    });

    for (const status of ["differs", "missing", "foreign"] as const) {
      it(`ends with 1 when something is ${status}`, async () => {
        const outcome = await command(`verify ${integration} --json`, { verified: [resource(status, ["So it is."])] });
        assert.equal(outcome.code, 1);
        const { status: overall, resources } = parsed(outcome);
        assert.equal(overall, "differs");
        assert.deepEqual(resources, [
          {
            kind: "role",
            name: "vendor-role",
            arn: "arn:aws:iam::314159265358:role/vendor-role",
            status,
            differences: ["So it is."],
          },
        ]);
      });
    }

    it("writes nothing", async () => {
      const before = readFiles(folder);
      await command(`verify ${integration}`, { verified: [resource("missing")] });
      assert.deepEqual(readFiles(folder), before);
    });
  });

  describe("remove", () => {
    const removal = step("delete", "vendor-role");

    it("shows what goes and what stays, asks, and removes", async () => {
      const outcome = await command(
        `remove ${integration}`,
        { removeSteps: [[removal], []], notes: ["The bucket training-data is kept."] },
        { answers: ["y"] },
      );
      assert.equal(outcome.code, 0);
      assert.deepEqual(outcome.questions, ["Remove 1 resource from account 314159265358 (profile sandbox)? [y/N] "]);
      assert.match(outcome.messages, /- delete the role vendor-role/);
      assert.match(outcome.messages, /Is kept:\n {2}The bucket training-data is kept\./);
      assert.equal(outcome.output, "role vendor-role\n");
      assert.ok(readFiles(folder)[`${integration}/integration.json`], "the folder is kept");
    });

    it("does nothing on no", async () => {
      const { code, calls } = await command(`remove ${integration}`, { removeSteps: [[removal]] }, { answers: ["n"] });
      assert.equal(code, 2);
      assert.ok(!calls.includes("execute"));
    });

    it("is fine when there is nothing", async () => {
      const outcome = await command(`remove ${integration} --yes --json`, { notes: ["Kept."] });
      assert.equal(outcome.code, 0);
      assert.deepEqual(parsed(outcome), {
        status: "nothing",
        account: identity.account,
        profile: "sandbox",
        steps: [],
        kept: ["Kept."],
        verified: true,
      });
    });

    it("works with documents that have errors: they are not needed to remove", async () => {
      unfill();
      const { code } = await command(`remove ${integration} --yes`, { removeSteps: [[removal], []] });
      assert.equal(code, 0);
    });

    it("ends with 1 when something is still there", async () => {
      const { code, messages } = await command(`remove ${integration} --yes`, { removeSteps: [[removal], [removal]] });
      assert.equal(code, 1);
      assert.match(messages, /Still there in account 314159265358 \(profile sandbox\): vendor-role/);
    });

    it("ends with 2 when a step fails", async () => {
      const outcome = await command(`remove ${integration} --yes`, {
        removeSteps: [[removal]],
        execute: () => ({
          status: "failed",
          done: [],
          notDone: [removal],
          failure: failed(removal, "DeleteConflict: it is still used."),
        }),
      });
      assert.equal(outcome.code, 2);
      assert.match(outcome.messages, /DeleteConflict: it is still used\./);
    });
  });

  describe("a manifest that can't be used", () => {
    for (const words of ["plan", "apply --yes", "verify", "remove --yes"]) {
      it(`is one clear message for ${words}, without a look at AWS`, async () => {
        edit("integration.json", '"vendor"', '"vendour"');
        const [name = "", ...flags] = words.split(" ");
        const { code, messages, calls } = await command([name, integration, ...flags].join(" "), {});
        assert.equal(code, 2);
        assert.match(
          messages,
          /The integration\.json of vendor-access\/d can't be used\. Correct it:\n {2}vendor-access\/d\/integration\.json:\d+:\d+ /,
        );
        assert.deepEqual(calls, []);
      });
    }
  });

  it("takes the path of the manifest for the integration", async () => {
    const { code } = await command(`plan ${integration}/integration.json`, {});
    assert.equal(code, 0);
  });

  describe("what was left unfinished", () => {
    const undo = step("delete", "vendor-role");
    const changed = {
      status: "changed" as const,
      done: [],
      notDone: [create],
      changed: { plan: { steps: [create] } as unknown as Plan, differences: ["The role was changed."] },
    };

    it("is told by plan and apply, with the ways out", async () => {
      for (const words of [`plan ${integration}`, `apply ${integration} --yes`]) {
        const { messages } = await command(words, { applySteps: [create], unfinished });
        assert.ok(messages.includes(unfinished.sentence), messages);
        assert.match(messages, /recover vendor-access\/d --continue\n.*recover vendor-access\/d --roll-back/);
      }
    });

    it("is closed by an apply that has nothing left to do", async () => {
      const { code, calls } = await command(`apply ${integration} --yes`, { unfinished });
      assert.equal(code, 0);
      assert.ok(calls.includes("execute"));
    });

    it("recover tells it without credentials, and ends with 1", async () => {
      const outcome = await command(`recover ${integration} --json`, { unfinished });
      assert.equal(outcome.code, 1);
      assert.deepEqual(outcome.calls, []);
      const { status, runs } = parsed(outcome);
      assert.equal(status, "unfinished");
      assert.deepEqual(runs, [
        {
          action: "apply",
          status: "failed",
          sentence: unfinished.sentence,
          account: identity.account,
          profile: identity.profile,
          done: [create.id],
          uncertain: [],
          notBegun: [],
        },
      ]);
    });

    it("recover says when there is nothing, and ends with 0", async () => {
      const outcome = await command(`recover ${integration}`, {});
      assert.equal(outcome.code, 0);
      assert.match(outcome.messages, /Nothing of d is unfinished/);
    });

    it("recover --continue applies, or removes when that was what stopped", async () => {
      const applied = await command(`recover ${integration} --continue --yes`, { applySteps: [create], unfinished });
      assert.deepEqual(
        applied.executed.map(({ action }) => action),
        ["apply"],
      );
      const removed = await command(`recover ${integration} --continue --yes`, {
        removeSteps: [[undo], []],
        unfinished: unfinishedRun("remove"),
      });
      assert.deepEqual(
        removed.executed.map(({ action }) => action),
        ["remove"],
      );
    });

    it("recover --roll-back shows how, asks, does it and reads back", async () => {
      const outcome = await command(
        `recover ${integration} --roll-back`,
        { rollBackSteps: [[undo], []], unfinished, notes: ["The key can't be brought back."] },
        { answers: ["y"] },
      );
      assert.equal(outcome.code, 0);
      assert.deepEqual(outcome.questions, ["Roll back with 1 step in account 314159265358 (profile sandbox)? [y/N] "]);
      assert.match(outcome.messages, /Roll back d in account .*delete the role vendor-role.*can't be brought back/s);
      assert.match(outcome.messages, /Rolled back: d in .* is what it was before/);
      assert.deepEqual(outcome.calls.slice(-3), ["plan roll back", "execute", "verify roll back"]);
    });

    it("recover --roll-back does nothing on no, and needs --yes without a terminal", async () => {
      const options = { rollBackSteps: [[undo]], unfinished };
      const no = await command(`recover ${integration} --roll-back`, options, { answers: ["n"] });
      const silent = await command(`recover ${integration} --roll-back`, options);
      for (const { code, calls } of [no, silent]) {
        assert.equal(code, 2);
        assert.ok(!calls.includes("execute"));
      }
      assert.match(silent.messages, /Give --yes/);
    });

    it("recover --roll-back ends with 1 when AWS shows something else than before", async () => {
      const outcome = await command(`recover ${integration} --roll-back --yes --json`, {
        rollBackSteps: [[undo], [undo]],
        unfinished,
      });
      assert.equal(outcome.code, 1);
      const { status, verified } = parsed(outcome);
      assert.deepEqual([status, verified], ["rolled-back", false]);
    });

    it("--continue and --roll-back exclude each other", async () => {
      const { code, messages } = await command(`recover ${integration} --continue --roll-back`, { unfinished });
      assert.equal(code, 2);
      assert.match(messages, /not both/);
    });

    const failing = {
      applySteps: [create],
      rollBackSteps: [[undo], []],
      execute: ({ action }: Plan) =>
        action === "apply"
          ? { status: "failed" as const, failure: failed(create, "AccessDenied."), done: [], unfinished }
          : {},
    };

    it("apply --roll-back undoes a failed apply at once", async () => {
      const outcome = await command(`apply ${integration} --yes --roll-back --json`, failing);
      assert.equal(outcome.code, 2);
      assert.equal(parsed(outcome).status, "rolled-back");
      assert.deepEqual(
        outcome.executed.map(({ action }) => action),
        ["apply", "roll-back"],
      );
    });

    it("a failed apply asks whether to undo it, where somebody can be asked", async () => {
      const outcome = await command(`apply ${integration}`, failing, { answers: ["y", "y", "y"] });
      assert.deepEqual(outcome.questions.slice(1), [
        "Undo what was done? [y/N] ",
        "Roll back with 1 step in account 314159265358 (profile sandbox)? [y/N] ",
      ]);
      assert.deepEqual(
        outcome.executed.map(({ action }) => action),
        ["apply", "roll-back"],
      );
    });

    it("an account that changed while the question was open is planned and asked for anew", async () => {
      let times = 0;
      const outcome = await command(
        `apply ${integration}`,
        {
          applySteps: [create],
          execute: () => {
            times += 1;
            return times === 1 ? changed : {};
          },
        },
        { answers: ["y", "y"] },
      );
      assert.equal(outcome.code, 0);
      assert.equal(outcome.questions.length, 2);
      assert.match(outcome.messages, /changed since the plan was made:\n {2}The role was changed\./);
    });

    it("an account that goes on changing is given up", async () => {
      const { code, messages } = await command(`apply ${integration} --yes`, {
        applySteps: [create],
        execute: () => changed,
      });
      assert.equal(code, 2);
      assert.match(messages, /go on changing/);
    });
  });
});
