import type { ServiceReference } from "../serviceReference/serviceReference";
import { accessDifferences } from "./accessDifferences";
import type { ComparedLayer } from "./comparedLayer";
import { differenceSentences } from "./differenceSentences";
import type { AccessDocuments, Comparison, ExplainContext } from "./explanation";

/**
 * What changes for those who get access when documents change: by what they mean, not by how they are written. The
 * permissions, who may assume the role, and a resource policy are compared each on its own. Actions are those that AWS's
 * reference has: a wildcard means the same as all that it stands for today. What can't be decided counts as changed both
 * ways, and says so.
 */
export function compare(
  before: AccessDocuments,
  after: AccessDocuments,
  reference: ServiceReference,
  context: ExplainContext = {},
): Comparison {
  const widened: string[] = [];
  const narrowed: string[] = [];
  for (const layer of layersOf(before, after)) {
    const { found, undecided } = accessDifferences(layer, reference);
    const sentences = differenceSentences(found, context, reference);
    widened.push(...sentences.after);
    narrowed.push(...sentences.before);
    if (undecided.after && sentences.after.length === 0) widened.push(unknown(layer, "more"));
    if (undecided.before && sentences.before.length === 0) narrowed.push(unknown(layer, "less"));
  }
  const result =
    widened.length === 0
      ? narrowed.length === 0
        ? "unchanged"
        : "narrowed"
      : narrowed.length === 0
        ? "widened"
        : "changed";
  return { result, widened: [...new Set(widened)], narrowed: [...new Set(narrowed)] };
}

function layersOf(before: AccessDocuments, after: AccessDocuments): readonly ComparedLayer[] {
  const listOf = <T>(document: T | undefined): readonly T[] => (document === undefined ? [] : [document]);
  return [
    { kind: "trust", before: listOf(before.trust), after: listOf(after.trust) },
    { kind: "permissions", before: before.permissions ?? [], after: after.permissions ?? [] },
    { kind: "resource", before: listOf(before.resource), after: listOf(after.resource) },
  ];
}

function unknown({ kind }: ComparedLayer, what: "more" | "less"): string {
  const documents = { trust: "the trust policy", permissions: "the permissions", resource: "the resource policy" }[
    kind
  ];
  return `It can’t be told whether ${documents} now allow${kind === "permissions" ? "" : "s"} ${what}: too much depends on conditions or variables.`;
}
