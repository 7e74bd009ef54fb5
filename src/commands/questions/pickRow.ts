import * as vscode from "vscode";
import type { Position } from "./askInTurn";
import { noticeRows } from "./pickOrType";

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
