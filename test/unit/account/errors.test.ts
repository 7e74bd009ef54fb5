import assert from "node:assert/strict";
import { awsErrorFacts, isThrottling, temporary } from "../../../src/account/awsError";
import { type CallerFacts, toUserError } from "../../../src/account/errors";
import { UserError } from "../../../src/policy/userError";

interface Fields {
  readonly code?: string;
  readonly status?: number;
  readonly [field: string]: unknown;
}

function failure(name: string, message: string, { status, ...fields }: Fields = {}): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } }, fields);
}

const caller: CallerFacts = {
  profile: "work",
  arn: "arn:aws:iam::210987654321:user/ada",
  account: "210987654321",
  signIn: undefined,
  endpoint: undefined,
};

function said(error: unknown, changes: Partial<CallerFacts> = {}): UserError {
  return toUserError(error, "iam:CreateRole", { ...caller, ...changes });
}

describe("what an error of AWS becomes for a person", () => {
  it("access denied: the permission, the caller, the profile and what to do", () => {
    const { message, code, awsErrorName, awsAction } = said(
      failure("AccessDenied", "User: x is not authorized", { status: 403 }),
    );
    assert.equal(
      message,
      "arn:aws:iam::210987654321:user/ada (profile work) may not call iam:CreateRole (AccessDenied). Ask whoever manages the account 210987654321 to allow iam:CreateRole, or choose another profile. AWS says: User: x is not authorized",
    );
    assert.deepEqual([code, awsErrorName, awsAction], ["access-denied", "AccessDenied", "iam:CreateRole"]);
  });

  const cases: readonly (readonly [string, Error, string, RegExp])[] = [
    [
      "a quota",
      failure("LimitExceededException", "Cannot exceed quota for RolesPerAccount: 1000", { status: 409 }),
      "aws",
      /\(LimitExceeded\)\. A quota of the account is reached.*RolesPerAccount: 1000/,
    ],
    [
      "an address that is none",
      new TypeError("Invalid URL"),
      "aws",
      /^iam:CreateRole was not called: Invalid URL\. Correct the region and the endpoint_url of the profile work/,
    ],
    [
      "a region that is none",
      new Error('Region not accepted: region="us east" is not a valid hostname component'),
      "aws",
      /was not called: Region not accepted.* Correct the region/,
    ],
    [
      "a name that AWS refuses",
      failure("ValidationError", "Value at 'roleName' failed", { status: 400 }),
      "aws",
      /correct integration\.json/,
    ],
    [
      "a key that AWS does not know",
      failure("InvalidClientTokenId", "The security token is invalid", { status: 403 }),
      "credentials-missing",
      /does not accept the credentials of the profile work/,
    ],
    [
      "an expired token",
      failure("ExpiredTokenException", "expired", { status: 400 }),
      "credentials-expired",
      /credentials of the profile work have expired/,
    ],
    ["a bucket name that is taken", failure("BucketAlreadyExists", "", { status: 409 }), "aws", /choose another/],
    [
      "a broken connection",
      failure("Error", "read ECONNRESET", { code: "ECONNRESET" }),
      "network",
      /AWS \(iam\) could not be reached \(ECONNRESET\)/,
    ],
    [
      "an unknown host",
      failure("Error", "getaddrinfo", { code: "ENOTFOUND", hostname: "iam.amazonaws.com" }),
      "network",
      /^iam\.amazonaws\.com could not be reached/,
    ],
    [
      "a host with several addresses",
      failure("AggregateError", "", {
        code: "ECONNREFUSED",
        errors: [failure("Error", "", { code: "ECONNREFUSED", address: "::1", port: 9 })],
      }),
      "network",
      /^::1:9 could not be reached/,
    ],
    [
      "a certificate",
      failure("Error", "self-signed certificate", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }),
      "network",
      /DEPTH_ZERO_SELF_SIGNED_CERT/,
    ],
    ["a cancellation", failure("AbortError", "Request aborted"), "cancelled", /^Cancelled\.$/],
    ["a wrong clock", failure("RequestTimeTooSkewed", "", { status: 403 }), "aws", /clock of this machine/],
    [
      "anything else",
      failure("Strange", "odd thing", { status: 400 }),
      "aws",
      /AWS refused iam:CreateRole \(Strange\)\. AWS says: odd thing/,
    ],
  ];
  for (const [name, error, code, message] of cases) {
    it(name, () => {
      const told = said(error);
      assert.equal(told.code, code);
      assert.match(told.message, message);
    });
  }

  const later: readonly (readonly [string, Error, RegExp])[] = [
    ["too many requests", failure("Throttling", "Rate exceeded", { status: 400 }), /too many requests.*Wait a minute/],
    ["a server error", failure("ServiceFailure", "", { status: 500 }), /AWS failed.*Try again later/],
    ["a change at the same time", failure("ConcurrentModificationException", "", { status: 409 }), /Wait a minute/],
    ["S3 at another change", failure("OperationAborted", "", { status: 409 }), /Wait a minute, then try again/],
    [
      "what has just been made",
      failure("EntityTemporarilyUnmodifiableException", "", { status: 409 }),
      /Wait a minute/,
    ],
  ];
  for (const [name, error, message] of later) {
    it(`${name}: goes well later`, () => {
      assert.equal(said(error).code, "unavailable");
      assert.match(said(error).message, message);
    });
  }

  it("says what to do about each error that AWS documents for the calls that are made here", () => {
    const documented = {
      iam: "DeleteConflict EntityAlreadyExists InvalidInput LimitExceeded MalformedPolicyDocument NoSuchEntity PolicyNotAttachable UnmodifiableEntity ValidationError OptInRequired",
      s3: "AuthorizationHeaderMalformed BucketAlreadyExists BucketAlreadyOwnedByYou BucketNotEmpty IllegalLocationConstraint InvalidArgument InvalidBucketName InvalidLocationConstraint InvalidRequest InvalidTag MalformedPolicy MalformedXML NoSuchBucket NoSuchKey NotFound PermanentRedirect TooManyBuckets",
      kms: "DisabledException InvalidArnException KMSInvalidStateException LimitExceededException MalformedPolicyDocumentException NotFoundException UnsupportedOperationException ValidationException",
      sts: "RegionDisabledException",
    };
    for (const name of Object.values(documented).flatMap((names) => names.split(" "))) {
      const { code, message } = said(failure(name, "", { status: 400 }));
      assert.equal(code, "aws", name);
      assert.match(message, /^AWS refused iam:CreateRole \(\w+\)\. [A-Z].+\.$/, name);
    }
  });

  it("an expired sign-in of SSO: the command, whatever the error is called", () => {
    for (const name of ["CredentialsProviderError", "TokenProviderError", "ExpiredToken"]) {
      const told = said(failure(name, "The SSO session has expired"), { signIn: "aws sso login --profile work" });
      assert.equal(told.code, "credentials-expired");
      assert.match(told.message, /Run `aws sso login --profile work`/);
    }
  });

  it("an endpoint of one's own is named where the network fails", () => {
    const told = said(failure("Error", "", { code: "ECONNRESET" }), { endpoint: "http://127.0.0.1:5000" });
    assert.match(
      told.message,
      /^http:\/\/127\.0\.0\.1:5000 could not be reached.*names http:\/\/127\.0\.0\.1:5000 as the endpoint/,
    );
  });

  it("an error for people stays as it is", () => {
    const error = new UserError("usage", "as it is");
    assert.equal(said(error), error);
  });

  it("never quotes a signed request, and keeps no cause that holds one", () => {
    const message = `The request signature we calculated does not match. The Canonical String for this request should have been 'POST / x-amz-security-token:FwoGZXIvYXdz'`;
    for (const name of ["SignatureDoesNotMatch", "Strange"]) {
      const told = said(
        failure(name, message, { status: 403, $response: { headers: { authorization: "Credential=AKIA" } } }),
      );
      assert.ok(!/FwoGZ|Credential|Canonical/.test(`${told.message}${JSON.stringify(told)}`), told.message);
      assert.equal(told.cause, undefined);
    }
  });

  it("shortens what AWS says", () => {
    assert.equal(said(failure("Strange", "x".repeat(5000), { status: 400 })).message.length < 700, true);
  });
});

describe("whether to ask again", () => {
  const cases: readonly (readonly [Error, "no" | "refused" | "unknown"])[] = [
    [failure("Throttling", "", { status: 400 }), "refused"],
    [failure("ThrottlingException", "", { status: 400 }), "refused"],
    [failure("SlowDown", "", { status: 503 }), "refused"],
    [failure("ConcurrentModificationException", "", { status: 409 }), "refused"],
    [failure("Error", "", { code: "ENOTFOUND" }), "refused"],
    [failure("InternalError", "", { status: 500 }), "unknown"],
    [failure("Error", "", { code: "ECONNRESET" }), "unknown"],
    [failure("Error", "socket hang up"), "unknown"],
    [failure("TimeoutError", "", {}), "unknown"],
    [failure("LimitExceededException", "", { status: 409 }), "no"],
    [failure("AccessDenied", "", { status: 403 }), "no"],
    [failure("InvalidSignatureException", "", { status: 403, $metadata: { clockSkewCorrected: true } }), "refused"],
    [failure("Error", "", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }), "no"],
  ];
  for (const [error, expected] of cases) {
    it(`${error.name} ${(error as { code?: string }).code ?? error.message}: ${expected}`, () => {
      assert.equal(temporary(error), expected);
    });
  }

  it("a quota is no throttling, though the SDK takes it for that", () => {
    assert.equal(isThrottling(failure("LimitExceededException", "", { status: 409 })), false);
    assert.equal(isThrottling(failure("RequestLimitExceeded", "", { status: 503 })), true);
  });

  it("S3's answers to HEAD have only a status", () => {
    assert.equal(awsErrorFacts(failure("403", "UnknownError", { status: 403 })).name, "AccessDenied");
    assert.equal(awsErrorFacts(failure("UnknownError", "UnknownError", { status: 404 })).name, "NotFound");
    assert.equal(awsErrorFacts(failure("NoSuchEntityException", "", { status: 404 })).name, "NoSuchEntity");
  });
});
