import type { AccessStatement, ActionGroup } from "./accessStatements";
import { conditionKey, conditionTest, unlessCondition } from "./conditions";
import type { GrantCondition } from "./explanation";
import { covers } from "./inclusion";
import { everyText, intersects, type Language } from "./language";
import { formsWithin, type ResourceForms } from "./resourceForms";

/** A group of actions on what one pattern names, under conditions. */
export interface Atom {
  readonly pattern: Language;
  /** What the actions act on and the pattern can name. */
  readonly forms: readonly { readonly name: string | undefined; readonly language: Language }[];
  readonly conditions: readonly GrantCondition[];
  /** Patterns within it that are left out. */
  readonly except: readonly Language[];
  /** Granted by a NotAction or NotResource. */
  readonly byNotElement: boolean;
}

/** How a Deny concerns those of whom the atoms speak: all of them, part of them under these names, or none. */
export type Reach = "all" | "none" | { readonly principals: readonly string[]; readonly allBut: boolean };

/** What a group of actions is granted on: allowed, less what is denied, each thing once. */
export function atomsOf(
  { forms, statements }: ActionGroup,
  on: GrantCondition["on"],
  conditionsOf: (statement: AccessStatement) => readonly GrantCondition[],
  reachOf: (deny: AccessStatement) => Reach,
): readonly Atom[] {
  const atoms: Atom[] = [];
  for (const statement of statements) {
    if (statement.effect === "Deny") continue;
    const conditions = withoutRepetition(conditionsOf(statement));
    const { resources, allButResources, allButActions } = statement;
    for (const pattern of allButResources ? [everyText] : resources) {
      const within = formsWithin(forms, pattern, intersects);
      if (within.length === 0) continue;
      const except = allButResources ? resources.filter((each) => meetsSome(each, within)) : [];
      if (except.length > 0 && leavesNothing(except, pattern, within)) continue;
      atoms.push({ pattern, forms: within, conditions, except, byNotElement: allButResources || allButActions });
    }
  }
  let left: readonly Atom[] = atoms;
  for (const deny of statements) {
    if (deny.effect !== "Deny") continue;
    const reach = reachOf(deny);
    if (reach !== "none") left = left.flatMap((atom) => less(atom, deny, reach, on, forms));
  }
  return withoutRedundant(left);
}

/** What a Deny leaves of an atom. */
function less(
  atom: Atom,
  deny: AccessStatement,
  reach: Exclude<Reach, "none">,
  on: GrantCondition["on"],
  allForms: ResourceForms,
): readonly Atom[] {
  const { pattern, forms } = atom;
  const { resources, allButResources } = deny;
  const languages = forms.map(({ language }) => language);
  const meeting = resources.filter(
    (each) => each.text === "*" || (intersects(each, pattern) && meetsSome(each, forms)),
  );
  const inside = meeting.length > 0 && covers(meeting, pattern, languages);
  if (allButResources ? inside : meeting.length === 0) return [atom];
  const whole = allButResources ? meeting.length === 0 : inside;
  const tests = deny.statement.conditions.map(conditionTest);
  const limited = tests.length > 0 || reach !== "all";
  if (whole && !limited) return [];
  if (!whole && !limited) {
    if (!allButResources) return [{ ...atom, except: [...atom.except, ...notIn(atom.except, meeting)] }];
    // What is spared lies within the pattern: then only that is left of it.
    const reached = meeting.filter((each) => formsWithin(allForms, each, intersects).length > 0);
    if (meeting.every((each) => !each.variable && covers([pattern], each, languages))) {
      return reached.map((each) => ({ ...atom, pattern: each, forms: formsWithin(allForms, each, intersects) }));
    }
  }
  const condition = unlessCondition({
    tests,
    on,
    ...(!whole && { resources: meeting.map(({ text }) => text), ...(allButResources && { allBut: true as const }) }),
    ...(reach !== "all" && {
      principals: reach.allBut ? [`none of ${reach.principals.join(", ")}`] : reach.principals,
    }),
  });
  return [{ ...atom, conditions: withoutRepetition([...atom.conditions, condition]) }];
}

function meetsSome(language: Language, forms: Atom["forms"]): boolean {
  return forms.some((form) => intersects(form.language, language));
}

function leavesNothing(except: readonly Language[], pattern: Language, forms: Atom["forms"]): boolean {
  return covers(
    except,
    pattern,
    forms.map(({ language }) => language),
  );
}

function notIn(present: readonly Language[], added: readonly Language[]): readonly Language[] {
  return added.filter(({ text }) => !present.some((each) => each.text === text));
}

function withoutRepetition(conditions: readonly GrantCondition[]): readonly GrantCondition[] {
  if (conditions.length < 2) return conditions;
  return [...new Map(conditions.map((condition) => [conditionKey(condition), condition])).values()];
}

/** Leaves out what another atom grants as well, or more of, under no other conditions. */
function withoutRedundant(atoms: readonly Atom[]): readonly Atom[] {
  if (atoms.length < 2) return atoms;
  const keys = atoms.map(({ conditions }) => new Set(conditions.map(conditionKey)));
  const isWithin = (inner: number, outer: number): boolean => {
    const [a, b] = [atoms[inner], atoms[outer]];
    if (a === undefined || b === undefined) return false;
    if (![...(keys[outer] ?? [])].every((key) => keys[inner]?.has(key))) return false;
    // What the outer one leaves out must be left out of the inner one, or lie outside it.
    const alsoLeftOut = b.except.every(
      (each) => !intersects(each, a.pattern) || a.except.some(({ text }) => text === each.text),
    );
    return (
      alsoLeftOut &&
      covers(
        [b.pattern],
        a.pattern,
        a.forms.map(({ language }) => language),
      )
    );
  };
  const redundant = new Set<number>();
  for (let inner = 0; inner < atoms.length; inner += 1) {
    for (let outer = 0; outer < atoms.length; outer += 1) {
      if (inner === outer || redundant.has(outer) || !isWithin(inner, outer)) continue;
      redundant.add(inner);
      break;
    }
  }
  return atoms.filter((_, index) => !redundant.has(index));
}
