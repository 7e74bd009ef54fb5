import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { documentsToTake, liveDocument } from "../../../src/integration/liveDocument";
import type { LiveResource } from "../../../src/integration/liveDocuments";
import type { JsonObject, JsonValue } from "../../../src/policy/json";
import type { DocumentRole } from "../../../src/vendors/manifest";
import { integrationOf } from "../../account/integrations";

function withDocument(role: DocumentRole, value: JsonValue) {
  const integration = integrationOf("activeloop-deep-lake");
  const document = { role, path: `x/${role}.json`, text: JSON.stringify(value), findings: [], value };
  return { ...integration, documents: [document] };
}

function resource(kind: string, live: JsonObject, name = "n"): LiveResource {
  return { kind, name, status: "differs", live };
}

function policy(...statements: readonly JsonObject[]): JsonObject {
  return { Version: "2012-10-17", Statement: statements };
}

const list = { Sid: "List it", Effect: "Allow", Principal: "*", Action: "s3:ListBucket", Resource: "arn:aws:s3:::a" };
const read = { Effect: "Allow", Principal: "*", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::a/*" };
const mark = "VendorAccess123456789abc";

describe("what is live as a document", () => {
  it("of a policy that is shared with others has our own Sids", () => {
    const integration = withDocument("bucketPolicy", policy(list, read));
    const live = policy(
      { ...read, Sid: `Statement2${mark}`, Action: ["s3:GetObject", "s3:PutObject"] },
      { ...list, Sid: `Listit${mark}` },
    );
    const [found] = documentsToTake([resource("bucket-policy", { document: live, integrationId: "1" })], integration);
    assert.deepEqual(found?.taken, policy(list, { ...read, Action: ["s3:GetObject", "s3:PutObject"] }));
  });

  it("of the same statements in AWS's form is nothing to take", () => {
    const integration = withDocument("bucketPolicy", policy(list, read));
    const live = policy(
      { ...read, Sid: `Statement2${mark}`, Action: "s3:GetObject" },
      { ...list, Sid: `Listit${mark}` },
    );
    assert.deepEqual(documentsToTake([resource("bucket-policy", { document: live })], integration), []);
  });

  it("that several buckets differ from is taken once", () => {
    const integration = withDocument("bucketPolicy", policy(list));
    const resources = ["a", "b"].map((name) => resource("bucket-policy", { document: policy(read) }, name));
    assert.equal(documentsToTake(resources, integration).length, 1);
  });

  const rule = { AllowedMethods: ["GET", "HEAD"], AllowedOrigins: ["https://app.vendor.io"], MaxAgeSeconds: 3600 };
  const other = { AllowedMethods: ["PUT"], AllowedOrigins: ["*"] };

  it("of CORS rules is without the IDs that mark ours, in our order", () => {
    const rules = [
      { ...other, ID: "vendor-access-1-9" },
      { ...rule, ID: "vendor-access-1-1", AllowedMethods: ["HEAD", "GET"] },
    ];
    const integration = withDocument("cors", { CORSRules: [rule] });
    const [found] = documentsToTake([resource("cors", { rules })], integration);
    assert.deepEqual(found?.taken, { CORSRules: [rule, other] });
    const bare = documentsToTake([resource("cors", { rules })], withDocument("cors", [rule]));
    assert.deepEqual(bare[0]?.taken, [rule, other]);
  });

  it("is none of what is missing, of what is somebody else's and of what has no document", () => {
    const integration = withDocument("trust", policy(read));
    const trust = resource("role", { trustPolicy: policy(list) });
    assert.equal(documentsToTake([trust], integration).length, 1);
    assert.deepEqual(documentsToTake([{ ...trust, status: "foreign" }], integration), []);
    assert.deepEqual(documentsToTake([{ ...trust, status: "missing", live: undefined }], integration), []);
    assert.equal(liveDocument(resource("managed-policy", { document: policy(read) }), integration), undefined);
    assert.equal(liveDocument(resource("bucket", { region: "us-east-1" }), integration), undefined);
  });
});
