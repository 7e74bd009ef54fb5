import * as vscode from "vscode";
import type { Position } from "./askInTurn";

/** One row of a short list; "back" for the title bar's arrow, undefined for Escape. */
export function pickRow<Row extends vscode.QuickPickItem>(
  { title, step, totalSteps, canGoBack }: Position,
  placeholder: string,
  rows: readonly Row[],
  active?: Row,
): Promise<Row | "back" | undefined> {
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = title;
  pick.step = step;
  pick.totalSteps = totalSteps;
  pick.placeholder = placeholder;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = rows;
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
      if (picked) finish(picked);
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
