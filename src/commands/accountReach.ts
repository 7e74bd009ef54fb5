import * as vscode from "vscode";
import { UserError } from "../policy/userError";

/** Why nothing reaches AWS from a window, in a sentence for people. */
interface AwsOff {
  readonly cause: "browser" | "untrusted";
  readonly reason: string;
}

/** Undefined in a window that can reach AWS. */
export function awsOff(): AwsOff | undefined {
  // VS Code for the Web without a remote: no files of AWS profiles, and AWS's services refuse calls from a page.
  if (typeof process === "undefined" || !process.versions?.node)
    return {
      cause: "browser",
      reason:
        "AWS can’t be reached from a browser window alone: it needs the AWS profiles of a machine. Open the folder in VS Code on your computer, or over SSH, WSL or a container, to plan, apply and verify. Writing, checking and explaining documents works here.",
    };
  if (!vscode.workspace.isTrusted)
    return {
      cause: "untrusted",
      reason: "This workspace is not trusted, so nothing reaches AWS. Look through its files, then trust it.",
    };
  return undefined;
}

/** What needs AWS begins with this. */
export function requireAws(): void {
  const off = awsOff();
  if (off) throw new UserError("usage", off.reason);
}
