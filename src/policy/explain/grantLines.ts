import type { ServiceReference } from "../serviceReference/serviceReference";
import { byAbility } from "./abilities";
import { type AccessStatement, actionGroups } from "./accessStatements";
import { joinBlocks } from "./actionBlocks";
import { type Atom, atomsOf, type Reach } from "./atoms";
import { conditionKey } from "./conditions";
import type { Grant, GrantCondition, GrantedResource } from "./explanation";
import { grantedResource } from "./grantedResource";
import { intersects, patternLanguage } from "./language";
import { formsWithin, type ResourceForms } from "./resourceForms";

/** What is granted, whoever gets it. */
export interface GrantLine extends Pick<Grant, "abilities" | "everyActionOf" | "resources" | "conditions"> {
  readonly byNotElement: boolean;
}

/** How to read the statements. */
export interface StatementReading {
  readonly on: GrantCondition["on"];
  /** What an Allow asks for. */
  readonly conditionsOf: (statement: AccessStatement) => readonly GrantCondition[];
  /** Whom a Deny concerns among those who get the lines. */
  readonly reachOf: (deny: AccessStatement) => Reach;
}

/** What statements grant, in lines of which each speaks of one set of resources under one set of conditions. */
export function grantLines(
  statements: readonly AccessStatement[],
  reference: ServiceReference,
  formsOf: (action: string) => ResourceForms,
  { on, conditionsOf, reachOf }: StatementReading,
): readonly GrantLine[] {
  const blocks = actionGroups(statements, reference, formsOf).flatMap((group) =>
    sharing(atomsOf(group, on, conditionsOf, reachOf)).map(({ atoms, ...shared }) => ({
      actions: group.actions,
      resources: resourcesOf(atoms),
      under: sharedKey(shared),
      shared,
    })),
  );
  return joinBlocks(blocks).map(({ actions, resources, shared }) => ({
    abilities: byAbility(actions, reference),
    everyActionOf: wholeServices(actions, resources, reference, formsOf),
    resources,
    ...shared,
  }));
}

type Shared = Pick<Atom, "conditions" | "byNotElement">;

function sharedKey({ conditions, byNotElement }: Shared): string {
  return `${byNotElement} ${conditions.map(conditionKey).sort().join()}`;
}

function sharing(atoms: readonly Atom[]): readonly (Shared & { readonly atoms: readonly Atom[] })[] {
  const sets = new Map<string, Shared & { readonly atoms: Atom[] }>();
  for (const atom of atoms) {
    const { conditions, byNotElement } = atom;
    const key = sharedKey(atom);
    const set = sets.get(key);
    if (set === undefined) sets.set(key, { atoms: [atom], conditions, byNotElement });
    else set.atoms.push(atom);
  }
  return [...sets.values()];
}

function resourcesOf(atoms: readonly Atom[]): readonly GrantedResource[] {
  const resources = atoms.map(({ pattern, forms, except }) =>
    grantedResource(pattern, new Set(forms.map(({ name }) => name)), except),
  );
  return resources.sort((a, b) => compareTexts(a.pattern, b.pattern));
}

/** A handful of actions is named rather than called "every action". */
const fewActions = 8;

function wholeServices(
  actions: readonly string[],
  resources: readonly GrantedResource[],
  reference: ServiceReference,
  formsOf: (action: string) => ResourceForms,
): readonly string[] {
  if (actions.length < fewActions) return [];
  const granted = new Map<string, Set<string>>();
  for (const action of actions) {
    const service = action.slice(0, Math.max(action.indexOf(":"), 0));
    const names = granted.get(service);
    if (names === undefined) granted.set(service, new Set([action]));
    else names.add(action);
  }
  const everything = resources.some(({ kind }) => kind === "any");
  const patterns = everything ? [] : resources.map(({ pattern }) => patternLanguage(pattern, true));
  const whole = [...granted]
    .filter(([service, names]) => {
      const all = reference.actionsOf(service);
      if (all.length === 0 || names.size < Math.min(fewActions, all.length)) return false;
      return all.every(
        (action) =>
          names.has(action) ||
          (!everything && !patterns.some((pattern) => formsWithin(formsOf(action), pattern, intersects).length > 0)),
      );
    })
    .map(([service]) => service);
  return everything && whole.length === reference.services.length ? ["*"] : whole;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
