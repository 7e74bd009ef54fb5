import assert from "node:assert/strict";
import { neededPermissions } from "../../../src/account/neededPermissions";
import { integrationOf } from "../../account/integrations";

describe("what a person needs to rotate the access key", () => {
  for (const [vendor, users] of [
    ["dataloop", true],
    ["jfrog-ml", false],
  ] as const) {
    it(`names ${users ? "the user" : "no user"} of ${vendor}`, () => {
      const { policy, useful } = neededPermissions(integrationOf(vendor), "rotate");
      const text = JSON.stringify([policy, useful]);
      assert.equal(/:user\/[\w-]+/.test(text), users, text);
      assert.doesNotMatch(text, /undefined/);
    });
  }
});
