import type { ServiceReference } from "../serviceReference/serviceReference";
import { refusals } from "./accessStatements";
import { explain } from "./explain";
import type { AccessDocuments, ExplainContext, Grant } from "./explanation";
import { grantSentences, limitSentence } from "./sentences";

interface DescribeOptions {
  readonly limits: boolean;
  readonly grants?: readonly Grant[];
}

/**
 * What the documents of a role grant, one sentence each, the dangerous first; nothing granted is left out. Says, too,
 * that nobody gets it, or that nothing is granted.
 *
 * @param limits whether to say what is not granted, too, where that is sure; beside a removal it would mislead
 * @param grants what `explain` says about the same, where that is known already
 */
export function describeAccess(
  documents: AccessDocuments,
  context: ExplainContext,
  reference: ServiceReference,
  { limits, grants = explain(documents, context, reference) }: DescribeOptions = { limits: true },
): readonly string[] {
  const sentences = refusals(documents).map((reason) => `A statement has no effect: ${reason}.`);
  if (grants.length > 0) {
    const limit = limits ? limitSentence(grants) : undefined;
    return [...sentences, ...grantSentences(grants), ...(limit === undefined ? [] : [limit])];
  }
  const { permissions, trust } = documents;
  const whatever = permissions ? explain({ permissions }, context, reference) : [];
  if (whatever.length === 0) return [...sentences, "Nobody may do anything: the documents allow nothing."];
  return [
    ...sentences,
    ...(trust ? ["Nobody may assume the role, so nobody gets any of the following."] : []),
    ...grantSentences(whatever),
  ];
}
