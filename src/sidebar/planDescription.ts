import type { Plan } from "../account/account";
import type { Comparison } from "../policy/explain/explanation";

/** A plan with all that a person wants to know before it is carried out. */
export interface PlanDescription {
  readonly plan: Plan;
  readonly vendorName: string;
  /** Who may do what, one sentence each. */
  readonly grants: readonly string[];
  /** What changes for who has access already; absent for a first apply and for a removal. */
  readonly change?: Comparison | undefined;
  /** What a run that stopped before its end was doing, in a sentence: this plan goes on with it. */
  readonly unfinished?: string | undefined;
  /** Findings that do not block. */
  readonly warnings: readonly string[];
}
