import type { JsonNode, JsonText, ObjectNode } from "../../policy/json";
import { visitNodes } from "../../policy/jsonNodes";
import { parseJson } from "../../policy/parseJson";
import type { DocumentKind, PolicyDocument, Statement } from "../../policy/policyDocument";
import { readPolicy, readStatement } from "../../policy/readPolicy";
import type { CursorPlace } from "./cursorPlace";

/** The cursor in the words of the policy language. */
export interface PolicyCursor {
  readonly place: CursorPlace;
  readonly kind: DocumentKind;
  /** The names that the object around the cursor has already, without the one that is typed. */
  readonly siblings: ReadonlySet<string>;
  /** Steps from the statement on: `["Action", 0]`; undefined outside of statements. */
  readonly inStatement: readonly (string | number)[] | undefined;
  /** As far as it can be read. */
  readonly statement: Statement | undefined;
}

/**
 * @param kind what the document is by its name or place; otherwise it is told from the document
 */
export function policyCursor(text: string, place: CursorPlace, kind: DocumentKind | undefined): PolicyCursor {
  const { path, brackets, role } = place;
  const at = path.lastIndexOf("Statement");
  const depth = Math.max(at, 0);
  const json = parseJson(text);
  const objects = objectsByOffset(json);
  const inner = objects.get(brackets.at(-1) ?? -1);
  const policyNode = at < 0 ? inner : objects.get(brackets[depth] ?? -1);
  const inList = typeof path[depth + 1] === "number" ? 2 : 1;
  // A value directly under Statement, or in its list, is no statement yet.
  const within = at >= 0 && (path.length > depth + inList || (role === "key" && path.length === depth + inList));
  const statementNode = within ? objects.get(brackets[depth + inList] ?? -1) : undefined;
  const statement = statementNode && readStatement(statementNode);
  const policy = policyNode && readPolicy({ ...json, root: policyNode });
  return {
    place,
    kind: kind ?? kindOf(policy, statement, place),
    siblings: new Set(inner?.properties.filter(({ key }) => !isAtCursor(key, place)).map(({ key }) => key.value)),
    inStatement: within ? path.slice(depth + inList) : undefined,
    statement,
  };
}

/** Where the document as it stands does not tell its kind, it may without the string that is being typed. */
function kindOf(
  policy: PolicyDocument | undefined,
  statement: Statement | undefined,
  place: CursorPlace,
): DocumentKind {
  if (policy !== undefined && policy.kind !== "unknown") return policy.kind;
  const statements = policy?.statements ?? (statement === undefined ? [] : [statement]);
  const some = (...names: readonly string[]) =>
    statements.some(({ elements }) => names.some((name) => elements.has(name)));
  const resource = some("Resource", "NotResource");
  if (!some("Principal", "NotPrincipal")) return resource ? "permissions" : "unknown";
  const actions = statements.flatMap((each) => each.actions).filter((node) => !isAtCursor(node, place));
  const every = (service: string) =>
    actions.length > 0 && actions.every(({ value }) => value.toLowerCase().startsWith(`${service}:`));
  if (!resource) return every("sts") ? "trust" : "unknown";
  return every("s3") ? "bucket" : every("kms") ? "key" : "unknown";
}

/** Is this the string that is being typed? */
export function isAtCursor(node: JsonNode, { range }: CursorPlace): boolean {
  return node.offset <= range.offset && range.offset <= node.offset + node.length;
}

function objectsByOffset(json: JsonText): ReadonlyMap<number, ObjectNode> {
  const objects = new Map<number, ObjectNode>();
  visitNodes(json.root, { object: (node) => objects.set(node.offset, node) });
  return objects;
}
