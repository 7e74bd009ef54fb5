import type { IntegrationRequest } from "../../../src/vendors/manifest";

const kmsKeyArn = "arn:aws:kms:eu-west-1:210987654321:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

/** Folders of test/fixtures/golden: vendor → case → what the customer asked for. */
export const goldenCases: Readonly<Record<string, Readonly<Record<string, IntegrationRequest>>>> = {
  "activeloop-deep-lake": {
    "page-sample": { ...request("read-write", {}) },
    "one-bucket": request("read-write", { buckets: ["training-data"] }),
    "several-buckets": request("read-write", { buckets: ["training-data", "raw.images"] }),
    "one-bucket-kms": request("read-write", { buckets: ["training-data"], kmsKeyArn }),
    "several-buckets-kms": request("read-write", { buckets: ["training-data", "raw.images"], kmsKeyArn }),
    "kms-literal-page-form": request("read-write", { buckets: ["training-data"], kmsKeyArn, literalPageForm: true }),
    "literal-page-form-without-kms": request("read-write", { buckets: ["training-data"], literalPageForm: true }),
    cors: request("read-write", { buckets: ["training-data"], cors: true }),
  },
  "jfrog-ml": {
    "page-sample": request("read-only", { accountId: "<account-id>" }),
    "cloud-one-bucket": request("read-only", { buckets: ["training-data"] }),
    "cloud-several-buckets": request("read-only", {
      buckets: ["training-data", "raw.images"],
      accountId: "377488441568",
    }),
    "own-deployment": request("read-only", { buckets: ["training-data"], accountId: "345678901234" }),
    "own-deployment-govcloud": {
      ...request("read-only", { buckets: ["training-data"], accountId: "345678901234" }),
      partition: "aws-us-gov",
    },
  },
  dataloop: {
    "page-sample": request("read-write", { userName: "<IAMUserName>" }, { account: undefined }),
    "read-write": request("read-write", { buckets: ["training-data"] }),
    "read-write-no-delete": request("read-write-no-delete", { buckets: ["training-data"] }),
    "new-bucket": request("read-write", { buckets: ["training-data"], createBucket: true }),
    "own-user-name": request("read-write", { buckets: ["training-data"], userName: "dataloop" }),
    "before-the-first-apply": request("read-write", { buckets: ["training-data"] }, { account: undefined }),
  },
};

function request(
  accessLevel: string,
  parameters: IntegrationRequest["parameters"],
  { account }: { readonly account: string | undefined } = { account: "210987654321" },
): IntegrationRequest {
  return {
    accessLevel,
    parameters,
    region: "eu-west-1",
    role: { name: "VendorAccess-test" },
    ...(account === undefined ? {} : { account }),
  };
}
