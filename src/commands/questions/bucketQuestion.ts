import * as vscode from "vscode";
import { validateBucketName } from "../../vendors/names";
import { validateParameterValue } from "../../vendors/parameterRules";
import type { AccountConnection, AroundQuestion } from "../accountConnection";
import { awsOff } from "../accountReach";
import { recoverAfter, signIn, signInCommand } from "../signIn";
import type { Answer, Position, Question } from "./askInTurn";
import { askOptions } from "./askOptions";
import { connectDraft, type Doubt, lookAtBuckets, refusalOfNewBucket } from "./bucketLooks";
import { bucketParameter, type Draft } from "./draft";
import { type PickAction, pickOrTypeMany, type Suggestion } from "./pickOrType";

const optionsButton: PickAction = { id: "options", label: "Options: switches and names", icon: "gear" };
const severalButton: PickAction = { id: "several", label: "Several buckets…", icon: "checklist" };
const createAction: PickAction = { id: "create", label: "Create a new bucket…", icon: "add" };
const anywayAction: PickAction = { id: "anyway", label: "Use it anyway", icon: "arrow-right" };
const retryAction: PickAction = { id: "retry", label: "Try again", icon: "refresh" };
const createTypedAction = "create-typed";
const signInAction = "sign-in";

/** The bucket, from the list of the profile's buckets or typed; then a look at it. */
export function bucketQuestion(draft: Draft, account: AccountConnection): Question {
  return {
    applies: () => bucketParameter(draft) !== undefined,
    ask: (position) => askForBuckets(draft, account, position),
  };
}

async function askForBuckets(draft: Draft, account: AccountConnection, position: Position): Promise<Answer> {
  const { definition } = draft;
  const single = bucketParameter(draft)?.maxItems === 1;
  const canCreate = definition?.newBucket !== undefined;
  let many = draft.buckets.length > 1 && !single;
  let notice = draft.profile === undefined && !awsOff() ? noProfileNotice(draft) : undefined;
  let doubt: Doubt | undefined;
  for (;;) {
    draft.connectingFailed = false;
    const doubted = doubt?.buckets.join(", ");
    const canCreateDoubted = canCreate && doubt?.mayBeCreated && doubt.buckets.length === 1;
    const result = await pickOrTypeMany({
      ...position,
      placeholder: many ? "Pick the buckets, or type a name" : "Pick a bucket, or type its name",
      suggestions: (signal, around) => listBuckets(draft, account, signal, around),
      validate: (name) => validateBucket(draft, name),
      actions: [
        ...(canCreateDoubted ? [createTyped(doubted ?? "")] : []),
        ...(doubted ? [{ ...anywayAction, label: `Use ${doubted} anyway` }] : []),
        ...(canCreate ? [createAction] : []),
      ],
      actionsForTyped: (typed) => (canCreate ? [createTyped(typed)] : []),
      buttons: [...(single || many ? [] : [severalButton]), optionsButton],
      afterFailure: (error) => failureActions(account, error),
      // Once somebody has signed in.
      retryOn: (retry) => account.onDidChange(() => account.identity() && retry()),
      many,
      values: draft.buckets,
      ...(notice !== undefined && { notice }),
    });
    notice = undefined;
    // The bucket may be made later, or be out of this profile's sight.
    if (result?.kind === "action" && result.id === anywayAction.id) return "answered";
    doubt = undefined;
    if (result === undefined) return "cancelled";
    if (result.kind === "back") return "back";
    if (result.kind === "action") {
      if (many) draft.buckets = result.values;
      if (result.id === optionsButton.id) await askOptions(draft, position);
      if (result.id === severalButton.id) many = true;
      if (result.id === createAction.id || result.id === createTypedAction) {
        const [typed] = result.id === createTypedAction ? result.values : [await askForNewName(position)];
        if (typed === undefined) continue;
        notice = await refusalOfNewBucket(draft, account, typed);
        if (notice !== undefined) continue;
        chooseNewBucket(draft, typed);
        return "answered";
      }
      if (result.id.startsWith(signInAction)) await signIn(account, result.id.slice(signInAction.length + 1));
      continue;
    }
    draft.buckets = result.values;
    draft.createsBucket = false;
    setNewBucket(draft, false);
    doubt = await lookAtBuckets(draft, account);
    if (doubt === undefined) return "answered";
    notice = doubt.reason;
  }
}

/** By S3's rules, and the vendor's. */
function validateBucket(draft: Draft, name: string): string | undefined {
  const parameter = bucketParameter(draft);
  return parameter === undefined ? validateBucketName(name) : validateParameterValue(parameter, name);
}

async function listBuckets(
  draft: Draft,
  account: AccountConnection,
  signal: AbortSignal,
  around: AroundQuestion,
): Promise<readonly Suggestion[]> {
  const session = await connectDraft(draft, account, signal, around);
  if (!session) return [];
  const names = await session.listBuckets(signal);
  return [...names].sort().map((value) => ({ value, description: `account ${session.identity.account}` }));
}

function createTyped(name: string): PickAction {
  return { id: createTypedAction, label: `Create the new bucket “${name}”`, icon: "add" };
}

function askForNewName(position: Position): Thenable<string | undefined> {
  return vscode.window
    .showInputBox({
      title: position.title,
      prompt:
        "The bucket is made by Apply, with all public access blocked. Bucket names are unique in the whole of AWS.",
      placeHolder: "Name of the new bucket",
      ignoreFocusOut: true,
      validateInput: (value) => (value === "" ? undefined : validateBucketName(value)),
    })
    .then((name) => name || undefined);
}

function chooseNewBucket(draft: Draft, name: string): void {
  draft.buckets = [name];
  draft.createsBucket = true;
  draft.facts = [];
  draft.notes = [];
  setNewBucket(draft, true);
}

/** The parameters by which the vendor's definition knows that a bucket is to be made. */
function setNewBucket(draft: Draft, wanted: boolean): void {
  for (const [name, value] of Object.entries(draft.definition?.newBucket?.when ?? {})) {
    if (wanted && (typeof value === "boolean" || typeof value === "string")) draft.parameters[name] = value;
    else delete draft.parameters[name];
  }
}

function failureActions(account: AccountConnection, error: unknown): readonly PickAction[] {
  void recoverAfter(account, error);
  const command = signInCommand(error);
  return [
    ...(command ? [{ id: `${signInAction} ${command}`, label: `Run ${command}`, icon: "terminal" }] : []),
    retryAction,
  ];
}

function noProfileNotice({ profiles }: Draft): string | undefined {
  return profiles.length === 0 ? "No AWS profile on this machine: type the bucket’s name." : undefined;
}
