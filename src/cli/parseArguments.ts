import { parseArgs } from "node:util";
import { UserError } from "../policy/userError";
import { type Arguments, type Command, type Flag, helpFlag } from "./command";
import { didYouMean } from "./suggest";

/**
 * A command's arguments, checked against its table of flags.
 *
 * @throws UserError `usage` that names what is wrong, and what was probably meant
 */
export function parseArguments(command: Command, words: readonly string[]): Arguments {
  const flags = [...command.flags, helpFlag];
  // Not strict: the parser's own messages know neither the command nor what was probably meant.
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      flags.map((flag) => [
        flag.name,
        { type: flag.value ? "string" : "boolean", ...(flag.name === "help" && { short: "h" }) } as const,
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const flag = flags.find(({ name }) => name === token.name);
    if (!flag) {
      const names = flags.map(({ name }) => name);
      const meant =
        token.name === "vendors"
          ? ` It goes before the command: vendor-access --vendors DIR ${command.name} …`
          : didYouMean(token.name, names, "--");
      throw usageError(command, `vendor-access ${command.name} has no flag "${token.rawName}".${meant}`);
    }
    const given = values.get(flag.name);
    if (given && flag.value && !flag.repeatable) throw usageError(command, `--${flag.name} can be given only once.`);
    const value = checkedValue(command, flag, token.value, token.inlineValue === true);
    values.set(flag.name, [...(given ?? []), value]);
  }
  const { least, most, name } = command.positionals;
  if (!values.has("help")) {
    if (positionals.length < least) throw usageError(command, `Which ${name}? It is missing.`);
    // Of a variable of a script that has no value: not the current folder.
    if (positionals.includes("")) throw usageError(command, `Which ${name}? The argument is empty.`);
    if (positionals.length > most) throw usageError(command, `"${positionals[most]}" is one argument too many.`);
  }
  return {
    positionals,
    is: (flag) => values.has(flag),
    text: (flag) => values.get(flag)?.[0],
    list: (flag) => values.get(flag) ?? [],
  };
}

function checkedValue(command: Command, flag: Flag, value: string | undefined, inline: boolean): string {
  if (!flag.value) {
    if (value !== undefined) throw usageError(command, `--${flag.name} takes no value.`);
    return "";
  }
  // `--profile --json` forgot the profile; who means a value that begins with a hyphen writes `--profile=-x`.
  if (value === undefined || value === "" || (!inline && value.length > 1 && value.startsWith("-"))) {
    throw usageError(command, `--${flag.name} needs a value: --${flag.name} ${flag.value}.`);
  }
  if (flag.choices && !flag.choices.includes(value)) {
    const meant = didYouMean(value, flag.choices);
    throw usageError(command, `--${flag.name} is one of ${flag.choices.join(", ")}, not "${value}".${meant}`);
  }
  return value;
}

function usageError(command: Command, message: string): UserError {
  return new UserError("usage", `${message}\nSee: vendor-access help ${command.name}`);
}
