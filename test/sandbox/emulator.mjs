import { setTimeout as wait } from "node:timers/promises";
import { sandboxAccountId, withAwsEnvironment, writeAwsProfiles } from "./aws-profiles.mjs";
import { installEmulator } from "./install.mjs";
import { freePort, startProgram } from "./processes.mjs";

export { seedAccount, seeded } from "./seed-account.mjs";

/**
 * Starts an empty emulated AWS account on a free port of this machine.
 *
 * `awsPolicies`: with the some thousand policies of AWS's own, which take a moment to load at each reset. `env` leads an AWS SDK there (profiles `default`, `sandbox`, `expired`); `reset()` empties the account.
 */
export async function startEmulator({ awsPolicies = false } = {}) {
  const { motoServer } = await installEmulator();
  const known = awsPolicies ? { MOTO_IAM_LOAD_MANAGED_POLICIES: "true" } : {};
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const program = startProgram(motoServer, ["-H", "127.0.0.1", "-p", String(port)], {
      env: withAwsEnvironment({ MOTO_ACCOUNT_ID: sandboxAccountId, PYTHONDONTWRITEBYTECODE: "1", ...known }),
    });
    const endpoint = `http://127.0.0.1:${port}`;
    try {
      await answers(endpoint, program);
    } catch (error) {
      await program.stop();
      if (attempt < 3) continue; // another process can have taken the port in between
      throw error;
    }
    const profiles = writeAwsProfiles(endpoint);
    return {
      endpoint,
      port,
      accountId: sandboxAccountId,
      env: profiles.env,
      log: program.log,
      async reset() {
        const response = await fetch(`${endpoint}/moto-api/reset`, { method: "POST" });
        if (!response.ok) throw new Error(`The emulator refused to reset: ${response.status} ${await response.text()}`);
      },
      async stop() {
        await program.stop();
        profiles.remove();
      },
    };
  }
}

async function answers(endpoint, program) {
  let exitCode;
  program.exited.then((code) => {
    exitCode = code;
  });
  for (const end = Date.now() + 30_000; Date.now() < end; await wait(50)) {
    if (exitCode !== undefined) throw new Error(`The AWS emulator ended with code ${exitCode}:\n${program.log()}`);
    try {
      if ((await fetch(`${endpoint}/moto-api/data.json`, { signal: AbortSignal.timeout(5000) })).ok) return;
    } catch {
      // not listening yet
    }
  }
  throw new Error(`The AWS emulator did not answer within 30 s:\n${program.log()}`);
}
