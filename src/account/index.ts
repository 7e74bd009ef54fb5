import type { AccountRoom } from "./account";
import { createAccountRoom } from "./accountRoom";
import { systemClock } from "./clock";

/** The account room, loaded when AWS is first asked for: it brings the AWS SDK. */
export const account: AccountRoom = createAccountRoom(systemClock);
