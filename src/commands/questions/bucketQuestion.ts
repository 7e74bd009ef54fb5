import * as vscode from "vscode";
import type { BucketFacts } from "../../checks/finding";
import { isUserError } from "../../policy/userError";
import { validateBucketName } from "../../vendors/names";
import type { AccountConnection } from "../accountConnection";
import { isCancelled, runInTerminal } from "../showError";
import { withCancellableRead } from "../withProgress";
import type { Answer, Position, Question } from "./askInTurn";
import { askOptions } from "./askOptions";
import { bucketParameter, type Draft } from "./draft";
import { type PickAction, pickOrTypeMany, type Suggestion } from "./pickOrType";

const optionsButton: PickAction = { id: "options", label: "Options: switches and names", icon: "gear" };
const severalButton: PickAction = { id: "several", label: "Several buckets…", icon: "checklist" };
const createAction: PickAction = { id: "create", label: "Create a new bucket…", icon: "add" };
const anywayAction: PickAction = { id: "anyway", label: "Use it anyway", icon: "arrow-right" };
const retryAction: PickAction = { id: "retry", label: "Try again", icon: "refresh" };
const signInAction = "sign-in";

/** The bucket, from the list of the profile's buckets or typed; then a look at it. */
export function bucketQuestion(draft: Draft, account: AccountConnection): Question {
  return { applies: () => draft.definition !== undefined, ask: (position) => askForBuckets(draft, account, position) };
}

async function askForBuckets(draft: Draft, account: AccountConnection, position: Position): Promise<Answer> {
  const { definition } = draft;
  const single = bucketParameter(draft)?.maxItems === 1;
  let many = draft.buckets.length > 1 && !single;
  let notice = draft.profile === undefined && vscode.workspace.isTrusted ? noProfileNotice(draft) : undefined;
  let doubted: readonly string[] = [];
  for (;;) {
    const result = await pickOrTypeMany({
      ...position,
      placeholder: many ? "Pick the buckets, or type a name" : "Pick a bucket, or type its name",
      suggestions: (signal) => listBuckets(draft, account, signal),
      validate: validateBucketName,
      actions: [
        ...(doubted.length > 0 ? [{ ...anywayAction, label: `Use ${doubted.join(", ")} anyway` }] : []),
        ...(definition?.newBucket ? [createAction] : []),
      ],
      buttons: [...(single || many ? [] : [severalButton]), optionsButton],
      afterFailure: (error) => failureActions(error),
      many,
      values: draft.buckets,
      ...(notice !== undefined && { notice }),
    });
    notice = undefined;
    // The bucket may be made later, or be out of this profile's sight.
    if (result?.kind === "action" && result.id === anywayAction.id) return "answered";
    doubted = [];
    if (result === undefined) return "cancelled";
    if (result.kind === "back") return "back";
    if (result.kind === "action") {
      if (many) draft.buckets = result.values;
      if (result.id === optionsButton.id) await askOptions(draft, position);
      if (result.id === severalButton.id) many = true;
      if (result.id === createAction.id && (await askForNewBucket(draft, position))) return "answered";
      if (result.id.startsWith(signInAction)) runInTerminal(result.id.slice(signInAction.length + 1));
      continue;
    }
    draft.buckets = result.values;
    draft.createsBucket = false;
    setNewBucket(draft, false);
    doubted = (await lookAt(draft, account)).filter(({ exists }) => !exists).map(({ name }) => name);
    if (doubted.length === 0) return "answered";
    notice = `${doubted.join(", ")}: not found with profile ${draft.profile}`;
  }
}

async function listBuckets(
  draft: Draft,
  account: AccountConnection,
  signal: AbortSignal,
): Promise<readonly Suggestion[]> {
  if (draft.profile === undefined || !vscode.workspace.isTrusted) return [];
  const session = await account.connect(draft.profile, signal);
  draft.session = session;
  const names = await session.listBuckets(signal);
  return [...names].sort().map((value) => ({ value, description: `account ${session.identity.account}` }));
}

/** Region and encryption of the chosen buckets. A look that is refused is noted and does not stop anybody. */
async function lookAt(draft: Draft, account: AccountConnection): Promise<readonly BucketFacts[]> {
  draft.facts = [];
  draft.notes = [];
  const { session, buckets } = draft;
  if (!session) return [];
  const title = `Looking at ${buckets.join(", ")}…`;
  const looks = await withCancellableRead(title, (signal) =>
    Promise.all(
      buckets.map((name) =>
        account.inspectBucket(session, name, signal).catch((error: unknown) => {
          if (isCancelled(error)) throw error;
          draft.notes = [
            ...draft.notes,
            `${name} could not be looked at: ${error instanceof Error ? error.message : error}`,
          ];
          return undefined;
        }),
      ),
    ),
  ).catch((error: unknown) => {
    if (!isCancelled(error)) throw error;
    // The look was cancelled, not the integration.
    draft.notes = [`${buckets.join(", ")}: not looked at.`];
    return [];
  });
  draft.facts = looks.flatMap((look) => look ?? []);
  return draft.facts;
}

async function askForNewBucket(draft: Draft, position: Position): Promise<boolean> {
  const name = await vscode.window.showInputBox({
    title: position.title,
    prompt: "The bucket is made by Apply, with all public access blocked. Bucket names are unique in the whole of AWS.",
    placeHolder: "Name of the new bucket",
    ignoreFocusOut: true,
    validateInput: (value) => (value === "" ? undefined : validateBucketName(value)),
  });
  if (!name) return false;
  draft.buckets = [name];
  draft.createsBucket = true;
  draft.facts = [];
  draft.notes = [];
  setNewBucket(draft, true);
  return true;
}

/** The parameters by which the vendor's definition knows that a bucket is to be made. */
function setNewBucket(draft: Draft, wanted: boolean): void {
  for (const [name, value] of Object.entries(draft.definition?.newBucket?.when ?? {})) {
    if (wanted && (typeof value === "boolean" || typeof value === "string")) draft.parameters[name] = value;
    else delete draft.parameters[name];
  }
}

function failureActions(error: unknown): readonly PickAction[] {
  const signIn = isUserError(error) ? /aws (?:sso )?login --profile [\w.@+-]+/.exec(error.message)?.[0] : undefined;
  return [
    ...(signIn ? [{ id: `${signInAction} ${signIn}`, label: `Run ${signIn}`, icon: "terminal" }] : []),
    retryAction,
  ];
}

function noProfileNotice({ profiles }: Draft): string | undefined {
  return profiles.length === 0 ? "No AWS profile on this machine: type the bucket’s name." : undefined;
}
