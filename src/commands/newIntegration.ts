import * as vscode from "vscode";
import type { Profile } from "../account/account";
import { applyEdits } from "../checks/applyFixes";
import { isPending } from "../integration/completion";
import type { Integration } from "../integration/integration";
import { loadIntegration } from "../integration/loadIntegration";
import { newRequest } from "../integration/newRequest";
import { scaffold } from "../integration/scaffold";
import { UserError } from "../policy/userError";
import { type IntegrationsRoot, isUsable } from "../sidebar/integrationStore";
import type { VendorDefinition } from "../vendors/definition";
import { defaultIntegrationName, defaultRoleName } from "../vendors/names";
import { awsOff } from "./accountReach";
import { askForFolder } from "./askForFolder";
import type { CommandContext } from "./commandContext";
import { notify } from "./notify";
import { askInTurn } from "./questions/askInTurn";
import { bucketQuestion } from "./questions/bucketQuestion";
import { bucketParameter, chooseVendor, type Draft, emptyDraft } from "./questions/draft";
import { profileQuestion } from "./questions/profileQuestion";
import { accessLevelQuestion, parameterQuestion, vendorQuestion } from "./questions/vendorQuestions";

/** From the vendor's request to a folder of documents that are ready to be reviewed and applied. */
export async function newIntegration(context: CommandContext): Promise<void> {
  const root = await chooseRoot(context);
  if (!root) return;
  const draft = emptyDraft();
  const [onlyVendor, ...otherVendors] = context.vendors;
  if (onlyVendor && otherVendors.length === 0) chooseVendor(draft, onlyVendor);
  const profiles = readProfiles(context);
  await askInTurn("New Integration", [
    vendorQuestion(draft, context.vendors),
    accessLevelQuestion(draft),
    ...Array.from({ length: mostParameters(context.vendors) }, (_, index) => parameterQuestion(draft, index)),
    profileQuestion(draft, context.account, profiles),
    bucketQuestion(draft, context.account),
  ]);
  if (
    draft.profile !== undefined &&
    draft.session &&
    context.account.profile() === undefined &&
    draft.profiles.length > 1
  )
    await context.account.remember(draft.profile);
  const written = await write(context, root, draft);
  await show(context, root, written, draft);
}

/** As many questions as the vendor with the most parameters can have; those that are not asked are skipped. */
function mostParameters(vendors: readonly VendorDefinition[]): number {
  return Math.max(0, ...vendors.map(({ parameters }) => parameters.length));
}

/** @param what it is to hold; undefined as an answer: nothing was picked, or there is no folder, and one is asked for */
export async function chooseRoot(
  { store }: CommandContext,
  what: "integration" | "definition" = "integration",
): Promise<IntegrationsRoot | undefined> {
  const [first, ...others] = vscode.workspace.workspaceFolders ?? [];
  if (!first) {
    askForFolder();
    return undefined;
  }
  if (others.length === 0) return store.rootOf(first);
  const placeHolder = `Which folder of the workspace should hold the ${what}?`;
  const picked = await vscode.window.showWorkspaceFolderPick({ placeHolder });
  return picked && store.rootOf(picked);
}

/** Without profiles the documents can still be written: the bucket is typed. */
async function readProfiles({ account, log }: CommandContext): Promise<readonly Profile[]> {
  if (awsOff()) return [];
  try {
    return await account.listProfiles();
  } catch (error) {
    log.warn(`The AWS profiles could not be read: ${error instanceof Error ? error.message : error}`);
    return [];
  }
}

interface Written {
  readonly integration: Integration;
  /** A statement for the key of the bucket, which the vendor's page leaves out. */
  readonly addsKeyStatement: boolean;
}

async function write(context: CommandContext, root: IntegrationsRoot, draft: Draft): Promise<Written> {
  const { definition, buckets, session, facts } = draft;
  const bucketList = bucketParameter(draft);
  if (!definition) throw new UserError("cancelled", "No vendor was picked.");
  const kmsKeyArn = facts.find((bucket) => bucket.kmsKeyArn)?.kmsKeyArn;
  const keyParameter = definition.parameters.find(({ type }) => type === "kms-key-arn");
  const region = facts.find((bucket) => bucket.region)?.region ?? session?.identity.region;
  const roleName = draft.roleName ?? freeRoleName(context, draft);
  const request = newRequest(definition, {
    ...(draft.accessLevel !== undefined && { accessLevel: draft.accessLevel }),
    ...(session && { account: session.identity.account, partition: session.identity.partition }),
    ...(region !== undefined && { region }),
    ...(roleName !== undefined && { roleName }),
    parameters: {
      ...(bucketList && { [bucketList.name]: buckets }),
      ...draft.parameters,
      ...(keyParameter && kmsKeyArn && { [keyParameter.name]: kmsKeyArn }),
    },
  });
  const name = draft.integrationName ?? (await freeName(root, defaultIntegrationName(definition, buckets)));
  const integration = await scaffold(root.files, root.path, { definition, request, name });
  return { integration, addsKeyStatement: await addKeyStatement(context, root, integration, draft) };
}

/** A page that says nothing about encryption leaves out what a bucket with a customer-managed key needs. */
async function addKeyStatement(
  { vendors }: CommandContext,
  { files }: IntegrationsRoot,
  { folder }: Integration,
  { facts }: Draft,
): Promise<boolean> {
  if (!facts.some(({ kmsKeyArn }) => kmsKeyArn)) return false;
  const integration = await loadIntegration(files, folder, { vendors, buckets: facts });
  if ("broken" in integration) return false;
  let added = false;
  for (const { path, text, findings } of integration.documents) {
    const fix = findings.find(({ check }) => check === "kms-statement-missing")?.fixes.find(({ safe }) => safe);
    if (!fix) continue;
    await files.write(path, applyEdits(text, fix.edits));
    added = true;
  }
  return added;
}

/** Opens what was written and says what was found. */
async function show(context: CommandContext, root: IntegrationsRoot, written: Written, draft: Draft): Promise<void> {
  const { integration } = written;
  const uri = vscode.Uri.joinPath(root.workspaceFolder.uri, ...integration.folder.split("/"));
  context.store.markNew(uri.toString());
  await context.store.reload();
  await vscode.window.showTextDocument(vscode.Uri.joinPath(uri, "integration.json"), { preview: false });
  const stored = context.store.get(uri.toString());
  if (stored) await context.tree.reveal({ kind: "integration", stored }, { select: true, focus: false, expand: 2 });
  const apply = "Apply…";
  const main = integration.documents[0];
  const openPermissions = main?.role === "permissions" ? "Open Permissions" : "Open Document";
  const buttons = awsOff() ? [openPermissions] : [apply, openPermissions];
  const pressed = await notify.information(whatHappened(written, draft), ...buttons);
  if (pressed === apply) await vscode.commands.executeCommand("vendorAccess.apply", uri);
  if (pressed === openPermissions && main) {
    const document = vscode.Uri.joinPath(root.workspaceFolder.uri, ...main.path.split("/"));
    await vscode.window.showTextDocument(document);
  }
}

/** "Wrote …. training-data is in eu-west-1. It is encrypted with a customer-managed key: found and added." */
function whatHappened(
  { integration: { folder, definition, manifest }, addsKeyStatement }: Written,
  { facts, notes, createsBucket, buckets }: Draft,
): string {
  const keyParameter = definition.parameters.find(({ type }) => type === "kms-key-arn");
  const keyIsAsked = keyParameter !== undefined && manifest.parameters[keyParameter.name] !== undefined;
  const addedKey = facts.find((bucket) => bucket.kmsKeyArn)?.kmsKeyArn;
  const looks = facts
    .filter(({ exists }) => exists)
    .map(({ name, region, kmsKeyArn }) => {
      const place = region ? `${name} is in ${region}` : `${name} was found`;
      if (!kmsKeyArn) return `${place}.`;
      if (kmsKeyArn !== addedKey)
        return `${place} and is encrypted with another customer-managed key, which is not added: give it an integration of its own.`;
      if (!keyIsAsked && !addsKeyStatement)
        return `${place} and is encrypted with a customer-managed key, whose own policy must let ${definition.name} in, too: that is up to you.`;
      const unknown = keyIsAsked ? "" : `, which ${definition.name}’s page leaves out`;
      return `${place} and is encrypted with a customer-managed key: found and added${unknown}.`;
    });
  const made = createsBucket ? [`Apply makes the bucket ${buckets.join(", ")}.`] : [];
  const chosen = definition.parameters.filter(({ chosenBy }) => chosenBy === "customer");
  const ids = chosen.flatMap(({ name, title }) => {
    const value = manifest.parameters[name];
    return typeof value === "string" ? [`${title} for ${definition.name}: ${value}.`] : [];
  });
  const pending = isPending({ definition, manifest })
    ? [`Nobody can assume the role until ${definition.name} has answered and the integration is completed.`]
    : [];
  return [`Wrote ${folder} for ${definition.name}.`, ...looks, ...made, ...ids, ...pending, ...notes].join(" ");
}

async function freeName({ files, path }: IntegrationsRoot, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!(await files.exists(`${path}/${candidate}`))) return candidate;
  }
}

/** Two integrations never share a role: a vendor's suggested name that is used here already gives way. */
function freeRoleName({ store }: CommandContext, { definition, buckets }: Draft): string | undefined {
  const used = new Set(
    store
      .all()
      .filter(isUsable)
      .map(({ integration }) => integration.manifest.role?.name),
  );
  if (!definition?.role || definition.role.fixedName !== undefined) return undefined;
  if (!used.has(defaultRoleName(definition, buckets))) return undefined;
  const { suggestedName: _, ...role } = definition.role;
  const name = defaultRoleName({ ...definition, role }, buckets);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name.slice(0, 60)}-${number}`;
    if (!used.has(candidate)) return candidate;
  }
}
