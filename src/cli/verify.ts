import { type Command, exitCode, jsonFlag, profileFlag } from "./command";
import { prepare } from "./prepare";
import { describeFindings, findingsWithPaths } from "./report/findingsInFiles";
import { describeIdentity, describeResource, handBackForJson } from "./report/plan";

export const verifyCommand: Command = {
  name: "verify",
  summary: "Compare what is live in AWS with the documents.",
  usage: "<folder>",
  positionals: { name: "folder of an integration", least: 1, most: 1 },
  description: [
    "Reads every resource of an integration back from AWS and compares it with the documents. Nothing is written.",
  ],
  flags: [profileFlag, jsonFlag],
  exitCodes: [
    { code: 0, meaning: "Everything is in sync." },
    { code: 1, meaning: "Something differs, is missing or is not ours, or the documents have errors." },
    { code: 2, meaning: "Wrong usage, no credentials, AWS refused, unreadable input." },
  ],
  examples: ["vendor-access verify vendor-access/jfrog --profile production --json"],
  async run(args, context) {
    const { print, say, style, signal } = context;
    const { opened, session, blocking, live } = await prepare(args, context, (connected, bound) =>
      connected.verify(bound, signal),
    );
    const { account, profile } = session.identity;
    const resources = live?.resources ?? [];
    const inSync = blocking.length === 0 && resources.every((resource) => resource.status === "in-sync");
    if (args.is("json")) {
      print(
        `${JSON.stringify(
          {
            status: blocking.length > 0 ? "blocked" : inSync ? "in-sync" : "differs",
            account,
            profile,
            resources: resources.map(({ kind, name, arn, status, differences }) => ({
              kind,
              name,
              arn: arn ?? null,
              status,
              differences,
            })),
            handBack: handBackForJson(live?.handBack ?? []),
            findings: findingsWithPaths(blocking, opened.fs),
          },
          null,
          2,
        )}\n`,
      );
    } else {
      if (blocking.length > 0) print(`${describeFindings(blocking, opened.fs, style.output)}\n`);
      print(resources.map((resource) => `${describeResource(resource, style.output)}\n`).join(""));
    }
    const where = `${opened.shown} and ${describeIdentity(session.identity)}`;
    say(inSync ? style.messages.good(`In sync: ${where}.`) : style.messages.error(`Not in sync: ${where}.`));
    return inSync ? exitCode.fine : exitCode.findings;
  },
};
