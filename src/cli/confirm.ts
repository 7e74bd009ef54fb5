import { UserError } from "../policy/userError";
import type { Arguments } from "./command";
import type { CliContext } from "./context";

/** @throws UserError `usage` when nobody can be asked and `--yes` was not given: before anything else is done */
export function requireConfirmation(args: Arguments, { interactive }: CliContext, doing: string): void {
  if (!args.is("yes") && !interactive) {
    const look = doing === "apply" ? "; vendor-access plan shows what it would do" : "";
    throw new UserError(
      "usage",
      `${doing} asks before it changes anything, and standard input is no terminal. Give --yes to do it without asking${look}.`,
    );
  }
}

/** @throws UserError `cancelled` for any answer but yes */
export async function confirm(question: string, args: Arguments, context: CliContext): Promise<void> {
  if (args.is("yes")) return;
  const answer = await context.ask(`${question} [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new UserError("cancelled", "Nothing was changed.");
}
