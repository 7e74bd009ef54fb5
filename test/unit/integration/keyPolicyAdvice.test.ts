import assert from "node:assert/strict";
import { keyPolicyAdvice } from "../../../src/integration/keyPolicyAdvice";
import { scaffold } from "../../../src/integration/scaffold";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { VendorDefinition } from "../../../src/vendors/definition";
import { memoryFileSystem } from "./memoryFileSystem";
import { customerAccount, requestFor, vendor } from "./requests";

const keyArn = `arn:aws:kms:eu-central-1:${customerAccount}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** As AWS makes it: the account's IAM policies decide. */
const policy = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${customerAccount}:root` }, Action: "kms:*", Resource: "*" },
  ],
};

async function adviceFor(definition: VendorDefinition, buckets: readonly string[] = ["training-data"]) {
  const request = requestFor(definition, {});
  const integration = await scaffold(memoryFileSystem(), "vendor-access", { definition, request, name: "it" });
  return keyPolicyAdvice(integration, customerAccount, [{ keyArn, buckets, policy }], await loadServiceReference());
}

describe("the statement for the policy of a key", () => {
  it("lets in whom the bucket's policy lets in, with its conditions about who asks and no others", async () => {
    const stitch = vendor("stitch");
    const statement = {
      Sid: "Some",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::345678901234:root" },
      Action: ["s3:GetObject"],
      Resource: ["arn:aws:s3:::{{buckets}}/*"],
      Condition: {
        ArnLike: { "aws:PrincipalArn": "arn:aws:iam::345678901234:role/reader" },
        StringEquals: { "s3:ExistingObjectTag/shared": "yes", "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
        Bool: { "aws:SecureTransport": "true" },
      },
    };
    const [advice, ...more] = await adviceFor({ ...stitch, bucketPolicy: [{ source: "page", statement }] });
    assert.deepEqual(more, []);
    assert.deepEqual(advice?.statement, {
      Sid: "AllowVendor",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::345678901234:root" },
      Action: ["kms:Decrypt"],
      Resource: keyArn,
      Condition: {
        ArnLike: { "aws:PrincipalArn": "arn:aws:iam::345678901234:role/reader" },
        StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
      },
    });
  });

  it("is not needed for a key that no bucket of the integration is encrypted with, or by a role that IAM decides about", async () => {
    assert.deepEqual(await adviceFor(vendor("stitch"), []), []);
    assert.deepEqual(await adviceFor(vendor("jfrog-ml")), []);
  });
});
