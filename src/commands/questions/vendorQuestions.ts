import * as vscode from "vscode";
import { categoryTitles, vendorNote } from "../../vendors/categories";
import type { Parameter, VendorDefinition } from "../../vendors/definition";
import { validateParameterValue } from "../../vendors/parameterRules";
import type { Answer, Position, Question } from "./askInTurn";
import { askedParameters, chooseVendor, type Draft } from "./draft";
import { pickOrTypeMany } from "./pickOrType";
import { pickRow } from "./pickRow";

export function vendorQuestion(draft: Draft, vendors: readonly VendorDefinition[]): Question {
  return {
    applies: () => vendors.length > 1,
    decides: () => draft.definition === undefined,
    async ask(position) {
      const rows = vendorRows(vendors);
      const active = rows.find(({ definition }) => definition !== undefined && definition === draft.definition);
      const picked = await pickRow(position, "Who needs access to your S3 buckets?", rows, active);
      if (picked === undefined) return "cancelled";
      if (picked === "back") return "back";
      if (picked.definition) chooseVendor(draft, picked.definition);
      return "answered";
    },
  };
}

interface VendorRow extends vscode.QuickPickItem {
  /** Absent: a heading. */
  readonly definition?: VendorDefinition;
}

/** By name below the heading of their category. */
function vendorRows(vendors: readonly VendorDefinition[]): readonly VendorRow[] {
  return Object.entries(categoryTitles).flatMap(([category, label]): readonly VendorRow[] => {
    const own = vendors.filter((definition) => definition.category === category);
    if (own.length === 0) return [];
    const sorted = [...own].sort((a, b) => a.name.localeCompare(b.name, "en"));
    return [
      { label, kind: vscode.QuickPickItemKind.Separator },
      ...sorted.map((definition) => ({
        label: definition.name,
        ...(vendorNote(definition) && { description: vendorNote(definition) ?? "" }),
        detail: definition.summary,
        iconPath: new vscode.ThemeIcon(definition.scope === "account" ? "warning" : "organization"),
        definition,
      })),
    ];
  });
}

export function accessLevelQuestion(draft: Draft): Question {
  return {
    applies: () => (draft.definition?.accessLevels.length ?? 0) > 1,
    async ask(position) {
      const rows = (draft.definition?.accessLevels ?? []).map(({ id, title, description }) => ({
        label: title,
        detail: description,
        id,
      }));
      const active = rows.find(({ id }) => id === draft.accessLevel);
      const picked = await pickRow(position, `What may ${draft.definition?.name} do?`, rows, active);
      if (picked === undefined) return "cancelled";
      if (picked === "back") return "back";
      draft.accessLevel = picked.id;
      return "answered";
    },
  };
}

/** What belongs to the vendor's side, such as the account that its deployment runs in. */
export function parameterQuestion(draft: Draft, index: number): Question {
  return {
    applies: () => askedParameters(draft)[index] !== undefined,
    async ask(position) {
      const parameter = askedParameters(draft)[index];
      if (!parameter) return "answered";
      if (parameter.type === "choice") return askForChoice(draft, parameter, position);
      const { name, title, choices = [], phase } = parameter;
      const before = draft.parameters[name];
      const later = {
        id: "later",
        label: `Later: ${draft.definition?.name} shows it once it knows the role`,
        icon: "watch",
        description: "until then nobody can assume the role",
      };
      const result = await pickOrTypeMany({
        ...position,
        placeholder:
          choices.length > 0 ? `${title}: pick one, or type another one` : `${title}: ${parameter.description}`,
        suggestions: async () => choices.map(({ value, label }) => ({ value, description: label })),
        validate: (value) => validateParameterValue(parameter, value),
        values: typeof before === "string" ? [before] : [],
        actions: phase === 2 ? [later] : [],
      });
      if (result === undefined) return "cancelled";
      if (result.kind === "action") {
        delete draft.parameters[name];
        return "answered";
      }
      if (result.kind === "back") return "back";
      draft.parameters[name] = result.values[0] ?? "";
      return "answered";
    },
  };
}

async function askForChoice(draft: Draft, parameter: Parameter, position: Position): Promise<Answer> {
  const rows = (parameter.choices ?? []).map(({ value, label }) => ({ label, value }));
  const chosen = draft.parameters[parameter.name] ?? parameter.default;
  const active = rows.find(({ value }) => value === chosen);
  const picked = await pickRow(position, `${parameter.title}: ${parameter.description}`, rows, active);
  if (picked === undefined) return "cancelled";
  if (picked === "back") return "back";
  draft.parameters[parameter.name] = picked.value;
  return "answered";
}
