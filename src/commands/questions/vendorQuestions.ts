import * as vscode from "vscode";
import { categoryTitles, vendorNote } from "../../vendors/categories";
import type { Parameter, VendorDefinition } from "../../vendors/definition";
import { validateParameterValue } from "../../vendors/parameterRules";
import type { Answer, Position, Question } from "./askInTurn";
import { askedParameters, chooseVendor, type Draft } from "./draft";
import { pickOrTypeMany } from "./pickOrType";
import { explainedRows, pickRow } from "./pickRow";

export function vendorQuestion(draft: Draft, vendors: readonly VendorDefinition[]): Question {
  return {
    applies: () => vendors.length > 1,
    decides: () => draft.definition === undefined,
    async ask(position) {
      const rows: readonly VendorRow[] = [
        ...vendorRows(vendors),
        { label: "", kind: vscode.QuickPickItemKind.Separator },
        anotherVendor,
      ];
      const active = rows.find(({ definition }) => definition !== undefined && definition === draft.definition);
      const picked = await pickRow(position, "Who needs access to your S3 buckets?", rows, active);
      if (picked === undefined) return "cancelled";
      if (picked === "back") return "back";
      if (!picked.definition) {
        void vscode.commands.executeCommand("vendorAccess.importPage");
        return "cancelled";
      }
      chooseVendor(draft, picked.definition);
      return "answered";
    },
  };
}

interface VendorRow extends vscode.QuickPickItem {
  /** Absent: a heading, or a vendor that is not in the list. */
  readonly definition?: VendorDefinition;
}

const anotherVendor: VendorRow = {
  label: "Another vendor…",
  detail: "Import its page: an integration and a vendor definition are made of it.",
  iconPath: new vscode.ThemeIcon("clippy"),
  alwaysShow: true,
};

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
      const levels = draft.definition?.accessLevels ?? [];
      const rows = explainedRows(levels.map(({ id, title, description }) => [{ label: title, id }, description]));
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
    applies: () => {
      const asked = askedParameters(draft);
      const first = asked.findIndex(({ phase }) => phase === 2);
      return asked[index] !== undefined && !(draft.answersLater && asked[index].phase === 2 && index > first);
    },
    async ask(position) {
      const parameter = askedParameters(draft)[index];
      if (!parameter) return "answered";
      if (parameter.type === "choice") return askForChoice(draft, parameter, position);
      const { name, title, description, choices = [], phase } = parameter;
      const before = draft.parameters[name];
      const later = {
        id: "later",
        label: `Later: ${draft.definition?.name} shows it once it knows the role`,
        icon: "clockface",
        detail: "Until then nobody can assume the role.",
      };
      const result = await pickOrTypeMany({
        ...position,
        placeholder: choices.length > 0 ? `${title}: pick one, or type another one` : `${title}: type or paste it`,
        hint: description,
        suggestions: async () => choices.map(({ value, label }) => ({ value, description: label })),
        validate: (value) => validateParameterValue(parameter, value),
        values: typeof before === "string" ? [before] : [],
        actions: phase === 2 ? [later] : [],
      });
      if (result === undefined) return "cancelled";
      if (result.kind === "action") {
        for (const { name: each } of askedParameters(draft).filter((asked) => asked.phase === 2))
          delete draft.parameters[each];
        draft.answersLater = true;
        return "answered";
      }
      if (result.kind === "back") return "back";
      if (phase === 2) draft.answersLater = false;
      draft.parameters[name] = result.values[0] ?? "";
      return "answered";
    },
  };
}

async function askForChoice(draft: Draft, parameter: Parameter, position: Position): Promise<Answer> {
  const rows = (parameter.choices ?? []).map(({ value, label }) => ({ label, value }));
  const chosen = draft.parameters[parameter.name] ?? parameter.default;
  const active = rows.find(({ value }) => value === chosen);
  const picked = await pickRow(position, `${parameter.title}: pick one`, rows, active, parameter.description);
  if (picked === undefined) return "cancelled";
  if (picked === "back") return "back";
  draft.parameters[parameter.name] = picked.value;
  return "answered";
}
