import { type EmbeddedPolicy, embeddedPolicyAt } from "../../policy/embedded/embeddedPolicies";
import { type EmbeddedText, innerOffset, outerEdit } from "../../policy/embedded/embeddedText";
import { parseJson } from "../../policy/parseJson";
import type { DocumentKind } from "../../policy/policyDocument";
import { mayBePolicy } from "../../policy/readPolicy";
import { actionCompletions } from "./actionCompletions";
import { type Completion, type Completions, nothing } from "./completion";
import type { CompletionContext } from "./completionContext";
import { conditionKeys, operatorCompletions } from "./conditionCompletions";
import { conditionValues } from "./conditionValues";
import { type CursorPlace, cursorPlace } from "./cursorPlace";
import { type PolicyCursor, policyCursor } from "./policyCursor";
import { principalKeys, principalObjects, principals } from "./principalCompletions";
import { resourceCompletions } from "./resourceCompletions";
import { documentKeys, effects, newStatements, statementKeys, versions } from "./statementCompletions";

/** What can be put at `offset` of a policy document, however broken it is; nothing in other JSON. Never throws. */
export function completionsAt(text: string, offset: number, context: CompletionContext): Completions {
  if (!mayBecomePolicy(text, context.kind)) return nothing;
  const embedded = context.kind === undefined ? embeddedPolicyAt(parseJson(text), offset) : undefined;
  if (embedded?.inString) return completionsInString(embedded, offset, context);
  return completionsInText(text, offset, embedded?.kind === undefined ? context : { ...context, kind: embedded.kind });
}

/** In a policy that is written into a string: what is put there is escaped as the string is. */
function completionsInString(policy: EmbeddedPolicy, offset: number, context: CompletionContext): Completions {
  const embedded = policy.textWith("named");
  const position = innerOffset(embedded, offset);
  if (position === undefined) return nothing;
  const kind = policy.kind;
  const inner = completionsInText(embedded.text, position, kind === undefined ? context : { ...context, kind });
  return { ...inner, items: inner.items.flatMap((item) => embeddedCompletion(embedded, item)) };
}

function embeddedCompletion(embedded: EmbeddedText, completion: Completion): readonly Completion[] {
  const { newText, snippet, range } = completion;
  const edit = outerEdit(embedded, { range, newText });
  if (edit === undefined) return [];
  const additionalEdits = completion.additionalEdits.flatMap((each) => outerEdit(embedded, each) ?? []);
  return [{ ...completion, ...edit, newText: snippet ? escapedSnippet(newText) : edit.newText, additionalEdits }];
}

/** The snippet whose text, once it is filled in, is escaped: its own signs stay. */
function escapedSnippet(snippet: string): string {
  return snippet.replace(/"/g, '\\\\"').replace(/\n/g, "\\\\n").replace(/\t/g, "  ");
}

function completionsInText(text: string, offset: number, context: CompletionContext): Completions {
  const place = cursorPlace(text, offset);
  if (place === undefined) return nothing;
  const cursor = policyCursor(text, place, context.kind);
  return cursor.inStatement === undefined
    ? complete(aroundStatements(cursor, context))
    : inStatement(cursor, cursor.inStatement, context);
}

/**
 * A look at the text before anything is read for it: also a document that is only begun, without a statement yet.
 * @param kind what the document is by its name or place
 */
export function mayBecomePolicy(text: string, kind: DocumentKind | undefined): boolean {
  if (mayBePolicy(text)) return true;
  if (text.length > largestBeginning) return false;
  return kind !== undefined || text.includes("2012-10-17") || (text.includes("Statement") && text.includes("Version"));
}

const largestBeginning = 10_000;

function complete(items: readonly Completion[]): Completions {
  return { items, incomplete: false };
}

function aroundStatements(cursor: PolicyCursor, context: CompletionContext): readonly Completion[] {
  const { place, siblings } = cursor;
  const { path, role } = place;
  // A policy can lie within another document, a template for example.
  const isPolicy =
    siblings.has("Statement") || siblings.has("Version") || (context.kind !== undefined && path.length < 2);
  if (role === "key") return isPolicy && (path.length === 0 || siblings.has("Statement")) ? documentKeys(cursor) : [];
  if (path.at(-1) === "Version") return isPolicy ? versions(cursor) : [];
  const inStatementList =
    path.at(-1) === "Statement" || (path.at(-2) === "Statement" && typeof path.at(-1) === "number");
  return inStatementList ? newStatements(cursor) : [];
}

function inStatement(
  cursor: PolicyCursor,
  steps: readonly (string | number)[],
  context: CompletionContext,
): Completions {
  const [element, ...rest] = steps;
  const { role } = cursor.place;
  if (element === undefined) return role === "key" ? complete(statementKeys(cursor)) : nothing;
  switch (element) {
    case "Effect":
      return isString(cursor.place, rest) ? complete(effects(cursor)) : nothing;
    case "Action":
    case "NotAction":
      return isString(cursor.place, rest) ? actionCompletions(cursor, context) : nothing;
    case "Resource":
    case "NotResource":
      return isString(cursor.place, rest) ? complete(resourceCompletions(cursor, context)) : nothing;
    case "Principal":
    case "NotPrincipal":
      return complete(inPrincipal(cursor, rest, context));
    case "Condition":
      return complete(inCondition(cursor, rest, context));
    default:
      return nothing;
  }
}

/** The value of an element, or an item of its list. */
function isString({ role }: CursorPlace, rest: readonly (string | number)[]): boolean {
  return role === "value" && (rest.length === 0 || (rest.length === 1 && typeof rest[0] === "number"));
}

function inPrincipal(
  cursor: PolicyCursor,
  [type, ...rest]: readonly (string | number)[],
  context: CompletionContext,
): readonly Completion[] {
  if (type === undefined) return cursor.place.role === "key" ? principalKeys(cursor) : principalObjects(cursor);
  return typeof type === "string" && isString(cursor.place, rest) ? principals(cursor, type, context) : [];
}

function inCondition(
  cursor: PolicyCursor,
  [operator, key, ...rest]: readonly (string | number)[],
  context: CompletionContext,
): readonly Completion[] {
  const isKey = cursor.place.role === "key";
  if (operator === undefined) return isKey ? operatorCompletions(cursor, context) : [];
  if (typeof operator !== "string") return [];
  if (key === undefined) return isKey ? conditionKeys(cursor, operator, context) : [];
  return typeof key === "string" && isString(cursor.place, rest) ? conditionValues(cursor, operator, key, context) : [];
}
