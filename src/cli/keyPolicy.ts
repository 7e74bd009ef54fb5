import { addKeyPolicy, type KeyPolicyAdvice } from "../integration/keyPolicyAdvice";
import type { Flag } from "./command";
import type { CliContext } from "./context";
import type { OpenedIntegration } from "./openIntegration";

export const keyPolicyFlag: Flag = {
  name: "key-policy",
  description:
    "Where only the KMS key's own policy can let the vendor in: write a statement for it into key-policy.json, which makes it a step.",
};

/** What is offered, and no part of the plan. */
export function sayKeyAdvice(advice: readonly KeyPolicyAdvice[], { say, style }: CliContext): void {
  for (const { own, sentence, statement } of advice) {
    say(style.messages.warning(sentence));
    say(`${own ? "`apply --key-policy` adds this one as a step of its own" : "This one"}:`);
    say(`${JSON.stringify(statement, null, 2)}\n`);
  }
}

/** @returns whether the integration has a key policy now that it did not have */
export async function takeKeyPolicy(
  { fs, integration, shown }: OpenedIntegration,
  advice: readonly KeyPolicyAdvice[],
  { say, style }: CliContext,
): Promise<boolean> {
  const own = advice.filter((each) => each.own);
  if (own.length === 0) return false;
  await addKeyPolicy(fs, integration, own);
  say(style.messages.good(`Wrote key-policy.json into ${shown}.`));
  return true;
}
