import { vendorNote } from "../vendors/categories";
import type { Parameter, VendorDefinition } from "../vendors/definition";
import { type Command, exitCode, jsonFlag } from "./command";
import type { Style } from "./style";

export const vendorsCommand: Command = {
  name: "vendors",
  summary: "List the vendors of the catalog, with what `new` asks for.",
  usage: "",
  positionals: { name: "argument", least: 0, most: 0 },
  description: [
    "Lists the vendors that `new` knows: their access levels, their parameters and what they are given back.",
  ],
  flags: [jsonFlag],
  exitCodes: [
    { code: 0, meaning: "The list was printed." },
    { code: 2, meaning: "Wrong usage." },
  ],
  examples: ["vendor-access vendors", "vendor-access vendors --json"],
  async run(args, { vendors, print, style }) {
    if (args.is("json")) print(`${JSON.stringify(vendors.map(summaryOf), null, 2)}\n`);
    else print(vendors.map((definition) => describe(definition, style.output)).join("\n"));
    return exitCode.fine;
  },
};

/** What a program needs to offer the vendor and to call `new`. */
function summaryOf(definition: VendorDefinition) {
  const { id, name, summary, accessLevels, parameters, handBack, handBackTo, sources } = definition;
  return {
    id,
    name,
    summary,
    category: definition.category,
    ...(definition.scope && { scope: definition.scope }),
    accessLevels: accessLevels.map((level) => ({ id: level.id, title: level.title, description: level.description })),
    parameters: parameters.map((parameter) => ({
      name: settingName(parameter),
      title: parameter.title,
      description: parameter.description,
      type: parameter.type,
      required: parameter.required,
      ...(parameter.default !== undefined && { default: parameter.default }),
      ...(parameter.choices && { choices: parameter.choices }),
      ...(parameter.when && { when: parameter.when }),
      ...(parameter.phase && { phase: parameter.phase }),
    })),
    handBack: handBack.map((value) => ({ name: value.name, label: value.label, secret: value.secret === true })),
    handBackTo,
    sources: sources.map(({ title, url, version, status, checked }) => ({ title, url, version, status, checked })),
  };
}

/** The name that `--set` takes for one value of a parameter. */
export function settingName({ itemName, name }: Parameter): string {
  return itemName ?? name;
}

function describe(definition: VendorDefinition, style: Style): string {
  const { id, name, summary, accessLevels, parameters, handBack } = definition;
  const rows = [
    ...accessLevels.map((level, index) => ({
      left: `--access ${level.id}`,
      right: `${level.title}${index === 0 ? " (the default)" : ""}`,
    })),
    ...parameters.map((parameter) => ({
      left: `--set ${settingName(parameter)}=${parameter.type === "choice" ? choicesOf(parameter) : "…"}`,
      right: `${parameter.title}${noteOn(parameter)}`,
    })),
  ];
  const width = Math.max(...rows.map(({ left }) => left.length));
  return [
    `${style.strong(id)}  ${name}`,
    `  ${summary}`,
    ...(vendorNote(definition) ? [`  (${vendorNote(definition)})`] : []),
    ...rows.map(({ left, right }) => `    ${left.padEnd(width)}  ${right}`),
    `    ${style.faint(`hands back: ${handBack.map(({ label }) => label).join(", ")}`)}`,
    "",
  ].join("\n");
}

function choicesOf({ choices = [] }: Parameter): string {
  return choices.map(({ value }) => value).join("|");
}

function noteOn({ required, default: value, type, choices, when, phase, chosenBy }: Parameter): string {
  const only = Object.entries(when ?? {}).map(([name, wanted]) =>
    wanted === true ? name : `${name} ${[wanted].flat().join(" or ")}`,
  );
  const condition = only.length > 0 ? ` (only with ${only.join(", ")})` : "";
  if (phase === 2) return `${condition} (shown when the role is made; then with \`complete\`)`;
  if (chosenBy === "customer") return `${condition} (a random one when absent)`;
  return `${condition}${usualNote({ required, default: value, type, choices })}`;
}

function usualNote({
  required,
  default: value,
  type,
  choices,
}: Pick<Parameter, "required" | "type"> & {
  readonly default: Parameter["default"] | undefined;
  readonly choices: Parameter["choices"] | undefined;
}): string {
  if (type === "own-account") return " (found with your AWS credentials when absent)";
  if (typeof value === "string" && !value.includes("{{")) {
    const label = choices?.find((choice) => choice.value === value)?.label;
    return ` (default ${value}${label ? `, ${label}` : ""})`;
  }
  return required ? " (required)" : "";
}
