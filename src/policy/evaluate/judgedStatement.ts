import type { StatementOutcome } from "./evaluation";
import type { PrincipalMatch } from "./matchPrincipal";

/** A statement of a request's policies, compared with the request. */
export interface JudgedStatement {
  readonly outcome: StatementOutcome;
  /** The level of its organisation that it is attached to, from the root down; 0 elsewhere. */
  readonly level: number;
  /** How it names the principal; undefined where it does not apply or names none. */
  readonly principal: PrincipalMatch | undefined;
}
