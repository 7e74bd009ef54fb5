import { evaluate } from "../../src/policy/evaluate/evaluate";
import type { AppliedPolicies, Decision } from "../../src/policy/evaluate/evaluation";
import type { JsonObject } from "../../src/policy/json";
import { parseJson } from "../../src/policy/parseJson";
import type { PolicyDocument } from "../../src/policy/policyDocument";
import { readPolicy } from "../../src/policy/readPolicy";
import type { Case } from "./cases";

/** RCPFullAWSAccess, which AWS attaches to every level and which iam-simulate adds by itself. */
const fullAccess: JsonObject = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
};

/** What our evaluator says of a case, of which the policies are written and read again. */
export function evaluateCase(one: Case): Decision {
  const levels = (all: Case["serviceControl"]) => all.map((policies) => policies.map(read));
  const policies: AppliedPolicies = {
    identity: one.identity.map(read),
    serviceControl: levels(one.serviceControl),
    resourceControl: levels(one.resourceControl.map((policies) => [fullAccess, ...policies])),
    ...(one.resourcePolicy === undefined ? {} : { resource: read(one.resourcePolicy) }),
    ...(one.boundary === undefined ? {} : { boundary: read(one.boundary) }),
    ...(one.session === undefined ? {} : { session: [read(one.session)] }),
  };
  const { principal, action, context } = one;
  return evaluate({ principal, action, resource: { arn: one.resource, account: one.owner }, context }, policies);
}

function read(policy: JsonObject): PolicyDocument {
  const document = readPolicy(parseJson(JSON.stringify(policy)));
  if (document === undefined) throw new Error(`no policy: ${JSON.stringify(policy)}`);
  return document;
}
