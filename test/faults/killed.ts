/**
 * A program that does one flow and is killed at a line of its journal: `killed.js <case> <flow> <line> torn|after <file for
 * secrets>`. torn: half of the line is written. after: all of it, and nothing after it is done.
 */
import { appendFileSync, readFileSync } from "node:fs";
import path from "node:path";
import { type LineWriter, openLines } from "../../src/account/journal/lineWriter";
import { userStateFolder } from "../../src/account/journal/stateFolder";
import { faultCases } from "./cases";
import { flows } from "./flows";

const [caseName, flowName, line, when, secretsFile = ""] = process.argv.slice(2);

let count = 0;

async function openAndCount(file: string): Promise<LineWriter> {
  const lines = await openLines(file);
  return {
    ...lines,
    async append(written) {
      count += 1;
      if (count < Number(line)) return lines.append(written);
      // What comes at the same time would be written with it.
      if (count > Number(line)) return new Promise(() => {});
      const text = JSON.stringify(written);
      if (when === "torn") appendFileSync(file, text.slice(0, text.length / 2));
      else await lines.append(written);
      process.kill(process.pid, "SIGKILL");
      return new Promise(() => {});
    },
  };
}

/** Where a window would keep secrets: they outlive the program. */
class StoredSecrets extends Map<string, string> {
  constructor() {
    super();
    for (const stored of readFileSync(secretsFile, "utf8").split("\n").filter(Boolean)) {
      const [id = "", secret = ""] = stored.split(" ");
      super.set(id, secret);
    }
  }

  override set(id: string, secret: string): this {
    appendFileSync(path.resolve(secretsFile), `${id} ${secret}\n`);
    return super.set(id, secret);
  }
}

async function main(): Promise<void> {
  const fault = faultCases().find(({ name }) => name === caseName);
  const flow = flows.find(({ name }) => name === flowName);
  if (!fault || !flow) throw new Error(`No case ${caseName} or no flow ${flowName}.`);
  await flow.run({ stateFolder: userStateFolder(), openLines: openAndCount }, fault, new StoredSecrets());
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
