import type { JsonNode, JsonText, ObjectNode, Property, StringNode } from "./json";

/**
 * permissions: an identity policy (no Principal). trust: a role's assume-role policy (Principal, no Resource).
 * bucket / key: resource policies with Principal and Resource. unknown: an IAM policy whose kind can't be told.
 */
export type DocumentKind = "permissions" | "trust" | "bucket" | "key" | "unknown";

export type KnownKind = Exclude<DocumentKind, "unknown">;

/** One principal as written: `{"AWS": "arn…"}` is type "AWS"; a bare `"*"` is type "*". */
export interface PrincipalValue {
  readonly type: string;
  readonly node: StringNode;
}

/** `{"ArnLike": {"aws:PrincipalArn": ["a", "b"]}}` is one entry with two values. */
export interface ConditionEntry {
  readonly operator: StringNode;
  readonly key: StringNode;
  readonly values: readonly JsonNode[];
}

export interface Statement {
  readonly node: ObjectNode;
  readonly sid: StringNode | undefined;
  readonly effect: StringNode | undefined;
  readonly principals: readonly PrincipalValue[];
  readonly notPrincipals: readonly PrincipalValue[];
  readonly actions: readonly StringNode[];
  readonly notActions: readonly StringNode[];
  readonly resources: readonly StringNode[];
  readonly notResources: readonly StringNode[];
  readonly conditions: readonly ConditionEntry[];
  /** Every property of the statement by its key as written; the last wins, as for AWS. */
  readonly elements: ReadonlyMap<string, Property>;
}

export interface PolicyDocument {
  readonly json: JsonText;
  readonly root: ObjectNode;
  readonly kind: DocumentKind;
  readonly version: StringNode | undefined;
  readonly statements: readonly Statement[];
}
