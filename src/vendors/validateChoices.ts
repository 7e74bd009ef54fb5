import { isObject, type JsonObject, type JsonValue } from "../policy/json";
import type { Parameter, VendorDefinition } from "./definition";
import type { IntegrationRequest } from "./manifest";
import { applicableParameters, withDefaults } from "./parameters";
import { documentsFor, hasRole } from "./render";
import type { ManifestProblem } from "./validateManifest";

type Path = ManifestProblem["path"];

/**
 * What is wrong in an integration.json by its vendor's definition: the access level, the parameters' names and forms, what
 * the vendor needs and is not there. Whether a value is one that AWS or the vendor takes is `validateParameterValue`'s.
 *
 * @param manifest any JSON: what the schema finds wrong is not looked at
 */
export function validateChoices(definition: VendorDefinition, manifest: JsonObject): readonly ManifestProblem[] {
  const { accessLevel, parameters } = manifest;
  const levels = definition.accessLevels.map(({ id }) => id);
  const problems: ManifestProblem[] = [];
  const add = (path: Path, message: string) => problems.push({ path, message });
  if (accessLevel !== undefined && !levels.some((level) => level === accessLevel)) {
    add(["accessLevel"], `This must be one of ${levels.join(", ")}.`);
  }
  if (!isObject(parameters)) return problems;
  const kept = definition.parameters.filter(({ type }) => type !== "own-account");
  for (const [name, value] of Object.entries(parameters)) {
    const parameter = kept.find((known) => known.name === name);
    const path = ["parameters", name];
    const message = parameter === undefined ? `"${name}" is not known here.` : wrongForm(parameter, value);
    if (message !== undefined) add(path, message);
  }
  if (problems.length > 0) return problems;
  // Of the right form, which is all that conditions ask for.
  const request = withDefaults(definition, manifest as unknown as IntegrationRequest);
  for (const { name, required, phase, type } of applicableParameters(definition, request)) {
    if (type === "own-account" || !required || phase === 2 || request.parameters[name] !== undefined) continue;
    add(["parameters"], `"${name}" is missing.`);
  }
  if (hasRole(definition, request) && manifest.role === undefined) add([], '"role" is missing.');
  const { documents } = manifest;
  for (const role of documentsFor(definition, request)) {
    if (isObject(documents) && documents[role] === undefined) add(["documents"], `"${role}" is missing.`);
  }
  return problems;
}

function wrongForm({ type, maxItems }: Parameter, value: JsonValue | undefined): string | undefined {
  switch (type) {
    case "boolean":
      return typeof value === "boolean" ? undefined : "This must be a boolean.";
    case "bucket-list": {
      if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
        return "This must be an array of strings.";
      }
      if (value.length === 0) return "This needs at least 1 value.";
      if (maxItems === undefined || value.length <= maxItems) return undefined;
      return `This takes at most ${maxItems === 1 ? "1 value" : `${maxItems} values`}.`;
    }
    default:
      return typeof value === "string" ? undefined : "This must be a string.";
  }
}
