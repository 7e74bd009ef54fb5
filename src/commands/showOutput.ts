import type { CommandContext } from "./commandContext";

/** The log of what was asked of AWS. It never holds a secret. */
export function showOutput({ log }: CommandContext): void {
  log.show();
}
