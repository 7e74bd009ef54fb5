import type { Integration } from "../integration/integration";
import { isUserError, UserError } from "../policy/userError";
import type { LiveState } from "./account";
import { readAccountDetails } from "./accountDetails";
import type { Aws } from "./aws";
import { withBound } from "./bound";
import { iamFromDetails } from "./iamFromDetails";
import { readLive, rememberAnswers } from "./readLive";
import type { Leftover } from "./resources/resource";

/** From so many on the pages of a whole account are cheaper than the calls for each role. */
const manyIntegrations = 4;

/** Calls at the same time. IAM throttles an account that asks for more at once; S3 takes any number. */
const mostCalls = 16;

/**
 * Looks at many integrations of one account, sharing what can be asked once. What goes wrong with one of them does not
 * keep the others from being read.
 *
 * @param leftOf what a run that stopped before its end has left of an integration
 * @param onRead called for each as soon as it is known
 * @returns in the order of the integrations; an error where one could not be read
 */
export async function readMany(
  integrations: readonly Integration[],
  aws: Aws,
  policyVersions: ReadonlyMap<string, string>,
  leftOf: (integration: Integration) => Promise<Leftover | undefined>,
  onRead: (integration: Integration, found: LiveState | UserError) => void = () => {},
): Promise<readonly (LiveState | UserError)[]> {
  const bounded = withBound(aws, mostCalls);
  const shared = integrations.length >= manyIntegrations ? await withDetails(bounded) : bounded;
  const once = rememberAnswers();
  return Promise.all(
    integrations.map(async (integration) => {
      const found = await leftOf(integration)
        .then((left) => readLive(integration, shared, policyVersions, once, left))
        .catch(asUserError);
      onRead(integration, found);
      return found;
    }),
  );
}

/** Who may not list the whole account reads role by role. */
async function withDetails(aws: Aws): Promise<Aws> {
  try {
    return { ...aws, iam: iamFromDetails(aws.iam, await readAccountDetails(aws)) };
  } catch (error) {
    if (isUserError(error) && error.code === "access-denied") return aws;
    throw error;
  }
}

function asUserError(error: unknown): UserError {
  return isUserError(error) ? error : new UserError("aws", error instanceof Error ? error.message : String(error));
}
