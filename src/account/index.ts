import type { AccountRoom } from "./account";
import { createAccountRoom } from "./accountRoom";
import { systemClock } from "./clock";
import { createJournal } from "./journal/journal";
import { userStateFolder } from "./journal/stateFolder";

/** The account room, loaded when AWS is first asked for: it brings the AWS SDK. */
export const account: AccountRoom = createAccountRoom(systemClock, createJournal(userStateFolder()));
