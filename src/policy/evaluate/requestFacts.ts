import type { Arn } from "../arn";
import { parseArn } from "../arn";
import type { AccessRequest, RequestPrincipal } from "./evaluation";

/** A request, prepared once for all statements that are compared with it. */
export interface RequestFacts {
  readonly principal: RequestPrincipal;
  /** The principal's account; undefined for those that belong to none. */
  readonly account: string | undefined;
  readonly partition: string;
  /** As the request names it. */
  readonly actionName: string;
  /** Lower case: actions don't depend on case. */
  readonly action: string;
  /** Lower case: `s3`. */
  readonly service: string;
  readonly resource: string;
  /** Undefined for `*` and for what is no ARN. */
  readonly resourceArn: Arn | undefined;
  readonly resourceAccount: string;
  /** The values of a condition key, whose case does not count; undefined when the request does not have it. */
  readonly valuesOf: (key: string) => readonly string[] | undefined;
}

export function requestFacts(request: AccessRequest): RequestFacts {
  const { principal, resource } = request;
  const arn = arnOf(principal);
  const action = request.action.toLowerCase();
  const colon = action.indexOf(":");
  let context: ReadonlyMap<string, readonly string[]> | undefined;
  return {
    principal,
    account: principal.kind === "account" ? principal.account : arn?.account,
    partition: (principal.kind === "account" ? principal.partition : arn?.partition) ?? "aws",
    actionName: request.action,
    action,
    service: colon < 0 ? "" : action.slice(0, colon),
    resource: resource.arn,
    resourceArn: parseArn(resource.arn),
    resourceAccount: resource.account,
    valuesOf: (key) => {
      context ??= contextOf(request);
      return context.get(key.toLowerCase());
    },
  };
}

/** Does the principal belong to an account, so that policies of IAM and of its organisation apply to it? */
export function hasAccount(principal: RequestPrincipal): boolean {
  return principal.kind !== "service" && principal.kind !== "anonymous" && principal.kind !== "federated";
}

/**
 * Neither service control nor resource control policies apply to a role that a service made for itself.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export function isServiceLinkedRole(principal: RequestPrincipal): boolean {
  const role = principal.kind === "role" ? principal.arn : principal.kind === "session" ? principal.role : "";
  return role.includes(":role/aws-service-role/");
}

function arnOf(principal: RequestPrincipal): Arn | undefined {
  switch (principal.kind) {
    case "user":
    case "role":
    case "session":
    case "federated-user":
      return parseArn(principal.arn);
    default:
      return undefined;
  }
}

function contextOf(request: AccessRequest): ReadonlyMap<string, readonly string[]> {
  const context = new Map<string, readonly string[]>();
  const add = (key: string, value: string | undefined) => {
    if (value !== undefined && value !== "") context.set(key, [value]);
  };
  add("aws:resourceaccount", request.resource.account);
  addPrincipal(request.principal, add);
  for (const [key, value] of Object.entries(request.context ?? {})) {
    context.set(key.toLowerCase(), typeof value === "string" ? [value] : value);
  }
  return context;
}

/**
 * What AWS tells of each kind of principal.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
function addPrincipal(principal: RequestPrincipal, add: (key: string, value: string | undefined) => void): void {
  // Anonymous requests and those of users of an identity provider have no AWS credentials.
  if (principal.kind !== "anonymous" && principal.kind !== "federated") {
    add("aws:principalisawsservice", String(principal.kind === "service"));
  }
  switch (principal.kind) {
    case "account":
      add("aws:principalarn", `arn:${principal.partition ?? "aws"}:iam::${principal.account}:root`);
      add("aws:principalaccount", principal.account);
      add("aws:principaltype", "Account");
      add("aws:userid", principal.account);
      return;
    case "user":
      add("aws:principalarn", principal.arn);
      add("aws:principalaccount", parseArn(principal.arn)?.account);
      add("aws:principaltype", "User");
      add("aws:userid", principal.id);
      add("aws:username", lastPart(principal.arn));
      return;
    case "role":
    case "session": {
      const arn = principal.kind === "role" ? principal.arn : principal.role;
      add("aws:principalarn", arn);
      add("aws:principalaccount", parseArn(arn)?.account);
      add("aws:principaltype", "AssumedRole");
      if (principal.kind === "session" && principal.id !== undefined) {
        add("aws:userid", `${principal.id}:${lastPart(principal.arn)}`);
      }
      return;
    }
    case "federated-user": {
      const account = parseArn(principal.arn)?.account;
      add("aws:principalarn", principal.arn);
      add("aws:principalaccount", account);
      add("aws:principaltype", "FederatedUser");
      add("aws:userid", account === undefined ? undefined : `${account}:${lastPart(principal.arn)}`);
      return;
    }
    case "service":
      add("aws:principalservicename", principal.service);
      return;
    case "federated":
      return;
    case "anonymous":
      add("aws:principalaccount", "anonymous");
      add("aws:principaltype", "Anonymous");
      add("aws:userid", "anonymous");
  }
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
