import assert from "node:assert/strict";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { IAMClient, type SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import type { Aws } from "../../../src/account/aws";
import { toUserError } from "../../../src/account/errors";
import { createPolicyValidator, type PolicyToValidate } from "../../../src/account/verify/accessAnalyzer";
import { askAws, withOpinion } from "../../../src/account/verify/askAws";
import { type VerifiedAccess, whyDenied } from "../../../src/integration/verifyAccess";
import type { AccessRequest } from "../../../src/policy/evaluate/evaluation";
import { integrationOf } from "../../account/integrations";

const role = "arn:aws:iam::210987654321:role/vendor";
const request = (action: string, arn: string): AccessRequest => ({
  principal: { kind: "role", arn: role },
  action,
  resource: { arn, account: "210987654321" },
  context: { "aws:SecureTransport": "true" },
});

/** Only what the opinion needs of a session. */
function aws(changes: { readonly iam?: unknown; readonly validatePolicy?: Aws["validatePolicy"] }): Aws {
  const caller = { profile: "work", arn: undefined, account: undefined, signIn: undefined, endpoint: undefined };
  return {
    iam: new IAMClient({ region: "us-east-1" }),
    validatePolicy: async () => [],
    call: async (action: string, send: (options: object) => Promise<unknown>) => {
      try {
        return await send({});
      } catch (error) {
        throw toUserError(error, action, caller);
      }
    },
    ...changes,
  } as unknown as Aws; // a part of it
}

describe("AWS's own opinion", () => {
  const integration = integrationOf("activeloop-deep-lake");

  it("is asked once for all actions on a resource, with the context of the requests", async () => {
    const asked: SimulatePrincipalPolicyCommand[] = [];
    const iam = {
      async send(command: SimulatePrincipalPolicyCommand) {
        asked.push(command);
        const EvaluationResults = command.input.ActionNames?.map((EvalActionName) => ({
          EvalActionName,
          EvalDecision: EvalActionName === "s3:GetObject" ? "allowed" : "explicitDeny",
        }));
        return { EvaluationResults };
      },
    };
    const { simulated, unanswered } = await askAws(aws({ iam }), integration, role, [
      request("s3:GetObject", "arn:aws:s3:::images/any"),
      request("s3:PutObject", "arn:aws:s3:::images/any"),
      request("s3:ListBucket", "arn:aws:s3:::images"),
    ]);
    assert.deepEqual(unanswered, []);
    assert.deepEqual(
      simulated.map(({ action, decision }) => `${action} ${decision}`),
      ["s3:GetObject allowed", "s3:PutObject explicitDeny", "s3:ListBucket explicitDeny"],
    );
    assert.equal(asked.length, 2);
    assert.deepEqual(asked[0]?.input.ContextEntries, [
      { ContextKeyName: "aws:SecureTransport", ContextKeyValues: ["true"], ContextKeyType: "boolean" },
    ]);
    assert.equal(asked[0]?.input.PolicySourceArn, role);
  });

  it("denies what a service control policy of the organization denies, which we can't read", async () => {
    const iam = {
      async send({ input }: SimulatePrincipalPolicyCommand) {
        const EvaluationResults = input.ActionNames?.map((EvalActionName) => ({
          EvalActionName,
          EvalDecision: EvalActionName === "s3:GetObject" ? "allowed" : "implicitDeny",
          OrganizationsDecisionDetail: { AllowedByOrganizations: EvalActionName === "s3:GetObject" },
        }));
        return { EvaluationResults };
      },
    };
    const requests = ["s3:GetObject", "s3:PutObject"].map((action) => request(action, "arn:aws:s3:::images/any"));
    const { simulated } = await askAws(aws({ iam }), integration, role, requests);
    const worked = requests.map((asked): VerifiedAccess => {
      const { action } = asked;
      const resource = "arn:aws:s3:::images/*";
      return { on: "act", action, resource, request: asked, allowed: true, decidedBy: ["Objects"], missing: [] };
    });
    const [read, write] = withOpinion(worked, simulated);
    assert.deepEqual([read?.allowed, read?.awsDecision, read?.decidedBy], [true, "allowed", ["Objects"]]);
    assert.deepEqual([write?.allowed, write?.awsDecision], [false, "implicitDeny"]);
    assert.equal(
      whyDenied(write as VerifiedAccess),
      "a service control policy of the organization would have to allow it and does not",
    );
    const [assumed] = withOpinion([{ ...(worked[1] as VerifiedAccess), on: "assume" }], simulated);
    assert.equal(assumed?.allowed, true, "who assumes the role is not of the organization");
  });

  it("is missing where the caller may not ask, which says why and fails nothing", async () => {
    const refused = async () => {
      throw Object.assign(new Error("no"), { name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
    };
    const opinion = await askAws(aws({ iam: { send: refused }, validatePolicy: refused }), integration, role, [
      request("s3:GetObject", "arn:aws:s3:::images/any"),
    ]);
    assert.deepEqual([opinion.simulated, opinion.findings], [[], []]);
    assert.match(opinion.unanswered.join("\n"), /iam:SimulatePrincipalPolicy.*\n.*access-analyzer:ValidatePolicy/);
  });

  it("about the documents names the document and the kind of policy", async () => {
    const asked: PolicyToValidate[] = [];
    const validatePolicy: Aws["validatePolicy"] = async (policy) => {
      asked.push(policy);
      const finding = {
        findingType: "WARNING",
        issueCode: "X",
        findingDetails: "Mind it.",
        learnMoreLink: "https://x",
      };
      return policy.policyType === "IDENTITY_POLICY" ? [finding] : [];
    };
    const { findings } = await askAws(aws({ validatePolicy }), integration, role, []);
    assert.deepEqual(findings, [
      { document: "permissions", type: "WARNING", issue: "X", message: "Mind it.", url: "https://x" },
    ]);
    assert.deepEqual(
      asked.map((policy) => policy.validatePolicyResourceType),
      [undefined, "AWS::IAM::AssumeRolePolicyDocument"],
    );
  });
});

describe("The call of Access Analyzer", () => {
  const credentials = async () => ({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" });

  async function withServer<Answer>(
    respond: http.RequestListener,
    ask: (endpoint: string) => Promise<Answer>,
  ): Promise<Answer> {
    const server = http.createServer(respond);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo; // of a TCP server
    try {
      return await ask(`http://127.0.0.1:${port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const policy: PolicyToValidate = { policyDocument: "{}", policyType: "IDENTITY_POLICY" };
  const validator = (endpoint: string) =>
    createPolicyValidator({ region: "eu-west-1", endpoint, credentials, patience: 5000 });

  it("is signed for its service and region, and gives what AWS found", async () => {
    let seen: http.IncomingMessage | undefined;
    const findings = await withServer(
      (incoming, response) => {
        seen = incoming;
        response.end(JSON.stringify({ findings: [{ findingType: "ERROR" }] }));
      },
      (endpoint) => validator(endpoint)(policy, {}),
    );
    assert.deepEqual(findings, [{ findingType: "ERROR" }]);
    assert.equal(`${seen?.method} ${seen?.url}`, "POST /policy/validation");
    assert.match(
      seen?.headers.authorization ?? "",
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/access-analyzer\/aws4_request, SignedHeaders=content-type;host;.*x-amz-security-token, Signature=[0-9a-f]{64}$/,
    );
    assert.equal(seen?.headers["x-amz-security-token"], "token");
  });

  it("refused is an error with AWS's name, and without the signed request", async () => {
    const error = await withServer(
      (_, response) =>
        response.writeHead(403, { "x-amzn-errortype": "AccessDeniedException:http://x" }).end('{"message":"No."}'),
      (endpoint) => validator(endpoint)(policy, {}).then(String, (failed: Error) => failed),
    );
    assert.ok(error instanceof Error, "it fails");
    assert.deepEqual([error.name, error.message], ["AccessDeniedException", "No."]);
    assert.doesNotMatch(JSON.stringify(error), /secret|token|Signature/);
  });
});
