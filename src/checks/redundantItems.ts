import type { StringNode } from "../policy/json";
import type { Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { hasWildcard, matchesPattern } from "../policy/wildcards";
import { arnProblem } from "./arnProblem";
import type { CheckedDocument, Finding } from "./finding";
import { arrayAround } from "./policyStrings";
import { removeItem } from "./textEdits";

/** Longer lists, and those with more pairs of a pattern and what it may cover, are compared in no time that typing leaves. */
const mostItems = 400;
const mostPairs = 4_000;

/** A part of statement-redundant: actions and resources that stand in a list twice, or that a pattern in it covers. */
export function redundantItems(document: CheckedDocument, findings: Finding[]): void {
  for (const statement of document.policy?.statements ?? []) {
    const { actions, notActions, resources, notResources } = statement;
    if (actions.length > 1) inList(document, statement, "Action", actions, findings);
    if (notActions.length > 1) inList(document, statement, "NotAction", notActions, findings);
    if (resources.length > 1) inList(document, statement, "Resource", resources, findings);
    if (notResources.length > 1) inList(document, statement, "NotResource", notResources, findings);
  }
}

function inList(
  { text, vendor }: CheckedDocument,
  { elements }: Statement,
  element: string,
  nodes: readonly StringNode[],
  findings: Finding[],
): void {
  if (nodes.length > mostItems) return;
  const isAction = element.endsWith("Action");
  // What a vendor asks for stays: a pattern beside it is action-beyond-request's.
  const patterns = vendor === undefined ? nodes.filter(({ value }) => mayCover(value, isAction)) : [];
  if (patterns.length === 0 && new Set(nodes.map(({ value }) => value)).size === nodes.length) return;
  let pairs = mostPairs;
  for (const node of nodes) {
    const first = nodes.find(({ value }) => value === node.value);
    const by =
      first === node
        ? patterns.find((pattern) => {
            pairs -= 1;
            return pairs >= 0 && pattern !== node && isCovered(node, pattern, nodes, isAction);
          })
        : first;
    if (by === undefined) continue;
    const array = arrayAround(elements.get(element)?.value, node);
    const removal = array && removeItem(array.items, node);
    const why = by === first ? "This stands here twice" : `${by.value} beside it covers this already`;
    findings.push({
      check: "statement-redundant",
      severity: "information",
      message: `${why}, so the access is the same without it.`,
      range: contentRange(text, node),
      // Beside * somebody may have meant only what else is named.
      fixes: removal ? [{ title: `Remove ${node.value}`, edits: [removal], safe: by.value !== "*" }] : [],
    });
  }
}

/** Whose `*` stands for any text, in ARNs only behind the fifth colon. */
function mayCover(value: string, isAction: boolean): boolean {
  if (!hasWildcard(value) || value.includes("?") || value.includes("${")) return false;
  return isAction || value === "*" || value.startsWith("arn:aws:s3:::") || /^(?:[^:*]*:){5}/.test(value);
}

function isCovered(inner: StringNode, outer: StringNode, nodes: readonly StringNode[], isAction: boolean): boolean {
  // Most are told apart by what stands before the wildcard: a bucket by what its objects begin with.
  if (!isAction && !inner.value.startsWith(outer.value.slice(0, outer.value.indexOf("*")))) return false;
  const covers = (a: string, b: string) =>
    isAction ? matchesPattern(a.toLowerCase(), b.toLowerCase()) : matchesPattern(a, b);
  if (!covers(outer.value, inner.value)) return false;
  // Of two that are the same written differently the later one is too much.
  if (nodes.indexOf(inner) < nodes.indexOf(outer) && covers(inner.value, outer.value)) return false;
  // The bucket was meant, or another ARN: that is to be repaired first. And a bucket has its objects beside it.
  return isAction || !(/\/$/.test(inner.value) || inner.value === `${outer.value}/*` || arnProblem(inner.value));
}
