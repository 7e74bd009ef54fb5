import { bucketOf, parseArn, resourceOffset } from "../policy/arn";
import type { StringNode } from "../policy/json";
import type { Statement } from "../policy/policyDocument";
import { stringRange } from "../policy/stringRange";
import { renderDocuments } from "../vendors/render";
import { allows, integrationBuckets, isWhole, permissionsPolicy, sharedPolicy } from "./documentFacts";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { editDistance } from "./nearName";
import { hasPlaceholder } from "./placeholderTokens";
import { addBeside, replaceRange } from "./textEdits";

/**
 * A bucket that is not the integration's, or the pair `bucket` and `bucket/*` out of step: a typing mistake in one of
 * the two, or one of the two missing. What names another bucket gives the vendor no access to the right one.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html
 */
export function resourceBucketMismatch(document: CheckedDocument): Finding[] {
  const policy = permissionsPolicy(document) ?? sharedPolicy(document);
  if (policy === undefined) return [];
  const own = integrationBuckets(document);
  const findings: Finding[] = [];
  const all: NamedBucket[] = [];
  for (const statement of policy.statements.filter(allows)) {
    const named = readBuckets(statement);
    const found = own === undefined ? pairMismatch(document, named) : foreignBuckets(document, named, own);
    findings.push(...found);
    all.push(...named);
  }
  return findings.length > 0 || own === undefined ? findings : missingTwins(document, all, own);
}

interface NamedBucket {
  readonly statement: Statement;
  readonly node: StringNode;
  readonly bucket: string;
  readonly start: number;
  readonly objects: boolean;
}

/** The buckets that a statement names in full: no wildcards, no variables, no placeholders. */
function readBuckets(statement: Statement): readonly NamedBucket[] {
  const named: NamedBucket[] = [];
  for (const node of statement.resources) {
    const arn = parseArn(node.value);
    const bucket = arn === undefined ? undefined : bucketOf(arn);
    if (arn === undefined || bucket === undefined || !/^[\w.-]+$/.test(bucket) || hasPlaceholder(node.value)) continue;
    named.push({ statement, node, bucket, start: resourceOffset(arn), objects: arn.resource.length > bucket.length });
  }
  return named;
}

function foreignBuckets(document: CheckedDocument, named: readonly NamedBucket[], own: readonly string[]): Finding[] {
  const foreign = named.filter(({ bucket }) => !own.includes(bucket));
  return foreign.map((item) => {
    const range = stringRange(document.text, item.node, item.start, item.bucket.length);
    const [only] = own;
    const lacking = own.filter(
      (bucket) => !named.some((other) => other.bucket === bucket && other.objects === item.objects),
    );
    const replacement = lacking.length === 1 ? lacking[0] : own.length === 1 ? only : undefined;
    // The other half of the pair names the integration's bucket: then this half is the mistake.
    const twin = named.some((other) => other.bucket === replacement && other.objects !== item.objects);
    const fixes: Fix[] =
      replacement === undefined || (lacking.length === 0 && item.statement.resources.length > 1 && own.length > 1)
        ? []
        : [{ title: `Replace by ${replacement}`, edits: [replaceRange(range, replacement)], safe: twin }];
    return {
      check: "resource-bucket-mismatch",
      severity: "error",
      message: `${item.bucket} is not a bucket of this integration (${own.join(", ")}), so the vendor would get access to another bucket than the one you mean.`,
      range,
      fixes,
    };
  });
}

/** Without an integration: of two ARNs, one of a bucket and one of objects, the names differ by a slip. */
function pairMismatch(document: CheckedDocument, named: readonly NamedBucket[]): Finding[] {
  const lonely = (objects: boolean) =>
    named.filter(
      (item) =>
        item.objects === objects && !named.some((other) => other.objects !== objects && other.bucket === item.bucket),
    );
  const [bucket, ...moreBuckets] = lonely(false);
  const [objects, ...moreObjects] = lonely(true);
  if (bucket === undefined || objects === undefined || moreBuckets.length + moreObjects.length > 0) return [];
  if (!isSlip(bucket.bucket, objects.bucket)) return [];
  const range = stringRange(document.text, objects.node, objects.start, objects.bucket.length);
  const other = stringRange(document.text, bucket.node, bucket.start, bucket.bucket.length);
  return [
    {
      check: "resource-bucket-mismatch",
      severity: "error",
      message: `The objects are those of ${objects.bucket} but the bucket is ${bucket.bucket}, so only a part of the access to either would work.`,
      range,
      fixes: [
        { title: `Replace by ${bucket.bucket}`, edits: [replaceRange(range, bucket.bucket)], safe: false },
        {
          title: `Replace ${bucket.bucket} by ${objects.bucket}`,
          edits: [replaceRange(other, objects.bucket)],
          safe: false,
        },
      ],
    },
  ];
}

/** The vendor's documents name both forms of every bucket; here one of a pair is missing. */
function missingTwins(document: CheckedDocument, named: readonly NamedBucket[], own: readonly string[]): Finding[] {
  const policy = permissionsPolicy(document);
  const { integration } = document.context;
  if (policy === undefined || integration === undefined || !isWhole(document)) return [];
  const lonely = named.filter(
    (item) =>
      own.includes(item.bucket) &&
      !named.some((other) => other.bucket === item.bucket && other.objects !== item.objects),
  );
  // A single pair without its other half is what resource-level-mismatch finds, at the action.
  if (lonely.length === 0 || named.every(({ objects }) => objects === lonely[0]?.objects)) return [];
  const resources = policy.statements.filter(allows).flatMap((statement) => statement.resources);
  if (resources.some(({ value }) => /[*?]/.test(value.replace(/\/\*$/, "")))) return [];
  const rendered = JSON.stringify(renderDocuments(integration.definition, integration.manifest).permissions ?? {});
  const findings: Finding[] = [];
  for (const { statement, bucket, node, start, objects } of lonely) {
    const partition = parseArn(node.value)?.partition ?? "aws";
    const twin = `arn:${partition}:s3:::${bucket}${objects ? "" : "/*"}`;
    if (!rendered.includes(JSON.stringify(twin))) continue;
    findings.push({
      check: "resource-bucket-mismatch",
      severity: "error",
      message: objects
        ? `The objects of ${bucket} are named but the bucket itself is not, so the vendor could not list it.`
        : `The bucket ${bucket} is named but its objects (${bucket}/*) are not, so the vendor could not read them.`,
      range: stringRange(document.text, node, start, bucket.length),
      fixes: [
        {
          title: `Add ${twin}`,
          edits: addBeside(document.text, statement.elements.get("Resource")?.value, node, twin),
          safe: true,
        },
      ],
    });
  }
  return findings;
}

/** Two names that differ by at most two letters typed wrong, left out or added; or only by what follows the first. */
function isSlip(a: string, b: string): boolean {
  return Math.abs(a.length - b.length) <= 2 && editDistance(a, b) <= 2;
}
