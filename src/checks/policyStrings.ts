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

export function policyStrings({ statements }: PolicyDocument): readonly PolicyString[] {
  const strings: PolicyString[] = [];
  for (const statement of statements) {
    const add = (node: StringNode, element: PolicyString["element"], condition?: ConditionEntry) =>
      strings.push({ node, element, statement, condition });
    for (const { type, node } of statement.principals) add(node, type === "AWS" ? "principal" : "other");
    for (const { type, node } of statement.notPrincipals) add(node, type === "AWS" ? "principal" : "other");
    for (const node of statement.resources) add(node, "resource");
    for (const node of statement.notResources) add(node, "resource");
    for (const condition of statement.conditions) {
      for (const node of condition.values) if (node.kind === "string") add(node, "condition", condition);
    }
  }
  return strings;
}

/** The array that a string stands in, when the element's value is one. */
export function arrayAround(value: JsonNode | undefined, node: JsonNode): { items: readonly JsonNode[] } | undefined {
  return value?.kind === "array" && value.items.includes(node) ? value : undefined;
}
