import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { openLines } from "../../src/account/journal/lineWriter";
import type { World } from "../account/openWorld";
import type { FaultCase } from "./cases";
import { faultCases } from "./cases";
import { compare, prepare, type Reference, referenceOf } from "./cell";
import type { Outcome } from "./cells";
import { type Flow, flows, flowsFor, journalOf, type Secrets } from "./flows";

export interface Kill {
  /** The n-th line that the program writes, from 1. */
  readonly line: number;
  readonly when: "torn" | "after";
}

/** The fewest cases that have every kind of resource. */
export function coveringCases(): readonly FaultCase[] {
  const covered = new Set<string>();
  return faultCases().filter(({ kinds }) => {
    const isNew = kinds.some((kind) => !covered.has(kind));
    for (const kind of kinds) covered.add(kind);
    return isNew;
  });
}

/** Flows whose journal differs: going on with something writes what doing it writes. */
export const killedFlows: readonly Flow[] = flows.filter(({ name }) => !name.startsWith("continue"));

/** The program that is killed, as one file: it starts in a fraction of a second. */
export async function buildKilledProgram(folder: string): Promise<string> {
  const outfile = path.join(folder, "killed.js");
  await build({
    entryPoints: [path.join(__dirname, "killed.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    logLevel: "error",
  });
  return outfile;
}

/** All the lines of a flow at which its program can be killed. */
export async function killsOf(world: World, reference: Reference): Promise<readonly Kill[]> {
  const secrets = await prepare(world, reference);
  let lines = 0;
  const counting: typeof openLines = async (file) => {
    const writer = await openLines(file);
    return {
      ...writer,
      append(line) {
        lines += 1;
        return writer.append(line);
      },
    };
  };
  await reference.flow.run({ ...world, openLines: counting }, reference.fault, secrets);
  return Array.from({ length: lines }, (_, index) => index + 1).flatMap((line): readonly Kill[] => [
    { line, when: "torn" },
    { line, when: "after" },
  ]);
}

/** Kills a flow, then does it again, and in a second attempt undoes it. */
export async function tryKill(world: World, program: string, reference: Reference, kill: Kill): Promise<Outcome> {
  const { fault, flow } = reference;
  const name = `${fault.name}, ${flow.name}: killed ${kill.when === "torn" ? "in" : "after"} line ${kill.line} of the journal`;
  const why = await reasonOf(world, program, reference, kill).catch((error: unknown) =>
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  );
  return { name, flow: flow.name, meets: "kill", ...(why !== undefined && { why }) };
}

async function reasonOf(world: World, program: string, reference: Reference, kill: Kill): Promise<string | undefined> {
  const { fault, flow } = reference;
  const secrets = await prepareAndKill(world, program, reference, kill);
  const stopped = await journalOf(world).unfinished(fault.first.manifest.id);
  await flow.run(world, fault, secrets);
  const why = await compare(world, reference, reference.desired, secrets, "done again");
  if (why !== undefined || stopped.length === 0) return why;
  const kept = await prepareAndKill(world, program, reference, kill);
  await flow.undo(world, fault, kept);
  return compare(world, reference, reference.former, kept, "rolled back");
}

/** @returns the secrets that are stored */
async function prepareAndKill(world: World, program: string, reference: Reference, kill: Kill): Promise<Secrets> {
  const secrets = await prepare(world, reference);
  const { fault, flow } = reference;
  const secretsFile = path.join(path.dirname(program), "secrets");
  writeFileSync(secretsFile, [...secrets].map(([id, secret]) => `${id} ${secret}\n`).join(""));
  const words = [program, fault.name, flow.name, String(kill.line), kill.when, secretsFile];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const signal = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (_code, killedBy) => resolve(killedBy));
  });
  if (signal !== "SIGKILL") throw new Error(`The program was not killed: ${said}`);
  for (const stored of readFileSync(secretsFile, "utf8").split("\n").filter(Boolean)) {
    const [id = "", secret = ""] = stored.split(" ");
    secrets.set(id, secret);
    if (said.includes(secret)) throw new Error("The program has told a secret.");
  }
  return secrets;
}

/** @param mine which of the flows of the cases are this process's, by their number */
export async function tryKills(
  world: World,
  program: string,
  onOutcome: (outcome: Outcome) => void,
  mine: (number: number) => boolean,
): Promise<void> {
  let number = 0;
  for (const fault of coveringCases()) {
    for (const flow of flowsFor(fault).filter((each) => killedFlows.includes(each))) {
      if (!mine(number++)) continue;
      const reference = await referenceOf(world, fault, flow);
      for (const kill of await killsOf(world, reference)) onOutcome(await tryKill(world, program, reference, kill));
    }
  }
}
