import * as vscode from "vscode";
import { acceptableChecks } from "../checks/acceptedFindings";
import { applySafeFixes } from "../checks/applyFixes";
import type { FillRequest, Finding } from "../checks/finding";
import type { TextEdit } from "../policy/json";
import type { DocumentRole } from "../vendors/manifest";
import type { CheckedFile } from "./checkedFile";
import type { Diagnostics } from "./diagnostics";
import { diagnosticSource } from "./findingDiagnostic";
import { changedPart } from "./textChanges";
import { textPositions } from "./textPositions";

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append("vendorAccess");

/** The arguments of the command `vendorAccess.fillPlaceholder`. */
export interface FillArguments {
  readonly uri: string;
  /** The text that the places belong to: a fill into another text would hit the wrong characters. */
  readonly text: string;
  readonly fill: FillRequest;
}

/** The arguments of the command `vendorAccess.acceptFinding`. */
export interface AcceptArguments {
  readonly uri: string;
  readonly check: string;
  readonly document: DocumentRole;
  /** Absent: it is asked for. */
  readonly reason?: string;
}

export function registerCodeActions(diagnostics: Diagnostics, selector: vscode.DocumentSelector): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions(document, range, context) {
      const file = diagnostics.of(document);
      if (!file) return [];
      const wants = (kind: vscode.CodeActionKind): boolean => context.only?.contains(kind) ?? true;
      const actions: vscode.CodeAction[] = [];
      if (wants(vscode.CodeActionKind.QuickFix)) actions.push(...quickFixes(document, range, context, file));
      // In the light bulb's list "Fix all" is a quick fix, too, when there is more than one thing to fix.
      if (context.only && wants(fixAllKind)) actions.push(...fixAll(document, file, fixAllKind));
      else if (actions.length > 0 && safeFixes(file) > 1)
        actions.push(...fixAll(document, file, vscode.CodeActionKind.QuickFix));
      return actions;
    },
  };
  return vscode.languages.registerCodeActionsProvider(selector, provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind],
  });
}

function quickFixes(
  document: vscode.TextDocument,
  range: vscode.Range,
  context: vscode.CodeActionContext,
  file: CheckedFile,
): vscode.CodeAction[] {
  const rangeOf = textPositions(file.text);
  return file.findings.flatMap((finding) => {
    const place = rangeOf(finding.range);
    if (!place.intersection(range)) return [];
    const diagnostics = context.diagnostics.filter((shown) => isOf(shown, finding, place));
    return actionsOf(document, file, finding).map((action) => Object.assign(action, { diagnostics }));
  });
}

function actionsOf(document: vscode.TextDocument, file: CheckedFile, finding: Finding): vscode.CodeAction[] {
  const safe = finding.fixes.findIndex((fix) => fix.safe);
  const actions = finding.fixes.map((fix, index) => {
    const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
    action.edit = workspaceEdit(document.uri, file.text, fix.edits);
    action.isPreferred = index === safe;
    return action;
  });
  if (finding.fill) {
    const { fill } = finding;
    const action = new vscode.CodeAction(`Fill in ${fill.placeholder}…`, vscode.CodeActionKind.QuickFix);
    const target: FillArguments = { uri: document.uri.toString(), text: file.text, fill };
    action.command = { command: "vendorAccess.fillPlaceholder", title: action.title, arguments: [target] };
    action.isPreferred = safe < 0;
    actions.push(action);
  }
  const { documentRole } = file;
  if (documentRole !== undefined && finding.accepted === undefined && acceptableChecks.includes(finding.check)) {
    const action = new vscode.CodeAction("Accept for this document…", vscode.CodeActionKind.QuickFix);
    const target: AcceptArguments = { uri: document.uri.toString(), check: finding.check, document: documentRole };
    action.command = { command: "vendorAccess.acceptFinding", title: action.title, arguments: [target] };
    actions.push(action);
  }
  return actions;
}

function fixAll(document: vscode.TextDocument, file: CheckedFile, kind: vscode.CodeActionKind): vscode.CodeAction[] {
  const { text, fixed } = applySafeFixes(file.text, file.check);
  if (fixed === 0) return [];
  const action = new vscode.CodeAction("Fix all in this document (Vendor Access)", kind);
  action.edit = workspaceEdit(document.uri, file.text, [changedPart(file.text, text)]);
  return [action];
}

function safeFixes(file: CheckedFile): number {
  return file.findings.filter((finding) => finding.fixes.some((fix) => fix.safe)).length;
}

function isOf(diagnostic: vscode.Diagnostic, finding: Finding, place: vscode.Range): boolean {
  const { code } = diagnostic;
  return (
    diagnostic.source === diagnosticSource &&
    typeof code === "object" &&
    code.value === finding.check &&
    diagnostic.range.isEqual(place)
  );
}

/** One edit, and so one undo. */
export function workspaceEdit(uri: vscode.Uri, text: string, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const rangeOf = textPositions(text);
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    uri,
    edits.map(({ range, newText }) => new vscode.TextEdit(rangeOf(range), newText)),
  );
  return edit;
}
