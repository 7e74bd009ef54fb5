import assert from "node:assert/strict";
import { ago } from "../../../src/account/ago";

describe("how long ago", () => {
  for (const [seconds, words] of [
    [-60, "0 seconds ago"],
    [1, "1 second ago"],
    [30, "30 seconds ago"],
    [60, "1 minute ago"],
    [3500, "58 minutes ago"],
    [7200, "2 hours ago"],
    [86_400, "1 day ago"],
    [90 * 86_400, "90 days ago"],
  ] as const)
    it(words, () => assert.equal(ago(new Date(Date.now() - seconds * 1000)), words));
});
