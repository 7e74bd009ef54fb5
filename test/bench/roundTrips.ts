import { account } from "../../src/account";
import { integrationOf, vendorIds } from "../account/integrations";
import { sequentialRoundTrips } from "../account/sequentialRoundTrips";
import { useAwsEnvironment, writeAwsProfiles } from "../sandbox/aws-profiles.mjs";
import { startEmulator } from "../sandbox/emulator.mjs";
import { startProxy } from "../sandbox/fault-proxy.mjs";
import type { Figure } from "./figures";

/** Far longer than the emulator takes for a call: calls made at the same time overlap, others don't. */
const latency = 60;

/** AWS calls of a first apply of each vendor, the read-back included, after the identity call. */
export async function measureRoundTrips(): Promise<readonly Figure[]> {
  const emulator = await startEmulator();
  const proxy = await startProxy(emulator.endpoint);
  const profiles = writeAwsProfiles(proxy.endpoint);
  const restore = useAwsEnvironment(profiles.env);
  try {
    const figures: Figure[] = [];
    for (const vendor of vendorIds) {
      await emulator.reset();
      const integration = integrationOf(vendor);
      const session = await account.connect({ profile: "sandbox" });
      proxy.clear();
      proxy.delay(latency);
      const plan = session.planApply(integration, await session.read(integration));
      const { status, failure } = await session.execute(plan, { onSecret: async () => {} });
      if (status !== "done") throw new Error(`The apply of ${vendor} ended as ${status}: ${failure?.message}`);
      await session.verify(integration);
      figures.push(
        { what: `first apply of ${vendor}: AWS calls`, measured: String(proxy.calls.length) },
        {
          what: "  sequential round trips",
          measured: String(sequentialRoundTrips(proxy.calls)),
          ...(vendor === "activeloop-deep-lake" ? { asked: "≤ 5" } : {}),
        },
      );
      proxy.clear();
    }
    return figures;
  } finally {
    restore();
    profiles.remove();
    await proxy.stop();
    await emulator.stop();
  }
}
