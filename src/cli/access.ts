import type { AccountRole, BucketPolicyFacts } from "../account/account";
import {
  describeOutsiders,
  type OutsideAccess,
  type Outsider,
  outsideAccess,
  outsidersOf,
} from "../integration/outsideAccess";
import { policyOf } from "../policy/policyOf";
import type { VendorDefinition } from "../vendors/definition";
import { type Command, exitCode, jsonFlag, profileFlag } from "./command";
import { connectProfile } from "./connectAccount";
import type { CliContext } from "./context";
import { describeIdentity } from "./report/plan";

export const accessCommand: Command = {
  name: "access",
  summary: "List who from outside has access to the account, and to what.",
  usage: "",
  positionals: { name: "argument", least: 0, most: 0 },
  description: [
    "Reads all roles of the account and lists those that another account, everybody or an identity provider may assume: whose they are, which buckets they reach, when they were last used, and whether they belong to an integration. `adopt` makes an integration of one. Nothing is written.",
  ],
  flags: [
    { name: "buckets", description: "Read the policy of every bucket, too: a call for each." },
    profileFlag,
    jsonFlag,
  ],
  exitCodes: [
    { code: 0, meaning: "The list was printed." },
    { code: 2, meaning: "Wrong usage, no credentials, AWS refused." },
  ],
  examples: ["vendor-access access --profile production", "vendor-access access --buckets --json"],
  async run(args, context) {
    const { print, say, signal, vendors } = context;
    const session = await connectProfile(args, context);
    const { account } = session.identity;
    const roles = outsideAccess(await session.listRoles({ signal }), account, vendors);
    const policies = args.is("buckets") ? await session.listBucketPolicies({ signal }) : [];
    const buckets = bucketAccess(policies, account, vendors);
    for (const { bucket, problem } of policies) if (problem !== undefined) say(`${bucket}: ${problem}`);
    if (args.is("json")) {
      print(
        `${JSON.stringify({ account, roles: roles.map(roleForJson), buckets: buckets.map(bucketForJson) }, null, 2)}\n`,
      );
      return exitCode.fine;
    }
    print(describe(roles, buckets, context));
    const nobody = roles.length + buckets.length === 0;
    say(`${nobody ? "Nobody from outside has access to" : "Read:"} ${describeIdentity(session.identity)}.`);
    return exitCode.fine;
  },
};

interface BucketAccess {
  readonly bucket: string;
  readonly outsiders: readonly Outsider[];
}

function bucketAccess(
  policies: readonly BucketPolicyFacts[],
  account: string,
  vendors: readonly VendorDefinition[],
): readonly BucketAccess[] {
  return policies.flatMap(({ bucket, policy }) => {
    const document = policyOf(policy ?? null);
    const outsiders = document ? outsidersOf(document, account, vendors) : [];
    return outsiders.length > 0 ? [{ bucket, outsiders }] : [];
  });
}

function describe(
  roles: readonly OutsideAccess<AccountRole>[],
  buckets: readonly BucketAccess[],
  { style }: CliContext,
): string {
  const rows = [
    ...roles.map(({ role, vendor, outsiders, reaches }) => [
      `role ${role.name}`,
      describeOutsiders(outsiders) || (vendor?.name ?? ""),
      reaches.includes("*") ? "all buckets" : reaches.join(", ") || "no bucket",
      role.integrationId === undefined ? role.usage : `${role.usage}; in an integration`,
    ]),
    ...buckets.map(({ bucket, outsiders }) => [
      `bucket ${bucket}`,
      describeOutsiders(outsiders),
      bucket,
      "by its policy",
    ]),
  ];
  if (rows.length === 0) return "";
  const header = ["WHAT", "WHO", "REACHES", "USE"];
  const widths = header.map((title, column) =>
    Math.max(...[header, ...rows].map((row) => (row[column] ?? title).length)),
  );
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join("  ");
  return `${style.output.faint(line(header))}\n${rows.map((row) => `${line(row)}\n`).join("")}`;
}

function roleForJson({ role, vendor, outsiders, reaches }: OutsideAccess<AccountRole>) {
  const { name, arn, createdAt, lastUsed, integrationId, policies } = role;
  return {
    name,
    arn,
    vendor: vendor?.id ?? null,
    outsiders: outsiders.map(outsiderForJson),
    reaches,
    policies: policies.map((policy) => policy.name),
    createdAt: createdAt ?? null,
    lastUsed: lastUsed ?? null,
    integration: integrationId ?? null,
  };
}

function bucketForJson({ bucket, outsiders }: BucketAccess) {
  return { name: bucket, outsiders: outsiders.map(outsiderForJson) };
}

function outsiderForJson({ principal, account, kind, vendor, retired }: Outsider) {
  return { principal, account: account ?? null, kind, vendor: vendor?.id ?? null, retired };
}
