import type { CliContext } from "./context";

/** What the process ends with. The same for every command; docs/cli.md says what each means there. */
export const exitCode = { fine: 0, findings: 1, error: 2 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export interface Flag {
  readonly name: string;
  /** How help names the value; absent for a switch. */
  readonly value?: string;
  /** May be given several times. */
  readonly repeatable?: boolean;
  readonly choices?: readonly string[];
  readonly description: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** The arguments as help shows them: `<folder>`. */
  readonly usage: string;
  /** How many arguments there may be, and what one is called in messages. */
  readonly positionals: { readonly name: string; readonly least: number; readonly most: number };
  readonly description: readonly string[];
  readonly flags: readonly Flag[];
  readonly exitCodes: readonly { readonly code: ExitCode; readonly meaning: string }[];
  readonly examples: readonly string[];
  run(args: Arguments, context: CliContext): Promise<ExitCode>;
}

export interface Arguments {
  readonly positionals: readonly string[];
  is(flag: string): boolean;
  text(flag: string): string | undefined;
  list(flag: string): readonly string[];
}

export const jsonFlag: Flag = { name: "json", description: "Print one JSON value on standard output, for programs." };
export const helpFlag: Flag = { name: "help", description: "Show this help." };
export const profileFlag: Flag = {
  name: "profile",
  value: "P",
  description:
    "The profile of the AWS shared config files to use. Absent: as the AWS CLI chooses (environment variables, AWS_PROFILE, default).",
};
export const yesFlag: Flag = {
  name: "yes",
  description: "Do it without asking. Needed when standard input is no terminal.",
};
