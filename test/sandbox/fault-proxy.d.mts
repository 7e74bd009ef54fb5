export interface Call {
  readonly service: string;
  readonly action: string;
  /** Milliseconds since the proxy started. */
  readonly at: number;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** The HTTP status; undefined as long as, and when, there was no answer. */
  readonly status: number | undefined;
}

export type Fault =
  | "accessDenied"
  | "wrongMfaCode"
  | "throttle"
  | "serverError"
  | "unavailable"
  | "clockSkew"
  | "expiredToken"
  | "invalidPrincipal"
  | "noSuchEntity"
  | "reset"
  | "resetAfter"
  | "stall"
  | "stale";

/** An action (`CreateRole`, `iam:CreateRole`, `*`), or a function of the call. */
export type Match =
  | string
  | ((call: {
      readonly service: string;
      readonly action: string;
      /** What AWS would ask the caller to be allowed for it. */
      permissions(): readonly { readonly action: string; readonly resource: string }[];
      /** Set by who refuses it: the permission that the answer names, where it is not the call's own. */
      refused?: string;
    }) => boolean);

export interface FaultProxy {
  readonly endpoint: string;
  readonly calls: readonly Call[];
  fail(match: Match, fault: Fault, options?: { readonly times?: number; readonly after?: number }): void;
  delay(milliseconds: number, match?: Match): void;
  heal(): void;
  clear(): void;
  stop(): Promise<void>;
}

export function startProxy(target: string): Promise<FaultProxy>;
