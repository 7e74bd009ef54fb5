/** https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
export type AccessLevel = "List" | "Read" | "Write" | "Permissions management" | "Tagging";

export interface ActionFacts {
  /** In AWS's spelling: `s3:GetObject`. */
  readonly name: string;
  readonly accessLevel: AccessLevel;
  /** What AWS says that it does: "Grants permission to retrieve objects from Amazon S3". Only for services in full. */
  readonly description: string;
  /** Names of resource types of the service, the required ones first; empty: the action knows no resources but `*`. */
  readonly resourceTypes: readonly { readonly name: string; readonly required: boolean }[];
  /**
   * Condition keys beside the global ones, those of its resource types at the end; `aws:ResourceTag/${TagKey}` stands for
   * every tag.
   */
  readonly conditionKeys: readonly string[];
}

export interface ResourceTypeFacts {
  readonly name: string;
  /** `arn:${Partition}:s3:::${BucketName}/${ObjectName}` */
  readonly arn: string;
  readonly conditionKeys: readonly string[];
}

export interface ConditionKeyFacts {
  /** In AWS's spelling. */
  readonly name: string;
  readonly description: string;
  /** As AWS writes it: "String", "ArrayOfString", "ARN", "Bool", "Date", "Numeric" … */
  readonly type: string;
}

/**
 * What AWS's services can be asked to do: the names and access levels of all actions of all services, and everything
 * about S3, KMS, STS and IAM. Upper and lower case of what is asked for are the same.
 */
export interface ServiceReference {
  /** The day of the data: "2026-09-26". */
  readonly date: string;
  /** Prefixes of actions: "s3". */
  readonly services: readonly string[];
  /** "Amazon S3" */
  serviceName(service: string): string | undefined;
  /** All actions of a service, sorted: `s3:AbortMultipartUpload` … */
  actionsOf(service: string): readonly string[];
  /** All actions that a pattern of a policy matches, sorted: `s3:*Object*`, `*`. */
  expand(pattern: string): readonly string[];
  isAction(action: string): boolean;
  /** Is there any action that a pattern of a policy matches? Without listing them all. */
  matchesAny(pattern: string): boolean;
  /** For every service. */
  accessLevel(action: string): AccessLevel | undefined;
  /** Only for S3, KMS, STS and IAM. */
  action(action: string): ActionFacts | undefined;
  resourceType(service: string, name: string): ResourceTypeFacts | undefined;
  resourceTypesOf(service: string): readonly ResourceTypeFacts[];
  /** In AWS's spelling, sorted: `aws:CalledVia` … */
  readonly globalConditionKeys: readonly string[];
  /** What condition keys of services begin with that no action does, in lower case: "catalog" (of AWS Marketplace). */
  readonly otherKeyPrefixes: readonly string[];
  /** Global keys and those of S3, KMS, STS and IAM; finds `aws:ResourceTag/team`, too. */
  conditionKey(name: string): ConditionKeyFacts | undefined;
}
