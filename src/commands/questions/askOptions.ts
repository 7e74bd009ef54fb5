import * as vscode from "vscode";
import type { Parameter } from "../../vendors/definition";
import {
  defaultIntegrationName,
  defaultRoleName,
  validateIntegrationName,
  validateRoleName,
} from "../../vendors/names";
import { validateParameterValue } from "../../vendors/parameterRules";
import type { Position } from "./askInTurn";
import { type Draft, optionalSwitches, optionalValues } from "./draft";
import { explainedRows, pickRow } from "./pickRow";

interface OptionRow extends vscode.QuickPickItem {
  readonly change?: () => Promise<void> | void;
}

type ExplainedRow = readonly [row: OptionRow, meaning: string];

/** What most people leave as it is: the vendor's optional parts, and names. Comes back when the person is done. */
export async function askOptions(draft: Draft, { title }: Position): Promise<void> {
  for (;;) {
    const position = { title: `${title}: options`, step: 0, totalSteps: 0, canGoBack: true };
    const picked = await pickRow<OptionRow>(position, "Pick what to change", rowsOf(draft));
    if (picked === undefined || picked === "back" || !picked.change) return;
    await picked.change();
  }
}

function rowsOf(draft: Draft): readonly OptionRow[] {
  const { definition, buckets } = draft;
  if (!definition) return [];
  const switches = optionalSwitches(draft).map(({ name, title, description }): ExplainedRow => {
    const on = draft.parameters[name] === true;
    const row: OptionRow = {
      label: `$(${on ? "pass-filled" : "circle-large-outline"}) ${title}`,
      change: () => {
        draft.parameters[name] = !on;
      },
    };
    return [row, description.replaceAll("`", "")];
  });
  const example = buckets.length > 0 ? buckets : ["<bucket>"];
  const names: OptionRow[] = [
    {
      label: "$(folder) Folder name",
      description: draft.integrationName ?? defaultIntegrationName(definition, example).replace("-bucket-", "<bucket>"),
      change: async () => {
        const name = await askForName(
          "Name of the integration’s folder",
          draft.integrationName,
          validateIntegrationName,
        );
        if (name !== undefined) draft.integrationName = name || undefined;
      },
    },
    ...(definition.role === undefined || definition.role.fixedName !== undefined
      ? []
      : [
          {
            label: "$(shield) Role name",
            description: draft.roleName ?? defaultRoleName(definition, example).replace("-bucket-", "<bucket>"),
            change: async () => {
              const name = await askForName("Name of the IAM role", draft.roleName, validateRoleName);
              if (name !== undefined) draft.roleName = name || undefined;
            },
          },
        ]),
    ...explainedRows(
      optionalValues(draft).map((parameter): ExplainedRow => {
        const value = draft.parameters[parameter.name];
        const row: OptionRow = {
          label: `$(${parameter.type === "user-name" ? "account" : "edit"}) ${parameter.title}`,
          description: typeof value === "string" ? value : usualValue(parameter),
          change: async () => {
            const before = typeof value === "string" ? value : undefined;
            const name = await askForName(parameter.title, before, (typed) => validateParameterValue(parameter, typed));
            if (name) draft.parameters[parameter.name] = name;
            else if (name === "") delete draft.parameters[parameter.name];
          },
        };
        return [row, parameter.description.replaceAll("`", "")];
      }),
    ),
  ];
  const done: OptionRow = { label: "$(arrow-left) Back to the bucket" };
  return [...explainedRows(switches), { label: "Names", kind: vscode.QuickPickItemKind.Separator }, ...names, done];
}

/** What it is when it is left empty. */
function usualValue({ type, chosenBy }: Parameter): string {
  if (type === "user-name") return "like the role";
  return chosenBy === "customer" ? "a random one" : "none";
}

/** Empty: the name that is made of the vendor and the bucket. */
function askForName(
  prompt: string,
  value: string | undefined,
  validate: (name: string) => string | undefined,
): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    prompt: `${prompt}. Leave it empty for the usual one.`,
    value: value ?? "",
    ignoreFocusOut: true,
    validateInput: (name) => (name === "" ? undefined : validate(name)),
  });
}
