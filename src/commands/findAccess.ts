import * as vscode from "vscode";
import type { AccountRole, AccountSession } from "../account/account";
import type { Integration } from "../integration/integration";
import { describeOutsiders, type OutsideAccess, outsideAccess, outsidersOf } from "../integration/outsideAccess";
import { policyOf } from "../policy/policyOf";
import { isUsable } from "../sidebar/integrationStore";
import { requireAws } from "./accountReach";
import { adopt } from "./adopt";
import { chooseProfile } from "./askForProfile";
import type { CommandContext } from "./commandContext";
import { withProgress } from "./withProgress";

interface AccessItem extends vscode.QuickPickItem {
  readonly access?: OutsideAccess<AccountRole>;
  /** Looks at the buckets, too. */
  readonly buckets?: true;
}

const openConsole: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon("link-external"),
  tooltip: "Open in AWS Console",
};

/** Shows who from outside has access to the account, and makes an integration of what a hand has made for a vendor. */
export async function findAccess(context: CommandContext): Promise<void> {
  requireAws();
  const { account, store } = context;
  await store.ready();
  const profile = await chooseProfile(context);
  const { session, found } = await withProgress(
    `Reading the roles of profile ${profile}`,
    async ({ signal, progress }) => {
      const connected = await account.connect(profile, signal);
      const onProgress = (roles: number): void => progress.report({ message: `${roles} roles` });
      const roles = await connected.listRoles({ signal, onProgress });
      return { session: connected, found: outsideAccess(roles, connected.identity.account, context.vendors) };
    },
  );
  const picked = await pick(context, session, found);
  if (picked) await adopt(context, session, picked);
}

async function pick(
  context: CommandContext,
  session: AccountSession,
  found: readonly OutsideAccess<AccountRole>[],
): Promise<OutsideAccess<AccountRole> | undefined> {
  let bucketItems: readonly AccessItem[] = [
    { label: "$(search) Look at the policies of the buckets, too", buckets: true },
  ];
  for (;;) {
    const picked = await choose(session, [...roleItems(context, found), separator("Buckets"), ...bucketItems]);
    if (!picked?.buckets) {
      if (!picked?.access) return undefined;
      return picked.access;
    }
    bucketItems = await readBuckets(context, session);
  }
}

/** With a button on each row that opens the role in AWS's console. */
function choose({ identity }: AccountSession, items: readonly AccessItem[]): Promise<AccessItem | undefined> {
  const quickPick = vscode.window.createQuickPick<AccessItem>();
  quickPick.title = `Who from outside has access to account ${identity.account}`;
  quickPick.placeholder = "Pick a role to compare it with what its vendor asks for, and to make an integration of it";
  quickPick.matchOnDescription = true;
  quickPick.matchOnDetail = true;
  quickPick.items = items;
  return new Promise((resolve) => {
    quickPick.onDidTriggerItemButton(({ item }) => {
      if (item.access) void vscode.env.openExternal(vscode.Uri.parse(item.access.role.consoleUrl));
    });
    quickPick.onDidAccept(() => {
      const [picked] = quickPick.selectedItems;
      // What only informs can't be picked.
      if (picked && !picked.access && !picked.buckets) return;
      resolve(picked);
      quickPick.hide();
    });
    quickPick.onDidHide(() => {
      resolve(undefined);
      quickPick.dispose();
    });
    quickPick.show();
  });
}

function roleItems({ store }: CommandContext, found: readonly OutsideAccess<AccountRole>[]): readonly AccessItem[] {
  const known = new Map(
    store
      .all()
      .filter(isUsable)
      .map(({ integration }) => [integration.manifest.id, integration]),
  );
  const free = found.filter(({ role }) => role.integrationId === undefined);
  const managed = found.filter(({ role }) => role.integrationId !== undefined);
  const items = (title: string, all: readonly OutsideAccess<AccountRole>[]): readonly AccessItem[] =>
    all.length === 0 ? [] : [separator(title), ...all.map((access) => roleItem(access, known))];
  if (found.length === 0)
    return [
      {
        label: "$(pass) No role lets anybody from outside in",
        detail: "Only AWS’s services and the account itself assume its roles.",
      },
    ];
  return [
    ...items(
      "Vendors, not in an integration yet",
      free.filter(({ vendor }) => vendor),
    ),
    ...items(
      "Other accounts",
      free.filter(({ vendor }) => !vendor),
    ),
    ...items("In an integration", managed),
  ];
}

function roleItem(access: OutsideAccess<AccountRole>, known: ReadonlyMap<string, Integration>): AccessItem {
  const { role, outsiders, reaches } = access;
  const { integrationId } = role;
  const own = integrationId === undefined ? undefined : known.get(integrationId);
  // Vendors can share an account, and one's principals can differ from customer to customer: its integration knows.
  const vendor = own?.definition ?? access.vendor;
  const outside = describeOutsiders(outsiders);
  const who = !access.vendor && vendor ? `${vendor.name} (${outside || "nobody yet"})` : outside || vendor?.name;
  const where = reaches.includes("*") ? "all buckets" : reaches.join(", ") || "no bucket";
  const integration = integrationId && `integration ${own?.name ?? `of another workspace (${integrationId})`}`;
  return {
    label: `$(${vendor ? "shield" : "warning"}) ${role.name}`,
    description: [integration, role.usage].filter(Boolean).join(" · "),
    detail: `${who} → ${where}`,
    buttons: [openConsole],
    access,
  };
}

async function readBuckets({ vendors }: CommandContext, session: AccountSession): Promise<readonly AccessItem[]> {
  const facts = await withProgress("Reading the policies of the buckets", ({ signal, progress }) =>
    session.listBucketPolicies({
      signal,
      onProgress: (done, total) => progress.report({ message: `${done} of ${total}` }),
    }),
  );
  const items = facts.flatMap(({ bucket, policy, problem }): readonly AccessItem[] => {
    if (problem !== undefined) return [{ label: `$(question) ${bucket}`, detail: problem }];
    const document = policyOf(policy ?? null);
    const outsiders = document ? outsidersOf(document, session.identity.account, vendors) : [];
    if (outsiders.length === 0) return [];
    const who = describeOutsiders(outsiders);
    return [{ label: `$(database) ${bucket}`, description: "by its bucket policy", detail: who }];
  });
  return items.length > 0 ? items : [{ label: "$(pass) No bucket policy lets anybody from outside in" }];
}

function separator(label: string): AccessItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
