import nodePath from "node:path";
import { findingsOf } from "../integration/blockingFindings";
import { isPending } from "../integration/completion";
import { joinPath } from "../integration/documentPath";
import type { Integration } from "../integration/integration";
import { bucketsOf, newRequest } from "../integration/newRequest";
import { manifestName } from "../integration/recogniseManifest";
import { scaffold } from "../integration/scaffold";
import { UserError } from "../policy/userError";
import type { VendorDefinition } from "../vendors/definition";
import type { ParameterValue } from "../vendors/manifest";
import { defaultIntegrationName } from "../vendors/names";
import { validateAccountId } from "../vendors/parameterRules";
import { parseSettings } from "../vendors/parseSettings";
import { askForMissing } from "./askForMissing";
import { type Arguments, type Command, exitCode, jsonFlag, profileFlag } from "./command";
import type { CliContext } from "./context";
import { lookAtAccount } from "./lookAtAccount";
import { splitAtExisting } from "./nodeFileSystem";
import { prettyReport } from "./report/pretty";
import { settingsOf } from "./settings";
import { shellWord } from "./shellWord";
import { didYouMean } from "./suggest";

export const newCommand: Command = {
  name: "new",
  summary: "Write the documents that give a vendor access.",
  usage: "<vendor>",
  positionals: { name: "vendor", least: 1, most: 1 },
  description: [
    "Writes a new integration: the folder DIR/NAME with integration.json, permissions-policy.json and trust-policy.json (and cors-rules.json where asked for). DIR holds one such folder for each integration; it is made when it does not exist. Nothing is changed in AWS: `apply` does that.",
    "What the vendor needs and is not given with --set is asked for, when standard input is a terminal. `vendor-access vendors` lists the parameters.",
    "With --profile, or when the vendor's documents name your own account and you did not, AWS is asked which account it is, in which region the bucket is, and which key encrypts it. Nothing is written there.",
  ],
  flags: [
    {
      name: "name",
      value: "NAME",
      description: "The name of the integration and of its folder. Absent: made of the vendor and the bucket.",
    },
    { name: "access", value: "LEVEL", description: "What the vendor may do. Absent: the vendor's first access level." },
    {
      name: "set",
      value: "KEY=VALUE",
      repeatable: true,
      description: "A parameter of the vendor. Repeat it for several parameters, and for several buckets.",
    },
    { name: "out", value: "DIR", description: "The folder that holds the integrations. Absent: vendor-access." },
    {
      name: "account",
      value: "ID",
      description: "Your own AWS account: 12 digits. `apply` refuses any other. Absent: the first apply fills it in.",
    },
    { ...profileFlag, description: "Look at the account of this profile of the AWS shared config files." },
    { name: "region", value: "REGION", description: "The region of the bucket. Absent: found with --profile." },
    jsonFlag,
  ],
  exitCodes: [
    { code: 0, meaning: "The integration was written." },
    { code: 2, meaning: "Wrong usage, a missing value, the folder exists, or it could not be written. Nothing was." },
  ],
  examples: [
    "vendor-access new activeloop-deep-lake --set bucket=training-data --profile production",
    "vendor-access new jfrog-ml --set bucket=features --set bucket=models --name jfrog",
    "vendor-access new dataloop --access read-write-no-delete --set bucket=images --set accountId=210987654321",
  ],
  async run(args, context) {
    const definition = vendorNamed(args.positionals[0] ?? "", context);
    await createIntegration(definition, args, context);
    return exitCode.fine;
  },
};

async function createIntegration(definition: VendorDefinition, args: Arguments, context: CliContext): Promise<void> {
  const given = parseSettings(definition, settingsOf(args.list("set")));
  const givenAccount = accountOf(args.text("account"), given.account);
  const givenRegion = regionOf(args.text("region"));
  const accessLevel = args.text("access");
  const choices = {
    ...(accessLevel !== undefined && { accessLevel }),
    ...(givenAccount !== undefined && { account: givenAccount }),
  };
  const parameters: { [name: string]: ParameterValue } = {
    ...given.parameters,
    ...(await askForMissing(definition, newRequest(definition, { ...choices, parameters: given.parameters }), context)),
  };
  const wanted = newRequest(definition, { ...choices, parameters });
  const profile = args.text("profile");
  const found = await lookAtAccount(definition, wanted, { profile, region: givenRegion }, context);
  const region = givenRegion ?? found.region;
  const account = wanted.account ?? found.account;
  const request = newRequest(definition, {
    ...choices,
    parameters: { ...parameters, ...found.parameters },
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    ...(found.partition !== undefined && { partition: found.partition }),
  });
  const name = args.text("name") ?? defaultIntegrationName(definition, bucketsOf(definition, request));
  const { root, rest } = await splitAtExisting(
    nodePath.resolve(context.currentDirectory, args.text("out") ?? "vendor-access"),
  );
  const fs = context.fileSystem(root);
  const integration = await scaffold(fs, rest, { definition, request, name });
  const folder = fs.display(integration.folder);
  const files = [joinPath(integration.folder, manifestName), ...integration.documents.map(({ path }) => path)].map(
    fs.display,
  );
  if (args.is("json")) {
    context.print(`${JSON.stringify({ name, folder, files, manifest: integration.manifest }, null, 2)}\n`);
  } else {
    context.print(files.map((file) => `${file}\n`).join(""));
    sayWhatIsNext(definition, integration, folder, fs.display, context);
  }
}

function sayWhatIsNext(
  definition: VendorDefinition,
  integration: Integration,
  folder: string,
  display: (path: string) => string,
  { say, style }: CliContext,
): void {
  const findings = [...findingsOf(integration, "error"), ...findingsOf(integration, "warning")];
  if (findings.length > 0) {
    const files = findings.map(({ path, text, finding }) => ({ path: display(path), text, findings: [finding] }));
    say(prettyReport(files, style.messages).trimEnd());
  }
  for (const { name, title } of definition.parameters.filter(({ chosenBy }) => chosenBy === "customer")) {
    const value = integration.manifest.parameters[name];
    if (typeof value === "string") say(`${title} to give to ${definition.name}: ${value}`);
  }
  if (isPending(integration)) {
    say(
      `${definition.name} shows the rest when it knows the role: apply, then vendor-access complete ${shellWord(folder)}`,
    );
  }
  say(
    `${style.messages.good(`Wrote the documents for ${definition.name} to ${folder}.`)} Review them, then: vendor-access apply ${shellWord(folder)}`,
  );
}

/** @throws UserError `vendor-unknown` that names the ones there are */
export function vendorNamed(id: string, { vendors }: CliContext): VendorDefinition {
  const definition = vendors.find((vendor) => vendor.id === id);
  if (definition) return definition;
  const ids = vendors.map((vendor) => vendor.id);
  throw new UserError(
    "vendor-unknown",
    `There is no vendor "${id}".${didYouMean(id, ids)} \`vendor-access vendors\` lists the ${ids.length} there are.`,
  );
}

function accountOf(flag: string | undefined, setting: string | undefined): string | undefined {
  if (flag !== undefined && setting !== undefined && flag !== setting) {
    throw new UserError(
      "usage",
      `--account ${flag} and --set accountId=${setting} name two accounts. Give one of them.`,
    );
  }
  const problem = flag === undefined ? undefined : validateAccountId(flag);
  if (problem !== undefined) throw new UserError("parameter-invalid", `--account "${flag}" can't be used. ${problem}`);
  return flag ?? setting;
}

function regionOf(flag: string | undefined): string | undefined {
  if (flag !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d+$/.test(flag)) {
    throw new UserError("parameter-invalid", `--region "${flag}" is no AWS region. One looks like eu-central-1.`);
  }
  return flag;
}
