import type { JsonObject } from "../../policy/json";
import type { Aws } from "../aws";
import type { Desired, DesiredResource } from "../contents";

/**
 * One kind of AWS resource: how it is read, compared, written and removed. `write` and `remove` get what the plan says and
 * nothing else; each does nothing but what its step announced, and succeeds when that is so already.
 */
export interface Resource<Content extends JsonObject> {
  /** What is in AWS under that name; undefined when there is nothing. */
  read(aws: Reading, desired: Desired<Content>): Promise<Live<Content> | undefined>;
  /** One sentence for each difference that matters. */
  diff(desired: Content, live: Content): readonly string[];
  /** @returns what the step's record should have besides: an id that AWS chose */
  write(aws: Writing, change: Change<Content>): Promise<JsonObject | undefined>;
  remove(aws: Writing, removal: { readonly name: string; readonly before: Content }): Promise<void>;
}

export interface Live<Content extends JsonObject> {
  readonly content: Content;
  /** Carries the integration's tag. Undefined: has no tags, and belongs to what it is part of. */
  readonly ours: boolean | undefined;
  readonly facts?: JsonObject;
}

export interface Change<Content extends JsonObject> {
  readonly name: string;
  /** Content and facts of what was there; undefined when there was nothing. */
  readonly before: Content | undefined;
  readonly after: Content;
}

/** One look at everything. */
export interface Reading extends Aws {
  /** All that the integration wants: what else is found on it is somebody else's. */
  readonly desired: readonly DesiredResource[];
  /** The same question is asked once, whoever needs the answer. */
  once<Answer>(question: string, ask: () => Promise<Answer>): Promise<Answer>;
  /** The default version of a policy that this session has just made, by the policy's ARN. */
  readonly policyVersions: ReadonlyMap<string, string>;
}

/** One step of a plan at work. */
export interface Writing extends Aws {
  /** ARNs that this session made, and when: AWS may not know them everywhere yet. */
  readonly created: Map<string, number>;
  readonly policyVersions: Map<string, string>;
  readonly signal: AbortSignal | undefined;
  /** Tells the person what is being waited for. */
  waiting(detail: string): void;
  /** Absent: nobody would take the secret, so that none must be made. */
  readonly onSecret:
    | ((secret: { readonly accessKeyId: string; readonly secretAccessKey: string }) => Promise<void>)
    | undefined;
}

export function roleArn({ identity }: Aws, roleName: string): string {
  return `arn:${identity.partition}:iam::${identity.account}:role/${roleName}`;
}

export function userArn({ identity }: Aws, userName: string): string {
  return `arn:${identity.partition}:iam::${identity.account}:user/${userName}`;
}

export function policyArn({ identity }: Aws, policyName: string): string {
  return `arn:${identity.partition}:iam::${identity.account}:policy/${policyName}`;
}

export function bucketArn({ identity }: Aws, bucket: string): string {
  return `arn:${identity.partition}:s3:::${bucket}`;
}
