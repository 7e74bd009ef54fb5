import { evaluate } from "../evaluate/evaluate";
import type { AccessRequest, AppliedPolicies, RequestPrincipal } from "../evaluate/evaluation";
import type { JsonObject } from "../json";
import type { PolicyDocument } from "../policyDocument";
import { allowsEverything, policyOf } from "../policyOf";

/** Documents of one kind before and after a change; each kind is compared on its own. */
export interface ComparedLayer {
  readonly kind: "permissions" | "trust" | "resource";
  readonly before: readonly PolicyDocument[];
  readonly after: readonly PolicyDocument[];
}

/** Accounts that nobody has, so that no document is about them. */
const roleAccount = "000000000001";
const resourceAccount = "000000000002";

/** Who has the permissions policies that are compared. */
export const roleOfPermissions: RequestPrincipal = {
  kind: "role",
  arn: `arn:aws:iam::${roleAccount}:role/the-role`,
};

/** The role whose trust policy is compared. */
export const trustedRole = `arn:aws:iam::${resourceAccount}:role/the-role`;

/**
 * Whether documents of one kind allow a request when everything else does: identity policies are judged where the
 * resource leaves it to them, resource policies for a principal whose own account allows everything.
 */
export function isAllowed(
  kind: ComparedLayer["kind"],
  documents: readonly PolicyDocument[],
  request: Omit<AccessRequest, "resource"> & { readonly resource: string },
): boolean {
  if (documents.length === 0) return false;
  const { resource: arn, ...rest } = request;
  const account = kind === "permissions" ? roleAccount : resourceAccount;
  const resource = kind === "permissions" ? resourceThatLeavesIt(request.action, arn) : documents[0];
  const policies: AppliedPolicies = {
    identity: kind === "permissions" ? documents : allowsEverything,
    ...(resource && { resource }),
    // A federated user has nothing without a session policy.
    ...(request.principal.kind === "federated-user" && { session: allowsEverything }),
  };
  return evaluate({ ...rest, resource: { arn, account } }, policies).result === "Allowed";
}

/** Keys and roles count the account's own policies only when their own policy says so. */
function resourceThatLeavesIt(action: string, arn: string): PolicyDocument | undefined {
  if (/^arn:[^:]*:kms:/.test(arn)) return leavesItToTheAccount("kms:*", { Resource: "*" });
  return /^arn:[^:]*:iam:/.test(arn) && /^sts:/i.test(action) ? leavesItToTheAccount("sts:*", {}) : undefined;
}

function leavesItToTheAccount(actions: string, resource: JsonObject): PolicyDocument | undefined {
  const statement = { Effect: "Allow", Principal: { AWS: roleAccount }, Action: actions, ...resource };
  return policyOf({ Version: "2012-10-17", Statement: statement });
}
