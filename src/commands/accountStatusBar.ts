import * as vscode from "vscode";
import type { IntegrationStore } from "../sidebar/integrationStore";
import type { AccountConnection } from "./accountConnection";
import { awsOff } from "./accountReach";

/** Which profile and account commands would use. Shown where it matters: with an integration or a connection. */
export function registerAccountStatusBar(account: AccountConnection, store: IntegrationStore): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("vendorAccess.account", vscode.StatusBarAlignment.Left, 10);
  item.name = "Vendor Access: AWS account";
  item.command = "vendorAccess.selectProfile";

  function update(): void {
    const identity = account.identity();
    const profile = identity?.profile ?? account.profile();
    const off = awsOff();
    if (off) {
      item.text = "$(key) AWS off";
      item.tooltip = `Vendor Access: ${off.reason}`;
    } else if (identity) {
      item.text = `$(key) ${identity.profile} · ${identity.account}`;
      item.tooltip = `Vendor Access: account ${identity.account} as ${identity.arn}. Click to choose another profile.`;
    } else if (profile && profile === account.signedOut()) {
      item.text = `$(key) ${profile} · signed out`;
      item.tooltip = `Vendor Access: the sign-in of profile ${profile} has expired. Click to sign in or to choose another profile.`;
    } else if (profile) {
      item.text = `$(key) ${profile}`;
      item.tooltip = `Vendor Access: profile ${profile}, not used yet in this window. Click to connect or to choose another one.`;
    } else {
      item.text = "$(key) Choose profile";
      item.tooltip = "Vendor Access: choose the AWS profile that plans and applies use.";
    }
    item.accessibilityInformation = { label: `AWS account of Vendor Access: ${item.text.replace("$(key) ", "")}` };
    if (identity || store.all().length > 0) item.show();
    else item.hide();
  }

  update();
  return vscode.Disposable.from(
    item,
    account.onDidChange(update),
    store.onDidChange(update),
    vscode.workspace.onDidGrantWorkspaceTrust(update),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("vendorAccess.profile")) update();
    }),
  );
}
