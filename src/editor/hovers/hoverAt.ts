import type { JsonText, Range, StringNode } from "../../policy/json";
import { visitNodes } from "../../policy/jsonNodes";
import { parseJson } from "../../policy/parseJson";
import type { PolicyDocument, Statement } from "../../policy/policyDocument";
import { mayBePolicy, readPolicy } from "../../policy/readPolicy";
import { actionHover } from "./actionHover";
import type { ArnContext } from "./arnHover";
import { conditionKeyHover } from "./conditionHover";
import { operatorHover } from "./operatorHover";
import { type PlaceholderContext, placeholderHover } from "./placeholderHover";
import { principalHover } from "./principalHover";
import { statementHover } from "./statementHover";
import { type HoverText, hoverInString } from "./stringHover";
import { versionHover } from "./versionHover";

export type HoverContext = ArnContext & PlaceholderContext;

/** What to show of the place at `offset`; undefined for a text that is no policy, and where there is nothing to say. */
export function hoverAt(text: string, offset: number, context: HoverContext): HoverText | undefined {
  if (!mayBePolicy(text)) return undefined;
  const policy = policyAt(parseJson(text), offset);
  if (policy === undefined) return undefined;
  const version = policy.root.properties.findLast(({ key }) => key.value === "Version");
  if (version && policy.version && contains(version, offset)) return hover(version, versionHover(policy.version.value));
  const statement = policy.statements.find(({ node }) => contains(node, offset));
  if (statement === undefined) return undefined;
  return placeholderHover(policy, offset, context) ?? hoverInStatement(policy, statement, offset, context);
}

/** The document itself, or the policy around `offset` in a document that holds several, such as a template. */
function policyAt(json: JsonText, offset: number): PolicyDocument | undefined {
  const whole = readPolicy(json);
  if (whole !== undefined) return whole;
  let found: PolicyDocument | undefined;
  visitNodes(json.root, {
    object: (node) => {
      if (found === undefined && contains(node, offset)) found = readPolicy({ ...json, root: node });
    },
  });
  return found;
}

function hoverInStatement(
  policy: PolicyDocument,
  statement: Statement,
  offset: number,
  context: HoverContext,
): HoverText | undefined {
  const { reference } = context;
  for (const { type, node } of [...statement.principals, ...statement.notPrincipals]) {
    if (contains(node, offset)) return hover(node, principalHover(type, node.value, context));
  }
  for (const node of [...statement.actions, ...statement.notActions]) {
    if (contains(node, offset)) return hover(node, actionHover(node.value, reference));
  }
  for (const node of [...statement.resources, ...statement.notResources]) {
    if (contains(node, offset)) return hoverOfResource(policy, node, offset, context);
  }
  for (const { operator, key, values } of statement.conditions) {
    if (contains(operator, offset)) return hover(operator, operatorHover(operator.value));
    if (contains(key, offset)) return hover(key, conditionKeyHover(key.value, reference));
    for (const node of values) {
      if (node.kind === "string" && contains(node, offset)) {
        return hoverInString(policy.json.text, node, offset, context);
      }
    }
  }
  for (const name of ["Sid", "Effect"]) {
    const property = statement.elements.get(name);
    if (property && contains(property, offset)) return hover(property, statementHover(policy, statement, context));
  }
  return undefined;
}

function hoverOfResource(
  { json, kind }: PolicyDocument,
  node: StringNode,
  offset: number,
  context: HoverContext,
): HoverText | undefined {
  if (!/^\*+$/.test(node.value)) return hoverInString(json.text, node, offset, context);
  const reach =
    kind === "key"
      ? "**This key**: in a key policy `*` is the key that has the policy."
      : "**Every resource** that the actions work on: in your account, and in others that let it.";
  return hover(node, reach);
}

function hover({ offset, length }: Range, markdown: string | undefined): HoverText | undefined {
  return markdown === undefined ? undefined : { range: { offset, length }, markdown };
}

function contains({ offset, length }: Range, position: number): boolean {
  return offset <= position && position <= offset + length;
}
