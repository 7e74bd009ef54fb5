import { readOperator } from "../../checks/policyElements";
import { operators } from "../operators";

/**
 * What a condition operator compares and what it says when the request lacks the key, as Markdown; undefined for a name
 * that is no operator.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function operatorHover(name: string): string | undefined {
  const { known, set, base, ifExists } = readOperator(name);
  const operator = operators.find((each) => each.name === base);
  if (!known || operator === undefined) return undefined;
  const lines = [`**${name}**`, `${operator.compares}.`];
  if (base === "Null") return lines.join("\n\n");
  if (set === "ForAllValues:") {
    lines.push(
      operator.negated
        ? "**ForAllValues**: every value of the key in the request must be none of these."
        : "**ForAllValues**: every value of the key in the request must be among these.",
    );
    lines.push(
      "⚠ When the request lacks the key, the condition **holds**: with `Allow` put `Null` with `false` beside it.",
    );
    return lines.join("\n\n");
  }
  if (set === "ForAnyValue:") {
    lines.push("**ForAnyValue**: one value of the key in the request is enough.");
    lines.push(
      ifExists
        ? "When the request lacks the key, `IfExists` lets the condition hold by AWS’s documentation. People have seen AWS not do so with `ForAnyValue`: don’t rely on it."
        : "When the request lacks the key, the condition does **not** hold.",
    );
    return lines.join("\n\n");
  }
  if (ifExists) lines.push("When the request lacks the key, the condition **holds**, because of `IfExists`.");
  else if (operator.negated)
    lines.push("When the request lacks the key, the condition **holds**: what is not there is none of these.");
  else lines.push("When the request lacks the key, the condition does **not** hold.");
  return lines.join("\n\n");
}
