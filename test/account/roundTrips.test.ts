import assert from "node:assert/strict";
import { integrationOf, type VendorId } from "./integrations";
import { sequentialRoundTrips } from "./sequentialRoundTrips";
import { carryOut, connectTo, theWorld } from "./world";

describe("round trips of a first apply after the identity call, read-back included", () => {
  const expected: readonly (readonly [VendorId, number])[] = [
    ["activeloop-deep-lake", 4],
    ["jfrog-ml", 4],
    ["dataloop", 5],
  ];
  for (const [vendor, trips] of expected) {
    it(`${vendor}: ${trips}`, async () => {
      const { proxy } = theWorld();
      const integration = integrationOf(vendor);
      const session = await connectTo();
      proxy.clear();
      proxy.delay(120); // far longer than the emulator takes: calls at the same time overlap, others don't
      await carryOut(session, session.planApply(integration, await session.read(integration)));
      await session.verify(integration);
      assert.equal(sequentialRoundTrips(proxy.calls), trips);
    });
  }
});
