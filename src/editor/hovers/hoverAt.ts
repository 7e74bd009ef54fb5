import { type EmbeddedPolicy, embeddedPolicyAt } from "../../policy/embedded/embeddedPolicies";
import { innerOffset, isDoubtful, outerRange } from "../../policy/embedded/embeddedText";
import type { JsonText, Range, StringNode } from "../../policy/json";
import { visitNodes } from "../../policy/jsonNodes";
import { parseJson } from "../../policy/parseJson";
import type { KnownKind, PolicyDocument, Statement } from "../../policy/policyDocument";
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

export type HoverContext = ArnContext &
  PlaceholderContext & {
    /** What the document is by its place in a template, or because the person said so. */
    readonly kind?: KnownKind;
  };

/** What to show of the place at `offset`; undefined for a text that is no policy, and where there is nothing to say. */
export function hoverAt(text: string, offset: number, context: HoverContext): HoverText | undefined {
  if (!mayBePolicy(text)) return undefined;
  const json = parseJson(text);
  const whole = readPolicy(json);
  if (whole !== undefined) return hoverInPolicy(whole, offset, context);
  const embedded = embeddedPolicyAt(json, offset);
  if (embedded !== undefined) return hoverInEmbedded(embedded, offset, context);
  const policy = policyAround(json, offset);
  return policy && hoverInPolicy(policy, offset, context);
}

/** Of a template: in the words of the policy, at the place in the template. What it fills in has no hover of ours. */
function hoverInEmbedded(policy: EmbeddedPolicy, offset: number, context: HoverContext): HoverText | undefined {
  const embedded = policy.textWith("named");
  const position = innerOffset(embedded, offset);
  const { kind } = policy;
  const inner = kind === undefined ? context : { ...context, kind };
  const found = position === undefined ? undefined : hoverAt(embedded.text, position, inner);
  if (found === undefined || isDoubtful(embedded, found.range)) return undefined;
  const range = outerRange(embedded, found.range);
  return range && { ...found, range };
}

function hoverInPolicy(found: PolicyDocument, offset: number, context: HoverContext): HoverText | undefined {
  const { kind } = context;
  const policy = found.kind === "unknown" && kind !== undefined ? { ...found, kind } : found;
  const version = policy.root.properties.findLast(({ key }) => key.value === "Version");
  if (version && policy.version && contains(version, offset)) return hover(version, versionHover(policy.version.value));
  const statement = policy.statements.find(({ node }) => contains(node, offset));
  if (statement === undefined) return undefined;
  return placeholderHover(policy, offset, context) ?? hoverInStatement(policy, statement, offset, context);
}

/** The policy around `offset` in JSON that is no template: the answer of an AWS call, for example. */
function policyAround(json: JsonText, offset: number): PolicyDocument | undefined {
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
