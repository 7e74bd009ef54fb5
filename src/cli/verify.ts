import type { AccessKey, AccountSession, ObjectTest, VerifiedIntegration } from "../account/account";
import type { Integration } from "../integration/integration";
import { UserError } from "../policy/userError";
import { type Arguments, type Command, type ExitCode, exitCode, jsonFlag, profileFlag } from "./command";
import type { CliContext } from "./context";
import { prepare } from "./prepare";
import { describeFindings, findingsWithPaths } from "./report/findingsInFiles";
import { describeIdentity, describeResource, handBackForJson } from "./report/plan";
import { describeObjectTest, describeVerification, verificationForJson } from "./report/verification";

export const verifyCommand: Command = {
  name: "verify",
  summary: "Compare what is live in AWS with the documents and with what the vendor needs.",
  usage: "<folder>",
  positionals: { name: "folder of an integration", least: 1, most: 1 },
  description: [
    "Reads every resource of an integration back from AWS and compares it with the documents. Then evaluates by AWS’s rules whether what is live lets the vendor do each thing that it needs: by all policies of the role and its permissions boundary, the policies of the buckets, and those of the keys that encrypt them; and whether the role can be assumed without the external ID. What may not be read is named, with what was taken instead. Where AWS answers the caller, its own opinion (SimulatePrincipalPolicy, ValidatePolicy) is shown beside it. Nothing is written.",
    "--test-objects tries it, for a vendor with an access key of yours: reads the key’s id and its secret from standard input, a line each, assumes the role with it, lists each bucket, and writes, reads and deletes an object below vendor-access-test/. What was written is deleted again, whatever happens.",
  ],
  flags: [
    profileFlag,
    { name: "test-objects", description: "Try the access key on standard input; writes and deletes a test object." },
    jsonFlag,
  ],
  exitCodes: [
    { code: 0, meaning: "Everything is in sync, and the vendor has what it needs." },
    {
      code: 1,
      meaning:
        "Something differs, is missing or is not ours, the vendor lacks something, the external ID protects nothing, or the documents have errors.",
    },
    { code: 2, meaning: "Wrong usage, no credentials, AWS refused, unreadable input." },
  ],
  examples: [
    "vendor-access verify vendor-access/jfrog --profile production --json",
    'printf "%s\\n" "$KEY_ID" "$SECRET" | vendor-access verify vendor-access/dataloop --test-objects',
  ],
  run: verify,
};

async function verify(args: Arguments, context: CliContext): Promise<ExitCode> {
  const { print, say, style, signal } = context;
  const { opened, session, integration, blocking, live } = await prepare(args, context, (connected, bound) =>
    connected.verify(bound, signal),
  );
  const { account, profile } = session.identity;
  const resources = live?.resources ?? [];
  const inSync = blocking.length === 0 && resources.every((resource) => resource.status === "in-sync");
  const verified = live && (await session.verifyAccess(integration, live, context.reference, signal));
  const tested = args.is("test-objects") ? await testObjects(session, integration, verified, context) : undefined;
  const lacks = isLacking(verified, tested);
  if (args.is("json")) {
    const outcome = {
      status: blocking.length > 0 ? "blocked" : !inSync ? "differs" : lacks ? "lacking" : "in-sync",
      account,
      profile,
      resources: resources.map(({ kind, name, arn, status, differences }) => ({
        kind,
        name,
        arn: arn ?? null,
        status,
        differences,
      })),
      ...verificationForJson(verified ?? { access: [], guards: [], unread: [], awsFindings: [], unanswered: [] }),
      ...(tested && { objects: tested }),
      handBack: handBackForJson(live?.handBack ?? []),
      findings: findingsWithPaths(blocking, opened.fs),
    };
    print(`${JSON.stringify(outcome, null, 2)}\n`);
  } else {
    if (blocking.length > 0) print(`${describeFindings(blocking, opened.fs, style.output)}\n`);
    print(resources.map((resource) => `${describeResource(resource, style.output)}\n`).join(""));
    if (verified) print(describeVerification(verified, integration.definition.name, style.output));
    if (tested) print(describeObjectTest(tested, style.output));
    for (const sentence of verified?.unread ?? []) say(style.messages.warning(sentence));
    for (const sentence of verified?.unanswered ?? []) say(style.messages.faint(`No opinion of AWS: ${sentence}`));
  }
  const where = `${opened.shown} and ${describeIdentity(session.identity)}`;
  if (inSync && !lacks) say(style.messages.good(`In sync: ${where}.`));
  else if (inSync) say(style.messages.error(`In sync, but the vendor lacks something: ${where}.`));
  else say(style.messages.error(`Not in sync: ${where}.`));
  return inSync && !lacks ? exitCode.fine : exitCode.findings;
}

function isLacking(verified: VerifiedIntegration | undefined, tested: ObjectTest | undefined): boolean {
  return (
    (verified?.access.some(({ allowed }) => !allowed) ?? false) ||
    (verified?.guards.some(({ holds }) => !holds) ?? false) ||
    (tested?.tested.some(({ result }) => result === "failed") ?? false)
  );
}

/**
 * @throws UserError usage when the vendor has no access key of ours, or standard input holds none
 */
async function testObjects(
  session: AccountSession,
  integration: Integration,
  verified: VerifiedIntegration | undefined,
  { readStandardInput, say, style, signal }: CliContext,
): Promise<ObjectTest | undefined> {
  const { name, user } = integration.definition;
  if (!user?.accessKey) {
    throw new UserError("usage", `--test-objects needs an access key of yours, and ${name} has its own.`);
  }
  const key = parseAccessKey(await readStandardInput());
  const needs = verified?.access.filter(({ on }) => on === "act") ?? [];
  if (needs.length === 0) return undefined;
  return session.testObjects(integration, key, {
    actions: new Set(needs.map(({ action }) => action)),
    onProgress: (detail) => say(style.messages.faint(`  ${detail}`)),
    signal,
  });
}

function parseAccessKey(text: string): AccessKey {
  const [accessKeyId = "", secretAccessKey = ""] = text.trim().split(/\s+/);
  if (/^\w{16,128}$/.test(accessKeyId) && secretAccessKey !== "") return { accessKeyId, secretAccessKey };
  throw new UserError(
    "usage",
    "--test-objects reads the access key's id and its secret from standard input, a line each. They are neither shown nor kept.",
  );
}
