import * as vscode from "vscode";
import { answersOf, completedTexts, completionSteps } from "../integration/completion";
import type { Integration } from "../integration/integration";
import { UserError } from "../policy/userError";
import { documentUri } from "../sidebar/integrationTree";
import type { Parameter } from "../vendors/definition";
import { validateParameterValue } from "../vendors/parameterRules";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { notify } from "./notify";
import { rowLines } from "./questions/pickOrType";
import { rewriteFiles } from "./rewriteFiles";
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
  // What was edited while the questions were open stays.
  const now = await chooseIntegration(context, stored.uri, "Complete integration");
  const texts = completedTexts(now.integration, answers);
  if (texts.size === 0) {
    void notify.information(`${integration.name} has these values already: nothing to change.`);
    return;
  }
  await rewriteFiles([...texts].map(([path, text]) => [documentUri(stored, path), text]));
  await context.store.reload();
  const apply = "Apply…";
  const pressed = await notify.information(
    `${integration.name} now lets ${integration.definition.name} in. The role in AWS does so after the next Apply.`,
    apply,
  );
  if (pressed === apply) await vscode.commands.executeCommand("vendorAccess.apply", vscode.Uri.parse(stored.key));
}

/** What to do at the vendor; a step with something to enter there copies it. False: the person went away. */
async function showSteps(integration: Integration): Promise<boolean> {
  const { name } = integration.definition;
  const proceed = { label: `$(arrow-right) Enter what ${name} shows`, copied: undefined };
  const steps = completionSteps(integration).flatMap((step, index) => {
    const copied = /`([^`]+)`/.exec(step)?.[1];
    const [before = "", after = ""] = step.split(`\`${copied}\``);
    // What is to be entered can be long: it has a line of its own.
    const own = copied !== undefined && /:\s*$/.test(before) && after === "";
    const lines = rowLines(`${index + 1}. ${own ? before.trim().slice(0, -1) : step.replaceAll("`", "")}`);
    return lines.map((line, number) => ({
      label: number === 0 ? line : `$(blank) ${line}`,
      copied,
      ...(copied !== undefined && number === lines.length - 1 && { description: "$(copy) copies", detail: copied }),
    }));
  });
  for (;;) {
    const picked = await vscode.window.showQuickPick([...steps, proceed], {
      title: `Complete ${integration.name}`,
      placeHolder: `What to do at ${name}, step by step`,
      ignoreFocusOut: true,
    });
    if (picked === undefined) return false;
    // A step that copies nothing is nothing to wait for.
    if (picked.copied === undefined) return true;
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
