import assert from "node:assert/strict";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import type { IntegrationRequest } from "../../../src/vendors/manifest";
import { currentPrincipals, retiredPrincipals } from "../../../src/vendors/principals";
import { renderDocuments } from "../../../src/vendors/render";

const request: IntegrationRequest = { accessLevel: "read-write", parameters: {}, role: { name: "my-role" } };

function principals(id: string, changes: Partial<IntegrationRequest> = {}): readonly string[] {
  const definition = findVendor(id);
  assert.ok(definition);
  return currentPrincipals(definition, { ...request, ...changes });
}

describe("principals", () => {
  it("of Activeloop are the one role of its newest page", () => {
    assert.deepEqual(principals("activeloop-deep-lake"), ["arn:aws:iam::597713067985:role/activeloop_backend"]);
  });

  it("of JFrog ML are the account of the deployment", () => {
    assert.deepEqual(principals("jfrog-ml"), ["arn:aws:iam::377488441568:root"]);
    assert.deepEqual(principals("jfrog-ml", { parameters: { accountId: "345678901234" }, partition: "aws-us-gov" }), [
      "arn:aws-us-gov:iam::345678901234:root",
    ]);
  });

  it("of Dataloop are the user in the customer's own account", () => {
    assert.deepEqual(principals("dataloop", { account: "210987654321", parameters: { userName: "loop" } }), [
      "arn:aws:iam::210987654321:user/loop",
    ]);
    assert.deepEqual(principals("dataloop"), ["arn:aws:iam::<AWSAccountId>:user/my-role"]);
  });

  for (const definition of catalog) {
    it(`of ${definition.name} are those of its trust policy`, () => {
      const { trust } = renderDocuments(definition, request);
      const named = JSON.stringify(trust).matchAll(/"AWS":"([^"]*)"/g);
      assert.deepEqual(
        [...new Set(Array.from(named, ([, arn]) => arn))].sort(),
        [...currentPrincipals(definition, request)].sort(),
      );
    });
  }

  it("that are retired are Activeloop's two roles of account 574987031486", () => {
    const retired = catalog.flatMap((definition) => retiredPrincipals(definition).map(({ value }) => value));
    assert.deepEqual(retired, [
      "arn:aws:iam::574987031486:role/activeloop_backend",
      "arn:aws:iam::574987031486:role/activeloop_backend_dev",
    ]);
  });
});
