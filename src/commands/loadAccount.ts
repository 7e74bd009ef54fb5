import type { AccountRoom } from "../account/account";
import { requireAws } from "./accountReach";

/** The only way from the extension to the AWS SDK: a bundle of its own, loaded when the account is first needed. */
export async function loadAccount(): Promise<AccountRoom> {
  requireAws();
  return (await import("../account")).account;
}
