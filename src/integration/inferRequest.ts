import { isAccountId } from "../policy/arn";
import { isObject, type JsonObject, type JsonValue } from "../policy/json";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import { hasWildcard } from "../policy/wildcards";
import type { Parameter, VendorDefinition } from "../vendors/definition";
import type { IntegrationRequest, ParameterValue } from "../vendors/manifest";
import { validateParameterValue } from "../vendors/parameterRules";
import { withDefaults } from "../vendors/parameters";
import { renderDocuments } from "../vendors/render";

/** Two documents as they are live. */
export interface LiveRoleDocuments {
  readonly trust: JsonValue;
  readonly permissions: readonly JsonValue[];
}

/**
 * What a customer must have decided for the vendor's documents to come out nearest to what is live: buckets, keys, external
 * ID and whatever else a template has a place for, and of access levels and choices those that fit best.
 */
export function inferRequest(
  definition: VendorDefinition,
  live: LiveRoleDocuments,
  known: Pick<IntegrationRequest, "account" | "partition" | "role">,
  reference: ServiceReference,
  given: IntegrationRequest["parameters"] = {},
): IntegrationRequest {
  const { partition = "aws" } = known;
  const [level] = definition.accessLevels;
  const request: IntegrationRequest = {
    ...known,
    accessLevel: level?.id ?? "",
    parameters: { ...inferParameters(definition, live, partition), ...given },
  };
  const facts = factsOf([live.trust, ...live.permissions], partition, reference);
  const fit = (candidate: IntegrationRequest): number => {
    const { trust, permissions } = renderDocuments(definition, candidate);
    return likeness(factsOf([trust ?? null, permissions ?? null], partition, reference), facts);
  };
  const levels = definition.accessLevels.map(({ id }) => ({ ...request, accessLevel: id }));
  let best = firstBest(levels, fit) ?? request;
  for (const parameter of definition.parameters.filter((each) => isOpen(definition, each, best))) {
    const values: readonly ParameterValue[] =
      parameter.type === "boolean" ? [true] : (parameter.choices ?? []).map(({ value }) => value);
    const candidates = values.map((value) => ({
      ...best,
      parameters: { ...best.parameters, [parameter.name]: value },
    }));
    best = firstBest([best, ...candidates], fit) ?? best;
  }
  return withDefaults(definition, best);
}

/** A choice that the documents can tell. What is about a new bucket or CORS is not in them. */
function isOpen(
  { newBucket, cors }: VendorDefinition,
  { name, type }: Parameter,
  request: IntegrationRequest,
): boolean {
  if ((type !== "boolean" && type !== "choice") || request.parameters[name] !== undefined) return false;
  return !(name in (newBucket?.when ?? {})) && !(name in (cors?.when ?? {}));
}

function firstBest<Item>(items: readonly Item[], fit: (item: Item) => number): Item | undefined {
  const fits = items.map(fit);
  return items[fits.indexOf(Math.max(...fits))];
}

/** 1 when both say the same, 0 when they have nothing in common. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((fact) => b.has(fact)).length;
  const all = new Set([...a, ...b]).size;
  return all === 0 ? 1 : common / all;
}

/** Values for the places of the vendor's templates, from the texts that stand there. */
function inferParameters(
  { parameters, trust = [], permissions, principals }: VendorDefinition,
  live: LiveRoleDocuments,
  partition: string,
): { readonly [name: string]: ParameterValue } {
  const templates = [
    ...[...trust, ...(permissions?.statements ?? [])].flatMap(({ statement }) => textsOf(statement, partition)),
    ...principals.map(({ value }) => ({ element: "Principal", text: value })),
  ].map(({ element, text }) => ({ element, ...pattern(text.replace("{{partition}}", partition)) }));
  const texts = [live.trust, ...live.permissions].flatMap(statementsOf).flatMap((each) => textsOf(each, partition));
  const found = new Map<string, Set<string>>();
  for (const { element, text } of texts) {
    const fitting = templates.filter((template) => template.element === element && template.match.test(text));
    // What a template says word for word is no customer's value.
    if (fitting.some(({ names }) => names.length === 0)) continue;
    for (const template of fitting) {
      const values = template.match.exec(text);
      for (const [index, name] of values ? template.names.entries() : []) {
        const parameter = parameters.find((each) => each.name === name);
        const value = values?.[index + 1]?.replace(parameter?.type === "prefix" ? /\/$/ : /$^/, "") ?? "";
        if (!parameter || isPlaceholder(parameter, value) || validateParameterValue(parameter, value)) continue;
        found.set(name, (found.get(name) ?? new Set()).add(value));
      }
    }
  }
  return Object.fromEntries(
    parameters.flatMap(({ name, type }): [string, ParameterValue][] => {
      const values = [...(found.get(name) ?? [])];
      const [first] = values;
      if (first === undefined || type === "own-account" || type === "boolean") return [];
      return [[name, type === "bucket-list" ? values.sort() : first]];
    }),
  );
}

function isPlaceholder({ placeholders }: Parameter, value: string): boolean {
  return value === "" || value.includes("*") || placeholders.includes(value);
}

const token = /\{\{(\w+)\}\}/;

/** A template as a pattern whose groups are its tokens, in their order. */
function pattern(template: string): { readonly match: RegExp; readonly names: readonly string[] } {
  const parts = template.split(token);
  const names = parts.filter((_, index) => index % 2 === 1);
  const source = parts.map((part, index) => (index % 2 === 1 ? "(.*?)" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
  return { match: new RegExp(`^${source.join("")}$`, "s"), names };
}

interface PlacedText {
  /** "Principal", "Resource", "Action", "Condition sts:externalid". */
  readonly element: string;
  readonly text: string;
}

/** An account is written as its root ARN. */
function textsOf({ Principal, Resource, Action, Condition }: JsonObject, partition: string): readonly PlacedText[] {
  const placed = (element: string, value: JsonValue | undefined) =>
    strings(value).map((text) => ({
      element,
      text: element === "Principal" && isAccountId(text) ? `arn:${partition}:iam::${text}:root` : text,
    }));
  return [
    ...placed("Principal", isObject(Principal) ? Principal.AWS : undefined),
    ...placed("Resource", Resource),
    ...placed("Action", Action),
    ...Object.values(isObject(Condition) ? Condition : {})
      .filter(isObject)
      .flatMap((keys) => Object.entries(keys))
      .flatMap(([key, values]) => placed(`Condition ${key.toLowerCase()}`, values)),
  ];
}

/** What the Allow statements say, one fact each; a wildcard of actions is all that it stands for. */
function factsOf(documents: readonly JsonValue[], partition: string, reference: ServiceReference): ReadonlySet<string> {
  const texts = documents
    .flatMap(statementsOf)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap((statement) => textsOf(statement, partition));
  return new Set(
    texts.flatMap(({ element, text }) => {
      const all = element === "Action" && hasWildcard(text) ? reference.expand(text) : [text];
      return all.map((each) => `${element} ${element === "Action" ? each.toLowerCase() : each}`);
    }),
  );
}

function statementsOf(document: JsonValue): readonly JsonObject[] {
  const { Statement: statements = [] } = isObject(document) ? document : {};
  return (Array.isArray(statements) ? statements : [statements]).filter(isObject);
}

function strings(value: JsonValue | undefined): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");
}
