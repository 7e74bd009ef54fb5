import * as vscode from "vscode";
import type { AccountSession } from "../account/account";
import type { FillRequest } from "../checks/finding";
import { type FillArguments, workspaceEdit } from "../editor/codeActions";
import { sameLines } from "../editor/textPositions";
import { openDocument } from "../editor/workspaceFileSystem";
import { newExternalId } from "../integration/newExternalId";
import { bucketsOf } from "../integration/newRequest";
import { UserError } from "../policy/userError";
import { isUsable } from "../sidebar/integrationStore";
import { externalIdRule } from "../vendors/externalId";
import { validateBucketName } from "../vendors/names";
import { validateAccountId, validateKmsKeyArn } from "../vendors/parameterRules";
import type { CommandContext } from "./commandContext";
import { pickOrType, type Suggestion } from "./questions/pickOrType";

/** Asks for the value of a placeholder and replaces it everywhere in the document, as one edit. */
export async function fillPlaceholder(context: CommandContext, argument: unknown): Promise<void> {
  if (!isFillArguments(argument)) return;
  const uri = vscode.Uri.parse(argument.uri);
  const { fill, text } = argument;
  const value = await pickOrType({
    title: `Fill in ${fill.placeholder}`,
    placeholder: prompts[fill.type],
    suggestions: (signal) => suggestions(context, uri, fill, signal),
    validate: (typed) => validate(fill, typed),
  });
  if (value === undefined) return;
  const document = openDocument(uri) ?? (await vscode.workspace.openTextDocument(uri));
  if (!sameLines(document.getText(), text))
    throw new UserError(
      "documents-changed",
      "The document changed while the value was being asked for. Fill the placeholder in again.",
    );
  await vscode.workspace.applyEdit(
    workspaceEdit(
      uri,
      text,
      fill.places.map((range) => ({ range, newText: fill.inString ? escaped(escaped(value)) : escaped(value) })),
    ),
  );
}

function escaped(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

const prompts: Record<FillRequest["type"], string> = {
  bucket: "Pick a bucket, or type its name",
  "kms-key-arn": "Pick a key, or paste its ARN",
  "account-id": "Pick an account, or type its 12 digits",
  "external-id": "Pick the random one, or type the external ID",
  text: "Type the value",
};

function validate({ type, placeholder }: FillRequest, value: string): string | undefined {
  switch (type) {
    case "bucket":
      return validateBucketName(value);
    case "kms-key-arn":
      return validateKmsKeyArn(value);
    case "account-id":
      return validateAccountId(value);
    case "external-id":
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
      return /^[\w+=,.@:/-]{2,1224}$/.test(value)
        ? undefined
        : "An external ID has 2 to 1,224 letters, digits and _+=,.@:/-.";
    case "text":
      return value === "" || value === placeholder ? "Type a value for the placeholder." : undefined;
  }
}

/** What the integration says comes first, then what the account has. The account is not asked without a session. */
async function suggestions(
  { store, account }: CommandContext,
  uri: vscode.Uri,
  { type }: FillRequest,
  signal: AbortSignal,
): Promise<readonly Suggestion[]> {
  const stored = store.of(uri);
  const integration = stored && isUsable(stored) ? stored.integration : undefined;
  const manifest = integration?.manifest;
  const session = account.current();
  switch (type) {
    case "bucket": {
      const own = integration ? bucketsOf(integration.definition, integration.manifest) : [];
      const listed = session ? await session.listBuckets(signal) : [];
      return [
        ...own.map((value) => ({ value, description: "this integration’s" })),
        ...listed.filter((value) => !own.includes(value)).map((value) => ({ value, description: accountOf(session) })),
      ];
    }
    case "kms-key-arn":
      return account
        .buckets()
        .flatMap(({ name, kmsKeyArn }) => (kmsKeyArn ? [{ value: kmsKeyArn, description: `encrypts ${name}` }] : []));
    case "account-id": {
      const own = manifest?.account ?? session?.identity.account;
      const vendors = integration?.definition.parameters.flatMap(({ choices }) => choices ?? []) ?? [];
      return [
        ...vendors.map(({ value, label }) => ({ value, description: label })),
        ...(own ? [{ value: own, description: "your account" }] : []),
      ];
    }
    case "external-id":
      // One that the vendor gives can't be made up.
      return integration && externalIdRule(integration.definition, integration.manifest)?.chosenBy === "vendor"
        ? []
        : [{ value: newExternalId(), description: "random: nobody can guess it" }];
    case "text":
      return [];
  }
}

function accountOf(session: AccountSession | undefined): string {
  return session ? `account ${session.identity.account}` : "";
}

function isFillArguments(value: unknown): value is FillArguments {
  return typeof value === "object" && value !== null && "uri" in value && "fill" in value && "text" in value;
}
