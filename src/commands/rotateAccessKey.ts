import * as vscode from "vscode";
import type { AccountSession, KeyChange, UserAccessKey } from "../account/account";
import { withAccount } from "../integration/bindAccount";
import type { Integration } from "../integration/integration";
import { UserError } from "../policy/userError";
import { requireAws } from "./accountReach";
import { chooseProfile } from "./askForProfile";
import { chooseIntegration } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { copySecret } from "./copyValue";
import { executePlan, stoppedAt } from "./executePlan";
import { notify } from "./notify";
import { refuseOtherAccount } from "./readAndPlan";
import { showError } from "./showError";
import { withCancellableRead } from "./withProgress";

interface Rotation {
  readonly context: CommandContext;
  readonly session: AccountSession;
  readonly integration: Integration;
  /** Of the integration in the store. */
  readonly key: string;
}

/**
 * Replaces the access key that the vendor has, step by step: a second key, the hand-back, the first key switched off, then
 * deleted. Each question can be left unanswered; the next run goes on from the keys that there are.
 */
export async function rotateAccessKey(context: CommandContext, argument: unknown): Promise<void> {
  requireAws();
  const stored = await chooseIntegration(context, argument, "Rotate access key");
  const { name, definition } = stored.integration;
  if (!definition.user?.accessKey)
    throw new UserError(
      "usage",
      `${name} has no access key that could be rotated: ${definition.name} takes on its role with credentials of its own.`,
    );
  const profile = await chooseProfile(context);
  const session = await withCancellableRead(`Connecting with profile ${profile}…`, (signal) =>
    context.account.connect(profile, signal),
  );
  refuseOtherAccount(session, stored.integration);
  const { account, partition } = session.identity;
  const integration = withAccount(stored.integration, account, partition);
  const rotation: Rotation = { context, session, integration, key: stored.key };
  // What stopped is gone on with from what there is: every state of the keys has a next step.
  if (await session.unfinishedRun(integration.manifest.id)) await carryOut(rotation, undefined);
  for (let isFirst = true; ; isFirst = false) {
    const keys = await withCancellableRead("Reading the access keys…", (signal) =>
      session.accessKeys(integration, signal),
    );
    const change = await nextChange(rotation, keys, isFirst);
    if (!change) return;
    await carryOut(rotation, change);
    if (change.change === "delete") {
      void notify.information(
        `The access key of ${name} is rotated: ${change.accessKeyId} is deleted, and the other one is the only key.`,
      );
      return;
    }
  }
}

/** What the person wants done next; undefined when it is enough for now. */
async function nextChange(
  rotation: Rotation,
  keys: readonly UserAccessKey[],
  isFirst: boolean,
): Promise<KeyChange | undefined> {
  const { integration, session } = rotation;
  const [first, second] = keys;
  if (!first) throw new UserError("usage", `${integration.name} has no access key yet. Apply it: that makes one.`);
  const { account, profile } = session.identity;
  const where = `Account ${account}, profile ${profile}`;
  if (!second) {
    if (!isFirst) return undefined;
    const pressed = await ask(
      `Make a second access key for ${integration.definition.name}?`,
      `${where}\n\n${describe(first)}\n\nIt goes on working until you say that ${integration.definition.name} has the new one. The new secret is kept in VS Code's secret storage, and nowhere else.`,
      ["Make New Key"],
    );
    return pressed === undefined ? undefined : { change: "make" };
  }
  const off = keys.find(({ active }) => !active);
  return off ? askAboutOld(rotation, keys, off, where) : askWhoHas(rotation, keys, where);
}

async function askAboutOld(
  { integration }: Rotation,
  keys: readonly UserAccessKey[],
  off: UserAccessKey,
  where: string,
): Promise<KeyChange | undefined> {
  const vendor = integration.definition.name;
  const pressed = await ask(
    `Does ${vendor} still work without ${off.accessKeyId}?`,
    `${where}\n\n${keys.map(describe).join("\n")}\n\nA deleted key can't be brought back; one that is switched off can be switched on again. AWS tells some minutes late when a key was used.`,
    ["Delete Old Key", "Switch It On Again"],
  );
  if (pressed === "Delete Old Key") return { change: "delete", accessKeyId: off.accessKeyId };
  return pressed === undefined ? undefined : { change: "activate", accessKeyId: off.accessKeyId };
}

/** With two keys that work nobody but the person knows which one the vendor has. */
async function askWhoHas(
  { context, integration }: Rotation,
  keys: readonly UserAccessKey[],
  where: string,
): Promise<KeyChange | undefined> {
  const { manifest, definition } = integration;
  const kept = (await context.secrets.accessKeyIds()).get(manifest.id) ?? [];
  const copy = { iconPath: new vscode.ThemeIcon("copy"), tooltip: "Copy the Key ID" };
  const copyKept = { iconPath: new vscode.ThemeIcon("key"), tooltip: "Copy the Secret" };
  const items = keys.map((key, index) => ({
    label: `$(key) ${key.accessKeyId}`,
    description: index === 0 ? "the newer one" : "the older one",
    detail: `${key.usage}; its secret is ${kept.includes(key.accessKeyId) ? "kept here" : "not kept here"}`,
    buttons: kept.includes(key.accessKeyId) ? [copy, copyKept] : [copy],
    accessKeyId: key.accessKeyId,
  }));
  const picked = await pickKey(
    items,
    `Give ${definition.name} the new key. Which one does it have now?`,
    `The other one is switched off. Close this when ${definition.name} does not have it yet, and come back.`,
    (id, isSecret) => (isSecret ? copySecret(context, manifest.id, id) : vscode.env.clipboard.writeText(id)),
    (error) => showError(context, error),
  );
  const old = keys.find(({ accessKeyId }) => accessKeyId !== picked);
  if (picked === undefined || !old) return undefined;
  const pressed = await ask(
    `Switch ${old.accessKeyId} off?`,
    `${where}\n\n${keys.map(describe).join("\n")}\n\n${definition.name} is to have ${picked}. Whoever still uses ${old.accessKeyId} is refused from now on; it can be switched on again.`,
    ["Switch Off"],
  );
  return pressed === undefined ? undefined : { change: "deactivate", accessKeyId: old.accessKeyId };
}

type KeyItem = vscode.QuickPickItem & { readonly accessKeyId: string };

/** A pick that stays while the person is in the vendor's page in between. */
function pickKey(
  items: readonly KeyItem[],
  title: string,
  placeholder: string,
  copy: (accessKeyId: string, isSecret: boolean) => Thenable<void>,
  failed: (error: unknown) => unknown,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const picker = vscode.window.createQuickPick<KeyItem>();
    Object.assign(picker, { items, title, placeholder, ignoreFocusOut: true });
    let picked: string | undefined;
    picker.onDidTriggerItemButton(({ item, button }) => {
      copy(item.accessKeyId, button.tooltip === "Copy the Secret").then(undefined, failed);
    });
    picker.onDidAccept(() => {
      picked = picker.selectedItems[0]?.accessKeyId;
      picker.hide();
    });
    picker.onDidHide(() => {
      picker.dispose();
      resolve(picked);
    });
    picker.show();
  });
}

async function ask(question: string, detail: string, buttons: readonly string[]): Promise<string | undefined> {
  return notify.warning(question, { modal: true, detail }, ...buttons);
}

function describe({ accessKeyId, active, createdAt, usage }: UserAccessKey): string {
  return `${accessKeyId}: ${active ? "works" : "switched off"}, made ${createdAt?.slice(0, 10) ?? "at an unknown time"}, ${usage}`;
}

/** @param change none: only says that what was stopped is at its end */
async function carryOut(
  { context, session, integration, key }: Rotation,
  change: KeyChange | undefined,
): Promise<void> {
  const look = async () => session.planRotation(integration, await session.read(integration), change);
  const plan = await look();
  if (plan.refusals.length > 0) throw new UserError("not-ours", plan.refusals.join(" "));
  const { result } = await executePlan(context, session, plan, integration, key, look);
  const { status, changed, failure } = result;
  if (status === "done") return;
  const reason = changed?.differences.join(" ") ?? failure?.message ?? "It was cancelled.";
  throw stoppedAt(result, `The access key of ${integration.name} was not changed: ${reason} Rotate again to go on.`);
}
