import * as vscode from "vscode";
import { parseJson } from "../policy/parseJson";
import type { DocumentKind } from "../policy/policyDocument";
import { mayBePolicy, readPolicy } from "../policy/readPolicy";
import { isChecked } from "./checkedDocuments";
import type { DocumentKinds } from "./documentKinds";
import { integrationFolderOf } from "./integrationFolder";

const quiet = 300;

/**
 * In the language status of a policy document: what kind it is, or that it can't be told, with the command to say so.
 * Nothing in other JSON, and nothing in an integration, whose manifest says what its documents are.
 */
export function registerKindStatus(kinds: DocumentKinds, selector: vscode.DocumentSelector): vscode.Disposable {
  let item: vscode.LanguageStatusItem | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const status = document && statusOf(document, kinds);
    if (status === undefined) {
      item?.dispose();
      item = undefined;
      return;
    }
    item ??= vscode.languages.createLanguageStatusItem("vendorAccess.documentKind", selector);
    item.name = "IAM Policy Kind";
    item.text = status.text;
    item.detail = status.detail;
    item.severity = status.isOpen ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    item.command = { command: "vendorAccess.selectDocumentKind", title: status.isOpen ? "Select" : "Change" };
  }

  function showSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(show, quiet);
  }

  show();
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document) showSoon();
    }),
    kinds.onDidChange(show),
    {
      dispose() {
        clearTimeout(timer);
        item?.dispose();
      },
    },
  );
}

interface KindStatus {
  readonly text: string;
  readonly detail: string;
  /** Nobody knows what it is. */
  readonly isOpen: boolean;
}

function statusOf(document: vscode.TextDocument, kinds: DocumentKinds): KindStatus | undefined {
  if (!isChecked(document) || integrationFolderOf(document.uri) !== undefined) return undefined;
  const text = document.getText();
  if (!mayBePolicy(text)) return undefined;
  const policy = readPolicy(parseJson(text));
  if (policy === undefined) return undefined;
  const chosen = kinds.of(document.uri);
  if (chosen !== undefined) return { text: kindWords[chosen], detail: "Selected for this file", isOpen: false };
  const { kind } = policy;
  return kind === "unknown"
    ? { text: kindWords.unknown, detail: "Its statements don’t tell", isOpen: true }
    : { text: kindWords[kind], detail: "Told from its statements", isOpen: false };
}

const kindWords: Readonly<Record<DocumentKind, string>> = {
  permissions: "Permissions policy",
  trust: "Trust policy",
  bucket: "Bucket policy",
  key: "Key policy",
  unknown: "Unknown kind of policy",
};
