import assert from "node:assert/strict";
import fc from "fast-check";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import {
  defaultIntegrationName,
  defaultRoleName,
  validateBucketName,
  validateIntegrationName,
  validateRoleName,
} from "../../../src/vendors/names";

const activeloop = findVendor("activeloop-deep-lake");
const jfrog = findVendor("jfrog-ml");
assert.ok(activeloop && jfrog);

const bucketName = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/).filter((name) => !validateBucketName(name));

describe("bucket names", () => {
  for (const name of ["abc", "my.training-data", "0-0", "a".repeat(63), "xn-data", "1.2.3.4.5", "s3alias"]) {
    it(`${name} is fine`, () => assert.equal(validateBucketName(name), undefined));
  }

  const refused: readonly (readonly [string, RegExp])[] = [
    ["", /3 to 63 characters; this has 0/],
    ["ab", /3 to 63/],
    ["a".repeat(64), /this has 64/],
    ["Training-Data", /lower-case letters.*not "T"/],
    ["training_data", /not "_"/],
    ["training data", /not " "/],
    ["daten-für-alle", /not "ü"/],
    ["bucket/prefix", /not "\/"/],
    ["-data", /begins and ends/],
    ["data.", /begins and ends/],
    ["my..data", /two dots/],
    ["192.168.5.4", /IP address/],
    ["xn--data", /"xn--"/],
    ["sthree-data", /"sthree-"/],
    ["amzn-s3-demo-bucket", /"amzn-s3-demo-"/],
    ["data-s3alias", /"-s3alias"/],
    ["data--ol-s3", /"--ol-s3"/],
    ["data.mrap", /"\.mrap"/],
    ["data--x-s3", /"--x-s3"/],
    ["data--table-s3", /"--table-s3"/],
    ["BUCKET_NAME", /lower-case/],
  ];
  for (const [name, message] of refused) {
    it(`${JSON.stringify(name)} is refused`, () => assert.match(validateBucketName(name) ?? "", message));
  }
});

describe("role names", () => {
  it("are 1 to 64 characters that IAM takes", () => {
    assert.equal(validateRoleName("a+b=c,d.e@f-g_H1"), undefined);
    assert.match(validateRoleName("") ?? "", /1 to 64/);
    assert.match(validateRoleName("r".repeat(65)) ?? "", /this has 65/);
    assert.match(validateRoleName("my role") ?? "", /not " "/);
    assert.match(validateRoleName("path/role") ?? "", /not "\/"/);
  });

  it("by default name the vendor and the bucket", () => {
    assert.equal(defaultRoleName(activeloop, ["training-data"]), "VendorAccess-activeloop-deep-lake-training-data");
    assert.equal(defaultRoleName(activeloop, []), "VendorAccess-activeloop-deep-lake");
  });

  it("are what the vendor suggests, where it does", () => {
    assert.equal(defaultRoleName(jfrog, ["training-data"]), "qwak-access-role");
  });

  it("stay valid and different for buckets with long names that begin alike", () => {
    const long = "a-very-long-bucket-name-for-training-data-of-the-year-2026";
    const names = [`${long}-a`, `${long}-b`].map((bucket) => defaultRoleName(activeloop, [bucket]));
    assert.equal(new Set(names).size, 2);
    for (const name of names) {
      assert.ok(name.startsWith("VendorAccess-activeloop-deep-lake-a-very-long"), name);
    }
  });

  it("are valid for every bucket of every vendor", () => {
    fc.assert(
      fc.property(fc.constantFrom(...catalog), fc.array(bucketName, { maxLength: 3 }), (definition, buckets) => {
        assert.equal(validateRoleName(defaultRoleName(definition, buckets)), undefined);
      }),
    );
  });
});

describe("integration names", () => {
  it("by default name the vendor and the first bucket", () => {
    assert.equal(defaultIntegrationName(activeloop, ["training-data", "b"]), "activeloop-deep-lake-training-data");
    assert.equal(defaultIntegrationName(jfrog, []), "jfrog-ml");
  });

  it("are valid for whatever stands for a bucket", () => {
    fc.assert(
      fc.property(fc.constantFrom(...catalog), fc.oneof(bucketName, fc.string()), (definition, bucket) => {
        assert.equal(validateIntegrationName(defaultIntegrationName(definition, [bucket])), undefined);
      }),
    );
  });

  for (const name of ["training", "Training_data-2.0", "7", "console", "com10", "nul-data"]) {
    it(`${name} is fine`, () => assert.equal(validateIntegrationName(name), undefined));
  }

  for (const name of [
    "",
    ".hidden",
    "..",
    "-x",
    "x.",
    "a/b",
    "a\\b",
    "a:b",
    "a b",
    "ä",
    "CON",
    "nul",
    "aux.txt",
    "com1",
    "LPT9",
    "n".repeat(65),
  ]) {
    it(`${JSON.stringify(name)} is refused`, () => assert.ok(validateIntegrationName(name)));
  }
});
