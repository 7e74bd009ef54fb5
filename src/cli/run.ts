import { isUserError, UserError } from "../policy/userError";
import { accessCommand } from "./access";
import { adoptCommand } from "./adopt";
import { applyCommand } from "./apply";
import { checkCommand } from "./check";
import { type Command, type ExitCode, exitCode } from "./command";
import { completeCommand } from "./complete";
import type { CliContext } from "./context";
import { explainCommand } from "./explain";
import { commandHelp, generalHelp } from "./help";
import { importCommand } from "./import";
import { newCommand } from "./new";
import { withOwnVendors } from "./ownVendors";
import { parseArguments } from "./parseArguments";
import { permissionsCommand } from "./permissions";
import { planCommand } from "./plan";
import { recoverCommand } from "./recover";
import { removeCommand } from "./remove";
import { rotateCommand } from "./rotate";
import { didYouMean } from "./suggest";
import { takeCommand } from "./take";
import { vendorsCommand } from "./vendors";
import { verifyCommand } from "./verify";

export const commands: readonly Command[] = [
  vendorsCommand,
  newCommand,
  completeCommand,
  importCommand,
  checkCommand,
  explainCommand,
  planCommand,
  applyCommand,
  verifyCommand,
  takeCommand,
  rotateCommand,
  removeCommand,
  accessCommand,
  adoptCommand,
  recoverCommand,
  permissionsCommand,
];

/**
 * The whole program but for the process it runs in.
 *
 * @param words the arguments after the program's name
 */
export async function run(words: readonly string[], context: CliContext): Promise<ExitCode> {
  try {
    const extended = await withOwnVendors(words, context);
    return await dispatch(extended.words, extended.context);
  } catch (error) {
    return report(error, words, context);
  }
}

async function dispatch(words: readonly string[], context: CliContext): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined) throw new UserError("usage", generalHelp(commands).trimEnd());
  if (name === "--version") {
    context.print(`${context.version}\n`);
    return exitCode.fine;
  }
  if (name === "help" || name === "--help" || name === "-h") {
    const [topic] = rest;
    context.print(topic === undefined ? generalHelp(commands) : commandHelp(commandNamed(topic)));
    return exitCode.fine;
  }
  const command = commandNamed(name);
  const args = parseArguments(command, rest);
  if (args.is("help")) {
    context.print(commandHelp(command));
    return exitCode.fine;
  }
  return await command.run(args, context);
}

function commandNamed(name: string): Command {
  const command = commands.find((each) => each.name === name);
  if (command) return command;
  const names = commands.map((each) => each.name);
  const kind = name.startsWith("-") ? "flag" : "command";
  throw new UserError(
    "usage",
    `There is no ${kind} "${name}".${didYouMean(name.replace(/^-+/, ""), names)}\nSee: vendor-access --help`,
  );
}

/** The one place where errors are shown: for people on standard error, and as JSON for who asked for that. */
function report(error: unknown, words: readonly string[], { print, say, style }: CliContext): ExitCode {
  const known = isUserError(error);
  const message = known ? error.message : `Unexpected error: ${error instanceof Error ? error.stack : String(error)}`;
  if (asksForJson(words)) {
    const awsErrorName = known ? error.awsErrorName : undefined;
    const details = { code: known ? error.code : "unexpected", message, ...(awsErrorName && { awsErrorName }) };
    print(`${JSON.stringify({ error: details }, null, 2)}\n`);
  }
  say(known ? message : style.messages.error(message));
  return exitCode.error;
}

/** Looked up in the words, because the error may be that they can't be parsed. */
function asksForJson(words: readonly string[]): boolean {
  return words.some(
    (word, index) =>
      word === "--json" || word === "--format=json" || (word === "json" && words[index - 1] === "--format"),
  );
}
