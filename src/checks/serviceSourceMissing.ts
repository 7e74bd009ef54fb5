import type { PolicyDocument, Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { allows } from "./documentFacts";
import type { CheckedDocument, Finding } from "./finding";
import { hasPlainConditions } from "./policyElements";

/**
 * A bucket policy or a key policy that lets in a service of AWS for whomever it works: another customer could have it read
 * or write here (the confused deputy).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention
 */
export function serviceSourceMissing({ policy, text }: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  if (policy === undefined || (policy.kind !== "bucket" && policy.kind !== "key")) return findings;
  for (const statement of policy.statements) {
    const service = statement.principals.find(
      ({ type, node }) => type === "Service" && node.value.includes(".") && !hasNoSource(policy, node.value),
    );
    if (service === undefined || !isOpen(statement)) continue;
    findings.push({
      check: "service-source-missing",
      severity: "warning",
      message: `Other customers of AWS could make ${service.node.value} use this ${policy.kind}, too: say for whom it may, with aws:SourceAccount or aws:SourceArn in a condition.`,
      range: contentRange(text, service.node),
      fixes: [],
    });
  }
  return findings;
}

/** Whose request it is; what a key is used for names that, too, and so did aws:Referer formerly. */
const sources = /^(?:aws:Source(?:Arn|Account|OrgID|OrgPaths)|aws:Referer|kms:)/i;

/** What services ask first: it tells next to nothing. */
const looks = /^s3:(?:GetBucketAcl|GetBucketLocation|ListBucket)$/i;

/** The path in which a service puts what belongs to one account or organization: no other one gets there. */
const ownLogs = /\/AWSLogs\/[^*?/]+\//;

function isOpen(statement: Statement): boolean {
  const { conditions, actions, resources } = statement;
  if (!allows(statement) || !hasPlainConditions(statement)) return false;
  if (conditions.some(({ key }) => sources.test(key.value))) return false;
  return !actions.every(({ value }) => looks.test(value)) && !resources.every(({ value }) => ownLogs.test(value));
}

/** Services whose documented policies name no source: they have none, or name it in their own policy. */
const ofKeys = /^(?:s3|sns|sqs|events|cloudwatch|dynamodb|rds|backup|scheduler)\./;
const ofBuckets = /^(?:appstream|logdelivery\.elasticloadbalancing)\./;

function hasNoSource({ kind }: PolicyDocument, service: string): boolean {
  return (kind === "key" ? ofKeys : ofBuckets).test(service);
}
