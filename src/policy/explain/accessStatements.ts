import { hasVariables, type PolicyPlace, refusedPolicy, refusedStatement } from "../evaluate/statementForm";
import type { PolicyDocument, Statement } from "../policyDocument";
import type { ServiceReference } from "../serviceReference/serviceReference";
import { hasWildcard, matchesPattern } from "../wildcards";
import type { AccessDocuments } from "./explanation";
import { type Language, patternLanguage } from "./language";
import type { ResourceForms } from "./resourceForms";

/** A statement that allows or denies something, with its patterns ready to be compared. */
export interface AccessStatement {
  readonly statement: Statement;
  readonly effect: "Allow" | "Deny";
  /** In lower case. */
  readonly actions: readonly string[];
  /** Of NotAction: all but these. */
  readonly allButActions: boolean;
  readonly resources: readonly Language[];
  /** Of NotResource: all but these. */
  readonly allButResources: boolean;
  /** Whether `${…}` is a policy variable here: by the policy's version. */
  readonly variables: boolean;
}

/**
 * The statements of documents that have an effect: what AWS would refuse has none.
 *
 * @param resource what a statement without Resource and NotResource is about: in a trust policy the role
 */
export function accessStatements(
  documents: readonly PolicyDocument[],
  place: PolicyPlace,
  resource?: Language,
): readonly AccessStatement[] {
  return documents.flatMap((document) => {
    if (refusedPolicy(document) !== undefined) return [];
    const variables = hasVariables(document);
    return document.statements.flatMap((statement): AccessStatement[] => {
      if (refusedStatement(statement, place, variables) !== undefined) return [];
      const effect = statement.effect?.value === "Deny" ? "Deny" : "Allow";
      const allButActions = statement.actions.length === 0;
      const patterns = allButActions ? statement.notActions : statement.actions;
      const allButResources = statement.resources.length === 0 && statement.notResources.length > 0;
      const written = allButResources ? statement.notResources : statement.resources;
      const resources =
        written.length === 0 && resource !== undefined
          ? [resource]
          : unique(written.map(({ value }) => value)).map((text) => patternLanguage(text, variables));
      const actions = unique(patterns.map(({ value }) => value.toLowerCase()));
      return [{ statement, effect, actions, allButActions, resources, allButResources, variables }];
    });
  });
}

/** Which rules a resource policy follows: told by its own actions, because the resource is not known. */
export function placeOf({ kind }: PolicyDocument): PolicyPlace {
  return kind === "trust" || kind === "key" || kind === "bucket" ? kind : "otherResource";
}

/** Why AWS would refuse documents: one sentence for each statement that has no effect because of it. */
export function refusals(documents: AccessDocuments): readonly string[] {
  const reasons = (document: PolicyDocument, place: PolicyPlace) => {
    const whole = refusedPolicy(document);
    const refused = whole
      ? [whole]
      : document.statements.map((statement) => refusedStatement(statement, place, hasVariables(document)));
    return refused.flatMap((each) => (each === undefined ? [] : [each.reason]));
  };
  const { permissions = [], trust, resource } = documents;
  return [
    ...permissions.flatMap((document) => reasons(document, "identity")),
    ...(trust ? reasons(trust, "trust") : []),
    ...(resource ? reasons(resource, placeOf(resource)) : []),
  ];
}

function matchesActionOf({ actions, allButActions }: AccessStatement, lowerCased: string): boolean {
  return actions.some((pattern) => matchesPattern(pattern, lowerCased)) !== allButActions;
}

/** Actions that the same statements match and that act on the same kinds of resources. */
export interface ActionGroup {
  /** In AWS's spelling; sorted. */
  readonly actions: readonly string[];
  readonly forms: ResourceForms;
  readonly statements: readonly AccessStatement[];
}

/**
 * All actions that an Allow matches, in groups. A name that the reference does not have stands for itself, and so does a
 * wildcard that matches nothing in it.
 */
export function actionGroups(
  statements: readonly AccessStatement[],
  reference: ServiceReference,
  formsOf: (action: string) => ResourceForms,
): readonly ActionGroup[] {
  const allowing = statements.filter(({ effect }) => effect === "Allow");
  const groups = new Map<string, { actions: string[]; forms: ResourceForms; statements: AccessStatement[] }>();
  for (const action of grantedNames(allowing, reference)) {
    const name = action.toLowerCase();
    const matching = statements.filter((statement) => matchesActionOf(statement, name));
    if (!matching.some(({ effect }) => effect === "Allow")) continue;
    const forms = formsOf(action);
    const key = `${forms.key} ${matching.map((statement) => statements.indexOf(statement)).join()}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { actions: [action], forms, statements: matching });
    else group.actions.push(action);
  }
  return [...groups.values()].map((group) => ({ ...group, actions: group.actions.sort() }));
}

function grantedNames(allowing: readonly AccessStatement[], reference: ServiceReference): Iterable<string> {
  if (allowing.some(({ allButActions }) => allButActions)) {
    return new Set([
      ...reference.expand("*"),
      ...namesOf(
        allowing.filter((each) => !each.allButActions),
        reference,
      ),
    ]);
  }
  return namesOf(allowing, reference);
}

function namesOf(allowing: readonly AccessStatement[], reference: ServiceReference): ReadonlySet<string> {
  const names = new Set<string>();
  const patterns = new Set(allowing.flatMap(({ actions }) => actions));
  for (const pattern of patterns) {
    const known = reference.expand(pattern);
    for (const action of known) names.add(action);
    if (known.length === 0) names.add(hasWildcard(pattern) ? pattern : asWritten(pattern, allowing));
  }
  return names;
}

/** The patterns are in lower case; who reads about an unknown action wants it as it stands in the document. */
function asWritten(lowerCased: string, statements: readonly AccessStatement[]): string {
  for (const { statement } of statements) {
    const found = statement.actions.find(({ value }) => value.toLowerCase() === lowerCased);
    if (found !== undefined) return found.value;
  }
  return lowerCased;
}

function unique(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : [...new Set(texts)];
}
