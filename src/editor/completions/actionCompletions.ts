import { hasWildcard, matchesAction } from "../../policy/wildcards";
import { actionPatterns } from "./actionPatterns";
import { type Completion, type Completions, stringCompletion } from "./completion";
import type { CompletionContext } from "./completionContext";
import type { PolicyCursor } from "./policyCursor";
import { isAtCursor } from "./policyCursor";

/** The services that this kind of document can be about; undefined: every one. */
const servicesOf: { readonly [kind: string]: readonly string[] | undefined } = {
  trust: ["sts"],
  bucket: ["s3"],
  key: ["kms"],
};

/**
 * What a role's trust policy can allow; the other actions of STS are asked for by whoever has assumed the role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
const trustActions = new Set([
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
  "sts:TagSession",
  "sts:SetSourceIdentity",
  "sts:SetContext",
]);

/** Offered by their names alone, as these are what access to buckets is made of: `getob` finds `s3:GetObject`. */
const servicesByName = ["s3", "kms", "sts"];

/** Actions and patterns of actions: before the colon the services, then what the service has. */
export function actionCompletions(cursor: PolicyCursor, context: CompletionContext): Completions {
  const { typed } = cursor.place;
  if (hasWildcard(typed)) return { items: matchedActions(cursor, context), incomplete: true };
  const services = servicesOf[cursor.kind];
  const prefix = typed.includes(":") ? typed.slice(0, typed.indexOf(":")).toLowerCase() : undefined;
  if (prefix !== undefined) return { items: actionsOfService(prefix, cursor, context, 1), incomplete: false };
  const offered = services ?? context.reference.services;
  return {
    items: [
      ...offered.map((service) => serviceCompletion(service, cursor, context)),
      ...(services ?? servicesByName).flatMap((service) => actionsOfService(service, cursor, context, 1)),
    ],
    // With the colon the whole service is offered.
    incomplete: services === undefined,
  };
}

function serviceCompletion(service: string, { place }: PolicyCursor, { reference }: CompletionContext): Completion {
  const first = servicesByName.indexOf(service);
  const label = `${service}:`;
  return stringCompletion(place, {
    label,
    kind: "service",
    detail: reference.serviceName(service) ?? "",
    group: 0,
    order: first < 0 ? servicesByName.length : first,
    // Only the prefix: the cursor stays behind it, where the actions are offered next.
    snippet: `${label}$0`,
    filterText: label,
    asksAgain: true,
  });
}

function actionsOfService(
  service: string,
  cursor: PolicyCursor,
  context: CompletionContext,
  group: number,
): readonly Completion[] {
  const { reference } = context;
  const listed = listedActions(cursor);
  const all = reference.actionsOf(service);
  const sensible = cursor.kind === "trust" ? all.filter((action) => trustActions.has(action)) : all;
  const actions = sensible.filter((action) => !listed.has(action.toLowerCase()));
  return [
    ...actions.map((action) => actionCompletion(action, cursor, context, group)),
    ...(cursor.kind === "trust" ? [] : actionPatterns(all)).flatMap(({ pattern, count }) =>
      listed.has(pattern.toLowerCase())
        ? []
        : [
            stringCompletion(cursor.place, {
              label: pattern,
              kind: "pattern",
              detail: `matches ${count} actions`,
              describes: pattern,
              group: group + 1,
              order: count,
            }),
          ],
    ),
  ];
}

function actionCompletion(
  action: string,
  { place }: PolicyCursor,
  { reference }: CompletionContext,
  group: number,
): Completion {
  // AWS's names of the plain resources are the shortest: object, then accesspointobject.
  const types = reference
    .action(action)
    ?.resourceTypes.map(({ name }) => name)
    .sort((a, b) => a.length - b.length);
  const on = types === undefined ? [] : [types.length === 0 ? "only *" : types.join(", ")];
  const detail = [reference.accessLevel(action) ?? [], on].flat().join(" · ");
  return stringCompletion(place, { label: action, kind: "action", detail, describes: action, group });
}

/** For a pattern that is typed the actions that it matches, to name one of them instead. */
function matchedActions(cursor: PolicyCursor, context: CompletionContext): readonly Completion[] {
  const { typed } = cursor.place;
  const prefix = typed.slice(0, Math.max(typed.indexOf(":"), 0)).toLowerCase();
  const listed = listedActions(cursor);
  const pattern = typed.endsWith("*") ? typed : `${typed}*`;
  return context.reference
    .actionsOf(prefix)
    .filter((action) => matchesAction(pattern, action) && !listed.has(action.toLowerCase()))
    .map((action) => ({ ...actionCompletion(action, cursor, context, 1), filterText: typed }));
}

/** What the statement names already, in lower case. */
function listedActions({ statement, place }: PolicyCursor): ReadonlySet<string> {
  const nodes = [...(statement?.actions ?? []), ...(statement?.notActions ?? [])];
  return new Set(nodes.filter((node) => !isAtCursor(node, place)).map(({ value }) => value.toLowerCase()));
}
