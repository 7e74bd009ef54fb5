import * as vscode from "vscode";
import { answersOf, completedTexts, completionSteps } from "../integration/completion";
import type { Integration } from "../integration/integration";
import { UserError } from "../policy/userError";
import type { Parameter } from "../vendors/definition";
import { validateParameterValue } from "../vendors/parameterRules";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { saveDocuments } from "./saveAndCheck";

/**
 * The second phase: what the vendor shows once it knows the role is asked for and written into integration.json and the trust
 * policy, as one edit that can be undone; then the change can be applied.
 */
export async function completeIntegration(context: CommandContext, argument: unknown): Promise<void> {
  const chosen = await chooseIntegration(context, argument, "Complete integration");
  const asked = answersOf(chosen.integration);
  if (asked.length === 0) {
    throw new UserError(
      "usage",
      `${chosen.integration.definition.name} needs no answer after the role is made: there is nothing to complete.`,
    );
  }
  const stored = await saveDocuments(context, chosen);
  const { integration } = stored;
  if (!(await showSteps(integration))) return;
  const answers: Record<string, string> = {};
  for (const [index, parameter] of asked.entries()) {
    const value = await askFor(integration, parameter, `${index + 1}/${asked.length}`);
    if (value === undefined) return;
    if (value !== "") answers[parameter.name] = value;
  }
  const texts = completedTexts(integration, answers);
  if (texts.size === 0) {
    void vscode.window.showInformationMessage(`${integration.name} says so already.`);
    return;
  }
  const root = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(stored.key));
  if (!root) throw new UserError("file", `The folder of ${integration.name} is in no folder of this workspace.`);
  await writeEdits(root.uri, texts);
  await context.store.reload();
  const apply = "Apply…";
  const pressed = await vscode.window.showInformationMessage(
    `${integration.name} now lets ${integration.definition.name} in. The role in AWS does so after the next Apply.`,
    apply,
  );
  if (pressed === apply) await vscode.commands.executeCommand("vendorAccess.apply", vscode.Uri.parse(stored.key));
}

/** What to do at the vendor; a click on a step with something to copy copies it. False: the person went away. */
async function showSteps(integration: Integration): Promise<boolean> {
  const proceed = { label: "$(arrow-right) Enter what it shows", copied: undefined };
  const steps = completionSteps(integration).map((step, index) => {
    const copied = /`([^`]+)`/.exec(step)?.[1];
    const label = `${index + 1}. ${step.replaceAll("`", "")}`;
    return { label, detail: copied ? "A click copies what is to be entered." : "", copied };
  });
  for (;;) {
    const picked = await vscode.window.showQuickPick([...steps, proceed], {
      title: `Complete ${integration.name}: at ${integration.definition.name}`,
      placeHolder: integration.definition.handBackTo.label,
      ignoreFocusOut: true,
    });
    if (picked === undefined) return false;
    if (picked === proceed) return true;
    if (picked.copied === undefined) continue;
    await vscode.env.clipboard.writeText(picked.copied);
    vscode.window.setStatusBarMessage("$(check) Copied", 4000);
  }
}

/** Empty for what may be left out; undefined when the person went away. */
function askFor(
  { definition, manifest }: Integration,
  parameter: Parameter,
  position: string,
): Thenable<string | undefined> {
  const before = manifest.parameters[parameter.name];
  const [known] = parameter.choices ?? [];
  return vscode.window
    .showInputBox({
      title: `${definition.name}: ${parameter.title} (${position})`,
      prompt: known ? `${parameter.description} (${known.label}: ${known.value})` : parameter.description,
      value: typeof before === "string" ? before : "",
      ignoreFocusOut: true,
      validateInput: (typed) => {
        const value = typed.trim();
        if (value !== "") return validateParameterValue(parameter, value);
        return parameter.required ? `${definition.name} shows it.` : undefined;
      },
    })
    .then((typed) => typed?.trim());
}

/** One step of the undo history for all files, which are then saved: an apply reads them. */
async function writeEdits(root: vscode.Uri, texts: ReadonlyMap<string, string>): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const documents: vscode.TextDocument[] = [];
  for (const [path, text] of texts) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root, ...path.split("/")));
    const whole = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
    edit.replace(document.uri, whole, text);
    documents.push(document);
  }
  if (!(await vscode.workspace.applyEdit(edit))) throw new UserError("file", "The files could not be changed.");
  for (const document of documents) await document.save();
}
