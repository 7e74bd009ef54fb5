import { matchesInParallel } from "../wildcards";
import { matches } from "./matchArn";
import type { RequestFacts } from "./requestFacts";
import type { Pattern } from "./variables";
import { hasVariable, resolveVariables } from "./variables";

/** A resource as a statement names it, read as far as it can be read without a request. */
interface ResourcePattern {
  /** The parts before the resource itself, at most five: `arn`, partition, service, region, account. */
  readonly heads: readonly string[];
  /** What follows the fifth colon; undefined when the ARN is incomplete. */
  readonly tail: string | undefined;
}

/**
 * Why AWS would refuse this resource; undefined when it would not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function refusedResource(text: string, withVariables: boolean, mayBeIncomplete: boolean): string | undefined {
  if (text === "*") return undefined;
  const { heads, tail } = splitPattern(text);
  if (heads[0] !== "arn") return `${text} is neither an ARN nor *`;
  if (heads.length < 3) return `the ARN ${text} names no service`;
  const service = heads[2] ?? "";
  if (service === "" || service.includes("*") || service.includes("?"))
    return `the ARN ${text} names no single service`;
  if (tail === undefined && !mayBeIncomplete) return `the ARN ${text} has fewer than six parts`;
  if (withVariables && heads.some(hasVariable)) return `${text} has a variable before the fifth colon`;
  return undefined;
}

/**
 * Does a resource that a statement names cover the resource of the request? With a variable for which the request has no
 * value it covers none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export function matchesResource(text: string, facts: RequestFacts, withVariables: boolean): boolean {
  if (text === "*") return true;
  const { heads, tail: rawTail } = splitPattern(text);
  const tail = resolveTail(rawTail, facts, withVariables);
  if (tail === undefined) return false;
  if (facts.resource === "*") return isAllOfS3(heads, rawTail, facts);
  if (facts.resourceArn === undefined) return false;
  let start = 0;
  let runsOn = false;
  for (const head of heads) {
    const colon = facts.resource.indexOf(":", start);
    const part = facts.resource.slice(start, colon);
    if (head !== part && !matches({ text: head }, part))
      return runsOn && matchesAcrossParts(heads, rawTail === undefined ? undefined : tail, facts);
    runsOn ||= head.endsWith("*");
    start = colon + 1;
  }
  // AWS completes an incomplete ARN with `*`. (reference-arns.html)
  if (rawTail === undefined) return true;
  return matches(tail, facts.resource.slice(start)) || (runsOn && matchesAcrossParts(heads, tail, facts));
}

/** Names none of the account's own resources: S3's documentation allows ListAllMyBuckets on `arn:aws:s3:::*`, too. */
function isAllOfS3(heads: readonly string[], tail: string | undefined, facts: RequestFacts): boolean {
  return facts.service === "s3" && tail === "*" && heads[2] === "s3" && heads[3] === "" && heads[4] === "";
}

function resolveTail(tail: string | undefined, facts: RequestFacts, withVariables: boolean): Pattern | undefined {
  if (tail === undefined) return { text: "" };
  return withVariables ? resolveVariables(tail, facts) : { text: tail };
}

function splitPattern(text: string): ResourcePattern {
  const heads: string[] = [];
  let start = 0;
  for (let part = 0; part < 5; part += 1) {
    const colon = text.indexOf(":", start);
    if (colon < 0) return { heads: [...heads, text.slice(start)], tail: undefined };
    heads.push(text.slice(start, colon));
    start = colon + 1;
  }
  return { heads, tail: text.slice(start) };
}

/**
 * "If the * wildcard is the last character of a resource ARN segment, it can expand to match beyond the colon
 * boundaries." Other wildcards before the fifth colon stay within their part.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function matchesAcrossParts(heads: readonly string[], tail: Pattern | undefined, facts: RequestFacts): boolean {
  const head = heads.join(":");
  const text = tail === undefined ? head : `${head}:${tail.text}`;
  const tailStart = head.length + 1;
  const plain = { has: (at: number) => tail?.plain?.has(at - tailStart) === true };
  const withinPart = new Set<number>();
  for (let at = 0; at < head.length; at += 1) {
    if (at + 1 < text.length && text[at + 1] !== ":") withinPart.add(at);
  }
  return matchesInParallel(text, facts.resource, plain, withinPart);
}
