import * as vscode from "vscode";
import { isCancelled } from "../showError";

export interface Suggestion {
  readonly value: string;
  readonly description?: string;
}

/** A row or a title-bar button that does something else than choosing a value. */
export interface PickAction {
  readonly id: string;
  readonly label: string;
  readonly icon: string;
  readonly description?: string;
}

export interface PickOrTypeOptions {
  readonly title: string;
  readonly placeholder: string;
  readonly step?: number;
  readonly totalSteps?: number | undefined;
  readonly canGoBack?: boolean;
  /** Loaded while the person may already type. */
  readonly suggestions: (signal: AbortSignal) => Promise<readonly Suggestion[]>;
  /** What is wrong with a typed value, or undefined. */
  readonly validate: (value: string) => string | undefined;
  /** Something to know before choosing again. */
  readonly notice?: string;
  readonly actions?: readonly PickAction[];
  readonly buttons?: readonly PickAction[];
  /** More rows when the suggestions could not be loaded; the message itself is shown in any case. */
  readonly afterFailure?: (error: unknown) => readonly PickAction[];
  readonly many?: boolean;
  /** What is already chosen or typed. */
  readonly values?: readonly string[];
}

export type PickOrTypeResult =
  | { readonly kind: "values"; readonly values: readonly string[] }
  | { readonly kind: "action"; readonly id: string; readonly values: readonly string[] }
  | { readonly kind: "back" };

interface Row extends vscode.QuickPickItem {
  readonly chooses?: string;
  readonly action?: string;
}

/** One value from a list or typed; undefined when the person presses Escape. */
export async function pickOrType(options: PickOrTypeOptions): Promise<string | undefined> {
  const result = await pickOrTypeMany(options);
  return result?.kind === "values" ? result.values[0] : undefined;
}

/** A list that loads while the person may already type; what is not in it can be typed. */
export function pickOrTypeMany(options: PickOrTypeOptions): Promise<PickOrTypeResult | undefined> {
  const pick = vscode.window.createQuickPick<Row>();
  const loading = new AbortController();
  const buttons = (options.buttons ?? []).map(({ id, icon, label }) => ({
    id,
    iconPath: new vscode.ThemeIcon(icon),
    tooltip: label,
  }));
  let suggestions: readonly Suggestion[] = [];
  let notices = options.notice ? [options.notice] : [];
  let actions = options.actions ?? [];
  let chosen = new Set(options.values);
  let showing = false;

  pick.title = options.title;
  pick.placeholder = options.placeholder;
  pick.step = options.step;
  pick.totalSteps = options.totalSteps;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.canSelectMany = options.many ?? false;
  pick.buttons = [...(options.canGoBack ? [vscode.QuickInputButtons.Back] : []), ...buttons];

  function rows(): readonly Row[] {
    const typed = pick.value.trim();
    const listed = new Set(suggestions.map(({ value }) => value));
    const matches = suggestions.some(({ value }) => value.includes(typed));
    const typedRow = typed === "" || listed.has(typed) || chosen.has(typed) ? [] : [rowOfTyped(typed)];
    const values = [
      ...(pick.canSelectMany ? [...chosen].filter((value) => !listed.has(value)).map((value) => ({ value })) : []),
      ...suggestions,
    ].map(
      ({ value, description }: Suggestion): Row => ({
        label: value,
        chooses: value,
        ...(description && { description }),
      }),
    );
    return [
      ...notices.map(noticeRow),
      // Enter takes the first row: a list entry that matches comes before the text as typed.
      ...(matches ? [...values, ...typedRow] : [...typedRow, ...values]),
      ...(actions.length > 0 ? [{ label: "", kind: vscode.QuickPickItemKind.Separator }] : []),
      ...actions.map(
        ({ id, label, icon, description }): Row => ({
          label: `$(${icon}) ${label}`,
          action: id,
          alwaysShow: true,
          ...(description && { description }),
        }),
      ),
    ];
  }

  function rowOfTyped(typed: string): Row {
    const wrong = options.validate(typed);
    return wrong
      ? { label: `$(warning) ${wrong}`, description: `“${typed}”`, alwaysShow: true }
      : { label: `$(edit) Use “${typed}”`, chooses: typed, alwaysShow: true };
  }

  function show(): void {
    showing = true;
    pick.items = rows();
    if (pick.canSelectMany)
      pick.selectedItems = pick.items.filter(({ chooses }) => chooses !== undefined && chosen.has(chooses));
    // Enter takes what matches best: without this a row that only informs could have the focus, or none.
    else pick.activeItems = pick.items.filter(({ chooses }) => chooses?.includes(pick.value.trim())).slice(0, 1);
    showing = false;
  }

  async function load(): Promise<void> {
    pick.busy = true;
    try {
      suggestions = await options.suggestions(loading.signal);
    } catch (error) {
      if (loading.signal.aborted || isCancelled(error)) return;
      notices = [...notices, error instanceof Error ? error.message : String(error)];
      actions = [...(options.afterFailure?.(error) ?? []), ...actions];
    }
    if (loading.signal.aborted) return;
    pick.busy = false;
    show();
  }

  return new Promise<PickOrTypeResult | undefined>((resolve) => {
    const finish = (result: PickOrTypeResult | undefined): void => {
      resolve(result);
      pick.hide();
    };
    pick.onDidChangeValue(show);
    pick.onDidChangeSelection((items) => {
      if (!showing && pick.canSelectMany)
        chosen = new Set(items.flatMap(({ chooses }) => (chooses === undefined ? [] : [chooses])));
    });
    pick.onDidTriggerButton((button) => {
      const pressed = buttons.find((each) => each === button);
      finish(pressed ? { kind: "action", id: pressed.id, values: [...chosen] } : { kind: "back" });
    });
    pick.onDidAccept(() => {
      const [active] = pick.activeItems;
      const action =
        pick.selectedItems.find((row) => row.action)?.action ?? (pick.canSelectMany ? active?.action : undefined);
      if (action) return finish({ kind: "action", id: action, values: [...chosen] });
      const values = pick.selectedItems.flatMap(({ chooses }) => (chooses === undefined ? [] : [chooses]));
      // Several may be chosen and none is: what is typed or has the focus is meant.
      const meant = values.length === 0 && active?.chooses !== undefined ? [active.chooses] : values;
      if (meant.length > 0) finish({ kind: "values", values: meant });
    });
    pick.onDidHide(() => {
      loading.abort();
      resolve(undefined);
      pick.dispose();
    });
    show();
    pick.show();
    void load();
  });
}

/** A row has one line: the first sentence stands on it, what to do about it below. */
function noticeRow(text: string): Row {
  const end = text.search(/\. (?=\S)/) + 1;
  const [label, detail] = end === 0 ? [text, ""] : [text.slice(0, end), text.slice(end + 1)];
  return { label: `$(warning) ${label}`, alwaysShow: true, ...(detail && { detail: detail.replaceAll("`", "") }) };
}
