import { randomUUID } from "node:crypto";

/**
 * The errors that AWS answers with, in its own words, for each of its protocols: [HTTP status, code, message].
 * https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html,
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html,
 * https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html
 */
const errors = {
  accessDenied: {
    query: [403, "AccessDenied", (call) => notAuthorized(call)],
    s3: [403, "AccessDenied", () => "Access Denied"],
    json: [400, "AccessDeniedException", (call) => notAuthorized(call)],
  },
  throttle: {
    query: [400, "Throttling", () => "Rate exceeded"],
    s3: [503, "SlowDown", () => "Please reduce your request rate."],
    json: [400, "ThrottlingException", () => "Rate exceeded"],
  },
  serverError: {
    query: [500, "ServiceFailure", () => "The request processing has failed because of an unknown error."],
    s3: [500, "InternalError", () => "We encountered an internal error. Please try again."],
    json: [500, "KMSInternalException", () => "An internal exception occurred."],
  },
  unavailable: {
    query: [503, "ServiceUnavailable", () => "The service is unavailable. Please try again."],
    s3: [503, "ServiceUnavailable", () => "The service is unable to handle request."],
    json: [503, "ServiceUnavailableException", () => "The service is unavailable."],
  },
  clockSkew: {
    query: [
      403,
      "SignatureDoesNotMatch",
      () => "Signature expired: 20260101T000000Z is now earlier than 20260101T004500Z (20260101T010000Z - 15 min.)",
    ],
    s3: [
      403,
      "RequestTimeTooSkewed",
      () => "The difference between the request time and the current time is too large.",
    ],
    json: [
      400,
      "InvalidSignatureException",
      () => "Signature expired: 20260101T000000Z is now earlier than 20260101T004500Z",
    ],
  },
  expiredToken: {
    query: [403, "ExpiredToken", () => "The security token included in the request is expired"],
    s3: [400, "ExpiredToken", () => "The provided token has expired."],
    json: [400, "ExpiredTokenException", () => "The security token included in the request is expired"],
  },
  wrongMfaCode: {
    query: [403, "AccessDenied", () => "MultiFactorAuthentication failed with invalid MFA one time pass code. "],
    s3: [403, "AccessDenied", () => "Access Denied"],
    json: [400, "AccessDeniedException", () => "MultiFactorAuthentication failed"],
  },
  invalidPrincipal: {
    query: [400, "MalformedPolicyDocument", (call) => `Invalid principal in policy: "AWS":"${call.principal}"`],
    s3: [400, "MalformedPolicy", () => "Invalid principal in policy"],
    json: [
      400,
      "MalformedPolicyDocumentException",
      () => "Policy contains a statement with one or more invalid principals.",
    ],
  },
  noSuchEntity: {
    query: [404, "NoSuchEntity", (call) => `The ${call.kind} with name ${call.name} cannot be found.`],
    s3: [404, "NoSuchBucket", () => "The specified bucket does not exist"],
    json: [400, "NotFoundException", () => "Key does not exist"],
  },
};

/** The faults that are an answer with an error (others cut the connection). */
export const errorFaults = Object.keys(errors);

function notAuthorized({ service, action, refused = `${service}:${action}` }) {
  return `User: arn:aws:sts::210987654321:user/moto is not authorized to perform: ${refused} because no identity-based policy allows the ${refused} action`;
}

/**
 * @param {string} fault one of `errorFaults`
 * @param {{ service: string, action: string, protocol: "query" | "json" | "s3" }} call
 * @param {{ method: string, body: Buffer }} request
 * @returns {{ status: number, headers: Record<string, string>, body: string }} what AWS would send
 */
export function errorAnswer(fault, call, { method, body }) {
  const [status, code, message] = errors[fault][call.protocol];
  const text = message({ ...call, ...(call.protocol === "query" ? namesIn(body) : {}) });
  const requestId = randomUUID();
  const time = fault === "clockSkew" ? { date: new Date(Date.now() + 3_600_000).toUTCString() } : {};
  if (call.protocol === "json") {
    return {
      status,
      headers: { ...time, "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": requestId },
      body: JSON.stringify({ __type: code, message: text }),
    };
  }
  if (call.protocol === "s3") {
    return {
      status,
      headers: { ...time, "content-type": "application/xml", "x-amz-request-id": requestId },
      body:
        method === "HEAD" // S3 answers HEAD without a body: a client sees the status alone
          ? ""
          : `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${xml(text)}</Message><RequestId>${requestId}</RequestId><HostId>sandbox</HostId></Error>`,
    };
  }
  const namespace = call.service === "sts" ? "sts.amazonaws.com/doc/2011-06-15" : "iam.amazonaws.com/doc/2010-05-08";
  return {
    status,
    headers: { ...time, "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: `<ErrorResponse xmlns="https://${namespace}/"><Error><Type>${status < 500 ? "Sender" : "Receiver"}</Type><Code>${code}</Code><Message>${xml(text)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}

/** What a message of IAM quotes from the request. */
function namesIn(body) {
  const form = new URLSearchParams(body.toString("utf8"));
  const kind = ["Role", "User", "Policy"].find((word) => form.has(`${word}Name`) || form.has(`${word}Arn`)) ?? "Role";
  const trust = form.get("AssumeRolePolicyDocument") ?? form.get("PolicyDocument") ?? "";
  return {
    kind: kind.toLowerCase(),
    name: form.get(`${kind}Name`) ?? form.get(`${kind}Arn`) ?? "",
    principal: /arn:aws[\w-]*:iam::\d{12}:(?:role|user|root)[^"]*/.exec(trust)?.[0] ?? "AROAEXAMPLE",
  };
}

function xml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
