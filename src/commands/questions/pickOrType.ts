import * as vscode from "vscode";
import type { AroundQuestion } from "../accountConnection";
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
  readonly detail?: string;
}

export interface PickOrTypeOptions {
  readonly title: string;
  readonly placeholder: string;
  readonly step?: number;
  readonly totalSteps?: number | undefined;
  readonly canGoBack?: boolean;
  /** Loaded while the person may already type. `around`: for a question that loading asks; the list steps aside. */
  readonly suggestions: (signal: AbortSignal, around: AroundQuestion) => Promise<readonly Suggestion[]>;
  /** What is wrong with a typed value, or undefined. */
  readonly validate: (value: string) => string | undefined;
  /** What the value is, where the placeholder has no room for it. */
  readonly hint?: string;
  /** Something to know before choosing again. */
  readonly notice?: string;
  readonly actions?: readonly PickAction[];
  /** What else can be done with a typed value that is not in the list; its result has the typed value. */
  readonly actionsForTyped?: (value: string) => readonly PickAction[];
  readonly buttons?: readonly PickAction[];
  /** More rows when the suggestions could not be loaded; the message itself is shown in any case. */
  readonly afterFailure?: (error: unknown) => readonly PickAction[];
  /** Tells, after the suggestions could not be loaded, that they can be now. */
  readonly retryOn?: (retry: () => void) => vscode.Disposable;
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
  /** The text that the action is for. */
  readonly typed?: string;
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
  const before = { notices: options.notice ? [options.notice] : [], actions: options.actions ?? [] };
  let { notices, actions } = before;
  let chosen = new Set(options.values);
  let failed = false;
  let showing = false;
  let isAside = false;

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
    const isListed = listed.has(typed) || (pick.canSelectMany && chosen.has(typed));
    const typedRows = typed === "" || isListed ? [] : rowsOfTyped(typed);
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
      ...notices.flatMap((notice) => noticeRows(notice, "warning")),
      ...values,
      ...(actions.length > 0 ? [{ label: "", kind: vscode.QuickPickItemKind.Separator }] : []),
      ...actions.map(rowOfAction),
      ...(typed === "" && options.hint ? noticeRows(options.hint, "info") : []),
      // Last: VS Code tells a row by its number, and one that was pressed just before a change must keep its own.
      ...typedRows,
    ];
  }

  function rowsOfTyped(typed: string): readonly Row[] {
    const wrong = options.validate(typed);
    if (wrong) return noticeRows(wrong, "warning");
    return [
      // VS Code sorts rows that end with the text before others: this one, which only looks, has the focus.
      { label: `$(edit) Use ${typed}`, chooses: typed, alwaysShow: true },
      ...(options.actionsForTyped?.(typed) ?? []).map(
        (action): Row => ({ ...rowOfAction(action), alwaysShow: true, typed }),
      ),
    ];
  }

  function show(): void {
    showing = true;
    pick.items = rows();
    if (pick.canSelectMany)
      pick.selectedItems = pick.items.filter(({ chooses }) => chooses !== undefined && chosen.has(chooses));
    else pick.activeItems = [bestRow()].flatMap((row) => row ?? []);
    showing = false;
  }

  /** Enter takes what matches best: without this a row that only informs could have the focus, or none. */
  function bestRow(): Row | undefined {
    const typed = pick.value.trim();
    // Something is to be read first: Enter alone must not choose another value instead.
    if (options.notice && typed === "") return undefined;
    const matching = pick.items.find(({ chooses }) => chooses?.includes(typed));
    return matching ?? (notices.length > 0 ? pick.items.find(({ action }) => action) : undefined);
  }

  async function load(): Promise<void> {
    pick.busy = true;
    failed = false;
    ({ notices, actions } = before);
    try {
      suggestions = await options.suggestions(loading.signal, stepAside);
    } catch (error) {
      if (loading.signal.aborted || isCancelled(error)) return;
      failed = true;
      notices = [...notices, error instanceof Error ? error.message : String(error)];
      actions = [...(options.afterFailure?.(error) ?? []), ...actions];
    }
    if (loading.signal.aborted) return;
    pick.busy = false;
    show();
  }

  /** Another question hides this one. */
  async function stepAside<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    isAside = true;
    try {
      return await ask();
    } finally {
      isAside = false;
      if (!loading.signal.aborted) pick.show();
    }
  }

  const retrying = options.retryOn?.(() => {
    if (failed) void load();
  });

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
      const [picked] = pick.selectedItems;
      const row = pick.canSelectMany
        ? (pick.selectedItems.find(({ action }) => action) ?? active)
        : fitting(picked ?? active, pick.value.trim(), rowsOfTyped);
      if (row?.action) return finish({ kind: "action", id: row.action, values: row.typed ? [row.typed] : [...chosen] });
      const values = pick.selectedItems.flatMap(({ chooses }) => (chooses === undefined ? [] : [chooses]));
      // Several may be chosen and none is: what is typed or has the focus is meant.
      const meant = pick.canSelectMany && values.length > 0 ? values : row?.chooses === undefined ? [] : [row.chooses];
      if (meant.length > 0) finish({ kind: "values", values: meant });
    });
    pick.onDidHide(() => {
      if (isAside) return;
      loading.abort();
      retrying?.dispose();
      resolve(undefined);
      pick.dispose();
    });
    show();
    pick.show();
    void load();
  });
}

function rowOfAction({ id, label, icon, detail }: PickAction): Row {
  return { label: `$(${icon}) ${label}`, action: id, ...(detail && { detail }) };
}

/**
 * Whoever types fast presses Enter before VS Code shows the rows of the whole text. Then no row is picked, or one that
 * only informs or has nothing to do with the text: the text itself is meant.
 */
function fitting(
  picked: Row | undefined,
  typed: string,
  rowsOfTyped: (typed: string) => readonly Row[],
): Row | undefined {
  if (typed === "") return picked;
  const informs = picked?.chooses === undefined && picked?.action === undefined;
  return !informs && isSubsequence(typed, `${picked.label} ${picked.description ?? ""}`)
    ? picked
    : rowsOfTyped(typed)[0];
}

/** As VS Code filters, or more generous. */
function isSubsequence(letters: string, text: string): boolean {
  let from = 0;
  for (const letter of letters.toLowerCase()) {
    from = text.toLowerCase().indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

/** Characters that a row has room for, whatever the font is. */
export const rowLength = 80;

/** Rows that only inform. A row has one line, whose end VS Code cuts off: each sentence begins one, and a long one has several. */
export function noticeRows(text: string, icon: "warning" | "info"): readonly vscode.QuickPickItem[] {
  return text
    .replaceAll("`", "")
    .split(/(?<=\.) (?=\S)/)
    .flatMap(rowLines)
    .map((line, index) => ({ label: `$(${index === 0 ? icon : "blank"}) ${line}`, alwaysShow: true }));
}

/** Lines that fit into a row; a word that is longer stays whole. */
export function rowLines(sentence: string): readonly string[] {
  const lines: string[] = [];
  for (const word of sentence.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= rowLength) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
