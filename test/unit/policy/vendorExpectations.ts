import type { RequestContext, RequestPrincipal } from "../../../src/policy/evaluate/evaluation";
import type { IntegrationRequest } from "../../../src/vendors/manifest";

/** What a vendor's page asks for, written down by hand and not taken from the catalog. */
export interface VendorExpectation {
  readonly vendor: string;
  readonly title: string;
  readonly request: IntegrationRequest;
  readonly mayAssume: (principal: RequestPrincipal) => boolean;
  readonly buckets: readonly string[];
  readonly onBuckets: readonly string[];
  readonly onObjects: readonly string[];
  readonly key?: { readonly arn: string; readonly actions: readonly string[] };
}

export const ownAccount = "210987654321";
export const roleName = "VendorAccess-test";
const key = `arn:aws:kms:eu-west-1:${ownAccount}:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0`;

const activeloopRole = "arn:aws:iam::597713067985:role/activeloop_backend";
const jfrogRoles = (account: string) =>
  new RegExp(`^arn:aws:iam::${account}:role/(eksctl-Qwak-EKS-Cluster-nodegroup-|qwak-eks-base)`);

const isRole = (principal: RequestPrincipal, matches: (arn: string) => boolean): boolean =>
  (principal.kind === "role" && matches(principal.arn)) || (principal.kind === "session" && matches(principal.role));

const readWrite = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"];
const useOfKey = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyPair",
  "kms:GenerateDataKeyPairWithoutPlaintext",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

const activeloop = {
  vendor: "activeloop-deep-lake",
  mayAssume: (principal: RequestPrincipal) => isRole(principal, (arn) => arn === activeloopRole),
  onBuckets: ["s3:GetBucketLocation", "s3:ListBucket"],
  onObjects: readWrite,
};
const jfrog = { vendor: "jfrog-ml", onBuckets: ["s3:ListBucket"], onObjects: ["s3:GetObject"] };
const dataloop = {
  vendor: "dataloop",
  onBuckets: ["s3:ListBucket"],
  mayAssume: ({ kind, ...principal }: RequestPrincipal) =>
    kind === "user" && "arn" in principal && principal.arn === `arn:aws:iam::${ownAccount}:user/dataloop`,
};

export const vendorExpectations: readonly VendorExpectation[] = [
  {
    ...activeloop,
    title: "read and write",
    request: request("read-write", { buckets: ["training-data"] }),
    buckets: ["training-data"],
  },
  {
    ...activeloop,
    title: "two buckets and a key",
    request: request("read-write", { buckets: ["training-data", "raw.images"], kmsKeyArn: key }),
    buckets: ["training-data", "raw.images"],
    key: { arn: key, actions: useOfKey },
  },
  {
    ...jfrog,
    title: "read only, JFrog ML Cloud",
    request: request("read-only", { buckets: ["training-data"] }),
    buckets: ["training-data"],
    mayAssume: (principal) => isRole(principal, (arn) => jfrogRoles("377488441568").test(arn)),
  },
  {
    ...jfrog,
    title: "read only, own deployment",
    request: request("read-only", { buckets: ["training-data", "raw.images"], accountId: "345678901234" }),
    buckets: ["training-data", "raw.images"],
    mayAssume: (principal) => isRole(principal, (arn) => jfrogRoles("345678901234").test(arn)),
  },
  {
    ...dataloop,
    title: "read and write",
    request: request("read-write", { buckets: ["training-data"], userName: "dataloop" }),
    buckets: ["training-data"],
    onObjects: readWrite,
  },
  {
    ...dataloop,
    title: "read and write, no deletion",
    request: request("read-write-no-delete", { buckets: ["training-data"], userName: "dataloop" }),
    buckets: ["training-data"],
    onObjects: ["s3:GetObject", "s3:PutObject"],
  },
];

function request(accessLevel: string, parameters: IntegrationRequest["parameters"]): IntegrationRequest {
  return { accessLevel, parameters, account: ownAccount, region: "eu-west-1", role: { name: roleName } };
}

const accounts = ["597713067985", "377488441568", "345678901234", "574987031486", ownAccount, "999988887777"];
const names = [
  "activeloop_backend",
  "activeloop_backend_dev",
  "activeloop_backen",
  "Activeloop_backend",
  "eksctl-Qwak-EKS-Cluster-nodegroup-a1",
  "eksctl-Qwak-EKS-Cluster-nodegroup",
  "x-eksctl-Qwak-EKS-Cluster-nodegroup-a1",
  "qwak-eks-base",
  "qwak-eks-base-7",
  "qwak-eks-bas",
  "path/qwak-eks-base",
  "dataloop",
  "dataloop2",
  "team/dataloop",
  roleName,
  "admin",
];

/** The vendors' principals, those that are like them, and all sorts of others. */
export const principals: readonly RequestPrincipal[] = [
  ...accounts.flatMap((account): readonly RequestPrincipal[] => [
    { kind: "account", account },
    ...names.flatMap((name): readonly RequestPrincipal[] => [
      { kind: "role", arn: `arn:aws:iam::${account}:role/${name}` },
      { kind: "user", arn: `arn:aws:iam::${account}:user/${name}` },
      {
        kind: "session",
        arn: `arn:aws:sts::${account}:assumed-role/${name.replace(/.*\//, "")}/s`,
        role: `arn:aws:iam::${account}:role/${name}`,
      },
    ]),
  ]),
  { kind: "role", arn: "arn:aws-cn:iam::597713067985:role/activeloop_backend" },
  { kind: "role", arn: "arn:aws-us-gov:iam::377488441568:role/qwak-eks-base" },
  { kind: "service", service: "ec2.amazonaws.com" },
  { kind: "service", service: "s3.amazonaws.com" },
  { kind: "federated", provider: "accounts.google.com" },
  { kind: "anonymous" },
];

export const contexts: readonly RequestContext[] = [
  {},
  { "sts:ExternalId": "guessed" },
  { "aws:SecureTransport": "false" },
];

/** The chosen buckets and their objects, those with names like theirs, other keys, and what else there is. */
export const resources: readonly string[] = [
  ...[
    "training-data",
    "training-dat",
    "training-data2",
    "training-data-backup",
    "my-training-data",
    "training.data",
    "raw.images",
    "raw-images",
    "raw.images.old",
    "other",
  ].flatMap((bucket) => [
    `arn:aws:s3:::${bucket}`,
    `arn:aws:s3:::${bucket}/x`,
    `arn:aws:s3:::${bucket}/deep/er/*?.csv`,
    `arn:aws-cn:s3:::${bucket}/x`,
  ]),
  `arn:aws:s3:eu-west-1:${ownAccount}:accesspoint/training-data`,
  `arn:aws:s3:eu-west-1:${ownAccount}:accesspoint/training-data/object/x`,
  key,
  `${key}0`,
  key.replace("eu-west-1", "us-east-1"),
  key.replace(ownAccount, "999988887777"),
  `arn:aws:kms:eu-west-1:${ownAccount}:alias/training-data`,
  `arn:aws:iam::${ownAccount}:role/${roleName}`,
  `arn:aws:iam::${ownAccount}:role/admin`,
  `arn:aws:iam::${ownAccount}:user/dataloop`,
  `arn:aws:iam::${ownAccount}:policy/${roleName}`,
  "*",
];

/** What the vendor's role may do by its page. */
export function mayDo(expected: VendorExpectation, action: string, resource: string): boolean {
  const { buckets, onBuckets, onObjects, key: used } = expected;
  if (used !== undefined && resource === used.arn) return used.actions.includes(action);
  const [, bucket = "", slash] = /^arn:aws:s3:::([^/]+)(\/)?/.exec(resource) ?? [];
  return buckets.includes(bucket) && (slash === undefined ? onBuckets : onObjects).includes(action);
}
