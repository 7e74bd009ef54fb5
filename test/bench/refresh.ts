import { account } from "../../src/account";
import type { AccountSession } from "../../src/account/account";
import type { Integration } from "../../src/integration/integration";
import { integrationOf, vendorIds } from "../account/integrations";
import { useAwsEnvironment, writeAwsProfiles } from "../sandbox/aws-profiles.mjs";
import { startEmulator } from "../sandbox/emulator.mjs";
import { startProxy } from "../sandbox/fault-proxy.mjs";
import type { Figure } from "./figures";

/** Of each call, in milliseconds: what a person far from the region has. */
const latency = 100;
const many = 50;
const runs = 3;

/** How much longer a refresh of fifty applied integrations takes than one of a single one, under latency. */
export async function measureRefresh(): Promise<readonly Figure[]> {
  const emulator = await startEmulator();
  const proxy = await startProxy(emulator.endpoint);
  const profiles = writeAwsProfiles(proxy.endpoint);
  const restore = useAwsEnvironment(profiles.env);
  try {
    const integrations = Array.from({ length: many }, (_, index) => numbered(index));
    const session = await account.connect({ profile: "sandbox" });
    for (const integration of integrations) await apply(session, integration);
    // Another session, which does not know what was just written.
    const reader = await account.connect({ profile: "sandbox" });
    proxy.delay(latency);
    const one = await median(() => reader.readMany(integrations.slice(0, 1)));
    const before = proxy.calls.length;
    const all = await median(() => reader.readMany(integrations));
    return [
      { what: `refresh of one integration, ${latency} ms a call`, measured: `${one.toFixed(0)} ms` },
      { what: `refresh of ${many}`, measured: `${all.toFixed(0)} ms` },
      { what: "  AWS calls", measured: String((proxy.calls.length - before) / runs) },
      { what: "  ratio", measured: (all / one).toFixed(2), asked: "≤ 12" },
    ];
  } finally {
    restore();
    profiles.remove();
    await proxy.stop();
    await emulator.stop();
  }
}

function numbered(index: number): Integration {
  const vendor = vendorIds[index % vendorIds.length] ?? "jfrog-ml";
  return integrationOf(vendor, {
    id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    role: { name: `role-${index}` },
    parameters: {
      buckets: [`bucket-${index}`],
      ...(vendor === "dataloop" && { createBucket: true, userName: `user-${index}` }),
    },
  });
}

async function apply(session: AccountSession, integration: Integration): Promise<void> {
  const plan = session.planApply(integration, await session.read(integration));
  const { status, failure } = await session.execute(plan, { onSecret: async () => {} });
  if (status !== "done") throw new Error(`The apply of ${integration.name} ended as ${status}: ${failure?.message}`);
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
}
