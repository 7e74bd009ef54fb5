import { type VerifiedAccess, verifyAccess, whyDenied } from "../integration/verifyAccess";
import { type Command, exitCode, jsonFlag, profileFlag } from "./command";
import { prepare } from "./prepare";
import { describeFindings, findingsWithPaths } from "./report/findingsInFiles";
import { describeIdentity, describeResource, handBackForJson } from "./report/plan";
import type { Style } from "./style";

export const verifyCommand: Command = {
  name: "verify",
  summary: "Compare what is live in AWS with the documents and with what the vendor needs.",
  usage: "<folder>",
  positionals: { name: "folder of an integration", least: 1, most: 1 },
  description: [
    "Reads every resource of an integration back from AWS and compares it with the documents. Then evaluates by AWS’s rules whether what is live lets the vendor do each thing that it needs. Nothing is written.",
  ],
  flags: [profileFlag, jsonFlag],
  exitCodes: [
    { code: 0, meaning: "Everything is in sync, and the vendor has what it needs." },
    {
      code: 1,
      meaning:
        "Something differs, is missing or is not ours, the vendor lacks something, or the documents have errors.",
    },
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
    // Without the role there is nobody to judge.
    const exists = resources.some(({ kind, status }) => kind === "role" && status !== "missing");
    const access = exists ? verifyAccess(opened.integration, account, resources, context.reference) : [];
    const lacking = access.filter(({ allowed }) => !allowed);
    if (args.is("json")) {
      print(
        `${JSON.stringify(
          {
            status: blocking.length > 0 ? "blocked" : !inSync ? "differs" : lacking.length > 0 ? "lacking" : "in-sync",
            account,
            profile,
            resources: resources.map(({ kind, name, arn, status, differences }) => ({
              kind,
              name,
              arn: arn ?? null,
              status,
              differences,
            })),
            access,
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
      if (access.length > 0) print(describeVerifiedAccess(access, opened.integration.definition.name, style.output));
    }
    const where = `${opened.shown} and ${describeIdentity(session.identity)}`;
    const verified = inSync && lacking.length === 0;
    if (verified) say(style.messages.good(`In sync: ${where}.`));
    else if (inSync) say(style.messages.error(`In sync, but the vendor lacks something: ${where}.`));
    else say(style.messages.error(`Not in sync: ${where}.`));
    return verified ? exitCode.fine : exitCode.findings;
  },
};

function describeVerifiedAccess(access: readonly VerifiedAccess[], vendorName: string, style: Style): string {
  const lacking = access.filter(({ allowed }) => !allowed);
  if (lacking.length === 0) {
    return `${style.good("✓ allowed ")} everything that ${vendorName} needs: ${access.length} of ${access.length} requests\n`;
  }
  return lacking
    .map((need) => {
      const what = `${need.action} on ${need.resource}, which ${vendorName} needs`;
      return `${style.error("✗ denied  ")} ${what}: ${whyDenied(need)}\n`;
    })
    .join("");
}
