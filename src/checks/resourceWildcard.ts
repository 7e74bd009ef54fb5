import { bucketOf, parseArn } from "../policy/arn";
import type { StringNode } from "../policy/json";
import type { ConditionEntry, Statement } from "../policy/policyDocument";
import { canMatch, type ResourceKinds, resourceKinds, resourceTypesOf } from "../policy/resourceTypes";
import { contentRange } from "../policy/stringRange";
import { hasWildcard, matchesAction, matchesPattern } from "../policy/wildcards";
import { allows, integrationBuckets, permissionsPolicy } from "./documentFacts";
import type { CheckedDocument, Finding } from "./finding";
import { hasPlaceholder } from "./placeholderTokens";
import { isTemplateText } from "./policyElements";

/**
 * Every bucket or key where single ones are meant: `*`, `arn:aws:s3:::*`, or a pattern that reaches beyond the buckets of
 * the integration. Actions that know no resources need `*`, and what only such actions have is fine.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
 */
export function resourceWildcard(document: CheckedDocument): Finding[] {
  const policy = permissionsPolicy(document);
  if (policy === undefined) return [];
  const findings: Finding[] = [];
  for (const statement of policy.statements) {
    if (!allows(statement) || statement.actions.length === 0) continue;
    for (const node of statement.resources) {
      if (!hasWildcard(node.value)) continue;
      const message = messageFor(document, statement, node);
      if (message === undefined || asksForIt(document, node) || statement.conditions.some(narrows)) continue;
      findings.push({
        check: "resource-wildcard",
        severity: "warning",
        message,
        range: contentRange(document.text, node),
        fixes: [],
      });
    }
  }
  return findings;
}

function messageFor(document: CheckedDocument, statement: Statement, { value }: StringNode): string | undefined {
  const { actions } = statement;
  if (value === "*") {
    const kinds = ["s3", "kms"].filter((service) => actions.some((action) => usesSingle(action.value, service)));
    if (kinds.length === 0) return everyRole(statement);
    if (actions.some((action) => action.value === "*")) {
      return "This is everything in the account, so whoever has the role could do there whatever the actions allow.";
    }
    const things = kinds.map((service) => (service === "s3" ? "bucket" : "KMS key")).join(" and every ");
    return `This is every ${things} of the account, so the access would not end at the data that is meant.`;
  }
  const arn = parseArn(value);
  if (arn?.service === "iam" && /^(?:role\/)?\*$/.test(arn.resource)) return everyRole(statement);
  const bucket = arn === undefined ? undefined : bucketOf(arn);
  if (bucket === undefined || !hasWildcard(bucket) || isTemplateText(value)) return undefined;
  if (!actions.some((action) => usesSingle(action.value, "s3")) || hasPlaceholder(value)) return undefined;
  if (/^[*?]+$/.test(bucket)) {
    return "This is every bucket of the account, so the access would not end at the data that is meant.";
  }
  const own = integrationBuckets(document);
  if (own === undefined) return undefined;
  const named = own.filter((name) => matchesPattern(bucket, name));
  return `This is every bucket whose name matches ${bucket}${named.length > 0 ? `, not only ${named.join(", ")}` : ""}, so buckets that nobody thinks of today would be open, too.`;
}

/**
 * Who may hand any role to a service has what the mightiest one may.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
function everyRole({ actions, conditions }: Statement): string | undefined {
  const passes = actions.find(({ value }) => matchesAction(value, "iam:PassRole"));
  if (passes === undefined || conditions.some(({ key }) => /^iam:/i.test(key.value))) return undefined;
  return matchesAction(passes.value, "iam:PutRolePolicy")
    ? "This is every user and role of the account, so whoever may change them could become an administrator."
    : "This is every role of the account, so an administrator’s could be handed to any service and used there: name the roles, or the service in iam:PassedToService.";
}

const singles: { readonly [service: string]: ResourceKinds } = {
  s3: kindsOf("arn:aws:s3:::bucket", "arn:aws:s3:::bucket/key"),
  kms: kindsOf("arn:aws:kms:us-east-1:234567890123:key/id"),
};

function kindsOf(...arns: readonly string[]): ResourceKinds {
  return resourceKinds(arns.flatMap((arn) => parseArn(arn) ?? []));
}

/** Does an action that this pattern matches work on single buckets, objects or keys? */
function usesSingle(action: string, service: string): boolean {
  if (action === "*") return true;
  const name = action.toLowerCase();
  if (!name.startsWith(`${service}:`)) return false;
  // In which region a bucket is: the console asks it of every bucket, and AWS's own examples allow it.
  if (name === "s3:getbucketlocation") return false;
  if (!hasWildcard(name) && resourceTypesOf(name) === undefined) return false;
  return canMatch(name, singles[service] ?? 0);
}

/** The vendor's own documents have it. */
function asksForIt({ vendor }: CheckedDocument, { value }: StringNode): boolean {
  if (vendor === undefined) return false;
  const asked = (vendor.permissions?.statements ?? []).map(({ statement }) => statement.Resource);
  return JSON.stringify(asked).replaceAll("{{partition}}", "aws").includes(JSON.stringify(value));
}

/** Conditions on the resource itself, or on the service through which it is used. */
function narrows({ key, operator }: ConditionEntry): boolean {
  return (
    /^(aws:Resource|aws:CalledVia|aws:ViaAWSService|kms:|s3:|aws:SourceArn$)/i.test(key.value) &&
    !/Not|IfExists/.test(operator.value)
  );
}
