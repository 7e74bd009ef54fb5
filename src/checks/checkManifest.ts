import { joined } from "../policy/explain/words";
import type { JsonNode, JsonValue, Range } from "../policy/json";
import { isObject } from "../policy/json";
import { parseJson, toValue } from "../policy/parseJson";
import { contentRange } from "../policy/stringRange";
import type { Parameter, VendorDefinition } from "../vendors/definition";
import { type DocumentRole, documentTitles, type IntegrationRequest, type Manifest } from "../vendors/manifest";
import { validateRoleName } from "../vendors/names";
import { validateAccountId, validateParameterValue } from "../vendors/parameterRules";
import { applicableParameters, pendingParameters } from "../vendors/parameters";
import { validateChoices } from "../vendors/validateChoices";
import { validateManifest } from "../vendors/validateManifest";
import { acceptableChecks } from "./acceptedFindings";
import type { Finding, Fix } from "./finding";
import { nearestName } from "./nearName";
import { checkIds } from "./severities";
import { syntaxFindings } from "./syntaxProblems";
import { removeItem, replaceNode } from "./textEdits";

export interface CheckedManifest {
  /** Absent when the file can't be used as it is. */
  readonly manifest: Manifest | undefined;
  readonly definition: VendorDefinition | undefined;
  readonly findings: readonly Finding[];
}

type Path = readonly (string | number)[];

/**
 * Everything that is wrong with an integration.json. What belongs to one place is reported once: by its own check where
 * there is one, else as manifest-invalid in the schema's words. `fileExists` gets names relative to the folder.
 */
export function checkManifest(
  text: string,
  context: { readonly vendors: readonly VendorDefinition[]; readonly fileExists: (name: string) => boolean },
): CheckedManifest {
  const plain = plainValue(text);
  const json = plain === undefined ? parseJson(text) : undefined;
  const findings = json === undefined ? [] : syntaxFindings(json);
  const hasSyntaxProblems = findings.length > 0;
  const value = json === undefined ? plain : json.root && toValue(json.root);
  if (value === undefined) return { manifest: undefined, definition: undefined, findings };
  const report = new ManifestReport(text, findings);
  const vendorId = at(value, ["vendor"]);
  const definition = context.vendors.find(({ id }) => id === vendorId);
  if (typeof vendorId === "string" && definition === undefined) reportVendor(report, vendorId, context.vendors);
  if (definition !== undefined) {
    reportAccessLevel(report, definition, at(value, ["accessLevel"]));
    reportParameters(report, definition, value);
  }
  reportNames(report, value);
  if (definition !== undefined) reportPending(report, definition, value);
  reportDocuments(report, value, context.fileExists);
  reportAccepted(report, value);
  const problems = [
    ...validateManifest(value),
    ...(definition !== undefined && isObject(value) ? validateChoices(definition, value) : []),
  ];
  // A file that can't be read as JSON lacks what it lacks for that reason.
  if (!hasSyntaxProblems) {
    for (const { path, message } of problems) report.schema(path, message);
  }
  // The schema has accepted it.
  const manifest = problems.length === 0 && !hasSyntaxProblems ? (value as unknown as Manifest) : undefined;
  return {
    manifest: findings.length === 0 ? manifest : usable(manifest, findings),
    definition,
    findings: sorted(findings),
  };
}

/**
 * The value of a text in which nothing can be wrong as JSON: `JSON.parse` takes it, and it has no characters that can't
 * be seen. Nearly every manifest is such a text, and needs no tree of places.
 */
function plainValue(text: string): JsonValue | undefined {
  if (!/^[\t\n\r -~]*$/.test(text)) return undefined;
  try {
    return JSON.parse(text) as JsonValue; // what JSON.parse returns is a JsonValue
  } catch {
    return undefined;
  }
}

/** A manifest with a missing document or an odd value can still be shown; one of an unknown form can't. */
function usable(manifest: Manifest | undefined, findings: readonly Finding[]): Manifest | undefined {
  return findings.some(({ check }) => check === "manifest-invalid") ? undefined : manifest;
}

function sorted(findings: Finding[]): readonly Finding[] {
  return findings.sort((a, b) => a.range.offset - b.range.offset);
}

/** Collects findings, at most one for each place. */
class ManifestReport {
  private readonly places = new Set<string>();
  private root: JsonNode | undefined;

  constructor(
    private readonly text: string,
    private readonly findings: Finding[],
  ) {}

  add(check: string, path: Path, message: string, fixes: readonly Fix[] = []): void {
    this.addAt(check, path, undefined, message, fixes);
  }

  /** `range`: somewhere else than at the value, where that is not what is wrong. */
  addAt(check: string, path: Path, range: Range | undefined, message: string, fixes: readonly Fix[]): void {
    const place = JSON.stringify(path);
    if (this.places.has(place)) return;
    this.places.add(place);
    this.findings.push({ check, severity: "error", message, range: range ?? this.rangeOf(path), fixes });
  }

  /** What does not keep the file from being used. */
  warn(check: string, path: Path, range: Range | undefined, message: string): void {
    this.places.add(JSON.stringify(path));
    this.findings.push({ check, severity: "warning", message, range: range ?? this.rangeOf(path), fixes: [] });
  }

  schema(path: Path, message: string): void {
    const [first, second] = path;
    // What an own check has said of a place, or of something below it, is enough.
    const prefix = JSON.stringify(path).slice(0, -1);
    const said = [...this.places].some((place) => place.startsWith(prefix) && path.length > 0 && place !== "[]");
    const above = path.some((_, length) => length > 0 && this.places.has(JSON.stringify(path.slice(0, length))));
    if (said || above) return;
    const isParameter = first === "parameters" && second !== undefined;
    // The role's path, or its policy's.
    const other = path.at(-1) === "path" ? "manifest-name-invalid" : "manifest-invalid";
    const check = isParameter ? "manifest-parameter-invalid" : other;
    this.add(check, path, consequence(message, "the integration could not be used"));
  }

  nodeAt(path: Path): JsonNode | undefined {
    this.root ??= parseJson(this.text).root; // only what is reported needs its place
    let node = this.root;
    for (const step of path) {
      if (node?.kind === "object") node = node.properties.findLast(({ key }) => key.value === step)?.value;
      else node = node?.kind === "array" ? node.items[Number(step)] : undefined;
    }
    return node;
  }

  keyRange(path: Path): Range | undefined {
    const parent = this.nodeAt(path.slice(0, -1));
    if (parent?.kind !== "object") return undefined;
    const key = parent.properties.findLast((property) => property.key.value === path.at(-1))?.key;
    return key === undefined ? undefined : contentRange(this.text, key);
  }

  private rangeOf(path: Path): Range {
    const node = this.nodeAt(path);
    if (node?.kind === "string" && node.value !== "") return contentRange(this.text, node);
    if (node !== undefined && node.kind !== "object" && node.kind !== "array")
      return { offset: node.offset, length: node.length };
    const key = path.length === 0 ? undefined : this.keyRange(path);
    if (key !== undefined) return key;
    return { offset: node?.offset ?? this.root?.offset ?? 0, length: 1 };
  }
}

function reportVendor(report: ManifestReport, id: string, vendors: readonly VendorDefinition[]): void {
  const node = report.nodeAt(["vendor"]);
  const nearest = nearestName(
    id,
    vendors.map((vendor) => vendor.id),
  );
  const near = vendors.filter(
    (vendor) =>
      vendor.id === nearest || (id.length > 2 && (vendor.id.startsWith(id.slice(0, 4)) || vendor.id.includes(id))),
  );
  const hint =
    near.length === 0
      ? `${vendors.length} are known`
      : `did you mean ${joined(
          near.map((one) => one.id),
          "or",
        )}?`;
  report.add(
    "manifest-vendor-unknown",
    ["vendor"],
    `There is no vendor ${JSON.stringify(id)} (${hint}), so nothing can be checked or applied.`,
    node === undefined
      ? []
      : near.map((vendor) => ({
          title: `Replace by ${vendor.id}`,
          edits: [replaceNode(node, vendor.id)],
          safe: false,
        })),
  );
}

function reportAccessLevel(
  report: ManifestReport,
  { name, accessLevels }: VendorDefinition,
  level: JsonValue | undefined,
): void {
  if (typeof level !== "string" || accessLevels.some(({ id }) => id === level)) return;
  const node = report.nodeAt(["accessLevel"]);
  report.add(
    "manifest-access-level-unknown",
    ["accessLevel"],
    `${name} has no access level ${JSON.stringify(level)} (it has ${accessLevels.map(({ id }) => id).join(", ")}), so its documents can’t be told.`,
    node === undefined
      ? []
      : accessLevels.map(({ id }) => ({
          title: `Replace by ${id}`,
          edits: [replaceNode(node, id)],
          safe: accessLevels.length === 1,
        })),
  );
}

function reportParameters(report: ManifestReport, definition: VendorDefinition, manifest: JsonValue): void {
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
function reportPending(report: ManifestReport, definition: VendorDefinition, manifest: JsonValue): void {
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

function reportNames(report: ManifestReport, manifest: JsonValue): void {
  const role = at(manifest, ["role", "name"]);
  const roleMessage = typeof role === "string" ? validateRoleName(role) : undefined;
  if (roleMessage !== undefined) {
    report.add(
      "manifest-name-invalid",
      ["role", "name"],
      consequence(roleMessage, "AWS would refuse to create the role"),
    );
  }
  const account = at(manifest, ["account"]);
  if (typeof account !== "string" || validateAccountId(account) === undefined) return;
  const node = report.nodeAt(["account"]);
  const digits = account.replace(/[\s-]/g, "");
  const fixes: Fix[] =
    node !== undefined && validateAccountId(digits) === undefined
      ? [{ title: `Write ${digits}`, edits: [replaceNode(node, digits)], safe: true }]
      : [];
  report.add(
    "manifest-account-invalid",
    ["account"],
    "An AWS account id has 12 digits, without hyphens, so apply would refuse every account.",
    fixes,
  );
}

function reportDocuments(report: ManifestReport, manifest: JsonValue, fileExists: (name: string) => boolean): void {
  const documents = at(manifest, ["documents"]);
  if (!isObject(documents)) return;
  for (const [role, name] of Object.entries(documents)) {
    if (
      typeof name !== "string" ||
      name === "" ||
      !/^[\w.][\w./ -]*\.json$/.test(name) ||
      name.includes("..") ||
      fileExists(name)
    )
      continue;
    report.add(
      "manifest-document-missing",
      ["documents", role],
      `There is no file ${name} beside this one, so the integration has no ${documentTitles[role as DocumentRole] ?? role} to apply.`,
    );
  }
}

/** A check that does not exist or can't be accepted, and a reason that says nothing. */
function reportAccepted(report: ManifestReport, manifest: JsonValue): void {
  const accepted = at(manifest, ["accepted"]);
  if (!Array.isArray(accepted)) return;
  accepted.forEach((entry: JsonValue, index) => {
    const check = at(entry, ["check"]);
    if (typeof check === "string" && !acceptableChecks.includes(check)) {
      const path = ["accepted", index, "check"];
      const node = report.nodeAt(path);
      const near = nearestName(check, acceptableChecks);
      const known = checkIds.includes(check);
      report.add(
        "manifest-accepted-invalid",
        path,
        known
          ? `A finding of ${check} can’t be accepted: without repairing it there is nothing to apply.`
          : `There is no check ${JSON.stringify(check)}, so this would accept nothing.`,
        near === undefined || known || node === undefined
          ? []
          : [{ title: `Replace by ${near}`, edits: [replaceNode(node, near)], safe: false }],
      );
    }
    const reason = at(entry, ["reason"]);
    if (typeof reason === "string" && reason.trim() === "") {
      report.add(
        "manifest-accepted-invalid",
        ["accepted", index, "reason"],
        "Why this is right must stand here, and without it the finding would not be accepted.",
      );
    }
  });
}

/** The sentence about the rule, and what would happen: one sentence. */
function consequence(message: string, then: string): string {
  return `${message.replace(/\.$/, "")}, so ${then}.`;
}

function at(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const key of path) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}
