import type { AccountSession, LiveState } from "../account/account";
import { accessChange } from "../integration/accessChange";
import { blockingFindings, type FindingInFile, findingsOf } from "../integration/blockingFindings";
import { withBucketFacts } from "../integration/buildIntegration";
import { grantsOf } from "../integration/grantsOf";
import type { Integration } from "../integration/integration";
import { type KeyPolicyAdvice, keyPolicyAdvice } from "../integration/keyPolicyAdvice";
import { bucketsOf } from "../integration/newRequest";
import type { Comparison } from "../policy/explain/explanation";
import type { Arguments } from "./command";
import { connectAccount } from "./connectAccount";
import type { CliContext } from "./context";
import { inspectBuckets } from "./lookAtAccount";
import { type OpenedIntegration, openIntegration } from "./openIntegration";

export interface Prepared {
  readonly opened: OpenedIntegration;
  readonly session: AccountSession;
  /** Bound to the session's account, and checked with what the account told. */
  readonly integration: Integration;
  /** Errors that keep it from being applied. The live state was not read if there were any before. */
  readonly blocking: readonly FindingInFile[];
  readonly warnings: readonly FindingInFile[];
  readonly live: LiveState | undefined;
  /** Who gets what, in words. */
  readonly grants: readonly string[];
  /** Keys whose own policies have to let the vendor in. */
  readonly keyAdvice: readonly KeyPolicyAdvice[];
  /** What an apply changes for who has access already. */
  readonly change: Comparison | undefined;
}

/** What `plan`, `apply` and `verify` begin with: the integration, the account, and what is there. Nothing is written. */
export async function prepare(
  args: Arguments,
  context: CliContext,
  read: (session: AccountSession, integration: Integration) => Promise<LiveState>,
): Promise<Prepared> {
  const opened = await openIntegration(args.positionals[0] ?? ".", context);
  const { session, integration } = await connectAccount(opened, args, context);
  const unread = {
    opened,
    session,
    integration,
    live: undefined,
    warnings: [],
    grants: [],
    keyAdvice: [],
    change: undefined,
  };
  const blockingBefore = blockingFindings(integration);
  if (blockingBefore.length > 0) return { ...unread, blocking: blockingBefore };
  const buckets = bucketsOf(integration.definition, integration.manifest);
  const lookAtKeys = async () => {
    const facts = await inspectBuckets(session, buckets, context);
    return { facts, keys: await session.inspectKeys(integration, facts, context.signal) };
  };
  const [live, { facts, keys }] = await Promise.all([read(session, integration), lookAtKeys()]);
  const checked = withBucketFacts(integration, { ...context, buckets: facts });
  return {
    opened,
    session,
    integration: checked,
    blocking: blockingFindings(checked),
    warnings: findingsOf(checked, "warning"),
    live,
    grants: await grantsOf(checked),
    keyAdvice: keyPolicyAdvice(checked, session.identity.account, keys, context.reference),
    change: await accessChange(checked, live.resources),
  };
}
