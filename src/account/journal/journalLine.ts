import type { JsonObject } from "../../policy/json";
import type { Identity, Plan, PlannedResource, Step } from "../account";

/**
 * The lines of a run's file, each a JSON object. A run begins with the plan that was confirmed; going on with it after a
 * crash, or rolling it back, adds another plan to the same file. No line ever holds a secret.
 */
export type JournalLine =
  | {
      readonly type: "plan";
      readonly at: string;
      readonly action: Plan["action"];
      readonly integration: Plan["integration"];
      readonly identity: Identity;
      readonly process: { readonly pid: number; readonly host: string };
      /** Whether a new secret is stored for good as soon as its step is done. */
      readonly keepsSecrets: boolean;
      readonly resources: readonly PlannedResource[];
      readonly steps: readonly Step[];
    }
  | { readonly type: "started"; readonly at: string; readonly step: string }
  | {
      readonly type: "done";
      readonly at: string;
      readonly step: string;
      /** What AWS told: the id of a new access key. */
      readonly learned?: JsonObject;
    }
  | {
      readonly type: "failed";
      readonly at: string;
      readonly step: string;
      readonly code: string;
      readonly message: string;
      /** Whether AWS may have changed something before it failed. */
      readonly touched: boolean;
    }
  | { readonly type: "ended"; readonly at: string; readonly status: "done" | "failed" | "cancelled" };

/** The lines of a file. A line that a crash cut off is no JSON and says nothing. */
export function parseLines(text: string): readonly JournalLine[] {
  return text.split("\n").flatMap((line): readonly JournalLine[] => {
    if (line === "") return [];
    try {
      return [JSON.parse(line) as JournalLine]; // only this program writes them
    } catch {
      return [];
    }
  });
}
