import assert from "node:assert/strict";
import type { Integration } from "../../src/integration/integration";
import { carryOut, connectTo } from "./world";

/** What is live of an integration, and what would be done to apply and to remove it. */
export async function look(integration: Integration) {
  const session = await connectTo();
  const live = await session.read(integration);
  return { session, live, plan: session.planApply(integration, live), removal: session.planRemove(integration, live) };
}

/** Applies it, to its end, and reads back. */
export async function apply(integration: Integration) {
  const { session, plan } = await look(integration);
  assert.deepEqual(plan.refusals, []);
  const result = await carryOut(session, plan);
  assert.equal(result.failure, undefined);
  return { plan, result, live: await session.verify(integration) };
}

/** Removes it, to its end. @returns what was planned */
export async function remove(integration: Integration) {
  const { session, removal } = await look(integration);
  const result = await carryOut(session, removal);
  assert.equal(result.failure, undefined);
  return removal;
}
