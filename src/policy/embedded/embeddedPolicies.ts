import type { JsonNode, JsonText, ObjectNode, StringNode } from "../json";
import type { KnownKind } from "../policyDocument";
import { mayBePolicy } from "../readPolicy";
import type { EmbeddedText } from "./embeddedText";
import { objectText } from "./objectText";
import { kindOfProperty } from "./propertyKinds";
import type { StandIn } from "./standIn";
import { type StringLanguage, stringText } from "./stringText";

/** A policy within a template: of CloudFormation (SAM) an object, of Terraform's JSON a string. */
export interface EmbeddedPolicy {
  readonly node: ObjectNode | StringNode;
  /** The names on the way, the nearest last. */
  readonly path: readonly StringNode[];
  /** What the property takes; undefined where it takes several kinds. */
  readonly kind: KnownKind | undefined;
  /** Is it JSON within a JSON string? Then a fix is escaped twice. */
  readonly inString: boolean;
  readonly textWith: (standIn: StandIn) => EmbeddedText;
}

/**
 * The policies in a CloudFormation template or a Terraform configuration in JSON; none in any other document.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 * https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function embeddedPolicies(json: JsonText): readonly EmbeddedPolicy[] {
  const { root } = json;
  if (root?.kind !== "object") return [];
  return [
    ...cloudFormationResources(root).flatMap((resource) => policiesOf(json, resource, "plain")),
    ...terraformResources(root).flatMap((resource) => policiesOf(json, resource, "terraform")),
  ];
}

/** The policy that a place of the document is in. */
export function embeddedPolicyAt(json: JsonText, offset: number): EmbeddedPolicy | undefined {
  return embeddedPolicies(json).find(({ node }) => node.offset < offset && offset < node.offset + node.length);
}

interface Resource {
  readonly type: string;
  readonly properties: JsonNode;
  readonly path: readonly StringNode[];
}

function cloudFormationResources(root: ObjectNode): readonly Resource[] {
  const resources = propertyOf(root, "Resources");
  if (resources?.value?.kind !== "object") return [];
  return resources.value.properties.flatMap(({ key, value }) => {
    if (value?.kind !== "object") return [];
    const type = propertyOf(value, "Type")?.value;
    const properties = propertyOf(value, "Properties")?.value;
    if (type?.kind !== "string" || !type.value.includes("::") || properties === undefined) return [];
    return [{ type: type.value, properties, path: [key] }];
  });
}

/** Blocks of one type can be an object by their names, or a list of such objects. */
function terraformResources(root: ObjectNode): readonly Resource[] {
  return blocks(propertyOf(root, "resource")?.value).flatMap(({ properties }) =>
    properties.flatMap(({ key: type, value }) =>
      type.value.startsWith("aws_")
        ? blocks(value).flatMap((named) =>
            named.properties.flatMap(({ key, value: resource }) =>
              resource === undefined ? [] : [{ type: type.value, properties: resource, path: [type, key] }],
            ),
          )
        : [],
    ),
  );
}

function blocks(value: JsonNode | undefined): readonly ObjectNode[] {
  if (value?.kind === "object") return [value];
  return value?.kind === "array" ? value.items.filter((item) => item.kind === "object") : [];
}

function propertyOf({ properties }: ObjectNode, name: string) {
  return properties.findLast(({ key }) => key.value === name);
}

interface Visit {
  readonly node: JsonNode;
  readonly path: readonly StringNode[];
}

/** No recursion: nesting is as deep as the text. */
function policiesOf(json: JsonText, { type, properties, path }: Resource, language: StringLanguage): EmbeddedPolicy[] {
  const found: EmbeddedPolicy[] = [];
  const stack: Visit[] = [{ node: properties, path }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, path: names } = next;
    if (node.kind === "array") stack.push(...node.items.map((item) => ({ node: item, path: names })).reverse());
    const isText = node.kind === "string" && holdsPolicy(node);
    const isObject = node.kind === "object" && language === "plain" && isPolicyObject(node);
    if ((node.kind === "string" && isText) || (node.kind === "object" && isObject)) {
      const kind = kindOfProperty(
        type,
        names.slice(path.length).map(({ value }) => value),
      );
      const textWith = (standIn: StandIn) =>
        node.kind === "object" ? objectText(json, node, standIn) : stringText(json, node, language, standIn);
      found.push({ node, path: names, kind, inString: isText, textWith });
    } else if (node.kind === "object") {
      const values = node.properties.flatMap(({ key, value }) =>
        value === undefined ? [] : [{ node: value, path: [...names, key] }],
      );
      stack.push(...values.reverse());
    }
  }
  return found;
}

/** Whether it is a policy is told when it is read without the functions in it. */
function isPolicyObject(node: ObjectNode): boolean {
  const statement = propertyOf(node, "Statement")?.value;
  return statement?.kind === "object" || statement?.kind === "array";
}

function holdsPolicy({ value }: StringNode): boolean {
  return /^\s*\{/.test(value) && mayBePolicy(value) && !/(?<!%)%\{/.test(value);
}
