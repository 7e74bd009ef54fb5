import { bucketOf, parseArn } from "../policy/arn";
import { listed } from "../policy/explain/words";
import type { StringNode } from "../policy/json";
import type { Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { hasWildcard, matchesAction, matchesPattern } from "../policy/wildcards";
import { askedActions } from "../vendors/askedActions";
import { evaluateNeeds, type NeedOutcome } from "../vendors/evaluateNeeds";
import { type AccessNeed, needsOf } from "../vendors/needs";
import { meantActions } from "./actionUnknown";
import { allows, integrationBuckets, isWhole, permissionsPolicy } from "./documentFacts";
import type { CheckedDocument, Finding } from "./finding";
import { hasPlaceholder } from "./placeholderTokens";
import { isWellFormed } from "./policyElements";
import { addBeside } from "./textEdits";

/** Stands for the customer's own account as long as the integration has none: S3's ARNs name no account. */
const someAccount = "999999999999";

/**
 * What the vendor needs is not effectively allowed, though its resource is there: the action is in no statement with that
 * resource, or a Deny takes it away. A resource that is wrong or absent is another check's, and so are the KMS actions.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function actionMissing(document: CheckedDocument): Finding[] {
  const { context, text } = document;
  const { integration, reference } = context;
  const policy = permissionsPolicy(document);
  if (policy === undefined || integration === undefined || reference === undefined || !isWhole(document)) return [];
  const { definition, manifest } = integration;
  const buckets = integrationBuckets(document) ?? [];
  const asked = askedActions(definition, manifest).filter((action) => !action.startsWith("kms:"));
  const arn = `arn:${manifest.partition ?? "aws"}:s3:::`;
  const resources = buckets.flatMap((bucket) => [arn + bucket, `${arn}${bucket}/*`]);
  if (policy.statements.every(allows) && policy.statements.some((one) => plainlyAllows(one, asked, resources)))
    return [];
  const needs = needsOf(definition, { ...manifest, account: manifest.account ?? someAccount }, reference);
  const act = needs.act.filter(({ action }) => !action.startsWith("kms:"));
  const lacking = evaluateNeeds({ assume: [], act, reach: [] }, { permissions: [policy], trust: undefined }).filter(
    // The role that assumes itself is self-trust-missing's.
    ({ need, decision }) => decision.result !== "Allowed" && need.action !== "sts:AssumeRole",
  );
  // Written wrongly it is action-unknown's.
  const meant = new Set(policy.statements.flatMap((statement) => meantActions(statement, reference)));
  const denied = lacking.filter(({ decision }) => decision.result === "ExplicitlyDenied");
  const absent = new Map<Statement, Set<string>>();
  for (const { need, decision } of lacking) {
    const statement =
      decision.result === "ExplicitlyDenied" || meant.has(need.action) ? undefined : placeFor(policy.statements, need);
    if (statement) absent.set(statement, new Set([...(absent.get(statement) ?? []), need.action]));
  }
  return [
    ...denials(denied).flatMap(({ statement, node, actions }): Finding[] => [
      {
        check: "action-missing",
        severity: "warning",
        message: `This denies ${listed(actions)}, which ${definition.name} needs, so what needs it would fail.`,
        range: node ? contentRange(text, node) : statement.node,
        fixes: [],
      },
    ]),
    ...[...absent].flatMap(([statement, actions]) => {
      const last = statement.actions.at(-1);
      return last === undefined ? [] : [absentFinding(document, definition.name, statement, last, [...actions])];
    }),
  ];
}

function absentFinding(
  { text }: CheckedDocument,
  vendor: string,
  statement: Statement,
  last: StringNode,
  actions: readonly string[],
): Finding {
  return {
    check: "action-missing",
    severity: "warning",
    message: `${vendor} also needs ${listed(actions)}, and nothing allows it, so a part of what it does would fail.`,
    range: contentRange(text, last),
    fixes: reachesFurther(statement)
      ? []
      : [
          {
            title: `Allow ${listed(actions)}`,
            edits: addBeside(text, statement.elements.get("Action")?.value, last, ...actions),
            safe: true,
          },
        ],
  };
}

/** Nearly every document is like this: one statement with all of it, and no condition. */
function plainlyAllows(statement: Statement, asked: readonly string[], wanted: readonly string[]): boolean {
  const { conditions, actions, resources } = statement;
  const names = (nodes: readonly StringNode[], text: string) => nodes.some(({ value }) => value === text);
  return (
    conditions.length === 0 &&
    statement.effect !== undefined &&
    isWellFormed(statement) &&
    asked.every((action) => names(actions, action)) &&
    wanted.every((resource) => names(resources, resource))
  );
}

/** Each denying statement once, with the actions that it takes away. */
function denials(denied: readonly NeedOutcome[]) {
  const statements = new Set(denied.flatMap(({ decision }) => decision.deciding.map(({ statement }) => statement)));
  return [...statements].map((statement) => {
    const needs = denied.filter(({ decision }) => decision.deciding.some((one) => one.statement === statement));
    const actions = [...new Set(needs.map(({ need }) => need.action))];
    const node = statement.actions.find(({ value }) => actions.some((action) => matchesAction(value, action)));
    return { statement, node, actions };
  });
}

/** The statement that allows something on the resource of the need, but not the action. */
function placeFor(statements: readonly Statement[], { action, request }: AccessNeed): Statement | undefined {
  const onResource = statements.filter(
    (statement) =>
      allows(statement) &&
      statement.conditions.length === 0 &&
      statement.resources.some(({ value }) => matchesPattern(value, request.resource.arn)),
  );
  const names = (statement: Statement) => statement.actions.some(({ value }) => matchesAction(value, action));
  if (onResource.some(names)) return undefined;
  const [service = ""] = action.split(":");
  const ofService = onResource.filter(({ actions }) =>
    actions.some(({ value }) => value.toLowerCase().startsWith(`${service}:`)),
  );
  const named = ofService.find((statement) => !reachesFurther(statement));
  // While a placeholder stands where the bucket belongs, that alone is wrong.
  const isOpen = statements.some(({ resources }) => resources.some(({ value }) => hasPlaceholder(value)));
  return named ?? (isOpen ? undefined : ofService[0]);
}

/** To every bucket, or to those whose names match: an action more would be allowed there as well. */
function reachesFurther({ resources }: Statement): boolean {
  return resources.some(({ value }) => {
    const arn = parseArn(value);
    const bucket = arn === undefined ? undefined : bucketOf(arn);
    return value === "*" || (bucket !== undefined && hasWildcard(bucket));
  });
}
