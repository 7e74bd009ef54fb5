import type { AccountRoom } from "../account/account";

/** The only way from the CLI to the AWS SDK, which takes longer to load than most commands take to run. */
export async function loadAccount(): Promise<AccountRoom> {
  return (await import("../account")).account;
}
