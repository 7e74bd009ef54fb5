import { codeSpan, escapeMarkdown } from "../../policy/markdownText";
import type { ServiceReference } from "../../policy/serviceReference/serviceReference";
import { arnSnippet, shownSnippet } from "./arnTemplates";
import { type Completion, stringCompletion } from "./completion";
import { type CompletionContext, knownBuckets, knownKeys, parameterValues } from "./completionContext";
import { isAtCursor, type PolicyCursor } from "./policyCursor";

/** ARNs that the statement's actions can work on: known buckets and keys, then the formats of AWS's reference. */
export function resourceCompletions(cursor: PolicyCursor, context: CompletionContext): readonly Completion[] {
  const { statement, place } = cursor;
  const types = typesOf(cursor, context.reference);
  const nodes = [...(statement?.resources ?? []), ...(statement?.notResources ?? [])];
  const listed = new Set(nodes.filter((node) => !isAtCursor(node, place)).map(({ value }) => value));
  const offers = [...bucketOffers(cursor, types, context), ...keyOffers(types, context), ...everything(cursor, types)];
  const known = new Set(offers.map(({ value }) => value));
  return [
    ...offers
      .filter(({ value }) => !listed.has(value))
      .map(({ value, detail, documentation, group }, order) =>
        stringCompletion(place, { label: value, kind: "resource", detail, documentation, group, order }),
      ),
    ...(cursor.kind === "key" ? [] : types).flatMap(({ arn, name, actions }) => {
      const snippet = arnSnippet(arn, context);
      const label = shownSnippet(snippet);
      if (known.has(label)) return [];
      const documentation = `The ARN of ${article(name)} **${escapeMarkdown(name)}**, for ${shown(actions)}.`;
      return [stringCompletion(place, { label, kind: "resource", detail: name, documentation, snippet, group: 3 })];
    }),
  ];
}

interface NeededType {
  readonly name: string;
  readonly arn: string;
  /** The statement's own patterns that need it. */
  readonly actions: readonly string[];
}

interface ResourceOffer {
  readonly value: string;
  readonly detail: string;
  readonly documentation: string;
  readonly group: number;
}

/** More actions than this come from a pattern such as `*`, which says nothing about what is meant. */
const mostActions = 400;

function typesOf({ statement, kind }: PolicyCursor, reference: ServiceReference): readonly NeededType[] {
  const types = new Map<string, { name: string; arn: string; actions: Set<string> }>();
  const written = statement?.actions.map(({ value }) => value) ?? [];
  // Without an action yet: what the document is about.
  const patterns = written.length > 0 ? written : kind === "key" ? [] : ["s3:ListBucket", "s3:GetObject"];
  for (const pattern of patterns) {
    if (!pattern.includes(":")) continue;
    const actions = reference.expand(pattern);
    if (actions.length > mostActions) continue;
    for (const action of actions) {
      const [prefix = ""] = action.split(":");
      const facts = reference.action(action);
      if (facts?.resourceTypes.length === 0) add(types, "everything", "*", pattern);
      for (const { name } of facts?.resourceTypes ?? []) {
        const type = reference.resourceType(prefix, name);
        if (type !== undefined) add(types, name, type.arn, pattern);
      }
    }
  }
  return [...types.values()].map(({ name, arn, actions }) => ({ name, arn, actions: [...actions] }));
}

function add(
  types: Map<string, { name: string; arn: string; actions: Set<string> }>,
  name: string,
  arn: string,
  action: string,
): void {
  const type = types.get(arn) ?? { name, arn, actions: new Set() };
  types.set(arn, type);
  type.actions.add(action);
}

function bucketOffers(
  { kind }: PolicyCursor,
  types: readonly NeededType[],
  context: CompletionContext,
): readonly ResourceOffer[] {
  if (kind === "key") return [];
  const bucketType = types.find(({ arn }) => arn === "arn:${Partition}:s3:::${BucketName}");
  const objectType = types.find(({ arn }) => arn === "arn:${Partition}:s3:::${BucketName}/${ObjectName}");
  const partition = context.integration?.request.partition ?? "aws";
  const own = new Set(parameterValues(context, "bucket-list"));
  return knownBuckets(context).flatMap((bucket) => {
    const arn = `arn:${partition}:s3:::${bucket}`;
    const whose = own.has(bucket) ? "A bucket of this integration" : "A bucket of your AWS profile";
    const group = own.has(bucket) ? 0 : 1;
    return [
      ...(bucketType
        ? [{ value: arn, detail: "bucket", documentation: `${whose}, for ${shown(bucketType.actions)}.`, group }]
        : []),
      ...(objectType
        ? [
            {
              value: `${arn}/*`,
              detail: "objects",
              documentation: `${whose}: all of its objects, for ${shown(objectType.actions)}.`,
              group,
            },
          ]
        : []),
    ];
  });
}

function keyOffers(types: readonly NeededType[], context: CompletionContext): readonly ResourceOffer[] {
  const keyType = types.find(({ arn }) => arn.includes(":kms:") && arn.includes(":key/"));
  if (keyType === undefined) return [];
  return knownKeys(context).map((value) => ({
    value,
    detail: "key",
    documentation: `The customer-managed key of the buckets’ default encryption, for ${shown(keyType.actions)}.`,
    group: 0,
  }));
}

/** Some actions know no resources: only `*` grants them. In a key policy `*` is the key that has it. */
function everything({ kind }: PolicyCursor, types: readonly NeededType[]): readonly ResourceOffer[] {
  if (kind === "key") {
    return [{ value: "*", detail: "this key", documentation: "The key that has this policy.", group: 0 }];
  }
  const type = types.find(({ arn }) => arn === "*");
  if (type === undefined) return [];
  const documentation = `${shown(type.actions)} can’t be narrowed to a resource: only \`*\` grants it.`;
  return [{ value: "*", detail: "every resource", documentation, group: 2 }];
}

function shown(actions: readonly string[]): string {
  const names = actions.slice(0, 6).map((action) => `${codeSpan(action)}`);
  const rest = actions.length - names.length;
  return `${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function article(name: string): string {
  return /^[aeiou]/.test(name) ? "an" : "a";
}
