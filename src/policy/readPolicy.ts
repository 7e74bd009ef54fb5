import type { JsonNode, JsonText, ObjectNode, Property, StringNode } from "./json";
import type { ConditionEntry, DocumentKind, PolicyDocument, PrincipalValue, Statement } from "./policyDocument";

/**
 * Characters. AWS's largest policy, a key policy, has 32 KB: this leaves room for any indentation, and for policies within
 * CloudFormation's largest template (1 MB).
 */
export const largestDocument = 1_048_576;

/** The name of the element, whatever its quotes and its colon have become: a word of a sentence it is not. */
const statementElement = /Statement[^\w:[{]{0,80}[:[{]/;

/** A look at the text before it is parsed: false for what can't be an IAM policy document. */
export function mayBePolicy(text: string): boolean {
  // A plain search is some ten times as fast as the expression.
  if (text.length > largestDocument || !text.includes("Statement") || !statementElement.test(text)) return false;
  return text.includes("Effect") || text.includes("Action") || text.includes("2012-10-17");
}

/**
 * The document in the words of the IAM policy language; undefined when it is no IAM policy document.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicy(json: JsonText): PolicyDocument | undefined {
  const { root } = json;
  if (root?.kind !== "object") return undefined;
  let version: JsonNode | undefined;
  let content: JsonNode | undefined;
  for (const { key, value } of root.properties) {
    if (key.value === "Statement") content = value;
    else if (key.value === "Version") version = value;
  }
  if (content?.kind !== "object" && content?.kind !== "array") return undefined;
  const nodes = content.kind === "object" ? [content] : content.items;
  const statements: Statement[] = [];
  for (const node of nodes) {
    if (node.kind === "object") statements.push(readStatement(node));
  }
  const versionText = version?.kind === "string" ? version : undefined;
  const dated = versionText?.value === "2012-10-17" || versionText?.value === "2008-10-17";
  if (!dated && !statements.some(isStatement)) return undefined;
  return { json, root, kind: kindOf(statements), version: versionText, statements };
}

/** Other JSON has statements, too: ours have an effect or an action, and what else the language asks for. */
function isStatement({ elements }: Statement): boolean {
  const action = elements.has("Action") || elements.has("NotAction");
  const target =
    elements.has("Resource") ||
    elements.has("NotResource") ||
    elements.has("Principal") ||
    elements.has("NotPrincipal");
  return elements.has("Effect") ? action || target : action && target;
}

/** One statement, whatever it is in. */
export function readStatement(node: ObjectNode): Statement {
  const elements = new Map<string, Property>();
  for (const property of node.properties) elements.set(property.key.value, property);
  return {
    node,
    sid: stringOf(elements.get("Sid")),
    effect: stringOf(elements.get("Effect")),
    principals: principalsOf(elements.get("Principal")),
    notPrincipals: principalsOf(elements.get("NotPrincipal")),
    actions: stringsOf(elements.get("Action")?.value),
    notActions: stringsOf(elements.get("NotAction")?.value),
    resources: stringsOf(elements.get("Resource")?.value),
    notResources: stringsOf(elements.get("NotResource")?.value),
    conditions: conditionsOf(elements.get("Condition")?.value),
    elements,
  };
}

function stringOf(property: Property | undefined): StringNode | undefined {
  const value = property?.value;
  return value?.kind === "string" ? value : undefined;
}

const none: readonly never[] = [];

function stringsOf(value: JsonNode | undefined): readonly StringNode[] {
  if (value === undefined) return none;
  if (value.kind === "string") return [value];
  if (value.kind !== "array") return none;
  const strings: StringNode[] = [];
  for (const item of value.items) {
    if (item.kind === "string") strings.push(item);
  }
  return strings;
}

function principalsOf(property: Property | undefined): readonly PrincipalValue[] {
  const value = property?.value;
  if (value === undefined) return none;
  if (value.kind === "string") return [{ type: value.value === "*" ? "*" : "", node: value }];
  if (value.kind !== "object") return none;
  const principals: PrincipalValue[] = [];
  for (const { key, value: names } of value.properties) {
    for (const node of stringsOf(names)) principals.push({ type: key.value, node });
  }
  return principals;
}

function conditionsOf(value: JsonNode | undefined): readonly ConditionEntry[] {
  if (value?.kind !== "object") return none;
  const entries: ConditionEntry[] = [];
  for (const { key: operator, value: keys } of value.properties) {
    if (keys?.kind !== "object") continue;
    for (const { key, value: values } of keys.properties) {
      entries.push({
        operator,
        key,
        values: values === undefined ? none : values.kind === "array" ? values.items : [values],
      });
    }
  }
  return entries;
}

/** A statement of a role's trust policy: somebody, and no resource. */
export function isTrustStatement({ elements }: Statement): boolean {
  return (
    (elements.has("Principal") || elements.has("NotPrincipal")) &&
    !elements.has("Resource") &&
    !elements.has("NotResource")
  );
}

/** A statement of an identity policy: a resource, and nobody. */
export function isPermissionsStatement({ elements }: Statement): boolean {
  return (
    (elements.has("Resource") || elements.has("NotResource")) &&
    !elements.has("Principal") &&
    !elements.has("NotPrincipal")
  );
}

function kindOf(statements: readonly Statement[]): DocumentKind {
  let trust = 0;
  let permissions = 0;
  let resourcePolicy = 0;
  for (const statement of statements) {
    if (isTrustStatement(statement)) trust += 1;
    else if (isPermissionsStatement(statement)) permissions += 1;
    else if (statement.elements.has("Principal") || statement.elements.has("NotPrincipal")) resourcePolicy += 1;
  }
  if (permissions > 0) return trust === 0 && resourcePolicy === 0 ? "permissions" : "unknown";
  if (trust > 0) return resourcePolicy === 0 && everyAction(statements, "sts:") ? "trust" : "unknown";
  if (resourcePolicy === 0) return "unknown";
  if (everyAction(statements, "kms:")) return "key";
  return everyAction(statements, "s3:") ? "bucket" : "unknown";
}

function everyAction(statements: readonly Statement[], prefix: string): boolean {
  let found = false;
  for (const { actions } of statements) {
    for (const { value } of actions) {
      if (value.slice(0, prefix.length).toLowerCase() !== prefix) return false;
      found = true;
    }
  }
  return found;
}
