import * as vscode from "vscode";
import { requireAws } from "./accountReach";
import { noProfile, profileItems } from "./askForProfile";
import type { CommandContext } from "./commandContext";
import { withCancellableRead } from "./withProgress";

/** Chooses the profile that plans and applies use, and connects to say which account that is. */
export async function selectProfile({ account, store }: CommandContext): Promise<void> {
  requireAws();
  const profiles = await account.listProfiles();
  if (profiles.length === 0) throw noProfile();
  const picked = await vscode.window.showQuickPick(profileItems(profiles, account.profile()), {
    title: "AWS profile",
    placeHolder: "Which profile of your AWS configuration should plans and applies use?",
    matchOnDescription: true,
  });
  if (!picked) return;
  const before = account.identity()?.account;
  account.forget();
  await account.remember(picked.label);
  const { identity } = await withCancellableRead(`Connecting with profile ${picked.label}…`, (signal) =>
    account.connect(picked.label, signal),
  );
  // What was seen in another account says nothing about this one.
  if (before !== undefined && before !== identity.account) store.forgetLive();
}
