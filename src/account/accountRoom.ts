import type { AccountRoom } from "./account";
import type { Clock } from "./clock";
import { connect } from "./connect";
import type { Journal } from "./journal/journal";
import { neededPermissions } from "./neededPermissions";
import { listProfiles } from "./profiles";
import { untilSignedIn } from "./signIn";

export function createAccountRoom(clock: Clock, journal: Journal): AccountRoom {
  return {
    listProfiles,
    connect: (options) => connect(options, clock, journal),
    untilSignedIn: (profile, signal) =>
      untilSignedIn(() => connect({ profile, signal }, clock, journal), clock, signal),
    unfinishedRuns: (integrationId) => journal.unfinished(integrationId),
    neededPermissions,
  };
}
