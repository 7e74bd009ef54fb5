import { applyEdits } from "../checks/applyFixes";
import { addProperty, replaceNode } from "../checks/textEdits";
import { formatJson } from "../policy/formatJson";
import { parseJson } from "../policy/parseJson";
import { UserError } from "../policy/userError";
import type { Parameter } from "../vendors/definition";
import { documentFiles, documentRoles, type ParameterValue } from "../vendors/manifest";
import { applicableParameters, pendingParameters } from "../vendors/parameters";
import { renderDocuments, renderText } from "../vendors/render";
import { joinPath } from "./documentPath";
import type { Integration } from "./integration";
import { manifestName } from "./recogniseManifest";

type InTwoPhases = Pick<Integration, "definition" | "manifest">;

/** Whether the vendor has not yet answered with what it shows only when it knows the role. */
export function isPending({ definition, manifest }: InTwoPhases): boolean {
  return pendingParameters(definition, manifest).length > 0;
}

/** What the vendor shows only when it knows the role, whether it is there already or not. */
export function answersOf({ definition, manifest }: InTwoPhases): readonly Parameter[] {
  if (definition.completion === undefined) return [];
  return applicableParameters(definition, manifest).filter(({ phase }) => phase === 2);
}

/** What to do at the vendor in between, for this customer. */
export function completionSteps({ definition, manifest }: InTwoPhases): readonly string[] {
  return (definition.completion?.steps ?? []).map((step) => renderText(step, definition, manifest));
}

/**
 * The files of an integration with what the vendor has answered: the parameters in integration.json, and every document that
 * says something else because of them. A document that somebody edited is written anew as well: what was in it let nobody
 * in. Nothing is written here.
 *
 * @returns new texts by path, only of files that change
 * @throws UserError manifest-invalid when integration.json has no place for the values
 */
export function completedTexts(
  integration: Integration,
  answers: { readonly [name: string]: ParameterValue },
): ReadonlyMap<string, string> {
  const { definition, manifest, manifestText, folder, documents } = integration;
  let text = manifestText;
  for (const [name, value] of Object.entries(answers)) text = withParameter(text, name, value);
  const texts = new Map<string, string>();
  if (text !== manifestText) texts.set(joinPath(folder, manifestName), text);
  const before = renderDocuments(definition, manifest);
  const after = renderDocuments(definition, {
    ...manifest,
    parameters: { ...manifest.parameters, ...answers },
  });
  for (const role of documentRoles) {
    const rendered = after[role];
    if (rendered === undefined || JSON.stringify(before[role]) === JSON.stringify(rendered)) continue;
    const path = joinPath(folder, manifest.documents[role] ?? documentFiles[role]);
    const document = formatJson(rendered);
    if (documents.find((each) => each.path === path)?.text !== document) texts.set(path, document);
  }
  return texts;
}

function withParameter(manifestText: string, name: string, value: ParameterValue): string {
  const { root } = parseJson(manifestText);
  const parameters =
    root?.kind === "object" ? root.properties.findLast(({ key }) => key.value === "parameters")?.value : undefined;
  if (parameters?.kind !== "object") {
    throw new UserError(
      "manifest-invalid",
      `${manifestName} has no "parameters" to write ${name} into. Repair it first.`,
    );
  }
  const existing = parameters.properties.findLast(({ key }) => key.value === name)?.value;
  if (existing !== undefined) return applyEdits(manifestText, [replaceNode(existing, value)]);
  if (parameters.properties.length === 0) {
    return applyEdits(manifestText, [replaceNode(parameters, { [name]: value })]);
  }
  return applyEdits(manifestText, addProperty(manifestText, parameters, name, value));
}
