import * as vscode from "vscode";
import type { ReadOwn } from "../integration/importPage";
import { readPage } from "../integration/page/readPage";
import { UserError } from "../policy/userError";
import type { CommandContext } from "./commandContext";
import { uriInFront } from "./editorInFront";
import { notify } from "./notify";
import { openImportPanel } from "./pageImport/importPanel";

/** Larger than any page that somebody reads. */
const largestFile = 5_000_000;

interface PageSource {
  /** "the clipboard": where the text is from, in a sentence. */
  readonly name: string;
  readonly read: () => Thenable<string | undefined> | string;
}

interface SourceRow extends vscode.QuickPickItem {
  readonly source: PageSource;
}

/**
 * A vendor's page as copied, from the selection, the clipboard or a file, shown with all that was found in it.
 *
 * @param argument the address of a file, from the explorer; absent: the person is asked
 */
export async function importPage(context: CommandContext, argument: unknown): Promise<void> {
  const source = argument instanceof vscode.Uri ? fileSource(argument) : await chooseSource();
  const text = await source?.read();
  if (source === undefined || text === undefined) return;
  if (text.trim() === "") {
    void notify.information(
      `There is no text in ${source.name}. Copy the vendor’s page (select all, copy), then try again.`,
    );
    return;
  }
  openImportPanel({ context, page: readPage(text, context.vendors), from: source.name, readOwn: readOwn(context) });
}

/** Loaded with the first definition that there is. */
function readOwn({ vendors }: CommandContext): ReadOwn {
  return async (files) => {
    const { readOwnDefinitions } = await import("../integration/ownDefinitions");
    return readOwnDefinitions(files, vendors);
  };
}

async function chooseSource(): Promise<PageSource | undefined> {
  const inFront = uriInFront();
  const editor = vscode.window.activeTextEditor;
  const clipboard = await vscode.env.clipboard.readText();
  const rows: SourceRow[] = [];
  if (editor && !editor.selection.isEmpty) {
    const text = editor.document.getText(editor.selection);
    rows.push(row("selection", "The selection", firstLine(text), { name: "the selection", read: () => text }));
  }
  rows.push(
    row("clippy", "The clipboard", clipboardGlimpse(clipboard), { name: "the clipboard", read: () => clipboard }),
  );
  if (inFront) {
    const name = vscode.workspace.asRelativePath(inFront);
    const read = async () => (await vscode.workspace.openTextDocument(inFront)).getText();
    rows.push(row("file", "The open editor", name, { name, read }));
  }
  rows.push(row("folder-opened", "A file…", "HTML, Markdown or text", { name: "the file", read: readPickedFile }));
  const picked = await vscode.window.showQuickPick(rows, {
    title: "Import Vendor Page",
    placeHolder: "Where is the page? Copy it whole: the sentences around the documents explain them",
    matchOnDescription: true,
  });
  return picked?.source;
}

function row(icon: string, label: string, description: string, source: PageSource): SourceRow {
  return { label: `$(${icon}) ${label}`, description, source };
}

/** A line alone can be a secret: of that nothing is shown. */
function clipboardGlimpse(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") return "empty";
  return trimmed.includes("\n") ? firstLine(trimmed) : "one line";
}

function firstLine(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

function fileSource(uri: vscode.Uri): PageSource {
  return { name: vscode.workspace.asRelativePath(uri), read: () => readFile(uri) };
}

async function readPickedFile(): Promise<string | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: "Import Vendor Page",
      openLabel: "Import",
      filters: { Pages: ["html", "htm", "md", "mdx", "markdown", "txt", "json"], "All files": ["*"] },
    })) ?? [];
  return uri && readFile(uri);
}

async function readFile(uri: vscode.Uri): Promise<string> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > largestFile)
    throw new UserError(
      "file",
      `${vscode.workspace.asRelativePath(uri)} is larger than 5 MB: that is no page to read.`,
    );
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
