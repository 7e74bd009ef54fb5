import type { Case } from "./cases";
import { evaluateCase } from "./evaluateCase";
import { exceptions } from "./exceptions";
import { simulate } from "./simulate";

export interface Comparison {
  readonly ours: string;
  /** Undefined: iam-simulate refuses the case. */
  readonly theirs: string | undefined;
  /** The documented exceptions under which both agree. */
  readonly exceptions: readonly string[];
}

/** Asks both; where they disagree, once more with the case written as the documented exceptions say. */
export async function compare(one: Case): Promise<Comparison> {
  const decision = evaluateCase(one);
  const ours = decision.result;
  const theirs = await simulate(one);
  if (theirs === undefined || theirs === ours) return { ours, theirs, exceptions: [] };
  let written = one;
  const applied: string[] = [];
  for (const { id, rewrite } of exceptions) {
    const made = rewrite(written, decision);
    if (made !== written) applied.push(id);
    written = made;
  }
  return { ours, theirs: await simulate(written), exceptions: applied };
}
