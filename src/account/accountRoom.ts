import type { AccountRoom } from "./account";
import type { Clock } from "./clock";
import { connect } from "./connect";
import { listProfiles } from "./profiles";

export function createAccountRoom(clock: Clock): AccountRoom {
  return { listProfiles, connect: (options) => connect(options, clock) };
}
