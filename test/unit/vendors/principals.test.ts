import assert from "node:assert/strict";
import { statementsOf } from "../../../src/account/policyStatements";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import type { IntegrationRequest } from "../../../src/vendors/manifest";
import { currentPrincipals, retiredPrincipals } from "../../../src/vendors/principals";
import { renderDocuments } from "../../../src/vendors/render";
import { allSamples, sampleRequests } from "./sampleRequests";

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

  for (const { definition, name, request: sample } of allSamples) {
    it(`of ${definition.name}, ${name}, are those that its documents let in`, () => {
      const { trust, bucketPolicy, keyPolicy } = renderDocuments(definition, sample);
      const statements = [trust, bucketPolicy, keyPolicy].flatMap((document) => statementsOf(document));
      const allowing = statements.filter(({ Effect }) => Effect === "Allow");
      if (allowing.length === 0) return;
      const named = JSON.stringify(allowing).matchAll(/"AWS":(?:"([^"]*)"|\[([^\]]*)\])/g);
      const arns = Array.from(named, ([, one, several]) => one ?? several?.replaceAll('"', "").split(",") ?? []).flat();
      assert.deepEqual([...new Set(arns)].sort(), [...currentPrincipals(definition, sample)].sort());
    });
  }

  it("are known before the vendor has answered, though nobody is let in yet", () => {
    const databricks = findVendor("databricks");
    assert.ok(databricks);
    const pending = sampleRequests(databricks).find(({ name }) => name === "read-write-pending");
    assert.deepEqual(pending && currentPrincipals(databricks, pending.request), [
      "arn:aws:iam::414351767826:role/unity-catalog-prod-UCMasterRole-14S5ZJVKOTYTL",
    ]);
  });

  it("are Databricks's of the partition, and of the Department of Defense", () => {
    const gov = { partition: "aws-us-gov", account: "210987654321" } as const;
    const given = { externalId: "x-1" };
    const [own] = principals("databricks", { ...gov, parameters: given });
    const [dod] = principals("databricks", { ...gov, parameters: { ...given, dod: true } });
    assert.match(own ?? "", /^arn:aws-us-gov:iam::044793339203:role/);
    assert.match(dod ?? "", /^arn:aws-us-gov:iam::170661010020:role/);
  });

  it("that are retired are those that only older pages name", () => {
    const retired = catalog.flatMap((definition) => retiredPrincipals(definition).map(({ value }) => value));
    assert.deepEqual(retired, [
      "arn:aws:iam::574987031486:role/activeloop_backend",
      "arn:aws:iam::574987031486:role/activeloop_backend_dev",
      "arn:aws:sts::490065312183:assumed-role/eks-quickstart-ManagedNodeInstance/i-07057a656afd640b0",
    ]);
  });
});
