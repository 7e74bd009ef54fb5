import { evaluate } from "../../../../src/policy/evaluate/evaluate";
import type { RequestContext, RequestPrincipal } from "../../../../src/policy/evaluate/evaluation";
import type { ConditionTest, Grant, GrantCondition, GrantedResource } from "../../../../src/policy/explain/explanation";
import type { JsonObject } from "../../../../src/policy/json";
import { policy } from "./documents";

export interface SampleRequest {
  readonly principal: RequestPrincipal;
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
}

/** Does an explanation say that this request is allowed? Reads the grants as a person would, one by one. */
export function isCovered(grants: readonly Grant[], request: SampleRequest): boolean {
  return grants.some(
    ({ who, abilities, resources, conditions }) =>
      (who.length === 0 ||
        who.some(
          ({ principal, except = [] }) =>
            isPrincipal(principal, request) && !except.some((each) => isPrincipal(each, request)),
        )) &&
      abilities.some(({ actions }) => actions.includes(request.action)) &&
      resources.some((resource) => isAmong(resource, request)) &&
      conditions.every((condition) => holds(condition, request)),
  );
}

function isAmong({ kind, pattern, except = [] }: GrantedResource, { resource }: SampleRequest): boolean {
  if ((kind === "bucket" && resource.includes("/")) || (kind === "objects" && !resource.includes("/"))) return false;
  return matches(pattern, resource) && !except.some((each) => matches(each, resource));
}

function matches(pattern: string, resource: string): boolean {
  return decides({ Effect: "Allow", Action: "*", Resource: pattern }, { resource, context: {} });
}

function holds({ effect, tests, resources, allBut, principals }: GrantCondition, request: SampleRequest): boolean {
  const met = tests.every((test) => isMet(test, request.context));
  if (effect === "only") return met;
  const about =
    resources === undefined || resources.some((each) => matches(each, request.resource)) !== (allBut === true);
  const concerned = principals === undefined || principals.some((each) => isPrincipal(each, request));
  return !(met && about && concerned);
}

function isMet({ operator, key, values }: ConditionTest, context: RequestContext): boolean {
  return decides(
    { Effect: "Allow", Action: "*", Resource: "*", Condition: { [operator]: { [key]: values } } },
    { resource: "arn:aws:s3:::x", context },
  );
}

const role = { kind: "role", arn: "arn:aws:iam::111111111111:role/r" } as const;

/** It leaves to identity policies what may be done with the key. */
const keyPolicy = policy({ Effect: "Allow", Principal: { AWS: "111111111111" }, Action: "*", Resource: "*" });

function decides(statement: JsonObject, request: Pick<SampleRequest, "resource" | "context">): boolean {
  const { resource, context } = request;
  const decision = evaluate(
    { principal: role, action: "s3:Any", resource: { arn: resource, account: "111111111111" }, context },
    { identity: [policy(statement)], ...(resource.startsWith("arn:aws:kms:") && { resource: keyPolicy }) },
  );
  return decision.result === "Allowed";
}

/** Of a grantee: its ARN, `*`, or a pattern of role ARNs. */
function isPrincipal(name: string, { principal }: SampleRequest): boolean {
  if (name.includes("*") && name !== "*") {
    return "arn" in principal && matches(name, principal.arn);
  }
  const statement = { Effect: "Allow", Principal: name === "*" ? "*" : { AWS: name }, Action: "s3:Any", Resource: "*" };
  const decision = evaluate(
    { principal, action: "s3:Any", resource: { arn: "arn:aws:s3:::x", account: "000000000000" } },
    { identity: [policy({ Effect: "Allow", Action: "*", Resource: "*" })], resource: policy(statement) },
  );
  return decision.result === "Allowed";
}
