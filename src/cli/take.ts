import { withAccount } from "../integration/bindAccount";
import { documentNames } from "../integration/buildIntegration";
import type { Integration } from "../integration/integration";
import { documentsToTake, notToTake } from "../integration/liveDocument";
import { formatJson } from "../policy/formatJson";
import { UserError } from "../policy/userError";
import { type Command, exitCode, jsonFlag, profileFlag, yesFlag } from "./command";
import { confirm, requireConfirmation } from "./confirm";
import { connectAccount } from "./connectAccount";
import { openIntegration } from "./openIntegration";
import { describeIdentity, describeResource } from "./report/plan";

export const takeCommand: Command = {
  name: "take",
  summary: "Write what is live in AWS into the documents.",
  usage: "<folder>",
  positionals: { name: "folder of an integration", least: 1, most: 1 },
  description: [
    "When somebody changed a policy in AWS and that is right, this writes it into the document: formatted, what says the same in the order and form that it had. integration.json stays as it is, and nothing is written in AWS. The other way, making AWS what the documents say, is `apply`.",
  ],
  flags: [profileFlag, yesFlag, jsonFlag],
  exitCodes: [
    { code: 0, meaning: "The documents say what is live." },
    {
      code: 2,
      meaning:
        "Wrong usage, not confirmed, no credentials, AWS refused, something is not there to be taken, or a file could not be written.",
    },
  ],
  examples: ["vendor-access take vendor-access/jfrog --profile production"],
  async run(args, context) {
    requireConfirmation(args, context, "take");
    const { print, say, style, signal } = context;
    const opened = await openIntegration(args.positionals[0] ?? ".", context);
    const { fs, integration, shown } = opened;
    refuseMissing(integration, shown);
    const { session } = await connectAccount(opened, args, context);
    const { account, partition } = session.identity;
    const bound = withAccount(integration, account, partition, context);
    const { resources } = await session.read(bound, signal);
    const found = documentsToTake(resources, bound);
    const files = found.map(({ path }) => fs.display(path));
    const where = describeIdentity(session.identity);
    if (found.length > 0) {
      say(`These differ from what is live in ${where}:\n${files.map((file) => `  ${file}`).join("\n")}`);
      await confirm("Write what is live into them?", args, context);
      for (const { path, taken } of found) await fs.write(path, formatJson(taken));
    }
    if (args.is("json")) print(`${JSON.stringify({ account, files }, null, 2)}\n`);
    else print(files.map((file) => `${file}\n`).join(""));
    const notThere = notToTake(resources);
    if (notThere.length > 0) {
      say(style.messages.error(`Not taken from ${where}, because it is not there, or is not this integration's:`));
      for (const resource of notThere) say(describeResource(resource, style.messages));
      return exitCode.error;
    }
    const done =
      found.length > 0 ? `Taken from ${where} into ${shown}` : `The documents of ${shown} say what is live in ${where}`;
    say(style.messages.good(`${done}.`));
    return exitCode.fine;
  },
};

/** Into what is not there nothing can be written. */
function refuseMissing({ manifest, documents }: Integration, shown: string): void {
  const missing = documentNames(manifest).find(({ role }) => !documents.some((document) => document.role === role));
  if (missing) throw new UserError("file", `There is no ${missing.name}, which ${shown} names.`);
}
