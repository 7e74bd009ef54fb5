import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  NoSuchEntityException,
} from "@aws-sdk/client-iam";
import type { AccountDetails } from "./accountDetails";

/**
 * A client that answers reads from what is known of the whole account, as AWS would answer them one by one. What the
 * details don't tell, and every write, goes to AWS.
 */
export function iamFromDetails(iam: IAMClient, details: AccountDetails): IAMClient {
  const answer = answers(details);
  const known: IAMClient = Object.create(iam);
  known.send = (async (command: object, ...rest: readonly unknown[]) => {
    const found = answer(command);
    if (found === "not there") throw new NoSuchEntityException({ message: "Not in the account.", $metadata: {} });
    // The client's own overloads can't be repeated for a function that passes everything on.
    return found ?? Reflect.apply(iam.send, iam, [command, ...rest]);
  }) as IAMClient["send"];
  return known;
}

/** undefined: the details don't tell. */
type Answer = object | "not there" | undefined;

function answers({ roles, listedRoles, policies, users }: AccountDetails): (command: object) => Answer {
  const roleOf = byName(roles, ({ RoleName }) => RoleName);
  const listedRoleOf = byName(listedRoles, ({ RoleName }) => RoleName);
  const policyOf = byName(policies, ({ Arn }) => Arn);
  const userOf = byName(users, ({ UserName }) => UserName);
  return (command) => {
    if (command instanceof GetRoleCommand) {
      const { RoleName } = command.input;
      const role = roleOf(RoleName);
      const listed = listedRoleOf(RoleName);
      if (!role) return listed ? undefined : "not there";
      return listed?.MaxSessionDuration === undefined ? undefined : { Role: { ...listed, ...role } };
    }
    if (command instanceof ListAttachedRolePoliciesCommand) {
      const role = roleOf(command.input.RoleName);
      return role ? { AttachedPolicies: role.AttachedManagedPolicies ?? [] } : "not there";
    }
    if (command instanceof ListRolePoliciesCommand) {
      const role = roleOf(command.input.RoleName);
      return role ? { PolicyNames: (role.RolePolicyList ?? []).map(({ PolicyName }) => PolicyName) } : "not there";
    }
    if (command instanceof GetRolePolicyCommand) {
      const { RoleName, PolicyName } = command.input;
      return roleOf(RoleName)?.RolePolicyList?.find((policy) => policy.PolicyName === PolicyName) ?? "not there";
    }
    if (command instanceof ListPolicyVersionsCommand) {
      const { PolicyArn } = command.input;
      const policy = policyOf(PolicyArn);
      return policy ? { Versions: policy.PolicyVersionList ?? [] } : absentPolicy(PolicyArn);
    }
    if (command instanceof GetPolicyVersionCommand) {
      const { PolicyArn, VersionId } = command.input;
      const version = policyOf(PolicyArn)?.PolicyVersionList?.find((each) => each.VersionId === VersionId);
      return version ? { PolicyVersion: version } : absentPolicy(PolicyArn);
    }
    // Only whether there is one: the details of a policy have no tags.
    if (command instanceof GetPolicyCommand) {
      const { PolicyArn } = command.input;
      return policyOf(PolicyArn) ? undefined : absentPolicy(PolicyArn);
    }
    if (command instanceof GetUserCommand) {
      const user = userOf(command.input.UserName);
      return user ? { User: user } : "not there";
    }
    return undefined;
  };
}

/** AWS's own policies are not among the account's: they are asked for. */
function absentPolicy(arn: string | undefined): Answer {
  return arn?.includes(":iam::aws:") ? undefined : "not there";
}

function byName<Item>(items: readonly Item[], nameOf: (item: Item) => string | undefined) {
  const found = new Map(items.map((item) => [nameOf(item), item]));
  return (name: string | undefined): Item | undefined => found.get(name);
}
