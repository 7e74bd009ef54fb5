import * as vscode from "vscode";
import type { Position } from "./askInTurn";
import { noticeRows, rowLength, rowLines } from "./pickOrType";

/**
 * One row of a short list; "back" for the title bar's arrow, undefined for Escape.
 *
 * @param hint what the question is about, where the placeholder has no room for it
 */
export function pickRow<Row extends vscode.QuickPickItem>(
  { title, step, totalSteps, canGoBack }: Position,
  placeholder: string,
  rows: readonly Row[],
  active?: Row,
  hint = "",
): Promise<Row | "back" | undefined> {
  const pick = vscode.window.createQuickPick();
  pick.title = title;
  pick.step = step;
  pick.totalSteps = totalSteps;
  pick.placeholder = placeholder;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = [...rows, ...(hint === "" ? [] : noticeRows(hint, "info"))];
  if (active) pick.activeItems = [active];
  pick.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    const finish = (result: Row | "back" | undefined): void => {
      resolve(result);
      pick.hide();
    };
    pick.onDidTriggerButton(() => finish("back"));
    pick.onDidAccept(() => {
      const [picked] = pick.selectedItems;
      const row = rows.find((each) => each === picked);
      if (row) finish(row);
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/**
 * Rows and what each means: in its second line or, where VS Code would cut one of them off, in rows of their own, which choose
 * the same.
 */
export function explainedRows<Row extends vscode.QuickPickItem>(
  rows: readonly (readonly [row: Row, meaning: string])[],
): readonly (Row & vscode.QuickPickItem)[] {
  if (rows.every(([, meaning]) => meaning.length <= rowLength))
    return rows.map(([row, meaning]) => ({ ...row, detail: meaning }));
  return rows.flatMap(([row, meaning]) => {
    const { description: _, ...same } = row;
    // The rest of the row is what it chooses.
    return [row, ...rowLines(meaning).map((line) => ({ ...same, label: `$(blank) ${line}` }) as Row)];
  });
}
