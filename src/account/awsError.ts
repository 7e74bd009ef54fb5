/** What an error of the AWS SDK says about itself, whatever service and protocol it came from. */
export interface AwsErrorFacts {
  /** AWS's own name: `NoSuchEntity`, `AccessDenied`; for a broken connection Node's: `ECONNRESET`. */
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
  /** The answer did not come, or the question did not get there. */
  readonly network: boolean;
  /** The host that could not be reached, where the error tells it. */
  readonly host: string | undefined;
}

interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly hostname?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
  readonly errors?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * Reads an error. The SDK puts `Exception` behind some names that AWS sends without it; S3 answers HEAD without a body,
 * so that only the status says what is wrong.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function awsErrorFacts(error: unknown): AwsErrorFacts {
  const like: ErrorLike = typeof error === "object" && error !== null ? error : {};
  const network = networkError(like);
  const status = like.$metadata?.httpStatusCode;
  const name = String(like.name ?? "Error").replace(/(?<=.)Exception$/, "");
  return {
    name: network?.code ?? (nameless.test(name) ? (namesByStatus[status ?? 0] ?? name) : name),
    message: String(like.message ?? error),
    status,
    network: network !== undefined,
    host: network?.host,
  };
}

const nameless = /^(Error|UnknownError|Unknown|Forbidden|\d+)$/;
const namesByStatus: { readonly [status: number]: string } = {
  301: "PermanentRedirect",
  400: "BadRequest",
  403: "AccessDenied",
  404: "NotFound",
};

/** https://nodejs.org/api/errors.html#common-system-errors and OpenSSL's certificate errors. */
const networkCodes =
  /^(E(CONNREFUSED|CONNRESET|CONNABORTED|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|PROTO)|UND_ERR_\w+|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_\w+)$/;

function networkError(
  error: ErrorLike,
  depth = 0,
): { readonly code: string; readonly host: string | undefined } | undefined {
  if (error.name === "TimeoutError") return { code: "TimeoutError", host: undefined };
  // A host with several addresses fails with all their errors together.
  const errors = Array.isArray(error.errors) ? error.errors : [];
  for (const inner of [...errors, error.cause]) {
    if (depth < 5 && typeof inner === "object" && inner !== null) {
      const found = networkError(inner, depth + 1);
      if (found) return found;
    }
  }
  if (typeof error.code !== "string" || !networkCodes.test(error.code)) {
    // Node's HTTP client has no other sign of a connection that was cut while it waited for the answer.
    return error.message === "socket hang up" ? { code: "ECONNRESET", host: undefined } : undefined;
  }
  const address = error.address === undefined ? undefined : `${String(error.address)}:${String(error.port)}`;
  return { code: error.code, host: typeof error.hostname === "string" ? error.hostname : address };
}

const throttling = new Set([
  "Throttling",
  "Throttled",
  "ThrottledRequest",
  "RequestThrottled",
  "RequestLimitExceeded",
  "TooManyRequests",
  "SlowDown",
  "BandwidthLimitExceeded",
]);

/** Refused because another request was being worked on, and will be taken later. */
const busy = new Set(["ConcurrentModification", "OperationAborted", "PriorRequestNotComplete"]);

/**
 * no: asking again changes nothing. refused: AWS did not do it and will when asked later. unknown: the answer was lost, or
 * AWS failed: it may be done or not.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function temporary(error: unknown): "no" | "refused" | "unknown" {
  const { name, status } = awsErrorFacts(error);
  if (throttling.has(name) || status === 429 || busy.has(name)) return "refused";
  if (clockSkewCorrected(error)) return "refused";
  if (["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"].includes(name)) return "refused";
  if (["ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT", "TimeoutError", "RequestTimeout"].includes(name))
    return "unknown";
  return status !== undefined && status >= 500 ? "unknown" : "no";
}

export function isThrottling(error: unknown): boolean {
  const { name, status } = awsErrorFacts(error);
  return throttling.has(name) || status === 429;
}

/** The SDK has corrected its clock by AWS's answer: the same call signed anew goes through. */
function clockSkewCorrected(error: unknown): boolean {
  return (
    (error as { $metadata?: { clockSkewCorrected?: boolean } } | undefined)?.$metadata?.clockSkewCorrected === true
  );
}
