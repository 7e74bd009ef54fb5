import type { AccountRoom } from "../account/account";
import { UserError } from "../policy/userError";

/** The only way from the extension to the AWS SDK: a bundle of its own, loaded when the account is first needed. */
export async function loadAccount(): Promise<AccountRoom> {
  // A window in a browser without a remote has no files of AWS profiles and may not call AWS.
  if (typeof process === "undefined" || !process.versions?.node)
    throw new UserError(
      "usage",
      "AWS can’t be reached from a browser window alone: it needs the AWS profiles of a machine. Open the folder in VS Code on your computer, or over SSH, WSL or a container. Checking and scaffolding work here.",
    );
  return (await import("../account")).account;
}
