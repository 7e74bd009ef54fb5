import assert from "node:assert/strict";
import { lastUsed } from "../../../src/account/resources/role";

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * 86_400_000 - 60_000);
}

describe("when a role was last used, in words", () => {
  const cases: readonly (readonly [Parameters<typeof lastUsed>[0], string])[] = [
    [{ CreateDate: daysAgo(0), RoleLastUsed: {} }, "made within the last day and not used yet, as far as AWS knows"],
    [{ CreateDate: daysAgo(1) }, "made 1 day ago and not used yet, as far as AWS knows"],
    [{ CreateDate: daysAgo(399) }, "made 399 days ago and not used yet, as far as AWS knows"],
    [{ CreateDate: daysAgo(400) }, "not used in the last 400 days, as far as AWS knows"],
    [{}, "not used in the last 400 days, as far as AWS knows"],
    [
      { CreateDate: daysAgo(9), RoleLastUsed: { LastUsedDate: daysAgo(0), Region: "eu-west-1" } },
      "last used within the last day in eu-west-1",
    ],
    [{ CreateDate: daysAgo(9), RoleLastUsed: { LastUsedDate: daysAgo(1) } }, "last used 1 day ago"],
    [{ RoleLastUsed: { LastUsedDate: daysAgo(3) } }, "last used 3 days ago"],
  ];
  for (const [role, words] of cases) it(words, () => assert.equal(lastUsed(role), words));
});
