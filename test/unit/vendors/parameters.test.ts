import assert from "node:assert/strict";
import fc from "fast-check";
import { isUserError } from "../../../src/policy/userError";
import { findVendor } from "../../../src/vendors/catalog";
import type { VendorDefinition } from "../../../src/vendors/definition";
import type { IntegrationRequest } from "../../../src/vendors/manifest";
import { validateAccountId, validateKmsKeyArn } from "../../../src/vendors/parameterRules";
import { missingParameters, withDefaults } from "../../../src/vendors/parameters";
import { parseSettings } from "../../../src/vendors/parseSettings";

const kmsKeyArn = "arn:aws:kms:eu-west-1:210987654321:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
const request: IntegrationRequest = { accessLevel: "read-write", parameters: {}, role: { name: "my-role" } };

function vendor(id: string): VendorDefinition {
  const definition = findVendor(id);
  assert.ok(definition);
  return definition;
}

function parse(id: string, settings: Readonly<Record<string, readonly string[]>>) {
  return parseSettings(vendor(id), new Map(Object.entries(settings)));
}

describe("parseSettings", () => {
  it("takes a list by the name of one item, again and again", () => {
    assert.deepEqual(parse("activeloop-deep-lake", { bucket: ["data-a", "data-b", "data-a"] }), {
      parameters: { buckets: ["data-a", "data-b"] },
    });
  });

  it("takes a list by its own name with commas, and both together", () => {
    assert.deepEqual(parse("activeloop-deep-lake", { buckets: ["data-a, data-b"], bucket: ["data-c"] }), {
      parameters: { buckets: ["data-a", "data-b", "data-c"] },
    });
  });

  it("takes keys, accounts and booleans", () => {
    assert.deepEqual(
      parse("activeloop-deep-lake", { kmsKeyArn: [kmsKeyArn], cors: ["true"], literalPageForm: ["false"] }),
      {
        parameters: { kmsKeyArn, cors: true, literalPageForm: false },
      },
    );
    assert.deepEqual(parse("jfrog-ml", { accountId: ["345678901234"] }), { parameters: { accountId: "345678901234" } });
  });

  it("keeps the customer's own account apart from the parameters", () => {
    assert.deepEqual(parse("dataloop", { bucket: ["data-a"], accountId: ["210987654321"] }), {
      parameters: { buckets: ["data-a"] },
      account: "210987654321",
    });
  });

  it("takes any list of buckets back as it was", () => {
    // Names that S3 keeps for itself begin with xn--, sthree- and amzn-s3-demo-: none of these does.
    const buckets = fc.uniqueArray(fc.stringMatching(/^[b-m][a-z0-9-]{1,20}[0-9]$/), { minLength: 1 });
    fc.assert(
      fc.property(buckets, (names) => {
        const once = parse("jfrog-ml", { bucket: names }).parameters.buckets;
        assert.deepEqual(once, parse("jfrog-ml", { buckets: [names.join(",")] }).parameters.buckets);
        assert.deepEqual(once, names);
      }),
    );
  });

  const refused: readonly (readonly [string, Readonly<Record<string, readonly string[]>>, RegExp])[] = [
    ["jfrog-ml", { bukcet: ["a"] }, /JFrog ML has no parameter "bukcet"\. It has: bucket, accountId\./],
    ["jfrog-ml", { kmsKeyArn: [kmsKeyArn] }, /no parameter "kmsKeyArn"/],
    ["jfrog-ml", { bucket: ["Data"] }, /bucket "Data" can't be used\. .*lower-case/],
    ["jfrog-ml", { bucket: [""] }, /3 to 63 characters/],
    ["jfrog-ml", { accountId: ["1234"] }, /accountId "1234" can't be used\. .*12 digits/],
    ["jfrog-ml", { accountId: ["345678901234", "345678901235"] }, /accountId takes one value, not 2/],
    ["jfrog-ml", { accountId: [] }, /accountId takes one value, not 0/],
    ["dataloop", { bucket: ["data-a", "data-b"] }, /buckets takes at most 1, not 2/],
    ["dataloop", { userName: ["my user"] }, /userName "my user" can't be used/],
    ["dataloop", { createBucket: ["yes"] }, /true or false/],
    ["activeloop-deep-lake", { kmsKeyArn: ["alias/data"] }, /alias.*grants nothing/],
  ];
  for (const [id, settings, message] of refused) {
    it(`refuses ${JSON.stringify(settings)} of ${id} and says why`, () => {
      assert.throws(
        () => parse(id, settings),
        (error) => isUserError(error) && error.code === "parameter-invalid" && message.test(error.message),
      );
    });
  }
});

describe("values", () => {
  it("account ids are 12 digits", () => {
    assert.equal(validateAccountId("000000000001"), undefined);
    for (const value of ["", "1234-5678-9012", "12345678901", "1234567890123", "٣٤٥٦٧٨٩٠١٢٣٤"]) {
      assert.ok(validateAccountId(value), value);
    }
  });

  for (const value of [
    kmsKeyArn,
    "arn:aws-us-gov:kms:us-gov-west-1:210987654321:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
    "arn:aws:kms:ap-southeast-2:210987654321:key/mrk-0f1e2d3c4b5a69788796a5b4c3d2e1f0",
  ]) {
    it(`${value} is a key's ARN`, () => assert.equal(validateKmsKeyArn(value), undefined));
  }

  const notKeys: readonly (readonly [string, RegExp])[] = [
    ["arn:aws:kms:eu-west-1:210987654321:alias/data", /names an alias/],
    ["alias/aws/s3", /names an alias/],
    ["0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", /only the key's id/],
    ["mrk-0f1e2d3c4b5a69788796a5b4c3d2e1f0", /only the key's id/],
    ["YOUR_KMS_KEY_ARN", /looks like/],
    [`${kmsKeyArn}”`, /looks like/],
    [kmsKeyArn.slice(0, -1), /looks like/],
    ["arn:aws:kms::210987654321:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", /looks like/],
    ["arn:aws:s3:::training-data", /looks like/],
  ];
  for (const [value, message] of notKeys) {
    it(`${value} is not`, () => assert.match(validateKmsKeyArn(value) ?? "", message));
  }
});

describe("defaults", () => {
  it("fill in what has a value of its own, and leave the rest alone", () => {
    assert.deepEqual(withDefaults(vendor("jfrog-ml"), request).parameters, { accountId: "377488441568" });
    assert.deepEqual(withDefaults(vendor("dataloop"), request).parameters, { userName: "my-role" });
    assert.equal(withDefaults(vendor("activeloop-deep-lake"), request), request);
  });

  it("never replace a value", () => {
    const chosen = { ...request, parameters: { accountId: "345678901234" } };
    assert.equal(withDefaults(vendor("jfrog-ml"), chosen), chosen);
  });

  it("say what is still missing", () => {
    const missing = (id: string, parameters: IntegrationRequest["parameters"]) =>
      missingParameters(vendor(id), { ...request, parameters }).map(({ name }) => name);
    for (const id of ["activeloop-deep-lake", "jfrog-ml", "dataloop"]) {
      assert.deepEqual(missing(id, {}), ["buckets"], id);
      assert.deepEqual(missing(id, { buckets: [] }), ["buckets"], id);
      assert.deepEqual(missing(id, { buckets: ["data-a"] }), [], id);
    }
  });
});
