import { type Command, exitCode, jsonFlag, profileFlag } from "./command";
import { sayUnfinished } from "./executePlan";
import { sayKeyAdvice } from "./keyPolicy";
import { prepare } from "./prepare";
import { describeFindings, findingsWithPaths } from "./report/findingsInFiles";
import { describePlan } from "./report/plan";
import { shellWord } from "./shellWord";

export const planCommand: Command = {
  name: "plan",
  summary: "Show what apply would do in AWS, and who would get what.",
  usage: "<folder>",
  positionals: { name: "folder of an integration", least: 1, most: 1 },
  description: [
    "Compares an integration with what is live in the account and prints the steps that `apply` would take and the access that its documents give, in words. Nothing is written, neither in AWS nor on disk.",
  ],
  flags: [profileFlag, jsonFlag],
  exitCodes: [
    { code: 0, meaning: "No changes: AWS has what the documents say." },
    { code: 1, meaning: "Changes are pending, or findings of severity error keep apply from starting." },
    { code: 2, meaning: "Wrong usage, no credentials, AWS refused, unreadable input, or what is there is not ours." },
  ],
  examples: ["vendor-access plan vendor-access/jfrog --profile production"],
  async run(args, context) {
    const { print, say, style, signal } = context;
    const { opened, session, integration, blocking, warnings, live, grants, keyAdvice, change } = await prepare(
      args,
      context,
      (connected, bound) => connected.read(bound, signal),
    );
    const { fs } = opened;
    const { account, profile } = session.identity;
    if (blocking.length > 0 || live === undefined) {
      if (args.is("json")) {
        const findings = findingsWithPaths(blocking, fs);
        const nothing = { steps: [], refusals: [], notes: [] };
        print(`${JSON.stringify({ status: "blocked", account, profile, grants, ...nothing, findings }, null, 2)}\n`);
      } else {
        print(`${describeFindings(blocking, fs, style.output)}\n`);
      }
      say(style.messages.error("Errors in the documents keep it from being applied. Correct them first."));
      return exitCode.findings;
    }
    await sayUnfinished(session, opened, context);
    const plan = session.planApply(integration, live);
    const { steps, refusals, notes } = plan;
    const status = refusals.length > 0 ? "refused" : steps.length > 0 ? "changes" : "up-to-date";
    if (args.is("json")) {
      const findings = findingsWithPaths(warnings, fs);
      print(
        `${JSON.stringify({ status, account, profile, grants, change: change ?? null, steps, refusals, notes, keyPolicies: keyAdvice, findings }, null, 2)}\n`,
      );
    } else {
      if (warnings.length > 0) say(describeFindings(warnings, fs, style.messages));
      print(`${describePlan(plan, grants, style.output, change)}\n`);
      sayKeyAdvice(keyAdvice, context);
    }
    if (status === "up-to-date") say(style.messages.good("No changes: AWS has what the documents say."));
    if (status === "changes") {
      say(`These changes are pending. Apply them with: vendor-access apply ${shellWord(opened.shown)}`);
    }
    return { "up-to-date": exitCode.fine, changes: exitCode.findings, refused: exitCode.error }[status];
  },
};
