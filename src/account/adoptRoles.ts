import type { ManagedPolicyDetail, Role, RoleDetail } from "@aws-sdk/client-iam";
import type { FoundPolicy } from "../integration/adoptRole";
import { isObject, type JsonValue } from "../policy/json";
import type { AccountRole } from "./account";
import { type AccountDetails, readAccountDetails } from "./accountDetails";
import type { Aws } from "./aws";
import { roleUrl } from "./consoleUrl";
import { decodeDocument } from "./documents";
import { integrationTag, readTags } from "./ownership";
import { lastUsed } from "./resources/role";

/**
 * The roles of the account that somebody may assume, by name. Those that only AWS's services assume are not among them:
 * most of an account's roles, and nobody's access from outside.
 */
export async function listRoles(aws: Aws, onProgress?: (roles: number) => void): Promise<readonly AccountRole[]> {
  const details = await readAccountDetails(aws, onProgress);
  return details.roles
    .map((role) => accountRole(role, details, aws))
    .filter(({ trustPolicy }) => letsSomebodyIn(trustPolicy))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function accountRole(role: RoleDetail, { listedRoles, policies }: AccountDetails, { identity }: Aws): AccountRole {
  const { RoleName: name = "", Arn: arn = "", Path: path = "/", CreateDate, RoleLastUsed } = role;
  const listed: Partial<Role> = listedRoles.find(({ RoleName }) => RoleName === name) ?? {};
  const tags = readTags(role.Tags as Parameters<typeof readTags>[0]); // Key and Value are only missing by the SDK's types
  const { LastUsedDate, Region: region } = RoleLastUsed ?? {};
  return {
    name,
    arn,
    path,
    description: listed.Description ?? "",
    maxSessionDuration: listed.MaxSessionDuration ?? 3600,
    trustPolicy: decodeDocument(role.AssumeRolePolicyDocument),
    policies: [
      ...(role.RolePolicyList ?? []).map(
        ({ PolicyName = "", PolicyDocument }): FoundPolicy => ({
          kind: "inline",
          name: PolicyName,
          arn: undefined,
          document: decodeDocument(PolicyDocument),
          attachments: 1,
        }),
      ),
      ...(role.AttachedManagedPolicies ?? []).map(({ PolicyName = "", PolicyArn = "" }) =>
        managedPolicy(
          PolicyName,
          PolicyArn,
          policies.find(({ Arn }) => Arn === PolicyArn),
        ),
      ),
    ],
    tags,
    integrationId: tags[integrationTag],
    createdAt: CreateDate?.toISOString(),
    usage: lastUsed(role),
    lastUsed: LastUsedDate && { at: LastUsedDate.toISOString(), region },
    consoleUrl: roleUrl(identity.partition, name),
  };
}

function managedPolicy(name: string, arn: string, details: ManagedPolicyDetail | undefined): FoundPolicy {
  if (!details) return { kind: "aws", name, arn, document: undefined, attachments: 1 };
  const version = details.PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion);
  const document = version && decodeDocument(version.Document);
  return { kind: "managed", name, arn, document, attachments: details.AttachmentCount ?? 1 };
}

/** Whether any statement names more than AWS's services. */
function letsSomebodyIn(trustPolicy: JsonValue): boolean {
  const statements = isObject(trustPolicy) ? [trustPolicy.Statement ?? []].flat() : [];
  return statements.some((statement) => {
    if (!isObject(statement) || statement.Effect !== "Allow") return false;
    const { Principal: principal } = statement;
    return isObject(principal) ? Object.keys(principal).some((type) => type !== "Service") : principal !== undefined;
  });
}
