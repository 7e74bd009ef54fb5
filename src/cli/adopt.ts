import nodePath from "node:path";
import type { AccountRole, AccountSession } from "../account/account";
import { type Adoption, adoptedName, adoptRole } from "../integration/adoptRole";
import { outsideAccess, possibleVendors } from "../integration/outsideAccess";
import { scaffold } from "../integration/scaffold";
import { UserError } from "../policy/userError";
import { missingParameters } from "../vendors/parameters";
import { parseSettings } from "../vendors/parseSettings";
import { askForMissing } from "./askForMissing";
import { type Arguments, type Command, exitCode, jsonFlag, profileFlag, yesFlag } from "./command";
import { confirm, requireConfirmation } from "./confirm";
import { connectProfile } from "./connectAccount";
import type { CliContext } from "./context";
import { executePlan, sayFailure } from "./executePlan";
import { vendorNamed } from "./new";
import { splitAtExisting } from "./nodeFileSystem";
import { describeIdentity } from "./report/plan";
import { settingsOf } from "./settings";
import { shellWord } from "./shellWord";
import { didYouMean } from "./suggest";

export const adoptCommand: Command = {
  name: "adopt",
  summary: "Make an integration of a role that was made by hand.",
  usage: "<role>",
  positionals: { name: "role", least: 1, most: 1 },
  description: [
    "Writes the folder of an integration whose documents are what is live in the role, with the parameters and the access level that fit best, and sets the tags of the integration on the role and on its policy. Nothing else is changed in AWS. `access` lists the roles there are.",
    "The vendor is told by whom the role trusts. Of a role that nobody recognises --vendor says whose it is.",
  ],
  flags: [
    { name: "vendor", value: "ID", description: "The vendor that the role is for. Absent: recognised." },
    { name: "name", value: "NAME", description: "The name of the integration and of its folder. Absent: the role's." },
    {
      name: "set",
      value: "KEY=VALUE",
      repeatable: true,
      description: "A parameter of the vendor that what is live does not tell.",
    },
    { name: "out", value: "DIR", description: "The folder that holds the integrations. Absent: vendor-access." },
    profileFlag,
    yesFlag,
    jsonFlag,
  ],
  exitCodes: [
    { code: 0, meaning: "The role is an integration." },
    { code: 2, meaning: "Wrong usage, not confirmed, no such role, it is not free, no credentials, or AWS refused." },
  ],
  examples: [
    "vendor-access adopt activeloop-legacy --profile production",
    "vendor-access adopt partner --vendor jfrog-ml --yes",
  ],
  async run(args, context) {
    requireConfirmation(args, context, "adopt");
    const session = await connectProfile(args, context);
    const role = await roleNamed(args.positionals[0] ?? "", session, context);
    const adoption = await adoptionOf(role, session, args, context);
    sayAdoption(role, adoption, session, context);
    await confirm(`Adopt the role ${role.name} in ${describeIdentity(session.identity)}?`, args, context);
    await adopt(role, adoption, session, args, context);
    return exitCode.fine;
  },
};

async function roleNamed(name: string, session: AccountSession, { signal }: CliContext): Promise<AccountRole> {
  const roles = await session.listRoles({ signal });
  const found = roles.find((role) => role.name === name || role.arn === name);
  if (found) return found;
  const names = roles.map((role) => role.name);
  const meant = didYouMean(name, names);
  throw new UserError(
    "usage",
    `There is no role "${name}" in ${describeIdentity(session.identity)} that anybody but AWS's services may assume.${meant} See: vendor-access access`,
  );
}

async function adoptionOf(
  role: AccountRole,
  { identity }: AccountSession,
  args: Arguments,
  context: CliContext,
): Promise<Adoption> {
  const wanted = args.text("vendor");
  const [access] = outsideAccess([role], identity.account, context.vendors);
  const possible = access ? possibleVendors(access, context.vendors) : [];
  const definition = wanted === undefined ? possible[0] : vendorNamed(wanted, context);
  if (!definition || (wanted === undefined && possible.length > 1)) {
    const why = definition
      ? `The role ${role.name} can be of several vendors`
      : `Nothing in the role ${role.name} tells whose it is`;
    const ids = (definition ? possible : context.vendors).map(({ id }) => id).join(", ");
    throw new UserError("vendor-unknown", `${why}. Name the vendor with --vendor: ${ids}.`);
  }
  const { parameters } = parseSettings(definition, settingsOf(args.list("set")));
  const { reference } = context;
  const adoption = adoptRole(definition, role, identity, reference, parameters);
  if (missingParameters(definition, adoption.request).length === 0) return adoption;
  const asked = await askForMissing(definition, adoption.request, context);
  return adoptRole(definition, role, identity, reference, { ...parameters, ...asked });
}

function sayAdoption(
  { name, usage }: AccountRole,
  { definition, grants, change, notes }: Adoption,
  { identity }: AccountSession,
  { say, style }: CliContext,
): void {
  const part = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [style.messages.faint(title), ...lines.map((line) => `  ${line}`)];
  say(
    [
      style.messages.strong(`${definition.name}: the role ${name} in ${describeIdentity(identity)}, ${usage}`),
      ...part("Access that it gives, and goes on giving:", grants),
      ...part(`With the documents of ${definition.name}’s page there would be more:`, change.widened),
      ...part(`With the documents of ${definition.name}’s page there would be less:`, change.narrowed),
      ...part("Not taken over:", notes),
      "In AWS only the tags of the integration are set.",
    ].join("\n"),
  );
}

async function adopt(
  role: AccountRole,
  { definition, request, documents }: Adoption,
  session: AccountSession,
  args: Arguments,
  context: CliContext,
): Promise<void> {
  const { print, say, style, signal } = context;
  const out = nodePath.resolve(context.currentDirectory, args.text("out") ?? "vendor-access");
  const { root, rest } = await splitAtExisting(out);
  const fs = context.fileSystem(root);
  const name = args.text("name") ?? adoptedName(role);
  const integration = await scaffold(fs, rest, { definition, request, documents, name });
  const folder = fs.display(integration.folder);
  let marked = false;
  try {
    const plan = session.planAdopt(integration, await session.read(integration, signal));
    if (plan.refusals.length > 0) throw new UserError("not-ours", plan.refusals.join("\n"));
    const { result } = await executePlan(session, plan, context);
    marked = result.done.length > 0;
    if (result.status !== "done") {
      sayFailure(plan, result, folder, context);
      throw new UserError(
        result.status === "cancelled" ? "cancelled" : "aws",
        `The role ${role.name} was not adopted.`,
      );
    }
  } catch (error) {
    // An integration of what is not ours would be of no use.
    if (!marked) await fs.remove(integration.folder);
    throw error;
  }
  const files = ["integration.json", ...Object.values(integration.manifest.documents)].map(
    (file) => `${folder}/${file}`,
  );
  if (args.is("json")) print(`${JSON.stringify({ name, folder, files, manifest: integration.manifest }, null, 2)}\n`);
  else print(files.map((file) => `${file}\n`).join(""));
  say(
    `${style.messages.good(`The role ${role.name} is the integration ${folder}.`)} See what differs from the vendor's page with: vendor-access check ${shellWord(folder)}`,
  );
}
