import { readOperator } from "../../checks/policyElements";
import { accountOfPrincipal, isAccountId } from "../../policy/arn";
import { knownForms } from "../../vendors/knownPrincipal";
import { type Completion, stringCompletion } from "./completion";
import { type CompletionContext, knownBuckets, knownKeys } from "./completionContext";
import type { PolicyCursor } from "./policyCursor";
import { vendorConditions } from "./vendorConditions";

interface Value {
  readonly value: string;
  readonly detail?: string;
  readonly snippet?: string;
}

/** What can stand there where that is a choice: the vendor's own values first, then those that AWS knows. */
export function conditionValues(
  { place }: PolicyCursor,
  operator: string,
  key: string,
  context: CompletionContext,
): readonly Completion[] {
  const { definition } = context.integration ?? {};
  const name = key.toLowerCase();
  const { base } = readOperator(operator);
  const vendors =
    vendorConditions(context).find((condition) => condition.operator === operator && sameKey(condition.key, key))
      ?.values ?? [];
  const type = context.reference.conditionKey(key)?.type;
  const known = base === "Null" || base === "Bool" || type === "Bool" ? bool(base) : valuesOf(name, context);
  const offers = [
    ...vendors.map((value) => ({ value, detail: definition?.name ?? "", group: 0 })),
    ...known.filter(({ value }) => !vendors.includes(value)).map((value) => ({ ...value, group: 1 })),
  ];
  return offers.map(({ value, ...offer }, order) =>
    stringCompletion(place, { label: value, kind: "word", order, ...offer }),
  );
}

function sameKey(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function bool(base: string): readonly Value[] {
  const isNull = base === "Null";
  return [
    { value: "true", ...(isNull && { detail: "the key is absent" }) },
    { value: "false", ...(isNull && { detail: "the key is there" }) },
  ];
}

/**
 * Finite values of condition keys, in lower case.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const finite: { readonly [key: string]: readonly string[] } = {
  "s3:x-amz-acl": [
    "private",
    "public-read",
    "public-read-write",
    "aws-exec-read",
    "authenticated-read",
    "bucket-owner-read",
    "bucket-owner-full-control",
    "log-delivery-write",
  ],
  "s3:x-amz-server-side-encryption": ["aws:kms", "AES256", "aws:kms:dsse"],
  "s3:x-amz-storage-class": [
    "STANDARD",
    "INTELLIGENT_TIERING",
    "STANDARD_IA",
    "ONEZONE_IA",
    "GLACIER_IR",
    "GLACIER",
    "DEEP_ARCHIVE",
    "EXPRESS_ONEZONE",
    "REDUCED_REDUNDANCY",
  ],
  "s3:x-amz-metadata-directive": ["COPY", "REPLACE"],
  "s3:x-amz-object-ownership": ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"],
  "s3:object-lock-mode": ["GOVERNANCE", "COMPLIANCE"],
  "s3:object-lock-legal-hold": ["ON", "OFF"],
  "s3:signatureversion": ["AWS4-HMAC-SHA256", "AWS"],
  "s3:authtype": ["REST-HEADER", "REST-QUERY-STRING", "POST"],
  "s3:tlsversion": ["1.2", "1.3"],
  "s3:accesspointnetworkorigin": ["VPC", "Internet"],
  "s3:x-amz-content-sha256": ["UNSIGNED-PAYLOAD"],
  "s3:delimiter": ["/"],
  "kms:keyusage": ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"],
  "kms:keyorigin": ["AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"],
  "kms:encryptionalgorithm": ["SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"],
  "kms:grantconstrainttype": ["EncryptionContextEquals", "EncryptionContextSubset", "SourceArn"],
  "kms:multiregionkeytype": ["PRIMARY", "REPLICA"],
  "kms:expirationmodel": ["KEY_MATERIAL_EXPIRES", "KEY_MATERIAL_DOES_NOT_EXPIRE"],
  "aws:principaltype": ["Account", "User", "FederatedUser", "AssumedRole", "Anonymous"],
};

const ownAccountKeys = new Set([
  "aws:sourceaccount",
  "aws:resourceaccount",
  "s3:resourceaccount",
  "s3:dataaccesspointaccount",
]);
const callerAccountKeys = new Set(["aws:principalaccount", "kms:calleraccount"]);

function valuesOf(key: string, context: CompletionContext): readonly Value[] {
  const { request } = context.integration ?? {};
  const region = request?.region;
  const own = request?.account === undefined ? [] : [{ value: request.account, detail: "your own account" }];
  const words = Object.hasOwn(finite, key) ? finite[key] : undefined;
  if (words !== undefined) return words.map((value) => ({ value }));
  if (ownAccountKeys.has(key)) return own;
  if (callerAccountKeys.has(key)) return [...vendorAccounts(context), ...own];
  if (key === "aws:requestedregion" || key === "s3:locationconstraint") return regions(context);
  if (key === "kms:viaservice") {
    const where = region ?? "${1:region}";
    const snippet = `s3.${where}.amazonaws.com`;
    return [{ value: `s3.${region ?? "region"}.amazonaws.com`, detail: "only by way of S3", snippet }];
  }
  if (key === "s3:x-amz-server-side-encryption-aws-kms-key-id") return knownKeys(context).map((value) => ({ value }));
  if (key === "kms:encryptioncontext:aws:s3:arn") {
    const partition = request?.partition ?? "aws";
    return knownBuckets(context).flatMap((bucket) => [
      { value: `arn:${partition}:s3:::${bucket}`, detail: "with an S3 Bucket Key" },
      { value: `arn:${partition}:s3:::${bucket}/*`, detail: "without a Bucket Key" },
    ]);
  }
  if (key === "aws:principalarn") return vendorPrincipals(context);
  return [];
}

function vendorPrincipals({ vendors }: CompletionContext): readonly Value[] {
  return vendors.flatMap(({ name, principals, parameters }) =>
    principals
      .filter(({ status }) => status === "current")
      .flatMap(({ value }) => knownForms(value, parameters))
      // An account's root in aws:PrincipalArn is its root user, whom nobody means.
      .filter((value) => !value.endsWith(":root"))
      .map((value) => ({ value, detail: name })),
  );
}

function vendorAccounts({ vendors }: CompletionContext): readonly Value[] {
  const accounts = new Map<string, string>();
  for (const { name, principals, parameters } of vendors) {
    for (const { value, status } of principals) {
      if (status === "retired") continue;
      for (const account of knownForms(value, parameters).map(accountOfPrincipal)) {
        if (account !== undefined && isAccountId(account)) accounts.set(account, name);
      }
    }
  }
  return Array.from(accounts, ([value, detail]) => ({ value, detail }));
}

/** The regions of the known buckets. */
function regions({ integration, buckets }: CompletionContext): readonly Value[] {
  const known = [integration?.request.region, ...buckets.map(({ region }) => region)];
  return [...new Set(known.filter((region) => region !== undefined))].map((value) => ({ value }));
}
