import type { AccountSession } from "../../account/account";
import type { BucketFacts } from "../../checks/finding";
import { isUserError } from "../../policy/userError";
import type { AccountConnection, AroundQuestion } from "../accountConnection";
import { awsOff } from "../accountReach";
import { isCancelled } from "../showError";
import { withCancellableRead } from "../withProgress";
import type { Draft } from "./draft";

/** Why buckets are probably not the ones that were meant. The person decides. */
export interface Doubt {
  readonly buckets: readonly string[];
  readonly reason: string;
  /** Nobody has a bucket of this name, as far as AWS tells. */
  readonly mayBeCreated: boolean;
}

interface Look {
  readonly name: string;
  /** What AWS told, or why it told nothing. */
  readonly told: BucketFacts | Error;
}

/**
 * Region and encryption of the chosen buckets. A look that is refused is noted and stops nobody, but a bucket that is
 * not there, or is somebody else's, is asked about before anything is written.
 */
export async function lookAtBuckets(draft: Draft, account: AccountConnection): Promise<Doubt | undefined> {
  const looks = await look(draft, account, draft.buckets);
  if (looks === undefined) {
    // The look was cancelled, not the integration.
    Object.assign(draft, { facts: [], notes: [`${draft.buckets.join(", ")}: not looked at.`] });
    return undefined;
  }
  draft.facts = looks.flatMap(({ told }) => (told instanceof Error ? [] : [told]));
  draft.notes = looks.flatMap(({ name, told }) =>
    told instanceof Error ? [`${name} could not be looked at: ${told.message}`] : [],
  );
  const foreign = looks.find(({ told }) => isForeign(told));
  if (foreign) return { buckets: [foreign.name], reason: messageOf(foreign), mayBeCreated: false };
  const missing = draft.facts.filter(({ exists }) => !exists).map(({ name }) => name);
  if (missing.length === 0) return undefined;
  const reason = `${missing.join(", ")}: not found with profile ${draft.profile}`;
  return { buckets: missing, reason, mayBeCreated: true };
}

/** Why a bucket of this name can't be made; undefined when it can, or when nobody could be asked. */
export async function refusalOfNewBucket(
  draft: Draft,
  account: AccountConnection,
  name: string,
): Promise<string | undefined> {
  const [answer] = (await look(draft, account, [name])) ?? [];
  if (answer === undefined) return undefined;
  if (isForeign(answer.told))
    return `The name ${name} is taken. Bucket names are shared by all AWS accounts, and another account has this one: choose another name.`;
  if (answer.told instanceof Error || !answer.told.exists) return undefined;
  return `Your account has a bucket ${name} already. Pick it from the list, or choose another name.`;
}

/** The session of the draft's profile; undefined without a profile, or where nothing may reach AWS. */
export async function connectDraft(
  draft: Draft,
  account: AccountConnection,
  signal: AbortSignal,
  around?: AroundQuestion,
): Promise<AccountSession | undefined> {
  if (draft.profile === undefined || awsOff()) return undefined;
  try {
    draft.session = await account.connect(draft.profile, signal, around);
  } catch (error) {
    draft.connectingFailed = !isCancelled(error) && !signal.aborted;
    throw error;
  }
  return draft.session;
}

/** Undefined: the person cancelled it. */
async function look(
  draft: Draft,
  account: AccountConnection,
  names: readonly string[],
): Promise<readonly Look[] | undefined> {
  if (draft.connectingFailed) return [];
  try {
    return await withCancellableRead(`Looking at ${names.join(", ")}…`, async (signal) => {
      // Whoever knows the bucket's name types it before the list, and with it the session, is there.
      const session = await connectDraft(draft, account, signal);
      return session ? Promise.all(names.map((name) => lookAt(session, account, name, signal))) : [];
    });
  } catch (error) {
    if (isCancelled(error)) return undefined;
    return names.map((name) => ({ name, told: asError(error) }));
  }
}

async function lookAt(
  session: AccountSession,
  account: AccountConnection,
  name: string,
  signal: AbortSignal,
): Promise<Look> {
  try {
    return { name, told: await account.inspectBucket(session, name, signal) };
  } catch (error) {
    if (isCancelled(error)) throw error;
    return { name, told: asError(error) };
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Another account has it, or the profile may not look at it: AWS does not say which. */
function isForeign(told: BucketFacts | Error): boolean {
  return isUserError(told) && told.code === "access-denied" && told.awsAction === "s3:ListBucket";
}

function messageOf({ told }: Look): string {
  return told instanceof Error ? told.message : "";
}
