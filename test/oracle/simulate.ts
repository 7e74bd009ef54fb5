import { anonymousPrincipal, runSimulation } from "@cloud-copilot/iam-simulate";
import type { RequestPrincipal } from "../../src/policy/evaluate/evaluation";
import type { Case } from "./cases";

/** What iam-simulate says; undefined when it refuses the policies or the request. */
export async function simulate(one: Case): Promise<string | undefined> {
  const named = (policies: Case["identity"]) => policies.map((policy, index) => ({ name: `policy${index}`, policy }));
  const levels = (all: Case["serviceControl"]) =>
    all.map((policies, index) => ({ orgIdentifier: `level${index}`, policies: named(policies) }));
  const found = await runSimulation(
    {
      request: {
        principal: one.principal.kind === "anonymous" ? anonymousPrincipal : nameOf(one.principal),
        action: one.action,
        resource: { resource: one.resource, accountId: one.owner },
        contextVariables: toldOf(one),
      },
      identityPolicies: named(one.identity),
      resourcePolicy: one.resourcePolicy,
      sessionPolicy: one.session,
      ...(one.boundary === undefined ? {} : { permissionBoundaryPolicies: named([one.boundary]) }),
      serviceControlPolicies: levels(one.serviceControl),
      resourceControlPolicies: levels(one.resourceControl),
    },
    {},
  );
  if (found.resultType === "error") return undefined;
  return found.resultType === "single" ? found.result.analysis.result : found.overallResult;
}

function nameOf(principal: Exclude<RequestPrincipal, { readonly kind: "anonymous" }>): string {
  switch (principal.kind) {
    case "account":
      return `arn:aws:iam::${principal.account}:root`;
    case "service":
      return principal.service;
    case "federated":
      return principal.provider;
    default:
      return principal.arn;
  }
}

/** The keys that `evaluate` derives from a request: iam-simulate has to be told them. */
function toldOf({ principal, owner, context }: Case): Record<string, string | string[]> {
  const told: Record<string, string | string[]> = { "aws:ResourceAccount": owner };
  switch (principal.kind) {
    case "user":
      told["aws:username"] = principal.arn.replace(/.*\//, "");
      told["aws:PrincipalArn"] = principal.arn;
      break;
    case "session":
      told["aws:PrincipalArn"] = principal.role;
      break;
    case "service":
      told["aws:PrincipalServiceName"] = principal.service;
      break;
    case "anonymous":
    case "federated":
      break;
    default:
      told["aws:PrincipalArn"] = nameOf(principal);
  }
  const account = /:(\d{12}):/.exec(principal.kind === "anonymous" ? "" : nameOf(principal))?.[1];
  if (account !== undefined && principal.kind !== "federated") told["aws:PrincipalAccount"] = account;
  for (const [key, value] of Object.entries(context)) told[key] = typeof value === "string" ? value : [...value];
  return told;
}
