import { embeddedPolicies } from "../embedded/embeddedPolicies";
import { outerEdit } from "../embedded/embeddedText";
import type { ArrayNode, StringNode, TextEdit } from "../json";
import { parseJson } from "../parseJson";
import type { PolicyDocument } from "../policyDocument";
import { mayBePolicy, readPolicy } from "../readPolicy";
import { formatText } from "./formatText";
import { sortList } from "./sortList";

/** What can be done to a policy on request: nothing of it changes what the policy means. */
export type Arrangement = "format" | "sort-actions" | "sort-statements";

/** Why a text can't be arranged. */
export type Unarranged = "no-policy" | "broken";

/**
 * The edits that arrange the policy of a text, or in a template the policy at `offset`; all of them where none is there.
 * A policy that is written into a string keeps its layout.
 */
export function arrangePolicies(
  text: string,
  offset: number,
  arrangement: Arrangement,
): readonly TextEdit[] | Unarranged {
  const json = mayBePolicy(text) ? parseJson(text) : undefined;
  if (json?.root === undefined) return "no-policy";
  if (json.problems.some(({ code }) => code !== "comment")) return "broken";
  const whole = readPolicy(json);
  if (whole !== undefined) return arranged(whole, arrangement, true);
  const all = embeddedPolicies(json);
  if (all.length === 0) return "no-policy";
  const here = all.filter(({ node }) => node.offset <= offset && offset <= node.offset + node.length);
  return (here.length > 0 ? here : all).flatMap(({ node, textWith }) => {
    if (node.kind === "object") {
      const policy = readPolicy({ ...json, root: node });
      return policy ? arranged(policy, arrangement, false) : [];
    }
    if (arrangement === "format") return [];
    const embedded = textWith("named");
    const policy = readPolicy(parseJson(embedded.text));
    const inner = policy ? arranged(policy, arrangement, false) : [];
    const edits = inner.map((edit) => outerEdit(embedded, edit)).filter((edit) => edit !== undefined);
    return edits.length === inner.length ? edits : [];
  });
}

function arranged(policy: PolicyDocument, arrangement: Arrangement, isWhole: boolean): readonly TextEdit[] {
  switch (arrangement) {
    case "format":
      return formatted(policy, isWhole);
    case "sort-actions":
      return sortedActions(policy);
    case "sort-statements":
      return sortedStatements(policy);
  }
}

/** A whole document with a line break at its end; a policy in a template from its place on. */
function formatted({ json: { text }, root }: PolicyDocument, isWhole: boolean): readonly TextEdit[] {
  const range = isWhole ? { offset: 0, length: text.length } : { offset: root.offset, length: root.length };
  const before = text.slice(range.offset, range.offset + range.length);
  const newText = isWhole ? `${formatText(before)}\n` : formatText(before, lineIndent(text, root.offset));
  return newText === before ? [] : [{ range, newText }];
}

function lineIndent(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}

/** By service and name, as AWS's console lists them. */
function sortedActions({ json, statements }: PolicyDocument): readonly TextEdit[] {
  return statements.flatMap(({ elements }) =>
    ["Action", "NotAction"].flatMap((name) => {
      const list = elements.get(name)?.value;
      if (list?.kind !== "array" || !isStrings(list)) return [];
      return sortList(json.text, list, list.items, (a, b) => compareWords(a.value, b.value));
    }),
  );
}

function isStrings(list: ArrayNode): list is ArrayNode & { readonly items: readonly StringNode[] } {
  return list.items.every(({ kind }) => kind === "string");
}

/** By their Sids; those without one keep their order, behind. */
function sortedStatements({ json, root, statements }: PolicyDocument): readonly TextEdit[] {
  const list = root.properties.findLast(({ key }) => key.value === "Statement")?.value;
  if (list?.kind !== "array" || list.items.length !== statements.length) return [];
  const sids = new Map(statements.map(({ node, sid }) => [node.offset, sid?.value ?? ""]));
  return sortList(json.text, list, list.items, (a, b) => {
    const [one, other] = [sids.get(a.offset) ?? "", sids.get(b.offset) ?? ""];
    if (one === "" || other === "") return Number(one === "") - Number(other === "");
    return compareWords(one, other);
  });
}

function compareWords(a: string, b: string): number {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  return one < other ? -1 : one > other ? 1 : 0;
}
