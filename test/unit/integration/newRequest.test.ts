import assert from "node:assert/strict";
import { bucketsOf, newRequest } from "../../../src/integration/newRequest";
import { isUserError } from "../../../src/policy/userError";
import { vendor } from "./requests";

const buckets = { buckets: ["training-data"] };

describe("newRequest", () => {
  it("fills in what the customer left to us", () => {
    assert.deepEqual(newRequest(vendor("jfrog-ml"), { parameters: buckets }), {
      accessLevel: "read-only",
      parameters: { buckets: ["training-data"], accountId: "377488441568" },
      role: { name: "qwak-access-role", maxSessionDuration: 3600, tags: {} },
    });
  });

  it("names Dataloop's user like the role", () => {
    const { role, parameters } = newRequest(vendor("dataloop"), { parameters: buckets, roleName: "dataloop-images" });
    assert.equal(role?.name, "dataloop-images");
    assert.equal(parameters.userName, "dataloop-images");
  });

  it("keeps what was given", () => {
    const request = newRequest(vendor("dataloop"), {
      accessLevel: "read-write-no-delete",
      account: "314159265358",
      region: "cn-north-1",
      partition: "aws-cn",
      parameters: { ...buckets, userName: "loop" },
    });
    assert.equal(request.accessLevel, "read-write-no-delete");
    assert.equal(request.account, "314159265358");
    assert.equal(request.region, "cn-north-1");
    assert.equal(request.partition, "aws-cn");
    assert.equal(request.parameters.userName, "loop");
  });

  it("leaves out the partition that everybody has", () => {
    assert.equal("partition" in newRequest(vendor("jfrog-ml"), { parameters: buckets, partition: "aws" }), false);
  });

  it("refuses an access level that the vendor does not have, and names the ones it has", () => {
    assert.throws(
      () => newRequest(vendor("dataloop"), { parameters: buckets, accessLevel: "admin" }),
      (error) => isUserError(error) && error.code === "parameter-invalid" && /read-write-no-delete/.test(error.message),
    );
  });

  for (const roleName of ["", "a b", "a/b", "x".repeat(65)]) {
    it(`refuses the role name ${JSON.stringify(roleName)}`, () => {
      assert.throws(
        () => newRequest(vendor("jfrog-ml"), { parameters: buckets, roleName }),
        (error) => isUserError(error) && error.code === "parameter-invalid",
      );
    });
  }

  it("finds the buckets in whichever parameter holds them", () => {
    const request = newRequest(vendor("jfrog-ml"), { parameters: { buckets: ["a-bucket", "b-bucket"] } });
    assert.deepEqual(bucketsOf(vendor("jfrog-ml"), request), ["a-bucket", "b-bucket"]);
    assert.deepEqual(bucketsOf(vendor("jfrog-ml"), { parameters: {} }), []);
  });
});
