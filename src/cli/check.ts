import nodePath from "node:path";
import type { Finding } from "../checks/finding";
import { checkIds, isSeverityLevel, type SeveritySettings, severityLevels, withSeverities } from "../checks/severities";
import { checkFolder } from "../integration/checkFolder";
import { UserError } from "../policy/userError";
import { type CheckedFiles, checkFiles } from "./checkFiles";
import { type Arguments, type Command, type ExitCode, exitCode } from "./command";
import type { CliContext } from "./context";
import { fixFiles } from "./fixFiles";
import { displayPath } from "./nodeFileSystem";
import { githubReport } from "./report/github";
import { jsonReport } from "./report/json";
import { type CheckedFile, countFindings } from "./report/locate";
import { count, prettyReport, prettySummary } from "./report/pretty";
import { sarifReport } from "./report/sarif";
import { didYouMean } from "./suggest";

/** The name under which standard input is reported. */
const standardInput = "stdin";

export const checkCommand: Command = {
  name: "check",
  summary: "Check IAM policy documents and integrations.",
  usage: "<path>…",
  positionals: { name: "file or folder", least: 1, most: Number.POSITIVE_INFINITY },
  description: [
    "Checks files, and the .json files of folders with all that lies in them. Hidden folders and node_modules are left out, and so is JSON that is no IAM policy document. The path - reads standard input.",
    "A document of an integration is checked against what its integration.json says; any other document against the vendor that it names. Nothing is sent to AWS.",
  ],
  flags: [
    {
      name: "format",
      value: "FORMAT",
      choices: ["pretty", "json", "sarif", "github"],
      description: "How findings are printed. sarif: SARIF 2.1.0; github: workflow commands of GitHub Actions.",
    },
    {
      name: "severity",
      value: "CHECK=LEVEL",
      repeatable: true,
      description: `Show the findings of a check as ${severityLevels.slice(0, -1).join(", ")}, or with off not at all. The exit code follows; what blocks an apply does not.`,
    },
    { name: "fix", description: "First repair in the files what has a repair that needs no choice." },
    { name: "json", description: "The same as --format json." },
  ],
  exitCodes: [
    { code: 0, meaning: "No finding of severity error." },
    { code: 1, meaning: "At least one finding of severity error." },
    { code: 2, meaning: "Wrong usage, or a path that could not be read; the others were checked." },
  ],
  examples: [
    "vendor-access check .",
    "vendor-access check vendor-access --format sarif > findings.sarif",
    "aws iam get-role --role-name R --query Role.AssumeRolePolicyDocument | vendor-access check -",
  ],
  run: check,
};

async function check(args: Arguments, context: CliContext): Promise<ExitCode> {
  const format = formatOf(args);
  const severities = severitiesOf(args);
  const paths = args.positionals.filter((path) => path !== "-");
  const readsInput = paths.length < args.positionals.length;
  if (args.is("fix") && readsInput) throw new UserError("usage", "--fix repairs files; standard input is none.");
  let checked = await checkFiles(paths, context);
  if (args.is("fix")) {
    const { repaired, fixed, refused } = await fixFiles(checked.files, context);
    if (fixed > 0) {
      context.say(`Repaired ${count(fixed, "finding")} in ${count(repaired.length, "file")}: ${repaired.join(", ")}`);
      checked = await checkFiles(paths, context);
    }
    checked = { files: checked.files, unreadable: [...checked.unreadable, ...refused] };
  }
  const input = readsInput ? checkText(await context.readStandardInput(), context) : [];
  const files = [...input, ...checked.files].map((file) =>
    // Most documents have none, and need no copy.
    file.findings.length === 0 ? file : { ...file, findings: withSeverities(file.findings, severities) },
  );
  report(format, { files, unreadable: checked.unreadable }, context);
  if (checked.unreadable.length > 0) return exitCode.error;
  return countFindings(files).errors > 0 ? exitCode.findings : exitCode.fine;
}

/** `--severity sid-invalid=warning`; of a check that is named twice the last one holds. */
function severitiesOf(args: Arguments): SeveritySettings {
  return Object.fromEntries(
    args.list("severity").map((setting) => {
      const [, id, level = ""] = /^([^=]*)=(.*)$/s.exec(setting) ?? [];
      if (id === undefined) {
        throw new UserError("usage", `--severity takes CHECK=LEVEL, such as ${setting}=warning, not "${setting}".`);
      }
      if (!checkIds.includes(id)) {
        throw new UserError("usage", `There is no check "${id}" for --severity.${didYouMean(id, checkIds)}`);
      }
      if (!isSeverityLevel(level)) {
        const levels = severityLevels.join(", ");
        throw new UserError("usage", `--severity ${id}= takes one of ${levels}, not "${level}".`);
      }
      return [id, level] as const;
    }),
  );
}

function formatOf(args: Arguments): string {
  const format = args.text("format");
  if (args.is("json") && format !== undefined && format !== "json") {
    throw new UserError("usage", `--json and --format ${format} contradict each other. Give one of them.`);
  }
  return args.is("json") ? "json" : (format ?? "pretty");
}

function checkText(text: string, { vendors, reference }: CliContext): CheckedFiles["files"] {
  const found: ReadonlyMap<string, readonly Finding[]> = checkFolder(new Map([[standardInput, text]]), vendors, {
    reference,
  });
  return [...found].map(([path, findings]) => ({ path, absolutePath: path, text, findings }));
}

function report(format: string, { files, unreadable }: CheckedFiles, context: CliContext): void {
  const { output, messages } = context.style;
  for (const { message } of unreadable) context.say(messages.error(message));
  if (format === "json") {
    context.print(jsonReport(files, unreadable));
  } else if (format === "sarif") {
    context.print(sarifReport(forOtherTools(files, context), unreadable, context.version));
  } else if (format === "github") {
    context.print(githubReport(forOtherTools(files, context)));
  } else {
    context.print(prettyReport(files, output));
    context.say(prettySummary(files, messages));
  }
}

/** Other tools find a file by its path from where they and we run. */
function forOtherTools(files: CheckedFiles["files"], { currentDirectory }: CliContext): readonly CheckedFile[] {
  return files.map((file) => ({
    ...file,
    path: nodePath.isAbsolute(file.absolutePath)
      ? displayPath(file.absolutePath, currentDirectory).split(nodePath.sep).join("/")
      : file.path,
  }));
}
