import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import { GetPublicAccessBlockCommand, S3Client } from "@aws-sdk/client-s3";

/** What is really in the emulated account, asked past the extension. */
export function accountAt(endpoint: string) {
  const settings = { endpoint, region: "us-east-1", credentials: { accessKeyId: "AKIATEST", secretAccessKey: "test" } };
  const iam = new IAMClient(settings);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  return {
    async trustOf(RoleName: string): Promise<unknown> {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
      return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "null"));
    },
    async managedPermissionsOf(RoleName: string): Promise<unknown> {
      const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
      const PolicyArn = AttachedPolicies?.[0]?.PolicyArn;
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
      const VersionId = Policy?.DefaultVersionId;
      const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
      return JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? "null"));
    },
    async inlinePermissionsOf(RoleName: string, PolicyName: string): Promise<unknown> {
      const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return JSON.parse(decodeURIComponent(PolicyDocument ?? "null"));
    },
    async userArn(UserName: string): Promise<string | undefined> {
      return (await iam.send(new GetUserCommand({ UserName }))).User?.Arn;
    },
    async blocksPublicAccess(Bucket: string): Promise<boolean> {
      const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
      return Object.values(PublicAccessBlockConfiguration ?? {}).every((blocked) => blocked === true);
    },
    async roles(): Promise<readonly string[]> {
      return ((await iam.send(new ListRolesCommand({}))).Roles ?? []).map(({ RoleName }) => RoleName ?? "");
    },
  };
}
