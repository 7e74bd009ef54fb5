import { setTimeout as wait } from "node:timers/promises";

/** Waits for what the screen does not tell: a file that is written in the background. */
export async function eventually(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Not within 30 s: ${what}.`);
    await wait(50);
  }
}
