import { type Command, helpFlag } from "./command";

const width = 100;

/** What `vendor-access --help` prints. */
export function generalHelp(commands: readonly Command[]): string {
  const longest = Math.max(...commands.map(({ name, usage }) => `${name} ${usage}`.length));
  return [
    "Give a vendor access to your S3 buckets, correctly: scaffold, check, apply and hand back.",
    "",
    "Usage: vendor-access <command> …",
    "",
    ...commands.map(({ name, usage, summary }) => `  ${`${name} ${usage}`.padEnd(longest)}  ${summary}`),
    "",
    `  ${"help <command>".padEnd(longest)}  A command's arguments, flags and exit codes.`,
    `  ${"--vendors DIR <command> …".padEnd(longest)}  Also the vendors that the .json files of DIR define.`,
    `  ${"--version".padEnd(longest)}  The version of this program.`,
    "",
    "Exit codes: 0 fine; 1 findings of severity error, or changes pending; 2 wrong usage, or it could not be done.",
    "",
  ].join("\n");
}

/** What `vendor-access help <command>` prints. */
export function commandHelp(command: Command): string {
  const flags = [...command.flags, helpFlag].map((flag) => ({
    left: `--${flag.name}${flag.value ? ` ${flag.value}` : ""}${flag.repeatable ? " …" : ""}`,
    right: flag.description + (flag.choices ? ` One of: ${flag.choices.join(", ")}.` : ""),
  }));
  const left = Math.max(...flags.map((flag) => flag.left.length));
  return [
    `Usage: vendor-access ${command.name} ${command.usage}${command.usage ? " " : ""}[flags]`,
    "",
    ...command.description.flatMap((paragraph) => [...wrap(paragraph, width), ""]),
    "Flags:",
    ...flags.flatMap((flag) => {
      const [first = "", ...rest] = wrap(flag.right, width - left - 4);
      return [`  ${flag.left.padEnd(left)}  ${first}`, ...rest.map((line) => " ".repeat(left + 4) + line)];
    }),
    "",
    "Exit codes:",
    ...command.exitCodes.flatMap(({ code, meaning }) => {
      const [first = "", ...rest] = wrap(meaning, width - 5);
      return [`  ${code}  ${first}`, ...rest.map((line) => `     ${line}`)];
    }),
    "",
    "Examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
  ].join("\n");
}

function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
