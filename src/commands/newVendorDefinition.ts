import * as vscode from "vscode";
import { workspaceFileSystem } from "../editor/workspaceFileSystem";
import { definitionFromIntegration } from "../integration/definitionFromIntegration";
import { vendorIdFrom } from "../integration/page/definitionFromPage";
import { writeDefinition } from "../integration/writeDefinition";
import { UserError } from "../policy/userError";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { notify } from "./notify";
import { problemOfVendorName } from "./vendorName";

/** A vendor of one's own, made of an integration that is there: a file in the workspace to be read and corrected. */
export async function newVendorDefinition(context: CommandContext, argument: unknown): Promise<void> {
  const { key, integration } = await chooseIntegration(context, argument, "New vendor definition");
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(key));
  if (!folder) throw new UserError("file", `The folder of ${integration.name} is in no folder of this workspace.`);
  const name = await vscode.window.showInputBox({
    title: `New vendor definition from ${integration.name}`,
    prompt: "The vendor’s name. It is shown with “workspace definition” behind it.",
    ignoreFocusOut: true,
    validateInput: (typed) => problemOfVendorName(typed.trim(), context.vendors),
  });
  if (name === undefined) return;
  const definition = definitionFromIntegration(integration, {
    id: vendorIdFrom(name),
    name: name.trim(),
    today: new Date().toISOString().slice(0, 10),
  });
  const path = await writeDefinition(workspaceFileSystem(folder.uri), definition);
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, ...path.split("/")), { preview: false });
  void notify.information(
    `Wrote ${path}. Say where the facts are from (sources) and where the values are handed back (handBackTo); New Integration offers the vendor as soon as the file is saved.`,
  );
}
