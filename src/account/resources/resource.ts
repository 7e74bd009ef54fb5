import type { JsonObject } from "../../policy/json";
import type { ResourceKind } from "../account";
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
  /**
   * What a write needs to bring back what was there before a run, where that is not just `before`: of what is shared with
   * others only our part goes back. Undefined: it can't be brought back.
   */
  restore?(former: Former<Content>): Content | undefined;
}

/** Contents, each with its facts. */
export interface Former<Content extends JsonObject> {
  readonly before: Content;
  /** What the run wrote last; undefined when it deleted. */
  readonly after: Content | undefined;
  /** Undefined when there is nothing now. */
  readonly live: Content | undefined;
}

export interface Live<Content extends JsonObject> {
  readonly content: Content;
  /** Carries the integration's tag. Undefined: has no tags, and belongs to what it is part of. */
  readonly ours: boolean | undefined;
  /** As AWS tells it, where that can be another one than the desired resource's. */
  readonly arn?: string | undefined;
  readonly facts?: JsonObject;
  /** There is something to know, but nothing of the integration's: as if there were nothing. */
  readonly absent?: boolean;
  /** For a person: "last used 3 days ago in eu-west-1". */
  readonly lastUsed?: string;
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
  /** What a run that stopped before its end has left. */
  readonly unfinished?: Leftover | undefined;
}

export interface Leftover {
  /** Whether the run has made it, or may have. */
  made(kind: ResourceKind, name: string): boolean;
  /** Access keys whose secret was stored for good. */
  readonly keptKeys: readonly string[];
}

/** One step of a plan at work. */
export interface Writing extends Aws {
  /** ARNs that this session made, and when: AWS may not know them everywhere yet. */
  readonly created: Map<string, number>;
  readonly policyVersions: Map<string, string>;
  readonly signal: AbortSignal | undefined;
  /** Whether the plan says what was read a moment ago, so that nobody needs to look again before a write. */
  justRead(): boolean;
  /** Tells the person what is being waited for. */
  waiting(detail: string): void;
  /** Tells the person what the step leaves as it is, in a sentence. */
  keeps(sentence: string): void;
  /** Absent: nobody would take the secret, so that none must be made. */
  readonly onSecret:
    | ((secret: { readonly accessKeyId: string; readonly secretAccessKey: string }) => Promise<void>)
    | undefined;
}

/** The ARN of a role that this session has made, whatever its path: names are unique in an account. None of an older one. */
export function newRole({ created }: Writing, roleName: string): readonly string[] {
  return [...created.keys()].filter((arn) => arn.includes(":role/") && arn.endsWith(`/${roleName}`));
}

export function bucketArn({ identity }: Aws, bucket: string): string {
  return `arn:${identity.partition}:s3:::${bucket}`;
}
