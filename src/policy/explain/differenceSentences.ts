import type { RequestPrincipal } from "../evaluate/evaluation";
import type { ServiceReference } from "../serviceReference/serviceReference";
import { byAbility } from "./abilities";
import type { AccessDifference } from "./accessDifferences";
import type { AccessStatement } from "./accessStatements";
import { type ActionBlock, joinBlocks } from "./actionBlocks";
import { conditionTest, onlyCondition, unlessCondition } from "./conditions";
import { describeGrantee } from "./describeGrantees";
import type { ConditionTest, ExplainContext, GrantedResource } from "./explanation";
import { grantedResource } from "./grantedResource";
import { type NamedGrantee, namedGrantees } from "./grantees";
import { covers } from "./inclusion";
import { everyText, holds, type Language, patternLanguage } from "./language";
import { predicatesOf } from "./predicates";
import { capitalised, joined } from "./words";

/** Whom and under which conditions a difference concerns. */
interface Circumstances {
  readonly allowedBy: AccessDifference["allowedBy"];
  readonly who: string;
  /** What the side that allows it asks for. */
  readonly conditions: readonly string[];
  /** Under which conditions the other side allows it as well; empty: it never does. */
  readonly otherwise: readonly string[];
}

/** One sentence for each thing that may or may no longer be done. */
export function differenceSentences(
  differences: readonly AccessDifference[],
  context: ExplainContext,
  reference: ServiceReference,
): Record<AccessDifference["allowedBy"], readonly string[]> {
  const sentences = { before: new Set<string>(), after: new Set<string>() };
  for (const { actions, resources, shared } of joinBlocks(blocksOf(differences, context))) {
    for (const predicate of predicatesOf({ abilities: byAbility(actions, reference), resources, everyActionOf: [] })) {
      sentences[shared.allowedBy].add(sentenceOf(predicate.replace(/^also /, ""), shared));
    }
  }
  return { before: [...sentences.before], after: [...sentences.after] };
}

function sentenceOf(predicate: string, { allowedBy, who, conditions, otherwise }: Circumstances): string {
  const beside = [
    ...conditions,
    ...(allowedBy === "after" && otherwise.length > 0 ? [`before ${joined(otherwise, "and")}`] : []),
  ];
  const end = `${beside.map((text) => `, ${text}`).join("")}.`;
  if (allowedBy === "after") return `${who} may now ${predicate}${end}`;
  if (otherwise.length === 0) return `${who} may no longer ${predicate}${end}`;
  return `${who} may ${predicate} now ${joined(otherwise, "and")}.`;
}

/** The same actions differ in several places: first the places of each action, then the actions of the same places. */
function blocksOf(
  differences: readonly AccessDifference[],
  context: ExplainContext,
): readonly ActionBlock<Circumstances>[] {
  const blocks = new Map<
    string,
    { actions: readonly string[]; resources: Map<string, GrantedResource>; under: string; shared: Circumstances }
  >();
  for (const difference of differences) {
    const { resource, ...shared } = described(difference, context);
    const under = JSON.stringify(shared);
    const key = JSON.stringify([under, difference.actions]);
    const block = blocks.get(key) ?? { actions: difference.actions, resources: new Map(), under, shared };
    block.resources.set(JSON.stringify(resource), resource);
    blocks.set(key, block);
  }
  return [...blocks.values()].map(({ resources, ...block }) => ({
    ...block,
    resources: [...resources.values()].sort((a, b) => (a.pattern < b.pattern ? -1 : 1)),
  }));
}

function described(
  difference: AccessDifference,
  context: ExplainContext,
): Circumstances & { readonly resource: GrantedResource } {
  const { kind, allowedBy, principal, statements, active } = difference;
  const other = allowedBy === "after" ? "before" : "after";
  const allowing = matching(active[allowedBy], difference).filter(({ effect }) => effect === "Allow");
  const [statement] = allowing;
  const named =
    kind === "permissions" || statement === undefined ? undefined : granteeFor(statement, principal, context);
  const tests = named?.tests ?? statement?.statement.conditions.map(conditionTest) ?? [];
  const on = kind === "trust" ? "assume" : "action";
  const elsewhere = matching(statements[other], difference).filter(
    (each) => kind === "permissions" || each.effect === "Deny" || granteeFor(each, principal, context) !== undefined,
  );
  const otherwise = new Set<string>();
  const allowedElsewhere = elsewhere.filter(({ effect }) => effect === "Allow");
  const deniedAnyhow = elsewhere.some(
    ({ effect, statement: deny }) => effect === "Deny" && deny.conditions.length === 0,
  );
  if (allowedElsewhere.length > 0 && !deniedAnyhow) {
    const active = new Set(difference.active[other]);
    const always = allowedElsewhere.some((each) => active.has(each));
    const texts = always
      ? elsewhere
          .filter((each) => each.effect === "Deny" && active.has(each))
          .map((each) => unlessCondition({ tests: each.statement.conditions.map(conditionTest), on }).text)
      : [
          joined(
            allowedElsewhere.map((each) => onlyTexts(testsOf(each, principal, context), on)),
            "or",
          ),
        ];
    for (const text of texts) otherwise.add(text);
  }
  return {
    allowedBy,
    who: kind === "permissions" ? "The role" : whoOf(principal, named, difference),
    conditions: tests.map((test) => onlyCondition(test, on).text),
    otherwise: [...otherwise],
    resource: kind === "trust" ? { kind: "role", pattern: "*" } : resourceOf(difference, allowing),
  };
}

function testsOf(
  each: AccessStatement,
  principal: RequestPrincipal,
  context: ExplainContext,
): readonly ConditionTest[] {
  return granteeFor(each, principal, context)?.tests ?? each.statement.conditions.map(conditionTest);
}

function onlyTexts(tests: readonly ConditionTest[], on: "assume" | "action"): string {
  return tests.map((test) => onlyCondition(test, on).text).join(" and ");
}

function matching(statements: readonly AccessStatement[], { region }: AccessDifference): readonly AccessStatement[] {
  return statements.filter(({ resources, allButResources }) => resources.some(region.matches) !== allButResources);
}

/** Whom of a statement a principal is, the account narrowed to roles included. */
function granteeFor(
  statement: AccessStatement,
  principal: RequestPrincipal,
  context: ExplainContext,
): NamedGrantee | undefined {
  const arns = "role" in principal ? [principal.role, principal.arn] : "arn" in principal ? [principal.arn] : [];
  const account = principal.kind === "account" ? principal.account : arns[0]?.split(":")[4];
  const grantees = namedGrantees(statement, context);
  const named = ({ grantee }: NamedGrantee) =>
    arns.some((arn) => holds(patternLanguage(grantee.principal, false), arn)) ||
    grantee.principal === nameOf(principal);
  return (
    grantees.find(named) ??
    grantees.find(({ grantee }) => grantee.kind === "account" && grantee.account === account) ??
    grantees.find(({ grantee }) => grantee.kind === "everyone")
  );
}

function nameOf(principal: RequestPrincipal): string | undefined {
  if (principal.kind === "service") return principal.service;
  if (principal.kind === "federated") return principal.provider;
  return "id" in principal ? principal.id : "arn" in principal ? principal.arn : undefined;
}

/** As the statement names them; by their own name where a statement on either side is about them alone. */
function whoOf(principal: RequestPrincipal, named: NamedGrantee | undefined, { statements }: AccessDifference): string {
  const names = [nameOf(principal), "role" in principal ? principal.role : undefined];
  const own = [...statements.before, ...statements.after]
    .flatMap((each) => namedGrantees(each, {}))
    .find(({ grantee }) => names.includes(grantee.principal));
  const grantee = own?.grantee ?? named?.grantee;
  return capitalised(grantee === undefined ? "Somebody" : describeGrantee(grantee));
}

/**
 * What of the resources differs: the pattern that allows it, or of it the part that the other side denies; less what the
 * other side allows of it as well.
 */
function resourceOf(difference: AccessDifference, allowing: readonly AccessStatement[]): GrantedResource {
  const { region, active, allowedBy } = difference;
  const others = active[allowedBy === "after" ? "before" : "after"];
  const allowed = allowing.flatMap(({ resources, allButResources }) =>
    allButResources ? [everyText] : resources.filter(region.matches),
  );
  const widest = shortest(allowed) ?? everyText;
  const denied = shortest(
    others
      .filter(({ effect, allButResources }) => effect === "Deny" && !allButResources)
      .flatMap(({ resources }) => resources.filter((each) => region.matches(each) && isWithin(each, widest))),
  );
  const pattern = denied ?? widest;
  const spared = [
    ...others.flatMap(({ effect, allButResources, resources }) =>
      effect === "Allow" && !allButResources ? resources : [],
    ),
    ...allowing.flatMap(({ allButResources, resources }) => (allButResources ? resources : [])),
    ...others.flatMap(({ effect, allButResources, resources }) =>
      effect === "Deny" && allButResources ? resources : [],
    ),
  ].filter((each) => !region.matches(each) && isWithin(each, pattern));
  const except = [...new Map(spared.map((each) => [each.text, each])).values()];
  return grantedResource(pattern, region.types, except);
}

function isWithin(inner: Language, outer: Language): boolean {
  return inner.text !== outer.text && covers([outer], inner);
}

function shortest(patterns: readonly Language[]): Language | undefined {
  return [...patterns].sort((a, b) => a.tokens.length - b.tokens.length)[0];
}
