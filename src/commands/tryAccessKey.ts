import type { AccessKey, AccountSession, LiveState, ObjectTest, VerifiedIntegration } from "../account/account";
import type { Integration } from "../integration/integration";
import { bucketsOf } from "../integration/newRequest";
import type { CommandContext } from "./commandContext";
import { notify } from "./notify";
import { withProgress } from "./withProgress";

/** The access key that this machine has the secret of, if the account still has it. */
export async function keptKey(
  { secrets }: CommandContext,
  { manifest }: Integration,
  { resources }: LiveState,
): Promise<AccessKey | undefined> {
  const ids = resources.find(({ kind }) => kind === "access-key")?.facts?.accessKeyIds;
  for (const id of Array.isArray(ids) ? ids : []) {
    const secretAccessKey = typeof id === "string" ? await secrets.get(manifest.id, id) : undefined;
    if (secretAccessKey !== undefined) return { accessKeyId: String(id), secretAccessKey };
  }
  return undefined;
}

/**
 * Asks, because it writes; then does what the vendor will do with the key.
 *
 * @returns undefined when the person does not want it
 */
export async function tryAccessKey(
  session: AccountSession,
  integration: Integration,
  { access }: VerifiedIntegration,
  key: AccessKey,
): Promise<ObjectTest | undefined> {
  const { account, profile } = session.identity;
  const buckets = bucketsOf(integration.definition, integration.manifest).join(", ");
  const actions = new Set(access.filter(({ on }) => on === "act").map(({ action }) => action));
  const tryIt = "Try It";
  const pressed = await notify.warning(
    `Try the access key ${key.accessKeyId} as ${integration.definition.name} will?`,
    {
      modal: true,
      detail: `Account ${account}, profile ${profile}\n\nThe role is assumed with the key. In ${buckets} a test object below vendor-access-test/ is written, read and deleted: ${[...actions].join(", ")}. What is left of it is deleted with the profile, also when something fails.`,
    },
    tryIt,
  );
  if (pressed !== tryIt) return undefined;
  return withProgress(`Trying the access key of ${integration.name}`, ({ progress, signal }) =>
    session.testObjects(integration, key, {
      actions,
      signal,
      onProgress: (message) => progress.report({ message }),
    }),
  );
}
