import type { JsonNode, StringNode } from "../policy/json";
import type { ConditionEntry, PolicyDocument, Statement } from "../policy/policyDocument";

/** A string of a policy that names something: a principal, a resource, a value of a condition. */
export interface PolicyString {
  readonly node: StringNode;
  readonly element: "principal" | "resource" | "condition" | "other";
  readonly statement: Statement;
  /** The condition whose value it is. */
  readonly condition: ConditionEntry | undefined;
}

/** Shows every such string, without an object for each: only few are of interest. */
export function visitPolicyStrings({ statements }: PolicyDocument, visit: PolicyStringVisitor): void {
  for (const statement of statements) {
    for (const { type, node } of statement.principals) visit(node, type === "AWS" ? "principal" : "other", statement);
    for (const { type, node } of statement.notPrincipals)
      visit(node, type === "AWS" ? "principal" : "other", statement);
    for (const node of statement.resources) visit(node, "resource", statement);
    for (const node of statement.notResources) visit(node, "resource", statement);
    for (const condition of statement.conditions) {
      for (const node of condition.values) if (node.kind === "string") visit(node, "condition", statement, condition);
    }
  }
}

type PolicyStringVisitor = (
  node: StringNode,
  element: PolicyString["element"],
  statement: Statement,
  condition?: ConditionEntry,
) => void;

/** The array that a string stands in, when the element's value is one. */
export function arrayAround(value: JsonNode | undefined, node: JsonNode): { items: readonly JsonNode[] } | undefined {
  return value?.kind === "array" && value.items.includes(node) ? value : undefined;
}
