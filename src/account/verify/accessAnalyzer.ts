import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import type { HttpOptions } from "../aws";
import type { Credentials } from "../credentials";

/** https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html */
export interface PolicyToValidate {
  readonly policyDocument: string;
  readonly policyType: "IDENTITY_POLICY" | "RESOURCE_POLICY";
  readonly validatePolicyResourceType?: "AWS::S3::Bucket" | "AWS::IAM::AssumeRolePolicyDocument";
}

interface ValidationFinding {
  readonly findingType: string;
  readonly issueCode: string;
  readonly findingDetails: string;
  readonly learnMoreLink: string;
}

export type ValidatePolicy = (policy: PolicyToValidate, http: HttpOptions) => Promise<readonly ValidationFinding[]>;

interface Settings {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials: () => Promise<Credentials>;
  /** Milliseconds that an answer may take. */
  readonly patience: number;
}

/**
 * The one call of IAM Access Analyzer that is used, signed by what the SDK's clients sign with: a client of its own would
 * add a tenth to the size of the whole account room.
 */
export function createPolicyValidator({ region, endpoint, credentials, patience }: Settings): ValidatePolicy {
  const host = `access-analyzer.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
  const url = new URL("/policy/validation", endpoint ?? `https://${host}`);
  const signer = new SignatureV4({ service: "access-analyzer", region, credentials, sha256: Sha256 });
  return async (policy, { abortSignal }) => {
    const body = JSON.stringify(policy);
    const { headers } = await signer.sign({
      method: "POST",
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port && { port: Number(url.port) }),
      path: url.pathname,
      query: {},
      headers: { host: url.host, "content-type": "application/json" },
      body,
    });
    const { host: _, ...sent } = headers;
    const timeout = AbortSignal.timeout(patience);
    const signal = abortSignal ? AbortSignal.any([abortSignal, timeout]) : timeout;
    const answer = await fetch(url, { method: "POST", headers: sent, body, signal });
    const text = await answer.text();
    if (!answer.ok) throw refusal(answer, text);
    return (JSON.parse(text) as { readonly findings?: readonly ValidationFinding[] }).findings ?? []; // as AWS documents it
  };
}

/** In the shape of the SDK's own errors. https://docs.aws.amazon.com/access-analyzer/latest/APIReference/CommonErrors.html */
function refusal(answer: Response, text: string): Error {
  const name =
    answer.headers.get("x-amzn-errortype")?.split(":")[0] ?? (answer.status === 403 ? "AccessDenied" : "Unknown");
  const error = Object.assign(new Error(messageIn(text)), { $metadata: { httpStatusCode: answer.status } });
  error.name = name;
  return error;
}

function messageIn(text: string): string {
  try {
    const { message } = JSON.parse(text) as { readonly message?: string }; // as AWS documents it
    return message ?? "";
  } catch {
    return "";
  }
}
