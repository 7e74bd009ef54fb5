import { type ContextEntry, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import type { Integration } from "../../integration/integration";
import type { VerifiedAccess } from "../../integration/verifyAccess";
import type { AccessRequest } from "../../policy/evaluate/evaluation";
import { isUserError } from "../../policy/userError";
import { type DocumentRole, documentRoles } from "../../vendors/manifest";
import type { AwsFinding, JudgedAccess } from "../account";
import type { Aws } from "../aws";
import { encodeDocument } from "../documents";
import type { PolicyToValidate } from "./accessAnalyzer";

export interface AwsOpinion {
  readonly simulated: readonly SimulatedRequest[];
  readonly findings: readonly AwsFinding[];
  /** Why there is no answer, one sentence each. */
  readonly unanswered: readonly string[];
}

interface SimulatedRequest {
  readonly action: string;
  readonly resource: string;
  readonly decision: "allowed" | "explicitDeny" | "implicitDeny";
  /** By the service control policies of the account's organization, which only AWS itself can read here. */
  readonly deniedByOrganization: boolean;
}

/**
 * What AWS itself says: of the role's policies and boundary about each request, and of the documents. Who may not ask, or
 * where AWS has no answer, gets none, and why: that fails nothing.
 *
 * @param requests what the role is to do
 */
export async function askAws(
  aws: Aws,
  integration: Integration,
  roleArn: string | undefined,
  requests: readonly AccessRequest[],
): Promise<AwsOpinion> {
  const unanswered: string[] = [];
  const tolerating = async <Answer>(ask: () => Promise<readonly Answer[]>): Promise<readonly Answer[]> => {
    try {
      return await ask();
    } catch (error) {
      if (!isUserError(error) || error.code === "cancelled") throw error;
      unanswered.push(error.message);
      return [];
    }
  };
  const [simulated, findings] = await Promise.all([
    roleArn === undefined || requests.length === 0 ? [] : tolerating(() => simulate(aws, roleArn, requests)),
    tolerating(() => validate(aws, integration)),
  ]);
  return { simulated, findings, unanswered: [...new Set(unanswered)] };
}

/** What we worked out, with AWS's decision beside it, and denied where the organization denies it. */
export function withOpinion(
  access: readonly VerifiedAccess[],
  simulated: readonly SimulatedRequest[],
): readonly JudgedAccess[] {
  const opinions = new Map(simulated.map((opinion) => [`${opinion.action} ${opinion.resource}`, opinion]));
  return access.map((each) => {
    const { on, request, allowed, decidedBy, missing } = each;
    const opinion = on === "act" ? opinions.get(`${request.action} ${request.resource.arn}`) : undefined;
    if (opinion === undefined) return each;
    const judged = { ...each, awsDecision: opinion.decision };
    if (!opinion.deniedByOrganization) return judged;
    const organization = "a service control policy of the organization";
    return { ...judged, allowed: false, decidedBy: allowed ? [] : decidedBy, missing: [...missing, organization] };
  });
}

/**
 * One call for all actions on a resource. The policies of buckets and keys are not part of it: AWS takes only those of the
 * principal from the account.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_OrganizationsDecisionDetail.html
 */
async function simulate(
  aws: Aws,
  PolicySourceArn: string,
  requests: readonly AccessRequest[],
): Promise<readonly SimulatedRequest[]> {
  const groups = new Map<string, readonly AccessRequest[]>();
  for (const request of requests) {
    const key = JSON.stringify([request.resource.arn, request.context]);
    groups.set(key, [...(groups.get(key) ?? []), request]);
  }
  const answers = await Promise.all(
    [...groups.values()].map(async (group) => {
      const [{ resource, context = {} } = group[0] as AccessRequest] = group; // no group is empty
      const input = {
        PolicySourceArn,
        ActionNames: [...new Set(group.map(({ action }) => action))],
        ResourceArns: [resource.arn],
        ContextEntries: contextEntries(context),
        MaxItems: 1000,
      };
      const { EvaluationResults = [] } = await aws.call("iam:SimulatePrincipalPolicy", (http) =>
        aws.iam.send(new SimulatePrincipalPolicyCommand(input), http),
      );
      return EvaluationResults.map(({ EvalActionName = "", EvalDecision, OrganizationsDecisionDetail }) => ({
        action: EvalActionName,
        resource: resource.arn,
        decision: EvalDecision ?? "implicitDeny",
        deniedByOrganization: OrganizationsDecisionDetail?.AllowedByOrganizations === false,
      }));
    }),
  );
  return answers.flat();
}

function contextEntries(context: NonNullable<AccessRequest["context"]>): ContextEntry[] {
  return Object.entries(context).map(([ContextKeyName, value]) => {
    const type = ContextKeyName === "aws:SecureTransport" ? "boolean" : "string";
    return typeof value === "string"
      ? { ContextKeyName, ContextKeyValues: [value], ContextKeyType: type }
      : { ContextKeyName, ContextKeyValues: [...value], ContextKeyType: "stringList" };
  });
}

const policyTypes: { readonly [role in DocumentRole]?: Omit<PolicyToValidate, "policyDocument"> } = {
  permissions: { policyType: "IDENTITY_POLICY" },
  trust: { policyType: "RESOURCE_POLICY", validatePolicyResourceType: "AWS::IAM::AssumeRolePolicyDocument" },
  bucketPolicy: { policyType: "RESOURCE_POLICY", validatePolicyResourceType: "AWS::S3::Bucket" },
  keyPolicy: { policyType: "RESOURCE_POLICY" },
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-policy-validation.html */
async function validate(aws: Aws, { documents }: Integration): Promise<readonly AwsFinding[]> {
  const checked = documentRoles.flatMap((role) => {
    const type = policyTypes[role];
    const value = documents.find((document) => document.role === role)?.value;
    return type === undefined || value === undefined ? [] : [{ role, type, value }];
  });
  const answers = await Promise.all(
    checked.map(async ({ role, type, value }) => {
      const policy = { ...type, policyDocument: encodeDocument(value) };
      const found = await aws.call("access-analyzer:ValidatePolicy", (http) => aws.validatePolicy(policy, http));
      return found.map(({ findingType, issueCode, findingDetails, learnMoreLink }) => ({
        document: role,
        type: findingType,
        issue: issueCode,
        message: findingDetails,
        url: learnMoreLink,
      }));
    }),
  );
  return answers.flat();
}
