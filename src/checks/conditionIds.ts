import type { ConditionEntry, Statement } from "../policy/policyDocument";
import { hasWildcard } from "../policy/wildcards";
import { useKey, valueFinding } from "./conditionParts";
import type { Finding } from "./finding";
import { nearestName } from "./nearName";
import { isUnfilled, type ReadOperator } from "./policyElements";
import { anyDirection, regionDirections } from "./regionNames";
import { replaceNode } from "./textEdits";

interface Problem {
  /** The sentence up to its "so". */
  readonly reason: string;
  readonly wanted?: string | undefined;
  /** The key that has such values. */
  readonly key?: string | undefined;
}

/** By the key in lower case; the value without what is not known of it. */
const rules: { readonly [key: string]: (value: string) => Problem | undefined } = {
  "aws:sourcevpc": vpcProblem,
  "aws:ec2instancesourcevpc": vpcProblem,
  "aws:sourcevpce": endpointProblem,
  "aws:requestedregion": regionProblem,
  "ec2:region": regionProblem,
  "kms:replicaregion": regionProblem,
  "s3:locationconstraint": regionProblem,
};

/** A part of condition-value-invalid: texts that are no id of a VPC or a VPC endpoint, or no region. */
export function unknownValues(
  text: string,
  statement: Statement,
  condition: ConditionEntry,
  { base }: ReadOperator,
): readonly Finding[] {
  const { key, values } = condition;
  const rule = Object.hasOwn(rules, key.value.toLowerCase()) ? rules[key.value.toLowerCase()] : undefined;
  if (rule === undefined) return [];
  const wrong = values.flatMap((node) => {
    // To StringEquals a star is a character, which is condition-type-mismatch's.
    if (node.kind !== "string" || (base.includes("Equals") && hasWildcard(node.value))) return [];
    if (isUnfilled(node.value)) return [];
    const problem = rule(base.endsWith("Case") ? node.value.toLowerCase() : node.value);
    return problem === undefined ? [] : [[node, problem] as const];
  });
  const all = wrong.length === values.length;
  const result = all
    ? `the condition would hold for ${base.includes("Not") ? "every" : "no"} request`
    : "this value matches no request";
  return wrong.map(([node, problem]) => {
    const { reason, wanted, key: other } = problem;
    const fixes =
      wanted !== undefined
        ? [{ title: `Replace by ${wanted}`, edits: [replaceNode(node, wanted)], safe: false }]
        : other !== undefined && all && wrong.every(([, each]) => each.key === other)
          ? useKey(statement, condition, other)
          : [];
    return valueFinding(text, node, all ? "error" : "warning", `${reason}, so ${result}.`, fixes);
  });
}

function vpcProblem(value: string): Problem | undefined {
  return idProblem(value, "VPC", "vpc-", isId(value, "vpce-") ? "aws:SourceVpce" : undefined);
}

function endpointProblem(value: string): Problem | undefined {
  return idProblem(value, "VPC endpoint", "vpce-", isId(value, "vpc-") ? "aws:SourceVpc" : undefined);
}

function idProblem(value: string, what: string, prefix: string, key: string | undefined): Problem | undefined {
  if (isId(value, prefix)) return undefined;
  const reason =
    key === undefined ? `The id of a ${what} is ${prefix} and 8 or 17 digits from 0 to f` : `${value} is no ${what}`;
  return { reason, key };
}

/** Of a pattern what is before its first wildcard. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
function isId(value: string, prefix: string): boolean {
  const [head = ""] = value.split(/[*?]/, 1);
  const id = head.slice(prefix.length);
  if (head === value) return value.startsWith(prefix) && /^([\da-f]{8}|[\da-f]{17})$/.test(id);
  return prefix.startsWith(head) || (head.startsWith(prefix) && /^[\da-f]{0,17}$/.test(id));
}

const area = "([a-z]{2}(?:-gov|-iso[a-z]?)?|eusc-[a-z]{2})";
const region = new RegExp(`^${area}-${anyDirection}-\\d{1,2}$`);
const nearRegion = new RegExp(`^${area}[ _-]?([a-z]+)[ _-]?(\\d)[a-z]?$`);

/**
 * A text that has not the form in which AWS names all of its regions; the regions themselves become more.
 */
function regionProblem(value: string): Problem | undefined {
  // The EU and nothing at all are names of regions to S3 only, from its first years.
  if (hasWildcard(value) || region.test(value) || value === "EU" || value === "") return undefined;
  const [, place = "", written = "", number = ""] = nearRegion.exec(value.toLowerCase()) ?? [];
  const wanted = nearestName(
    `${place}-${written}-${number}`,
    regionDirections.map((direction) => `${place}-${direction}-${number}`),
  );
  return { reason: `AWS has no region ${value}`, wanted: number === "" ? undefined : wanted };
}
