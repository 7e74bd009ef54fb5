import * as vscode from "vscode";
import type { AccountRole, AccountSession } from "../account/account";
import { type Adoption, adoptedName, adoptRole } from "../integration/adoptRole";
import type { Integration } from "../integration/integration";
import { describeOutsiders, type OutsideAccess, possibleVendors } from "../integration/outsideAccess";
import { scaffold } from "../integration/scaffold";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import { UserError } from "../policy/userError";
import { type IntegrationsRoot, isUsable } from "../sidebar/integrationStore";
import type { VendorDefinition } from "../vendors/definition";
import type { ParameterValue } from "../vendors/manifest";
import { validateParameterValue } from "../vendors/parameterRules";
import { missingParameters } from "../vendors/parameters";
import type { CommandContext } from "./commandContext";
import { type Execution, executePlan, stoppedAt } from "./executePlan";
import { chooseRoot } from "./newIntegration";
import { notify } from "./notify";

/** Compares a role with what its vendor asks for and, when the person agrees, makes an integration of it. */
export async function adopt(
  context: CommandContext,
  session: AccountSession,
  access: OutsideAccess<AccountRole>,
): Promise<void> {
  const { role } = access;
  if (role.integrationId !== undefined) return showIntegration(context, role);
  const definition = await chooseVendor(context, access);
  const root = await chooseRoot(context);
  if (!root) return;
  const adoption = await completed(definition, role, session);
  await compare(context, role, adoption);
  if (!(await confirm(session, role, adoption))) return;
  const { integration, uri } = await write(context, root, role, adoption);
  const key = uri.toString();
  if (!(await mark(context, session, integration, key, root))) return;
  await context.store.reload();
  const stored = context.store.get(key);
  if (stored) await context.tree.reveal({ kind: "integration", stored }, { select: true, focus: false, expand: 2 });
  const showProblems = "Show Problems";
  const findings =
    stored && isUsable(stored) ? stored.integration.documents.flatMap((document) => document.findings) : [];
  const message = `The role ${role.name} is the integration ${integration.name} now: its documents are what is live, and nothing else changed.`;
  const found = findings.length > 0 ? " The checks say what is not as the vendor’s page has it." : "";
  const buttons = findings.length > 0 ? [showProblems] : [];
  if ((await notify.information(`${message}${found}`, ...buttons)) === showProblems)
    await vscode.commands.executeCommand("workbench.actions.view.problems");
}

/** With what the live documents don't tell asked for. */
async function completed(
  definition: VendorDefinition,
  role: AccountRole,
  { identity }: AccountSession,
): Promise<Adoption> {
  const reference = await loadServiceReference();
  const first = adoptRole(definition, role, identity, reference);
  const missing = missingParameters(definition, first.request);
  if (missing.length === 0) return first;
  const given: { [name: string]: ParameterValue } = {};
  for (const parameter of missing) {
    const value = await vscode.window.showInputBox({
      title: `${definition.name}: ${parameter.title}`,
      prompt: `${parameter.description} What is live in the role ${role.name} does not tell.`,
      ignoreFocusOut: true,
      validateInput: (text) => validateParameterValue(parameter, text),
    });
    if (value === undefined) throw new UserError("cancelled", "Not every value was entered.");
    given[parameter.name] = parameter.type === "bucket-list" ? [value] : value;
  }
  return adoptRole(definition, role, identity, reference, given);
}

/** What is live beside what the vendor's page asks for, for the same buckets and choices. */
async function compare({ comparisons }: CommandContext, role: AccountRole, adoption: Adoption): Promise<void> {
  const { documents, asked, definition } = adoption;
  await comparisons.showAll("adopt", role.arn, `${role.name}: live ↔ ${definition.name}’s page`, [
    { name: "trust policy", live: documents.get("trust"), ours: asked.trust },
    { name: "permissions policy", live: documents.get("permissions"), ours: asked.permissions },
  ]);
}

async function confirm(
  { identity }: AccountSession,
  { name, usage }: AccountRole,
  { definition, grants, change, notes }: Adoption,
): Promise<boolean> {
  const part = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`${title}\n${lines.map((line) => `• ${line}`).join("\n")}`];
  const page = `${definition.name}’s page`;
  const detail = [
    `Account ${identity.account}, profile ${identity.profile}\n${identity.arn}`,
    "In AWS the tags of Vendor Access are set on what becomes the integration’s; nothing else changes there. The documents are written into your workspace as they are live.",
    `The role was ${usage}.`,
    ...(change.narrowed.length > 0 ? [`It gives more than ${page} asks for.`] : []),
    ...(change.widened.length > 0 ? [`It does not give all that ${page} asks for.`] : []),
    ...part("Who has what now, and keeps it:", grants),
    ...part("Not taken over:", notes),
  ].join("\n\n");
  const question = `Make an integration of the role ${name} in AWS account ${identity.account}?`;
  return (await notify.warning(question, { modal: true, detail }, "Adopt")) === "Adopt";
}

async function write(
  { store }: CommandContext,
  { files, path, workspaceFolder }: IntegrationsRoot,
  role: AccountRole,
  { definition, request, documents }: Adoption,
): Promise<{ readonly integration: Integration; readonly uri: vscode.Uri }> {
  let name = adoptedName(role);
  for (let number = 2; await files.exists(`${path}/${name}`); number++) name = `${adoptedName(role)}-${number}`;
  const integration = await scaffold(files, path, { definition, request, documents, name });
  await store.reload();
  return { integration, uri: vscode.Uri.joinPath(workspaceFolder.uri, ...integration.folder.split("/")) };
}

/** Sets the tags. When nothing came of it the folder goes again: it would be an integration of what is not ours. */
async function mark(
  context: CommandContext,
  session: AccountSession,
  integration: Integration,
  key: string,
  { files }: IntegrationsRoot,
): Promise<boolean> {
  const undo = async (): Promise<void> => {
    await files.remove(integration.folder);
    await context.store.reload();
  };
  const carryOut = async (): Promise<Execution> => {
    const plan = session.planAdopt(integration, await session.read(integration));
    if (plan.refusals.length > 0)
      throw new UserError("not-ours", `${integration.name} could not be adopted: ${plan.refusals.join(" ")}`);
    return executePlan(context, session, plan, integration, key);
  };
  const { result } = await carryOut().catch(async (error: unknown) => {
    await undo();
    throw error;
  });
  if (result.status === "done") return true;
  if (result.done.length === 0) await undo();
  const left = result.done.length === 0 ? "Nothing was changed." : "Apply sets the tags that are missing.";
  if (result.status === "cancelled") {
    void notify.warning(`Adopting ${integration.name} was cancelled. ${left}`);
    return false;
  }
  throw stoppedAt(
    result,
    `${integration.name} could not be adopted: ${result.failure?.message ?? "the role changed meanwhile."} ${left}`,
  );
}

async function showIntegration({ store, tree }: CommandContext, { integrationId, name }: AccountRole): Promise<void> {
  const stored = store
    .all()
    .find(({ integration }) => "manifest" in integration && integration.manifest.id === integrationId);
  if (stored) {
    await tree.reveal({ kind: "integration", stored }, { select: true, focus: true, expand: true });
    return;
  }
  throw new UserError(
    "not-ours",
    `The role ${name} belongs to an integration of another workspace: it is tagged with the id ${integrationId}.`,
  );
}

/** The person says whose a role is when the catalog does not know, or knows several. */
async function chooseVendor(
  { vendors }: CommandContext,
  access: OutsideAccess<AccountRole>,
): Promise<VendorDefinition> {
  const possible = possibleVendors(access, vendors);
  const [only, ...others] = possible;
  if (only && others.length === 0) return only;
  const who = describeOutsiders(access.outsiders);
  const choices = only ? possible : vendors;
  const picked = await vscode.window.showQuickPick(
    choices.map((vendor) => ({ label: vendor.name, description: vendor.id, vendor })),
    {
      title: `Whose is the role ${access.role.name}?`,
      placeHolder: only
        ? "Several vendors come from the account that it trusts"
        : `It lets ${who} in, which the catalog does not know`,
      matchOnDescription: true,
    },
  );
  if (!picked) throw new UserError("cancelled", "No vendor was picked.");
  return picked.vendor;
}
