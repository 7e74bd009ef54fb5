import { parseArn } from "../policy/arn";
import type { StringNode } from "../policy/json";
import type { Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { hasWildcard, matchesPattern } from "../policy/wildcards";
import { allows, bucketFacts, integrationBuckets, integrationKey, permissionsPolicy } from "./documentFacts";
import type { CheckedDocument, Finding } from "./finding";
import { hasPlaceholder } from "./placeholderTokens";
import { replaceNode } from "./textEdits";

/**
 * What stands as the resource of KMS actions and can't be, or is not the bucket's key: an alias, a bare key id, a key
 * of another region or partition. Such a statement grants nothing.
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
export function kmsKeyArnInvalid(document: CheckedDocument): Finding[] {
  const statements = permissionsPolicy(document)?.statements.filter(usesKeys) ?? [];
  if (statements.length === 0) return [];
  const wanted = wantedKeys(document);
  const findings: Finding[] = [];
  for (const statement of statements) {
    for (const node of statement.resources) {
      const problem = problemOf(node.value, wanted, document);
      if (problem !== undefined && !hasPlaceholder(node.value))
        findings.push(findingOf(document, node, problem, wanted.keys));
    }
  }
  return findings;
}

/** Does the statement allow KMS actions? Those on aliases themselves are another matter. */
function usesKeys(statement: Statement): boolean {
  const { actions } = statement;
  return (
    allows(statement) &&
    actions.some(({ value }) => /^kms:/i.test(value)) &&
    !actions.some(({ value }) => matchesPattern(value.toLowerCase(), "kms:updatealias"))
  );
}

interface Wanted {
  /** The keys of the buckets, from the account; else from the integration. */
  readonly keys: readonly string[];
  /** Only the account's word is certain enough to call another key wrong. */
  readonly certain: boolean;
  readonly regions: ReadonlySet<string>;
  readonly partition: string | undefined;
}

function wantedKeys(document: CheckedDocument): Wanted {
  const facts = bucketFacts(document, integrationBuckets(document) ?? []);
  const live = [...new Set(facts.flatMap(({ kmsKeyArn }) => kmsKeyArn ?? []))];
  const named = integrationKey(document);
  const { manifest } = document.context.integration ?? {};
  const keys = live.length > 0 ? live : named === undefined ? [] : [named];
  const regions = facts.flatMap(({ region }) => region ?? []);
  return {
    keys,
    certain: live.length > 0,
    regions: new Set(
      regions.length > 0 ? regions : manifest?.region === undefined ? keys.flatMap(regionOf) : [manifest.region],
    ),
    partition: manifest === undefined ? undefined : (manifest.partition ?? "aws"),
  };
}

function regionOf(key: string): readonly string[] {
  const region = parseArn(key)?.region;
  return region === undefined || region === "" ? [] : [region];
}

function problemOf(resource: string, wanted: Wanted, document: CheckedDocument): string | undefined {
  if (resource === "*") return undefined;
  const arn = parseArn(resource);
  if (arn === undefined) {
    if (!isKeyIdOrAlias(resource)) return undefined;
    return resource.startsWith("alias/")
      ? "This is the name of an alias and not a key’s ARN, so AWS would refuse the policy."
      : "This is a key id and not the key’s ARN, so AWS would refuse the policy.";
  }
  if (arn.service !== "kms") return undefined;
  if (arn.resource.startsWith("alias/")) {
    return "This is the ARN of an alias: AWS looks at the key behind it, so this statement would grant nothing.";
  }
  if (arn.resource.includes("$") || !arn.resource.startsWith("key/")) return undefined;
  const { regions, partition, keys, certain } = wanted;
  if (partition !== undefined && arn.partition !== partition && !hasWildcard(arn.partition)) {
    return `This key is in the partition ${arn.partition} and the integration in ${partition}, so it can never be the bucket’s key and the vendor could not decrypt anything.`;
  }
  if (regions.size > 0 && ![...regions].some((region) => matchesPattern(arn.region, region))) {
    return `This key is in ${arn.region} and the bucket in ${[...regions].join(", ")}: a bucket’s key is always in its own region, so the vendor could not decrypt anything.`;
  }
  if (!certain || keys.some((key) => matchesPattern(resource, key)) || coversAll(document, keys)) return undefined;
  return `The bucket is encrypted with another key (${keys.join(", ")}), so the vendor could not decrypt anything.`;
}

/** What stands for a key in the API and the console, and not in a policy. */
export function isKeyIdOrAlias(resource: string): boolean {
  return resource.startsWith("alias/") || /^(?:key\/)?(?:mrk-)?[0-9a-f]{8,}[0-9a-f-]*$/i.test(resource);
}

/** A further key beside the right one is no mistake. */
function coversAll(document: CheckedDocument, keys: readonly string[]): boolean {
  const resources =
    permissionsPolicy(document)
      ?.statements.filter(usesKeys)
      .flatMap((item) => item.resources) ?? [];
  return keys.every((key) => resources.some(({ value }) => matchesPattern(value, key)));
}

function findingOf(document: CheckedDocument, node: StringNode, message: string, keys: readonly string[]): Finding {
  const [key] = keys;
  return {
    check: "kms-key-arn-invalid",
    severity: "error",
    message,
    range: contentRange(document.text, node),
    fixes:
      key === undefined || keys.length > 1 || parseArn(key)?.resource.startsWith("key/") !== true
        ? []
        : [{ title: `Replace by ${key}`, edits: [replaceNode(node, key)], safe: true }],
  };
}
