import * as vscode from "vscode";
import type { Profile } from "../account/account";
import { UserError } from "../policy/userError";
import type { AccountConnection } from "./accountConnection";
import { requireAws } from "./accountReach";
import type { CommandContext } from "./commandContext";

/** The profile that commands use. The person is asked when several are there and none is chosen. */
export async function chooseProfile({ account }: CommandContext): Promise<string> {
  requireAws();
  return account.profile() ?? account.identity()?.profile ?? (await askForProfile(account));
}

async function askForProfile(account: AccountConnection): Promise<string> {
  const profiles = await account.listProfiles();
  const [only, ...others] = profiles;
  if (!only) throw noProfile();
  if (others.length === 0) return only.name;
  const picked = await vscode.window.showQuickPick(profileItems(profiles, undefined), {
    title: "AWS profile",
    placeHolder: "Which profile of your AWS configuration?",
    matchOnDescription: true,
  });
  if (!picked) throw new UserError("cancelled", "No profile was picked.");
  await account.remember(picked.label);
  return picked.label;
}

export function profileItems(profiles: readonly Profile[], current: string | undefined): vscode.QuickPickItem[] {
  return profiles.map(({ name, region, source }) => ({
    label: name,
    description: [source, region, name === current ? "in use" : undefined].filter(Boolean).join(" · "),
    iconPath: new vscode.ThemeIcon("key"),
  }));
}

export function noProfile(): UserError {
  return new UserError(
    "credentials-missing",
    "There is no AWS profile on this machine. Make one with `aws configure sso` or `aws configure`, then try again.",
  );
}
