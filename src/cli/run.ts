import { isUserError, UserError } from "../policy/userError";
import { checkCommand } from "./check";
import { type Command, type ExitCode, exitCode } from "./command";
import type { CliContext } from "./context";
import { commandHelp, generalHelp } from "./help";
import { withOwnVendors } from "./ownVendors";
import { parseArguments } from "./parseArguments";
import { didYouMean } from "./suggest";

/**
 * The whole program but for the process it runs in.
 *
 * @param words the arguments after the program's name
 * @param loadCommands all commands; `check`, which reads the largest trees, starts without the others
 */
export async function run(
  words: readonly string[],
  context: CliContext,
  loadCommands: () => Promise<readonly Command[]>,
): Promise<ExitCode> {
  try {
    const extended = await withOwnVendors(words, context);
    const commands = extended.words[0] === checkCommand.name ? [checkCommand] : await loadCommands();
    return await dispatch(extended.words, extended.context, commands);
  } catch (error) {
    return report(error, words, context);
  }
}

async function dispatch(
  words: readonly string[],
  context: CliContext,
  commands: readonly Command[],
): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined) throw new UserError("usage", generalHelp(commands).trimEnd());
  if (name === "--version") {
    context.print(`${context.version}\n`);
    return exitCode.fine;
  }
  if (name === "help" || name === "--help" || name === "-h") {
    const [topic] = rest;
    context.print(topic === undefined ? generalHelp(commands) : commandHelp(commandNamed(topic, commands)));
    return exitCode.fine;
  }
  const command = commandNamed(name, commands);
  const args = parseArguments(command, rest);
  if (args.is("help")) {
    context.print(commandHelp(command));
    return exitCode.fine;
  }
  return await command.run(args, context);
}

function commandNamed(name: string, commands: readonly Command[]): Command {
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
