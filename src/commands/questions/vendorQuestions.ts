import * as vscode from "vscode";
import type { VendorDefinition } from "../../vendors/definition";
import { validateParameterValue } from "../../vendors/parameters";
import type { Question } from "./askInTurn";
import { askedParameters, chooseVendor, type Draft } from "./draft";
import { pickOrTypeMany } from "./pickOrType";
import { pickRow } from "./pickRow";

export function vendorQuestion(draft: Draft, vendors: readonly VendorDefinition[]): Question {
  return {
    applies: () => vendors.length > 1,
    decides: () => draft.definition === undefined,
    async ask(position) {
      const rows = vendors.map((definition) => ({
        label: definition.name,
        detail: definition.summary,
        iconPath: new vscode.ThemeIcon("organization"),
        definition,
      }));
      const active = rows.find(({ definition }) => definition === draft.definition);
      const picked = await pickRow(position, "Who needs access to your S3 buckets?", rows, active);
      if (picked === undefined) return "cancelled";
      if (picked === "back") return "back";
      chooseVendor(draft, picked.definition);
      return "answered";
    },
  };
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
      const { name, title, choices = [] } = parameter;
      const before = draft.parameters[name];
      const result = await pickOrTypeMany({
        ...position,
        placeholder:
          choices.length > 0 ? `${title}: pick one, or type another one` : `${title}: ${parameter.description}`,
        suggestions: async () => choices.map(({ value, label }) => ({ value, description: label })),
        validate: (value) => validateParameterValue(parameter, value),
        values: typeof before === "string" ? [before] : [],
      });
      if (result === undefined) return "cancelled";
      if (result.kind !== "values") return "back";
      draft.parameters[name] = result.values[0] ?? "";
      return "answered";
    },
  };
}
