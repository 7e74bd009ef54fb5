import type { JsonNode, StringNode } from "../json";

/**
 * What a function of CloudFormation gives, as far as the template says: texts that stand there (of a Sub with variables
 * in them) and values that are not known.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export type FunctionPart =
  | { readonly kind: "text"; readonly node: StringNode; readonly substituted: boolean }
  | { readonly kind: "unknown"; readonly name: string };

/** Undefined for what is no function. */
export function templateFunction(node: JsonNode | undefined): readonly FunctionPart[] | undefined {
  if (node?.kind !== "object" || node.properties.length !== 1) return undefined;
  const [property] = node.properties;
  const name = property?.key.value ?? "";
  if (name !== "Ref" && !name.startsWith("Fn::")) return undefined;
  const value = property?.value;
  switch (name) {
    case "Fn::Sub":
      return substituted(value);
    case "Fn::Join":
      return joined(value);
    default:
      return [{ kind: "unknown", name: nameOf(name, value) }];
  }
}

function substituted(value: JsonNode | undefined): readonly FunctionPart[] {
  const text = value?.kind === "array" ? value.items[0] : value;
  return text?.kind === "string" ? [{ kind: "text", node: text, substituted: true }] : [unknown("Fn::Sub")];
}

function joined(value: JsonNode | undefined): readonly FunctionPart[] {
  const [delimiter, list] = value?.kind === "array" ? value.items : [];
  // With a delimiter the whole can't be told apart in pieces that stand in the template.
  if (delimiter?.kind !== "string" || delimiter.value !== "" || list?.kind !== "array") return [unknown("Fn::Join")];
  return list.items.flatMap((item): readonly FunctionPart[] =>
    item.kind === "string"
      ? [{ kind: "text", node: item, substituted: false }]
      : (templateFunction(item) ?? [unknown("Fn::Join")]),
  );
}

function unknown(name: string): FunctionPart {
  return { kind: "unknown", name };
}

/** `{"Fn::GetAtt": ["Bucket", "Arn"]}` is `Bucket.Arn`, as a Sub names it. */
function nameOf(name: string, value: JsonNode | undefined): string {
  if (value?.kind === "string") return value.value;
  if (name !== "Fn::GetAtt" || value?.kind !== "array") return name;
  const words = value.items.flatMap((item) => (item.kind === "string" ? [item.value] : []));
  return words.length === value.items.length ? words.join(".") : name;
}
