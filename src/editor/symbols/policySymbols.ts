import { type EmbeddedPolicy, embeddedPolicies } from "../../policy/embedded/embeddedPolicies";
import { outerRange } from "../../policy/embedded/embeddedText";
import type { JsonNode, JsonText, ObjectNode, Range, StringNode } from "../../policy/json";
import { parseJson } from "../../policy/parseJson";
import type { DocumentKind, PolicyDocument, Statement } from "../../policy/policyDocument";
import { mayBePolicy, readPolicy } from "../../policy/readPolicy";

/** One row of the outline. */
export interface PolicySymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: "policy" | "statement";
  readonly range: Range;
  /** What a click selects. */
  readonly selection: Range;
  readonly children: readonly PolicySymbol[];
}

/** The statements of a policy document; of a document that holds several policies, such as a template, each policy's. */
export function policySymbols(text: string): readonly PolicySymbol[] {
  if (!mayBePolicy(text)) return [];
  const json = parseJson(text);
  const whole = readPolicy(json);
  if (whole) return statementSymbols(whole);
  const embedded = embeddedPolicies(json);
  return embedded.length > 0 ? embedded.flatMap(embeddedSymbol) : nestedPolicies(json);
}

/** Of a policy in a template, also one that is written into a string. */
function embeddedSymbol(found: EmbeddedPolicy): readonly PolicySymbol[] {
  const embedded = found.textWith("named");
  const policy = readPolicy(parseJson(embedded.text));
  if (policy === undefined) return [];
  const { node, path, kind = policy.kind } = found;
  const symbol = policySymbol(policy, node, path, kind === "unknown" ? undefined : kind);
  const children = symbol.children.flatMap((child) => {
    const range = outerRange(embedded, child.range);
    const selection = outerRange(embedded, child.selection);
    return range && selection ? [{ ...child, range, selection }] : [];
  });
  return [{ ...symbol, children }];
}

interface Visit {
  readonly node: JsonNode;
  /** The keys on the way, the nearest last. */
  readonly path: readonly StringNode[];
}

/** No recursion: nesting is as deep as the text. */
function nestedPolicies(json: JsonText): readonly PolicySymbol[] {
  const symbols: PolicySymbol[] = [];
  const stack: Visit[] = json.root === undefined ? [] : [{ node: json.root, path: [] }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, path } = next;
    if (node.kind === "array") stack.push(...node.items.map((item) => ({ node: item, path })).reverse());
    if (node.kind !== "object") continue;
    const policy = readPolicy({ ...json, root: node });
    if (policy === undefined) stack.push(...valuesOf(node, path).reverse());
    else symbols.push(policySymbol(policy, node, path));
  }
  return symbols;
}

function valuesOf({ properties }: ObjectNode, path: readonly StringNode[]): Visit[] {
  return properties.flatMap(({ key, value }) => (value === undefined ? [] : [{ node: value, path: [...path, key] }]));
}

function policySymbol(
  policy: PolicyDocument,
  root: Range,
  path: readonly StringNode[],
  kind?: DocumentKind,
): PolicySymbol {
  const key = path.at(-1);
  const count = policy.statements.length;
  const start = key?.offset ?? root.offset;
  const range = { offset: start, length: root.offset + root.length - start };
  return {
    // The name in a template says more than `PolicyDocument`.
    name:
      path
        .map(({ value }) => value)
        .filter((name) => !isForm(name))
        .join(" › ") ||
      (key?.value ?? "Policy"),
    detail: `${kind === undefined ? "" : `${kind} policy · `}${count} statement${count === 1 ? "" : "s"}`,
    kind: "policy",
    range,
    selection: key ?? { offset: root.offset, length: 1 },
    children: statementSymbols(policy),
  };
}

const templateWords: ReadonlySet<string> = new Set([
  "Resources",
  "Properties",
  "PolicyDocument",
  "AssumeRolePolicyDocument",
  "KeyPolicy",
  "Policies",
  "resource",
  "policy",
  "assume_role_policy",
  "inline_policy",
]);

/** Names that every template has. */
function isForm(name: string): boolean {
  return templateWords.has(name);
}

function statementSymbols({ statements }: PolicyDocument): readonly PolicySymbol[] {
  return statements.map((statement) => {
    const { node, sid, effect } = statement;
    const summary = summaryOf(statement);
    const named = sid !== undefined && sid.value !== "";
    const { offset, length } = (named ? sid : effect) ?? { offset: node.offset, length: 1 };
    return {
      name: named ? sid.value : summary,
      detail: named ? summary : "",
      kind: "statement",
      range: { offset: node.offset, length: node.length },
      selection: { offset, length },
      children: [],
    };
  });
}

/** "Allow s3:GetObject, s3:PutObject, … (5)" */
function summaryOf({ effect, actions, notActions }: Statement): string {
  const all = actions.length > 0 ? actions : notActions;
  const but = actions.length === 0 && notActions.length > 0 ? "all but " : "";
  const shown = all.slice(0, 2).map(({ value }) => value);
  const rest = all.length > shown.length ? `, … (${all.length})` : "";
  return `${effect?.value || "Statement"} ${but}${shown.join(", ")}${rest}`.trim();
}
