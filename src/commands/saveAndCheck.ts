import * as vscode from "vscode";
import { blockingFindings } from "../integration/blockingFindings";
import type { Integration } from "../integration/integration";
import { UserError } from "../policy/userError";
import { isUsable, type UsableIntegration } from "../sidebar/integrationStore";
import type { CommandContext } from "./commandContext";
import { notify } from "./notify";

/** What is on disk is what is applied: unsaved editors are saved first, if the person agrees. */
export async function saveDocuments(context: CommandContext, stored: UsableIntegration): Promise<UsableIntegration> {
  const unsaved = vscode.workspace.textDocuments.filter(
    (document) => document.isDirty && document.uri.toString().startsWith(`${stored.key}/`),
  );
  if (unsaved.length === 0) return stored;
  const names = unsaved.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join("\n");
  const save = "Save and Continue";
  const pressed = await notify.warning(
    `${stored.integration.name} has unsaved changes.`,
    { modal: true, detail: `${names}\n\nWhat is saved is what is applied.` },
    save,
  );
  if (pressed !== save) throw new UserError("cancelled", "The documents were not saved.");
  for (const document of unsaved) {
    // VS Code may have saved it by itself in the meantime: then this does nothing, and answers false.
    await document.save();
    if (document.isDirty)
      throw new UserError(
        "file",
        `${vscode.workspace.asRelativePath(document.uri)} could not be saved. Save it, then try again.`,
      );
  }
  const saved = await context.store.fresh(stored);
  if (!saved || !isUsable(saved))
    throw new UserError(
      "manifest-invalid",
      `The integration.json of ${stored.integration.name} can’t be used as it is now.`,
    );
  return saved;
}

/** What is wrong whatever the account says is said before it is asked. */
export function refuseKnownErrors(integration: Integration): void {
  // Without an account the documents still lack it, until the session tells which one it is.
  if (integration.manifest.account !== undefined) refuseErrors(integration);
}

/** Errors in the manifest or the documents block an apply. */
export function refuseErrors(integration: Integration): void {
  const findings = blockingFindings(integration);
  const [first, ...others] = findings;
  if (!first) return;
  const file = first.path.slice(integration.folder.length + 1);
  const more = others.length === 0 ? "" : ` And ${others.length} more.`;
  throw new UserError(
    "findings",
    `${integration.name} can’t be applied before its errors are repaired. ${file}: ${first.finding.message}${more}`,
  );
}
