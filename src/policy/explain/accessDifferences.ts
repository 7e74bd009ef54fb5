import type { RequestContext, RequestPrincipal } from "../evaluate/evaluation";
import type { ServiceReference } from "../serviceReference/serviceReference";
import { type AccessStatement, type ActionGroup, accessStatements, actionGroups, placeOf } from "./accessStatements";
import { activeStatements, factsOf, namesPrincipal } from "./activeStatements";
import { isUseless } from "./assumeActions";
import { type ComparedLayer, isAllowed, roleOfPermissions, trustedRole } from "./comparedLayer";
import { conditionTest, testKey } from "./conditions";
import { everyText } from "./language";
import { type Requester, requestContexts } from "./requestCells";
import { principalKeys, requestPrincipals } from "./requestPrincipals";
import { resourceFormsOf } from "./resourceForms";
import { type ResourceRegion, resourceRegions } from "./resourceRegions";

/** Requests that one side allows and the other does not. */
export interface AccessDifference {
  readonly kind: ComparedLayer["kind"];
  readonly allowedBy: "before" | "after";
  /** All alike. */
  readonly actions: readonly string[];
  readonly principal: RequestPrincipal;
  readonly context: RequestContext;
  readonly region: ResourceRegion;
  /** The statements of these actions for this principal, on each side: all, and those whose conditions are met. */
  readonly statements: { readonly before: readonly AccessStatement[]; readonly after: readonly AccessStatement[] };
  readonly active: { readonly before: readonly AccessStatement[]; readonly after: readonly AccessStatement[] };
}

export interface AccessDifferences {
  readonly found: readonly AccessDifference[];
  /** Whether there may be more that could not be decided. */
  readonly undecided: { readonly before: boolean; readonly after: boolean };
}

/**
 * Compares all requests there are, in finitely many cells: principals, groups of actions and contexts that the statements
 * tell apart, and for each the resources as regular languages. Each difference is a request on which `evaluate` decides
 * differently. What can't be decided is reported as such.
 */
export function accessDifferences(layer: ComparedLayer, reference: ServiceReference): AccessDifferences {
  const before = statementsOf(layer.kind, layer.before);
  const after = statementsOf(layer.kind, layer.after);
  const undecided = { before: false, after: false };
  if (sameSets(before, after, completeKey)) return { found: [], undecided };
  const isBefore = new Set(before);
  const all = [...before, ...after];
  const found: AccessDifference[] = [];
  const principals = layer.kind === "permissions" ? [roleOfPermissions] : requestPrincipals(all);
  const fixed = layer.kind === "permissions" ? new Set<string>() : principalKeys;
  const groups = actionGroups(all, reference, resourceFormsOf(reference))
    .filter(({ forms }) => layer.kind !== "trust" || isAboutRoles(forms))
    .flatMap((group) =>
      layer.kind === "trust" ? group.actions.map((action) => ({ ...group, actions: [action] })) : [group],
    );
  for (const principal of principals) {
    const concerning = new Set(
      layer.kind === "permissions" ? all : all.filter((each) => namesPrincipal(each, principal)),
    );
    for (const group of groups) {
      if (layer.kind === "trust" && group.actions.some((action) => isUseless(action, principal.kind))) continue;
      const relevant = group.statements.filter((each) => concerning.has(each));
      const sides = splitSides(relevant, isBefore);
      if (sameSets(sides.before, sides.after, completeKey)) continue;
      const contexts = requestContexts(relevant, fixed);
      if (contexts === undefined) {
        undecided.before = true;
        undecided.after = true;
        continue;
      }
      const seen = new Set<string>();
      for (const context of contexts) {
        const requester = { principal, context };
        const active = splitSides(activeStatements(relevant, requester), isBefore);
        const key = `${setKey(active.before, coreKey)} ${setKey(active.after, coreKey)}`;
        if (seen.has(key) || sameSets(active.before, active.after, coreKey)) continue;
        // Values of variables differ from context to context, and what they match with them.
        if (!relevant.some(hasVariable)) seen.add(key);
        const cell = { layer, group, requester, statements: sides, active };
        compareCell(cell, found, undecided);
      }
    }
  }
  return { found, undecided };
}

function isAboutRoles({ service, types }: ActionGroup["forms"]): boolean {
  return service === "sts" && (types === undefined || types.some(({ name }) => name === "role"));
}

interface Cell {
  readonly layer: ComparedLayer;
  readonly group: ActionGroup;
  readonly requester: Requester;
  readonly statements: AccessDifference["statements"];
  readonly active: AccessDifference["active"];
}

function compareCell(cell: Cell, found: AccessDifference[], undecided: { before: boolean; after: boolean }): void {
  const { layer, group, requester, statements, active } = cell;
  const both = [...active.before, ...active.after];
  const regions =
    layer.kind === "trust"
      ? [{ resource: trustedRole, types: new Set(["role"]), matches: () => true }]
      : resourceRegions(group.forms, both, { facts: factsOf(requester) });
  for (const region of regions ?? []) {
    const allows = { before: allowsIn(active.before, region.matches), after: allowsIn(active.after, region.matches) };
    if (allows.before === allows.after) continue;
    const allowedBy = allows.before ? "before" : "after";
    const action = group.actions.find((each) => !/[*?]/.test(each)) ?? asAction(group.actions[0] ?? "");
    const request = { ...requester, action, resource: region.resource };
    const decided = {
      before: isAllowed(layer.kind, layer.before, request),
      after: isAllowed(layer.kind, layer.after, request),
    };
    if (decided.before === allows.before && decided.after === allows.after) {
      found.push({ kind: layer.kind, allowedBy, actions: group.actions, ...requester, region, statements, active });
    } else {
      undecided[allowedBy] = true;
    }
  }
  if (regions === undefined) {
    undecided.before = true;
    undecided.after = true;
  } else if (both.some(hasVariable)) {
    lookForMore(cell, undecided);
  }
}

/** Patterns with different variables that are looked at together, at most. */
const mostVariablePatterns = 6;

/**
 * What variables could make different for values other than those that were tried: each pattern with one may match or not
 * whatever it can match at all.
 */
function lookForMore({ group, active }: Cell, undecided: { before: boolean; after: boolean }): void {
  const both = [...active.before, ...active.after];
  const regions = resourceRegions(group.forms, both, "anything");
  const variable = new Map(
    both.flatMap(({ resources }) => resources.filter((each) => each.variable)).map((each) => [each.text, each]),
  );
  if (regions === undefined || variable.size > mostVariablePatterns) {
    undecided.before = true;
    undecided.after = true;
    return;
  }
  for (const region of regions) {
    const open = [...variable.values()].filter(region.matches);
    for (let chosen = 0; chosen < 1 << open.length; chosen += 1) {
      const excluded = new Set(open.filter((_, index) => (chosen & (1 << index)) !== 0).map(({ text }) => text));
      const matches: ResourceRegion["matches"] = (pattern) =>
        !(pattern.variable && excluded.has(pattern.text)) && region.matches(pattern);
      const [before, after] = [allowsIn(active.before, matches), allowsIn(active.after, matches)];
      if (before && !after) undecided.before = true;
      if (after && !before) undecided.after = true;
    }
  }
}

function statementsOf(kind: ComparedLayer["kind"], documents: ComparedLayer["before"]): readonly AccessStatement[] {
  const [first] = documents;
  if (kind === "permissions") return accessStatements(documents, "identity");
  return first === undefined ? [] : accessStatements([first], kind === "trust" ? "trust" : placeOf(first), everyText);
}

function allowsIn(statements: readonly AccessStatement[], matches: ResourceRegion["matches"]): boolean {
  let allowed = false;
  for (const statement of statements) {
    if (statement.resources.some(matches) === statement.allButResources) continue;
    if (statement.effect === "Deny") return false;
    allowed = true;
  }
  return allowed;
}

function splitSides(statements: readonly AccessStatement[], isBefore: ReadonlySet<AccessStatement>) {
  return {
    before: statements.filter((each) => isBefore.has(each)),
    after: statements.filter((each) => !isBefore.has(each)),
  };
}

function hasVariable({ resources, statement }: AccessStatement): boolean {
  return (
    resources.some(({ variable }) => variable) ||
    statement.conditions.some(({ values }) =>
      values.some((node) => node.kind === "string" && node.value.includes("${")),
    )
  );
}

/** A wildcard that the reference knows no action for stands for one that AWS may have. */
function asAction(pattern: string): string {
  return pattern.replaceAll("*", "UnknownAction").replaceAll("?", "x");
}

/** Equal for statements that say the same of actions and resources. */
function coreKey({ effect, allButActions, actions, allButResources, resources, variables }: AccessStatement): string {
  const texts = resources.map(({ text }) => text).sort();
  const readsVariables = variables && resources.some(({ text }) => text.includes("${"));
  return JSON.stringify([effect, allButActions, [...actions].sort(), allButResources, texts, readsVariables]);
}

/** Equal for statements that say the same. */
function completeKey(each: AccessStatement): string {
  const { conditions, principals, notPrincipals } = each.statement;
  const names = [principals, notPrincipals].map((list) => list.map(({ type, node }) => `${type} ${node.value}`).sort());
  return JSON.stringify([
    coreKey(each),
    conditions.map((entry) => testKey(conditionTest(entry))).sort(),
    names,
    each.variables,
  ]);
}

function setKey(statements: readonly AccessStatement[], keyOf: (statement: AccessStatement) => string): string {
  return [...new Set(statements.map(keyOf))].sort().join();
}

function sameSets(
  a: readonly AccessStatement[],
  b: readonly AccessStatement[],
  keyOf: (statement: AccessStatement) => string,
): boolean {
  return setKey(a, keyOf) === setKey(b, keyOf);
}
