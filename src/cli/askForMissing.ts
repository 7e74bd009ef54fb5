import { UserError } from "../policy/userError";
import type { Parameter, VendorDefinition } from "../vendors/definition";
import type { IntegrationRequest, ParameterValue } from "../vendors/manifest";
import { validateParameterValue } from "../vendors/parameterRules";
import { missingParameters } from "../vendors/parameters";
import { parseSettings } from "../vendors/parseSettings";
import type { CliContext } from "./context";
import { settingName } from "./vendors";

/**
 * Asks for the parameters that the vendor needs and that have no value.
 *
 * @throws UserError `usage` that names the flag for each, when nobody can be asked
 */
export async function askForMissing(
  definition: VendorDefinition,
  request: IntegrationRequest,
  context: CliContext,
): Promise<{ readonly [name: string]: ParameterValue }> {
  const missing = missingParameters(definition, request);
  if (missing.length > 0 && !context.interactive) {
    const flags = missing.map(
      (parameter) => `  --set ${settingName(parameter)}=…  ${parameter.title}: ${parameter.description}`,
    );
    throw new UserError(
      "usage",
      `${definition.name} needs a value that is missing. Give it with:\n${flags.join("\n")}`,
    );
  }
  const answers = new Map<string, readonly string[]>();
  for (const parameter of missing) {
    context.say(parameter.description);
    for (const choice of parameter.choices ?? []) context.say(`  ${choice.value}  ${choice.label}`);
    answers.set(parameter.name, await askUntilValid(parameter, context));
  }
  return parseSettings(definition, answers).parameters;
}

async function askUntilValid(parameter: Parameter, { ask, say, style }: CliContext): Promise<readonly string[]> {
  const isList = parameter.type === "bucket-list" && parameter.maxItems !== 1;
  for (;;) {
    const answer = await ask(`${parameter.title}${isList ? " (several with commas between them)" : ""}: `);
    const values = isList ? answer.split(",").map((value) => value.trim()) : [answer.trim()];
    const problem = values.map((value) => validateParameterValue(parameter, value)).find((message) => message);
    if (problem === undefined) return values;
    say(style.messages.error(problem));
  }
}
