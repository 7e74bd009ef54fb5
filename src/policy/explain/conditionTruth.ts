import { unmetCondition } from "../evaluate/conditions";
import type { RequestContext, RequestPrincipal } from "../evaluate/evaluation";
import { requestFacts } from "../evaluate/requestFacts";
import type { JsonNode, ObjectNode, Property, StringNode } from "../json";
import type { ConditionEntry } from "../policyDocument";

const nowhere = { offset: 0, length: 0 };

/** Is one entry of a Condition met in a context? By the evaluator's own rules. */
export function isMet(entry: ConditionEntry, context: RequestContext, variables: boolean): boolean {
  const facts = requestFacts({
    principal: nobody,
    action: "",
    resource: { arn: "*", account: "" },
    context,
  });
  return unmetCondition(conditionNode(entry), facts, variables) === undefined;
}

/** Of whom AWS tells nothing: only the context counts. */
const nobody: RequestPrincipal = { kind: "federated", provider: "" };

function conditionNode({ operator, key, values }: ConditionEntry): ObjectNode {
  return object(property(operator, object(property(key, { kind: "array", items: values, ...nowhere }))));
}

function object(only: Property): ObjectNode {
  return { kind: "object", properties: [only], ...nowhere };
}

function property(key: StringNode, value: JsonNode): Property {
  return { key, value, ...nowhere };
}
