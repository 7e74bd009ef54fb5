import * as vscode from "vscode";
import { integrationFolderOf } from "../editor/integrationFolder";
import { parseJson } from "../policy/parseJson";
import type { KnownKind } from "../policy/policyDocument";
import { readPolicy } from "../policy/readPolicy";
import type { CommandContext } from "./commandContext";
import { uriInFront } from "./editorInFront";
import { notify } from "./notify";

interface KindRow extends vscode.QuickPickItem {
  readonly documentKind: KnownKind | undefined;
}

const rows: readonly KindRow[] = [
  {
    documentKind: "permissions",
    label: "Permissions policy",
    detail: "What a role, user or group may do. It has no Principal.",
  },
  { documentKind: "trust", label: "Trust policy", detail: "Who may assume a role. It has no Resource." },
  { documentKind: "bucket", label: "Bucket policy", detail: "Who may do what with one S3 bucket." },
  { documentKind: "key", label: "Key policy", detail: "Who may do what with one KMS key." },
];

/** Asks what the policy in the active editor is, for the checks, the hovers and the completion. */
export async function selectDocumentKind({ editor }: CommandContext): Promise<void> {
  const uri = uriInFront();
  const document = uri && (await vscode.workspace.openTextDocument(uri));
  const policy = document && readPolicy(parseJson(document.getText()));
  if (document === undefined || policy === undefined) {
    void notify.information("The editor in front shows no IAM policy document. Open one first.");
    return;
  }
  if (integrationFolderOf(document.uri) !== undefined) {
    void notify.information("What this document is, the integration.json beside it says.");
    return;
  }
  const { kinds } = editor;
  const chosen = kinds.of(document.uri);
  const told = policy.kind === "unknown" ? "it can’t be told" : `a ${policy.kind} policy`;
  const automatic: KindRow = {
    documentKind: undefined,
    label: "As the statements tell",
    detail: `At the moment: ${told}.`,
  };
  const current = (row: KindRow): KindRow => (row.documentKind === chosen ? { ...row, description: "current" } : row);
  const picked = await vscode.window.showQuickPick([...rows, automatic].map(current), {
    title: "Select Document Kind",
    placeHolder: `What is ${vscode.workspace.asRelativePath(document.uri)}?`,
    matchOnDetail: true,
  });
  if (picked) await kinds.choose(document.uri, picked.documentKind);
}
