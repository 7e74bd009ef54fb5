import type { Arn } from "./arn";
import { hasWildcard, matchesPattern } from "./wildcards";

/**
 * Which kinds of resources the actions of S3, KMS and STS work on. From the Service Authorization Reference:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 */
export type ResourceType =
  | "bucket"
  | "object"
  | "access point"
  | "access point object"
  | "job"
  | "storage lens configuration"
  | "storage lens group"
  | "object lambda access point"
  | "multi-region access point"
  | "multi-region request"
  | "access grants instance"
  | "access grants location"
  | "access grant"
  | "key"
  | "alias"
  | "role"
  | "root user"
  | "federated user"
  | "session"
  /** The action knows no resources: only `*` matches it. */
  | "everything";

const forms: { readonly [Type in Exclude<ResourceType, "bucket" | "object" | "everything">]: string } = {
  "access point": "s3:*:*:accesspoint/*",
  "access point object": "s3:*:*:accesspoint/*/object/*",
  job: "s3:*:*:job/*",
  "storage lens configuration": "s3:*:*:storage-lens/*",
  "storage lens group": "s3:*:*:storage-lens-group/*",
  "object lambda access point": "s3-object-lambda:*:*:accesspoint/*",
  "multi-region access point": "s3::*:accesspoint/*",
  "multi-region request": "s3:*:*:async-request/mrap/*",
  "access grants instance": "s3:*:*:access-grants/default",
  "access grants location": "s3:*:*:access-grants/default/location/*",
  "access grant": "s3:*:*:access-grants/default/grant/*",
  key: "kms:*:*:key/*",
  alias: "kms:*:*:alias/*",
  role: "iam::*:role/*",
  "root user": "iam::*:root",
  "federated user": "sts::*:federated-user/*",
  session: "sts::*:*",
};

interface ActionGroup {
  readonly types: readonly ResourceType[];
  readonly actions: string;
}

const services: { readonly [service: string]: readonly ActionGroup[] } = {
  s3: [
    {
      types: ["object", "access point object"],
      actions:
        "GetObject PutObject DeleteObject AbortMultipartUpload BypassGovernanceRetention DeleteObjectTagging DeleteObjectVersion DeleteObjectVersionTagging GetObjectAcl GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectVersion GetObjectVersionAcl GetObjectVersionAttributes GetObjectVersionTagging ListMultipartUploadParts PutObjectAcl PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionAcl PutObjectVersionTagging RestoreObject UpdateObjectEncryption",
    },
    {
      // ListBucketMultipartUploads: an access point takes it, although the table names only the bucket.
      types: ["bucket", "access point"],
      actions:
        "ListBucket GetBucketLocation ListBucketVersions ListBucketMultipartUploads GetBucketAcl GetBucketCORS GetBucketNotification GetBucketPolicy",
    },
    {
      types: ["bucket"],
      actions:
        "CreateBucket CreateBucketMetadataTableConfiguration DeleteBucket DeleteBucketMetadataTableConfiguration DeleteBucketPolicy DeleteBucketWebsite GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac GetBucketLogging GetBucketMetadataTableConfiguration GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicyStatus GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration GetReplicationConfiguration PauseReplication PutAccelerateConfiguration PutAnalyticsConfiguration PutBucketAbac PutBucketAcl PutBucketCORS PutBucketLogging PutBucketNotification PutBucketObjectLockConfiguration PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite PutEncryptionConfiguration PutIntelligentTieringConfiguration PutInventoryConfiguration PutLifecycleConfiguration PutMetricsConfiguration PutReplicationConfiguration UpdateBucketMetadataInventoryTableConfiguration UpdateBucketMetadataJournalTableConfiguration",
    },
    {
      types: ["object"],
      actions:
        "GetObjectTorrent GetObjectVersionForReplication GetObjectVersionTorrent InitiateReplication ObjectOwnerOverrideToBucketOwner ReplicateDelete ReplicateObject ReplicateTags",
    },
    {
      types: ["everything"],
      actions:
        "ListAllMyBuckets CreateJob CreateStorageLensGroup GetAccessPoint GetAccountPublicAccessBlock ListAccessGrantsInstances ListAccessPoints ListAccessPointsForObjectLambda ListJobs ListMultiRegionAccessPoints ListStorageLensConfigurations ListStorageLensGroups PutAccessPointPublicAccessBlock PutAccountPublicAccessBlock PutStorageLensConfiguration",
    },
    {
      types: [
        "bucket",
        "access point",
        "storage lens group",
        "access grants instance",
        "access grants location",
        "access grant",
      ],
      actions: "ListTagsForResource TagResource UntagResource",
    },
    {
      types: ["access point"],
      actions:
        "CreateAccessPoint DeleteAccessPoint DeleteAccessPointPolicy GetAccessPointPolicy GetAccessPointPolicyStatus PutAccessPointPolicy",
    },
    { types: ["access grant"], actions: "DeleteAccessGrant GetAccessGrant" },
    {
      types: ["access grants instance"],
      actions:
        "AssociateAccessGrantsIdentityCenter CreateAccessGrantsInstance CreateAccessGrantsLocation DeleteAccessGrantsInstance DeleteAccessGrantsInstanceResourcePolicy DissociateAccessGrantsIdentityCenter GetAccessGrantsInstance GetAccessGrantsInstanceForPrefix GetAccessGrantsInstanceResourcePolicy GetDataAccess ListAccessGrants ListAccessGrantsLocations ListCallerAccessGrants PutAccessGrantsInstanceResourcePolicy",
    },
    {
      types: ["access grants location"],
      actions: "CreateAccessGrant DeleteAccessGrantsLocation GetAccessGrantsLocation UpdateAccessGrantsLocation",
    },
    {
      types: ["job"],
      actions: "DeleteJobTagging DescribeJob GetJobTagging PutJobTagging UpdateJobPriority UpdateJobStatus",
    },
    {
      types: ["multi-region access point"],
      actions:
        "CreateMultiRegionAccessPoint DeleteMultiRegionAccessPoint GetMultiRegionAccessPoint GetMultiRegionAccessPointPolicy GetMultiRegionAccessPointPolicyStatus GetMultiRegionAccessPointRoutes PutMultiRegionAccessPointPolicy SubmitMultiRegionAccessPointRoutes",
    },
    { types: ["multi-region request"], actions: "DescribeMultiRegionAccessPointOperation" },
    {
      types: ["object lambda access point"],
      actions:
        "CreateAccessPointForObjectLambda DeleteAccessPointForObjectLambda DeleteAccessPointPolicyForObjectLambda GetAccessPointConfigurationForObjectLambda GetAccessPointForObjectLambda GetAccessPointPolicyForObjectLambda GetAccessPointPolicyStatusForObjectLambda PutAccessPointConfigurationForObjectLambda PutAccessPointPolicyForObjectLambda",
    },
    {
      types: ["storage lens configuration"],
      actions:
        "DeleteStorageLensConfiguration DeleteStorageLensConfigurationTagging GetStorageLensConfiguration GetStorageLensConfigurationTagging GetStorageLensDashboard PutStorageLensConfigurationTagging",
    },
    { types: ["storage lens group"], actions: "DeleteStorageLensGroup GetStorageLensGroup UpdateStorageLensGroup" },
  ],
  kms: [
    {
      types: ["key"],
      actions:
        "Decrypt Encrypt GenerateDataKey DescribeKey ReEncryptFrom ReEncryptTo CancelKeyDeletion CreateGrant DeleteImportedKeyMaterial DeriveSharedSecret DisableKey DisableKeyRotation EnableKey EnableKeyRotation GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GenerateMac GetKeyLastUsage GetKeyPolicy GetKeyRotationStatus GetParametersForImport GetPublicKey ImportKeyMaterial ListGrants ListKeyPolicies ListKeyRotations ListResourceTags PutKeyPolicy ReplicateKey RetireGrant RevokeGrant RotateKeyOnDemand ScheduleKeyDeletion Sign SynchronizeMultiRegionKey TagResource UntagResource UpdateKeyDescription UpdatePrimaryRegion Verify VerifyMac",
    },
    { types: ["alias", "key"], actions: "CreateAlias DeleteAlias UpdateAlias" },
    {
      types: ["everything"],
      actions:
        "ConnectCustomKeyStore CreateCustomKeyStore CreateKey DeleteCustomKeyStore DescribeCustomKeyStores DisconnectCustomKeyStore GenerateRandom ListAliases ListKeys ListRetirableGrants UpdateCustomKeyStore",
    },
  ],
  sts: [
    { types: ["role"], actions: "AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity" },
    { types: ["role", "session", "federated user"], actions: "SetContext SetSourceIdentity TagSession" },
    { types: ["federated user"], actions: "GetFederationToken" },
    { types: ["root user"], actions: "AssumeRoot" },
    {
      types: ["everything"],
      actions:
        "DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity GetDelegatedAccessToken GetServiceBearerToken GetSessionToken GetWebIdentityToken TagGetWebIdentityToken",
    },
  ],
};

/** Kinds as bits of a number: a set that costs nothing to make and to compare. */
const bits = new Map<ResourceType, number>();
for (const type of [...Object.keys(forms), "bucket", "object", "everything"]) {
  // Object.keys forgets that these are the names of kinds.
  bits.set(type as ResourceType, 1 << bits.size);
}

interface Action {
  /** Lower case. */
  readonly name: string;
  readonly types: number;
}

const actionsByService = new Map<string, readonly Action[]>();
const typesByAction = new Map<string, readonly ResourceType[]>();
const bitsByAction = new Map<string, number>();
for (const [service, groups] of Object.entries(services)) {
  const actions = groups.flatMap(({ types, actions: names }) =>
    names.split(" ").map((name) => {
      const action = `${service}:${name.toLowerCase()}`;
      typesByAction.set(action, types);
      bitsByAction.set(action, bitsOf(types));
      return { name: action, types: bitsOf(types) };
    }),
  );
  actionsByService.set(service, actions);
}

function bitsOf(types: readonly ResourceType[]): number {
  return types.reduce((all, type) => all | (bits.get(type) ?? 0), 0);
}

/** The kinds of resource of one action by its name, `s3:GetObject`; undefined for what the tables don't have. */
export function resourceTypesOf(action: string): readonly ResourceType[] | undefined {
  return typesByAction.get(action.toLowerCase());
}

/** A set of kinds of resources; made by `resourceKinds`. */
export type ResourceKinds = number;

/** The kinds of resources that these ARNs, which may hold wildcards and policy variables, can name. */
export function resourceKinds(arns: readonly Arn[]): ResourceKinds {
  return arns.reduce((all, arn) => all | kindsOf(arn), 0);
}

/**
 * Can a statement's action, wildcards allowed, ever match a resource of these kinds? An action that the tables don't
 * have can: what is not known is not judged.
 */
export function canMatch(action: string, kinds: ResourceKinds): boolean {
  const name = action.toLowerCase();
  if (!hasWildcard(name)) {
    const types = bitsByAction.get(name);
    return types === undefined || (types & kinds) !== 0;
  }
  const actions = actionsByService.get(name.slice(0, Math.max(name.indexOf(":"), 0)));
  if (actions === undefined) return true;
  const prefix = name.slice(0, name.search(/[*?]/));
  let known = false;
  for (const candidate of actions) {
    if (!candidate.name.startsWith(prefix) || !matchesPattern(name, candidate.name)) continue;
    known = true;
    if ((candidate.types & kinds) !== 0) return true;
  }
  return !known;
}

function kindsOf(arn: Arn): ResourceKinds {
  let kinds = arn.resource === "*" ? (bits.get("everything") ?? 0) : 0;
  const service = withoutTokens(arn.service);
  const region = withoutTokens(arn.region);
  const account = withoutTokens(arn.account);
  const resource = withoutTokens(arn.resource);
  if (fits(service, "s3") && fits(region, "") && fits(account, "")) {
    const slash = resource.indexOf("/");
    if (slash < 0) kinds |= bits.get("bucket") ?? 0;
    if (slash > 0 || (slash < 0 && hasWildcard(resource))) kinds |= bits.get("object") ?? 0;
    // Nothing else of S3 has neither a region nor an account.
    if (arn.region === "" && arn.account === "" && arn.service === "s3") return kinds;
  }
  for (const form of formEntries) {
    if (
      fits(service, form.service) &&
      fits(region, form.region) &&
      fits(account, form.account) &&
      namesSome(resource, form.resource)
    ) {
      kinds |= form.kind;
    }
  }
  return kinds;
}

const formEntries = Object.entries(forms).map(([type, form]) => {
  const [service = "", region = "", account = "", resource = ""] = form.split(":");
  return { kind: bits.get(type as ResourceType) ?? 0, service, region, account, resource };
});

function fits(part: string, form: string): boolean {
  return form === "*" || part === form || matchesPattern(part, form);
}

/** Policy variables stand for any text; placeholders for text without a slash, whatever their name has in it. */
function withoutTokens(text: string): string {
  if (!text.includes("{") && !text.includes("<")) return text;
  return text.replace(/\$\{[^}]*\}/g, "*").replace(/<[^>]*>|\{\{?[^}]*\}?\}/g, "x");
}

/** Do two patterns of `*` and `?` have a text in common? Most resources have neither. */
function namesSome(resource: string, form: string): boolean {
  return hasWildcard(resource) ? intersects(resource, form) : matchesPattern(form, resource);
}

function intersects(a: string, b: string): boolean {
  let reachable = new Set<number>([0]);
  const closeOver = (positions: Set<number>) => {
    for (const position of positions) if (b[position] === "*") positions.add(position + 1);
  };
  closeOver(reachable);
  for (const character of a) {
    const next = new Set<number>();
    if (character === "*") {
      const first = Math.min(...reachable);
      for (let position = first; position <= b.length; position += 1) next.add(position);
    } else {
      for (const position of reachable) {
        const other = b[position];
        if (other === "*") next.add(position);
        else if (other === character || other === "?" || (character === "?" && other !== undefined))
          next.add(position + 1);
      }
    }
    closeOver(next);
    if (next.size === 0) return false;
    reachable = next;
  }
  return reachable.has(b.length);
}
