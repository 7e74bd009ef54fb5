import assert from "node:assert/strict";
import { nextAtVendor } from "../../../src/integration/nextAtVendor";
import type { ParameterValue } from "../../../src/vendors/manifest";
import { requestFor, vendor } from "./requests";

describe("what is to be done at the vendor after an apply", () => {
  const answer = { snowflakeUserArn: "arn:aws:iam::345678901234:user/abc", externalId: "AB12345_SFCRole=2_x7Q=" };
  const id = { externalId: "x1" };
  const both = ["Key (of the user)", "Region"];
  for (const [what, vendorId, parameters, labels, roleArnCopied, expected] of [
    ["a role", "airbyte-cloud", id, [], true, /^Role ARN copied: paste it into the connector in Airbyte Cloud\.$/],
    ["a role that a person gets", "census", id, [], true, /paste it into a message to your Census representative\.$/],
    ["a role, with more", "airbyte-cloud", id, both, true, /Airbyte Cloud\. The side bar has the rest: Key, Region\.$/],
    [
      "a bucket policy",
      "v7-darwin",
      {},
      both,
      false,
      /side bar \(Key, Region\): enter it into V7 Darwin, under Settings/,
    ],
    ["a first phase", "snowflake", {}, both, true, /^Role ARN copied: .* Snowflake then shows what completes it\.$/],
    ["a second phase", "snowflake", answer, both, true, /^Snowflake can use the role now\. Role ARN copied\.$/],
  ] as const) {
    it(`after ${what}`, () => {
      const definition = vendor(vendorId);
      const values: Readonly<Record<string, ParameterValue>> = parameters;
      const request = requestFor(definition, { parameters: values });
      const manifest = { ...request, id: "i", vendor: vendorId, documents: {} };
      assert.match(nextAtVendor({ definition, manifest }, labels, roleArnCopied), expected);
    });
  }
});
