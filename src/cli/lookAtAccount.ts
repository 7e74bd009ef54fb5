import type { AccountSession, Identity } from "../account/account";
import type { BucketFacts } from "../checks/finding";
import { bucketsOf } from "../integration/newRequest";
import { isUserError, UserError } from "../policy/userError";
import type { Parameter, VendorDefinition } from "../vendors/definition";
import type { IntegrationRequest, ParameterValue } from "../vendors/manifest";
import { matchesWhen } from "../vendors/when";
import { askForMfaCode } from "./connectAccount";
import type { CliContext } from "./context";
import { settingName } from "./vendors";

/** What a look at the account adds to a request. */
export interface FoundInAccount {
  readonly account?: string;
  readonly region?: string;
  readonly partition?: Identity["partition"];
  readonly parameters: { readonly [name: string]: ParameterValue };
}

/**
 * Asks AWS what the documents must name: the account, and the bucket's region and key. Only with a profile, or when
 * the vendor's documents name the customer's own account and it was not given. Writes nothing in AWS.
 *
 * @throws UserError `wrong-account` when the profile is another account's than the one given, `usage` that names
 * `--set` when the account is needed and there are no credentials, and what `connect` throws
 */
export async function lookAtAccount(
  definition: VendorDefinition,
  request: IntegrationRequest,
  options: { readonly profile: string | undefined; readonly region: string | undefined },
  context: CliContext,
): Promise<FoundInAccount> {
  const own = definition.parameters.find(({ type }) => type === "own-account");
  const needsAccount = own !== undefined && request.account === undefined;
  if (options.profile === undefined && !needsAccount) return { parameters: {} };
  const session = await connect(own, options, context);
  const { account, partition, region: profileRegion } = session.identity;
  if (request.account !== undefined && request.account !== account) {
    throw new UserError(
      "wrong-account",
      `You named the account ${request.account}, and the profile ${session.identity.profile} is of the account ${account}. Choose another profile, or correct the account.`,
    );
  }
  const facts = await inspectBuckets(session, bucketsOf(definition, request), context);
  const makesBucket = definition.newBucket !== undefined && matchesWhen(definition.newBucket.when, request);
  sayWhatIsOdd(facts, makesBucket, options.region, context);
  const region =
    facts.find((bucket) => bucket.region !== undefined)?.region ?? (makesBucket ? profileRegion : undefined);
  return {
    account,
    partition,
    ...(region !== undefined && { region }),
    parameters: keyOf(definition, request, facts, context),
  };
}

/** What AWS tells about buckets. A look that AWS refuses is said and no reason to stop: the rest works without. */
export async function inspectBuckets(
  session: AccountSession,
  names: readonly string[],
  { say, signal, style }: CliContext,
): Promise<readonly BucketFacts[]> {
  const facts = await Promise.all(
    names.map(async (name) => {
      try {
        return [await session.inspectBucket(name, signal)];
      } catch (error) {
        if (!isUserError(error) || (error.code !== "access-denied" && error.code !== "aws")) throw error;
        say(style.messages.warning(`The bucket ${name} could not be looked at: ${error.message}`));
        return [];
      }
    }),
  );
  return facts.flat();
}

async function connect(
  own: Parameter | undefined,
  { profile, region }: { readonly profile: string | undefined; readonly region: string | undefined },
  context: CliContext,
): Promise<AccountSession> {
  const account = await context.loadAccount();
  try {
    return await account.connect({
      ...(profile !== undefined && { profile }),
      ...(region !== undefined && { region }),
      ...askForMfaCode(context),
      signal: context.signal,
    });
  } catch (error) {
    if (profile !== undefined || own === undefined || !isUserError(error) || error.code === "cancelled") throw error;
    throw new UserError(
      "usage",
      `The documents name your own AWS account, and it could not be found out: ${error.message}\nGive it with --set ${settingName(own)}=…, or name a profile with --profile.`,
      { cause: error },
    );
  }
}

function sayWhatIsOdd(
  facts: readonly BucketFacts[],
  makesBucket: boolean,
  region: string | undefined,
  { say, style }: CliContext,
): void {
  for (const bucket of facts) {
    if (!bucket.exists && !makesBucket) {
      say(
        style.messages.warning(
          `There is no bucket ${bucket.name} in this account. Check its name, or make it before you apply.`,
        ),
      );
    }
    if (bucket.exists && makesBucket) {
      say(style.messages.warning(`The bucket ${bucket.name} exists already: it can't be made anew.`));
    }
    if (region !== undefined && bucket.region !== undefined && bucket.region !== region) {
      say(style.messages.warning(`The bucket ${bucket.name} is in ${bucket.region}, not in ${region}.`));
    }
  }
}

/** The customer-managed key that encrypts the buckets, as the vendor's parameter for it. */
function keyOf(
  definition: VendorDefinition,
  request: IntegrationRequest,
  facts: readonly BucketFacts[],
  { say, style }: CliContext,
): { readonly [name: string]: ParameterValue } {
  const encrypted = facts.filter(({ kmsKeyArn }) => kmsKeyArn !== undefined);
  const [first] = encrypted;
  if (first?.kmsKeyArn === undefined) return {};
  const parameter = definition.parameters.find(({ type }) => type === "kms-key-arn");
  if (!parameter) {
    say(
      style.messages.warning(
        `The bucket ${first.name} is encrypted with the key ${first.kmsKeyArn}, and ${definition.name}'s page does not say what it needs there. Reading needs kms:Decrypt on the key, writing kms:GenerateDataKey: add them to the permissions policy.`,
      ),
    );
    return {};
  }
  for (const { name, kmsKeyArn } of encrypted) {
    if (kmsKeyArn !== first.kmsKeyArn) {
      say(
        style.messages.warning(
          `The bucket ${name} is encrypted with another key than ${first.name}: add ${kmsKeyArn} to the permissions policy.`,
        ),
      );
    }
  }
  return request.parameters[parameter.name] === undefined ? { [parameter.name]: first.kmsKeyArn } : {};
}
