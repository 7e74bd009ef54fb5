import { isObject, type JsonValue } from "../policy/json";
import type { Parameter, VendorDefinition } from "../vendors/definition";
import type { IntegrationRequest } from "../vendors/manifest";
import { validateParameterValue } from "../vendors/parameterRules";
import { applicableParameters, pendingParameters } from "../vendors/parameters";
import { at, consequence, type ManifestReport } from "./checkManifestReport";
import type { Fix } from "./finding";
import { removeItem, replaceNode } from "./textEdits";

/** Parameters that are unknown, missing or have a value that can't be. */
export function reportParameters(report: ManifestReport, definition: VendorDefinition, manifest: JsonValue): void {
  const given = at(manifest, ["parameters"]);
  if (!isObject(given)) return;
  const kept = definition.parameters.filter(({ type }) => type !== "own-account");
  for (const name of Object.keys(given)) {
    const parameter = kept.find((known) => known.name === name);
    if (parameter === undefined) reportUnknownParameter(report, definition, kept, name, given[name]);
    else reportValue(report, definition, parameter, given[name]);
  }
  const level = at(manifest, ["accessLevel"]);
  const partition = at(manifest, ["partition"]);
  // All that conditions look at; what is not of the right form fulfils none.
  const request = { accessLevel: level, partition, parameters: given } as unknown as IntegrationRequest;
  for (const { name, itemName, required, title, description, default: fallback, phase, type } of applicableParameters(
    definition,
    request,
  )) {
    if (!required || phase === 2 || type === "own-account") continue;
    if (given[name] !== undefined || (fallback !== undefined && fallback !== false)) continue;
    // Written in the singular or in other letters: that is the mistake.
    if (Object.keys(given).some((key) => key === itemName || key.toLowerCase() === name.toLowerCase())) continue;
    report.addAt(
      "manifest-parameter-missing",
      ["parameters", name],
      report.keyRange(["parameters"]),
      `The parameter ${JSON.stringify(name)} is missing (${title}: ${description.replace(/\.$/, "")}), so the documents of ${definition.name} can’t be made or checked.`,
      [],
    );
  }
}

/** The second phase has not come yet, or was forgotten. */
export function reportPending(report: ManifestReport, definition: VendorDefinition, manifest: JsonValue): void {
  const parameters = at(manifest, ["parameters"]);
  if (definition.completion === undefined || !isObject(parameters)) return;
  const request = { accessLevel: at(manifest, ["accessLevel"]), parameters } as unknown as IntegrationRequest;
  const pending = pendingParameters(definition, request).map(({ title }) => title);
  if (pending.length === 0) return;
  report.warn(
    "manifest-incomplete",
    ["parameters", "?"],
    report.keyRange(["parameters"]),
    `${definition.name} has not answered yet (${pending.join(", ")}), so nobody can assume the role: apply, do what ${definition.name} asks for, and complete the integration with what it shows.`,
  );
}

function reportUnknownParameter(
  report: ManifestReport,
  { name: vendorName }: VendorDefinition,
  known: readonly Parameter[],
  name: string,
  value: JsonValue | undefined,
): void {
  const parameters = report.nodeAt(["parameters"]);
  const path = ["parameters", name];
  const range = report.keyRange(path);
  const meant = known.find(
    (parameter) => parameter.itemName === name || parameter.name.toLowerCase() === name.toLowerCase(),
  );
  const property =
    parameters?.kind === "object" ? parameters.properties.find(({ key }) => key.value === name) : undefined;
  const fixes: Fix[] = [];
  if (meant !== undefined && property?.value !== undefined && value !== undefined) {
    const edits = [replaceNode(property.key, meant.name)];
    if (meant.itemName === name && typeof value === "string") edits.push(replaceNode(property.value, [value]));
    fixes.push({ title: `Rename to ${meant.name}`, edits, safe: true });
  } else if (parameters?.kind === "object" && property !== undefined) {
    const edit = removeItem(parameters.properties, property);
    if (edit !== undefined) fixes.push({ title: `Remove ${name}`, edits: [edit], safe: false });
  }
  report.addAt(
    "manifest-parameter-unknown",
    path,
    range,
    `${vendorName} has no parameter ${JSON.stringify(name)} (it has ${known.map((parameter) => parameter.name).join(", ")}), so it would have no effect.`,
    fixes,
  );
}

function reportValue(
  report: ManifestReport,
  { name }: VendorDefinition,
  parameter: Parameter,
  value: JsonValue | undefined,
): void {
  const items: readonly JsonValue[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  items.forEach((item, index) => {
    if (typeof item !== "string" || parameter.type === "boolean") return;
    const message = validateParameterValue(parameter, item);
    if (message === undefined) return;
    const path = Array.isArray(value) ? ["parameters", parameter.name, index] : ["parameters", parameter.name];
    report.add("manifest-parameter-invalid", path, consequence(message, `AWS would refuse the documents of ${name}`));
  });
}
