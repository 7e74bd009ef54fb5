import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckContext } from "../../src/checks/finding";
import type { Range } from "../../src/policy/json";
import { contextOf } from "../unit/checks/documentedExamples";
import { deliberateFindings } from "./deliberateFindings";

/** A finding as a person expects it. */
export interface ExpectedFinding {
  readonly check: string;
  readonly range: Range;
}

/** A document with what is to be found in it, told by a person and not by the checks. */
export interface CorpusDocument {
  readonly name: string;
  readonly text: string;
  /** Undefined: it is an integration.json. */
  readonly context: CheckContext | undefined;
  readonly expected: readonly ExpectedFinding[];
}

/** From the project's folder, where tests and scripts run: bundled, this file lies elsewhere. */
const fixtures = "test/fixtures";

/**
 * All documents below `test/fixtures` that say what is to be found in them: `corpus`, `documents` and `clean-policies`.
 * Beside `name.json` stands `name.findings` with a line for each finding, `line:column check text`, and before them, where
 * the document belongs to an integration, the sentence of docs/checks.md that says to which.
 */
export function readCorpus(): readonly CorpusDocument[] {
  return ["corpus", "documents/vendor-samples", "documents/correct", "clean-policies"].flatMap((folder) => {
    const files = readdirSync(join(fixtures, folder));
    return files
      .filter((file) => file.endsWith(".json"))
      .map((file): CorpusDocument => {
        const text = readFileSync(join(fixtures, folder, file), "utf8");
        const sidecar = file.replace(/\.json$/, ".findings");
        const lines = files.includes(sidecar) ? readFileSync(join(fixtures, folder, sidecar), "utf8").split("\n") : [];
        const where = lines.find((line) => /^(In|As) /.test(line)) ?? "";
        const told = lines.filter((line) => /^\d/.test(line)).map((line) => expectedAt(text, line));
        const deliberate = folder === "clean-policies" ? deliberateFindings[file] : undefined;
        return {
          name: `${folder}/${file}`,
          text,
          context: where.startsWith("As ") ? undefined : contextOf(where),
          expected: deliberate === undefined ? told : [deliberateAt(text, deliberate)],
        };
      });
  });
}

/** `6:19 effect-invalid allow`; in a text with no-break spaces `␣` stands for one and `·` for a blank. */
function expectedAt(text: string, line: string): ExpectedFinding {
  const [, row = "", column = "", check = "", shown = ""] = /^(\d+):(\d+) (\S+) (.*)$/.exec(line) ?? [];
  const before = text.split("\n").slice(0, Number(row) - 1);
  const offset = before.reduce((sum, each) => sum + each.length + 1, Number(column) - 1);
  const marked = shown.includes("␣") ? shown.replaceAll("␣", "\u00a0").replaceAll("·", " ") : shown;
  if (text.slice(offset, offset + marked.length) !== marked) throw new Error(`${line} is not at its place in ${text}`);
  return { check, range: { offset, length: marked.length } };
}

/** `warning resource-wildcard *` at the last such text. */
function deliberateAt(text: string, line: string): ExpectedFinding {
  const [, check = "", marked = ""] = /^\S+ (\S+) (.*)$/.exec(line) ?? [];
  const offset = marked === "{" ? text.indexOf("{") : text.lastIndexOf(`"${marked}"`) + 1;
  return { check, range: { offset, length: marked.length } };
}
