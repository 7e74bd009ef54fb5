import { absent, errorName } from "./aws";
import { backoff, pause } from "./clock";
import type { Writing } from "./resources/resource";

/** For how long AWS may not know what was just made. */
const bound = 60_000;

/**
 * Makes a call that names something this session has just made. IAM and S3 are eventually consistent: for some seconds they
 * may not find it, or refuse it as a principal. Asked again for up to a minute; not at all when what the call names is
 * older, because then the answer is final.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 *
 * @param arns what the call depends on
 */
export async function untilKnown<Output>(
  aws: Writing,
  arns: readonly string[],
  call: () => Promise<Output>,
): Promise<Output> {
  const start = aws.clock.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const unknown = notKnownYet(
        error,
        arns.filter((arn) => isNew(aws, arn)),
      );
      if (unknown === undefined || aws.clock.now() - start >= bound) throw error;
      aws.waiting(`waiting for AWS to know the new ${describe(unknown)}`);
      await pause(aws.clock, backoff(aws.clock, attempt, 500, 8000), aws.signal);
    }
  }
}

function isNew(aws: Writing, arn: string): boolean {
  const created = aws.created.get(arn);
  return created !== undefined && aws.clock.now() - created < 2 * bound;
}

/** Which of the new things the error is about. */
function notKnownYet(error: unknown, newArns: readonly string[]): string | undefined {
  if (absent.includes(errorName(error))) return newArns[0];
  if (!isInvalidPrincipal(error)) return undefined;
  // AWS names the principal; where it does not, any new one may be meant.
  const named = principalsIn(error);
  return named.length === 0 ? newArns[0] : newArns.find((arn) => named.includes(arn));
}

export function isInvalidPrincipal(error: unknown): boolean {
  return errorName(error) === "MalformedPolicyDocument" && /invalid principal/i.test(messageOf(error));
}

/** The principals that AWS's message names. */
export function principalsIn(error: unknown): readonly string[] {
  return messageOf(error).match(/arn:aws[\w-]*:(?:iam|sts)::\d{12}:[\w+=,.@/-]*[\w+=@/-]/g) ?? [];
}

function describe(arn: string): string {
  const [, , service, , , resource = ""] = arn.split(":");
  if (service === "s3") return `bucket ${resource}`;
  const [kind = "", ...name] = resource.split("/");
  return `${kind} ${name.join("/")}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}
