import {
  type EntityType,
  GetAccountAuthorizationDetailsCommand,
  ListRolesCommand,
  type ManagedPolicyDetail,
  type Role,
  type RoleDetail,
  type UserDetail,
} from "@aws-sdk/client-iam";
import type { Aws } from "./aws";

/** All of IAM that integrations are made of, as AWS answers: documents are percent-encoded. */
export interface AccountDetails {
  readonly roles: readonly RoleDetail[];
  /** The same roles with what their details lack: description and longest session. */
  readonly listedRoles: readonly Role[];
  /** The account's own, with the documents of all their versions. */
  readonly policies: readonly ManagedPolicyDetail[];
  readonly users: readonly UserDetail[];
}

/** The most that AWS puts on a page; it may put less. */
const MaxItems = 1000;
const Filter: EntityType[] = ["Role", "LocalManagedPolicy", "User"];

/**
 * Looks at a whole account in pages instead of a call for each role.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 *
 * @param onPage how many roles are known so far
 */
export async function readAccountDetails(aws: Aws, onPage?: (roles: number) => void): Promise<AccountDetails> {
  const roles: RoleDetail[] = [];
  const policies: ManagedPolicyDetail[] = [];
  const users: UserDetail[] = [];
  const listedRoles: Role[] = [];
  await Promise.all([
    eachPage(async (page) => {
      const answer = await aws.call("iam:GetAccountAuthorizationDetails", (http) =>
        aws.iam.send(new GetAccountAuthorizationDetailsCommand({ ...page, Filter }), http),
      );
      roles.push(...(answer.RoleDetailList ?? []));
      policies.push(...(answer.Policies ?? []));
      users.push(...(answer.UserDetailList ?? []));
      onPage?.(roles.length);
      return answer;
    }),
    eachPage(async (page) => {
      const answer = await aws.call("iam:ListRoles", (http) => aws.iam.send(new ListRolesCommand(page), http));
      listedRoles.push(...(answer.Roles ?? []));
      return answer;
    }),
  ]);
  return { roles, listedRoles, policies, users };
}

interface Page {
  readonly MaxItems: number;
  readonly Marker?: string;
}

async function eachPage(
  read: (page: Page) => Promise<{ readonly IsTruncated?: boolean | undefined; readonly Marker?: string | undefined }>,
): Promise<void> {
  let page: Page | undefined = { MaxItems };
  while (page) {
    const { IsTruncated, Marker } = await read(page);
    page = IsTruncated && Marker ? { MaxItems, Marker } : undefined;
  }
}
