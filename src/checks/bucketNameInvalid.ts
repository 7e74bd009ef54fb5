import { bucketOf, parseArn, resourceOffset } from "../policy/arn";
import type { StringNode } from "../policy/json";
import { stringRange } from "../policy/stringRange";
import { hasWildcard } from "../policy/wildcards";
import { validateBucketName } from "../vendors/names";
import { validateParameterValue } from "../vendors/parameterRules";
import { arnProblem } from "./arnProblem";
import type { CheckedDocument, Finding } from "./finding";
import { hasPlaceholder } from "./placeholderTokens";
import { isTemplateText } from "./policyElements";

/**
 * A name that no bucket can have. Buckets that were made in us-east-1 before March 2018 may have capitals and
 * underscores; outside an integration such a name is a warning.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function bucketNameInvalid(document: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  for (const statement of document.policy?.statements ?? []) {
    for (const node of statement.resources) check(document, node, findings);
    for (const node of statement.notResources) check(document, node, findings);
  }
  return findings;
}

function check(document: CheckedDocument, node: StringNode, findings: Finding[]): void {
  const arn = parseArn(node.value);
  const bucket = arn === undefined ? undefined : bucketOf(arn);
  if (arn === undefined || bucket === undefined || hasWildcard(bucket)) return;
  const refusal = refusedByVendor(document, bucket);
  const problem = validateBucketName(bucket) ?? refusal;
  if (problem === undefined || isTemplateText(bucket) || arnProblem(node.value) !== undefined) return;
  const literals = document.vendor?.parameters.flatMap(({ placeholders }) => placeholders) ?? [];
  if (hasPlaceholder(node.value, literals)) return;
  const legacy = document.context.integration === undefined && /^[A-Za-z0-9._-]{3,255}$/.test(bucket);
  const mayBeOld =
    legacy && problem !== refusal && !/^(xn--|sthree-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(bucket);
  findings.push({
    check: "bucket-name-invalid",
    severity: mayBeOld ? "warning" : "error",
    message: messageFor(document, problem, problem === refusal ? "vendor" : mayBeOld ? "old" : "nobody"),
    range:
      bucket === ""
        ? { offset: node.offset, length: node.length }
        : stringRange(document.text, node, resourceOffset(arn), bucket.length),
    fixes: [],
  });
}

const consequences = {
  old: "only a bucket of before 2018 can have this name, and else this would match nothing",
  nobody: "there is no such bucket and this would match nothing",
};

function messageFor({ vendor }: CheckedDocument, problem: string, why: "vendor" | keyof typeof consequences): string {
  const consequence = why === "vendor" ? `${vendor?.name ?? "the vendor"} would refuse the bucket` : consequences[why];
  return `${problem.replace(/\.$/, "")}, so ${consequence}.`;
}

/** What the vendor asks of names beyond S3: no dots, mostly. */
function refusedByVendor({ vendor }: CheckedDocument, bucket: string): string | undefined {
  const parameter = vendor?.parameters.find(({ type }) => type === "bucket-list");
  return parameter?.pattern === undefined ? undefined : validateParameterValue(parameter, bucket);
}
