import { answersOf, completedTexts, completionSteps, isPending } from "../integration/completion";
import { UserError } from "../policy/userError";
import { parseSettings } from "../vendors/parseSettings";
import { type Command, exitCode, jsonFlag } from "./command";
import { openIntegration } from "./openIntegration";
import { settingsOf } from "./settings";
import { shellWord } from "./shellWord";
import { settingName } from "./vendors";

export const completeCommand: Command = {
  name: "complete",
  summary: "Write what the vendor answered into an integration in two phases.",
  usage: "<folder>",
  positionals: { name: "folder of an integration", least: 1, most: 1 },
  description: [
    "Some vendors show an external ID, or whom to trust, only when they know the role: until then nobody may assume it. This writes what the vendor shows into integration.json and the trust policy. Nothing is changed in AWS: `apply` does that.",
    "Without --set it says what to do at the vendor, and what is still missing.",
  ],
  flags: [
    {
      name: "set",
      value: "KEY=VALUE",
      repeatable: true,
      description: "What the vendor shows, by the name of the parameter. Repeat it for several.",
    },
    jsonFlag,
  ],
  exitCodes: [
    { code: 0, meaning: "The integration is complete." },
    { code: 1, meaning: "Something that the vendor shows is still missing." },
    { code: 2, meaning: "Wrong usage, a value that can't be used, or a file could not be written." },
  ],
  examples: [
    "vendor-access complete vendor-access/warehouse",
    "vendor-access complete vendor-access/exports --set externalId=mz_4f0a9c2b-e617-4d21-8a3b-1c2d3e4f5a6b_u12",
  ],
  async run(args, context) {
    const { fs, integration, shown } = await openIntegration(args.positionals[0] ?? ".", context);
    const { definition } = integration;
    const answers = answersOf(integration);
    if (answers.length === 0) {
      throw new UserError(
        "usage",
        `${definition.name} needs no answer after the role is made: there is nothing to complete.`,
      );
    }
    const { parameters } = parseSettings(definition, settingsOf(args.list("set")));
    for (const name of Object.keys(parameters)) {
      if (answers.some((parameter) => parameter.name === name)) continue;
      throw new UserError(
        "usage",
        `${name} is not what ${definition.name} shows. It shows: ${answers.map(settingName).join(", ")}.`,
      );
    }
    const texts = completedTexts(integration, parameters);
    for (const [path, text] of texts) await fs.write(path, text);
    const manifest = { ...integration.manifest, parameters: { ...integration.manifest.parameters, ...parameters } };
    const complete = !isPending({ definition, manifest });
    const files = [...texts.keys()].map((path) => fs.display(path));
    const missing = answers.filter(({ name, required }) => required && manifest.parameters[name] === undefined);
    if (args.is("json")) {
      context.print(`${JSON.stringify({ complete, files, missing: missing.map(settingName) }, null, 2)}\n`);
    } else {
      context.print(files.map((file) => `${file}\n`).join(""));
    }
    if (complete) {
      const next = files.length > 0 ? `Then: vendor-access apply ${shellWord(shown)}` : "Nothing changes.";
      context.say(context.style.messages.good(`${shown} lets ${definition.name} in. ${next}`));
      return exitCode.fine;
    }
    const steps = completionSteps(integration).map((step, index) => `${index + 1}. ${step.replaceAll("`", "")}`);
    const flags = missing.map(
      (parameter) => `  --set ${settingName(parameter)}=…  ${parameter.title}: ${parameter.description}`,
    );
    context.say(
      [`At ${definition.name} (${definition.handBackTo.label}):`, ...steps, "Then give what it shows:", ...flags].join(
        "\n",
      ),
    );
    return exitCode.findings;
  },
};
