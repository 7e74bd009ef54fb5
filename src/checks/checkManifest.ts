import { joined } from "../policy/explain/words";
import { isObject, type JsonValue } from "../policy/json";
import { parseJson, toValue } from "../policy/parseJson";
import type { VendorDefinition } from "../vendors/definition";
import { type DocumentRole, documentTitles, type Manifest } from "../vendors/manifest";
import { validateRoleName } from "../vendors/names";
import { validateAccountId } from "../vendors/parameterRules";
import { validateChoices } from "../vendors/validateChoices";
import { validateManifest } from "../vendors/validateManifest";
import { acceptableChecks } from "./acceptedFindings";
import { reportParameters, reportPending } from "./checkManifestParameters";
import { at, consequence, ManifestReport } from "./checkManifestReport";
import type { Finding, Fix } from "./finding";
import { nearestName } from "./nearName";
import { checkIds } from "./severities";
import { syntaxFindings } from "./syntaxProblems";
import { replaceNode } from "./textEdits";

export interface CheckedManifest {
  /** Absent when the file can't be used as it is. */
  readonly manifest: Manifest | undefined;
  readonly definition: VendorDefinition | undefined;
  readonly findings: readonly Finding[];
}

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
