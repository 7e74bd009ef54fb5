import { writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import * as vscode from "vscode";

/** What the extension host tells the benchmark, in milliseconds. */
export interface TypingTimes {
  /** From each keystroke to the changed findings, without the delay that the setting asks for. */
  readonly alone: readonly number[];
  readonly inIntegration: readonly number[];
  readonly large: readonly LargeTimes[];
}

interface LargeTimes {
  readonly what: string;
  /** Spent in our code each time that it is opened, and for each keystroke in it. */
  readonly openings: readonly number[];
  readonly keystrokes: readonly number[];
}

/** Set when this is bundled: the file for the times, and how many keystrokes are measured. */
declare const timesFile: string;
declare const keystrokes: number;

/** Kept by the stopwatch extension: milliseconds spent in callbacks of ours. */
const stopwatch = globalThis as unknown as { spentInOurs?: number };

/** What the extension host runs as its tests. */
export async function run(): Promise<void> {
  const vendor = vscode.Uri.joinPath(root(), "vendor-access/lake/trust-policy.json");
  const times: TypingTimes = {
    alone: await typedInto(vscode.Uri.joinPath(root(), "trust-policy.json")),
    inIntegration: await typedInto(vendor),
    large: await inLarge(),
  };
  writeFileSync(timesFile, JSON.stringify(times));
}

function root(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error("There is no workspace.");
  return folder.uri;
}

/** Breaks an effect by a letter and repairs it again: each keystroke changes the findings. */
async function typedInto(uri: vscode.Uri): Promise<readonly number[]> {
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  const at = document.positionAt(document.getText().indexOf('Allow"') + "Allow".length);
  editor.selection = new vscode.Selection(at, at);
  const isBroken = () => checksOf(uri).includes("effect-invalid");
  const delay = vscode.workspace.getConfiguration("vendorAccess").get<number>("check.delay", 0);
  const times: number[] = [];
  // Findings that came before the first keystroke, and code that is not warm yet.
  await wait(2_000);
  for (let keystroke = -4; keystroke < keystrokes; keystroke++) {
    const before = isBroken();
    const start = performance.now();
    if (before) await vscode.commands.executeCommand("deleteLeft");
    else await vscode.commands.executeCommand("type", { text: "x" });
    while (isBroken() === before) {
      if (performance.now() - start > 10_000) throw new Error("The findings did not follow a keystroke.");
      await wait(1);
    }
    if (keystroke >= 0) times.push(performance.now() - start - delay);
    await wait(100);
  }
  return times;
}

function checksOf(uri: vscode.Uri): readonly string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === "Vendor Access")
    .map(({ code }) => String(typeof code === "object" ? code.value : code));
}

async function inLarge(): Promise<readonly LargeTimes[]> {
  const row = { name: "a name", description: 'a "Statement" about an Action', values: [1, 2, 3, 4, 5, 6, 7, 8] };
  const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ ...row, index }));
  const texts: readonly (readonly [string, string])[] = [
    ["100 KB of JSON", JSON.stringify(rows(450), undefined, 2)],
    ["20 MB of JSON in lines", JSON.stringify(rows(90_000), undefined, 2)],
    ["20 MB of JSON in one line", JSON.stringify(rows(185_000))],
  ];
  // What the first JSON of a window costs once is not what each costs.
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "json", content: "{}" }));
  await wait(1_000);
  const times: LargeTimes[] = [];
  for (const [index, [what, text]] of texts.entries()) {
    const uri = vscode.Uri.joinPath(root(), `large-${index}.json`);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    const openings: number[] = [];
    for (let opening = 0; opening < 3; opening++) {
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      openings.push(
        await spentIn(async () => {
          await vscode.window.showTextDocument(uri);
          await wait(2_000);
        }),
      );
    }
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.uri.toString() !== uri.toString()) throw new Error(`${what} was not opened.`);
    const each: number[] = [];
    for (let keystroke = 0; keystroke < 5; keystroke++)
      each.push(
        await spentIn(async () => {
          await vscode.commands.executeCommand("type", { text: " " });
          await wait(1_000);
        }),
      );
    times.push({ what: `${what} (${(text.length / 1e6).toFixed(1)} MB)`, openings, keystrokes: each });
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  }
  return times;
}

async function spentIn(work: () => Promise<void>): Promise<number> {
  const before = stopwatch.spentInOurs;
  if (before === undefined) throw new Error("The stopwatch does not run.");
  await work();
  return (stopwatch.spentInOurs ?? Number.NaN) - before;
}
