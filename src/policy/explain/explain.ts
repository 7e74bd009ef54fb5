import type { PolicyDocument } from "../policyDocument";
import type { ServiceReference } from "../serviceReference/serviceReference";
import { abilities as abilityOrder } from "./abilities";
import { type AccessStatement, accessStatements, placeOf } from "./accessStatements";
import { isUseless } from "./assumeActions";
import type { Reach } from "./atoms";
import { conditionKey, conditionTest, onlyCondition } from "./conditions";
import { dangerOrder, dangersOf } from "./dangers";
import type { AccessDocuments, ExplainContext, Grant, GrantCondition, Grantee } from "./explanation";
import { type NamedGrantee, namedGrantees, principalText, reachOf } from "./grantees";
import { type GrantLine, grantLines } from "./grantLines";
import { templateLanguage } from "./language";
import { type ResourceForms, resourceFormsOf } from "./resourceForms";

/** Lines for those who get them all alike. */
interface Granted {
  readonly who: readonly Grantee[];
  readonly line: GrantLine;
}

/**
 * Who may do what by these documents, the dangerous first: what is really granted, not what is written. Actions that
 * can't act on the resources beside them grant nothing; a Deny takes away or becomes a condition; what another statement
 * grants as well is said once.
 *
 * Without a trust policy the permissions are those of whoever they are attached to; with one that lets nobody assume the
 * role, nobody gets anything.
 */
export function explain(
  documents: AccessDocuments,
  context: ExplainContext,
  reference: ServiceReference,
): readonly Grant[] {
  const formsOf = resourceFormsOf(reference);
  const { permissions, trust, resource } = documents;
  const grants: Grant[] = [];
  const add = (who: readonly Grantee[], role: string | undefined, { byNotElement, ...line }: GrantLine) => {
    const grant = { who, ...(role !== undefined && { role }), ...line };
    grants.push({ ...grant, dangers: dangersOf(grant, byNotElement, context.account) });
  };
  const lines = permissions === undefined ? [] : permissionLines(permissions, reference, formsOf);
  if (trust === undefined) {
    for (const line of lines) add([], context.role, line);
  } else {
    const role = context.role ?? "";
    for (const { who, line } of resourcePolicyLines(trust, context, reference, formsOf, "assume")) {
      const assuming = line.abilities.some(({ ability }) => ability === "assume");
      // With permissions beside it, that somebody may assume the role goes without saying.
      const plain = line.abilities.every(({ ability }) => ability === "assume");
      if (permissions === undefined || !assuming || !plain) add(who, role, line);
      if (!assuming) continue;
      for (const each of lines) {
        const conditions = [...line.conditions, ...each.conditions];
        add(who, role, { ...each, conditions });
      }
    }
  }
  if (resource !== undefined) {
    for (const { who, line } of resourcePolicyLines(resource, context, reference, formsOf, "action")) {
      add(who, undefined, line);
    }
  }
  return grants
    .map((grant, index) => ({ grant, index }))
    .sort((a, b) => compareDanger(a.grant, b.grant) || a.index - b.index)
    .map(({ grant }) => grant);
}

function permissionLines(
  documents: readonly PolicyDocument[],
  reference: ServiceReference,
  formsOf: (action: string) => ResourceForms,
): readonly GrantLine[] {
  const conditionsOf = ({ statement }: AccessStatement) =>
    statement.conditions.map((entry) => onlyCondition(conditionTest(entry), "action"));
  return grantLines(accessStatements(documents, "identity"), reference, formsOf, {
    on: "action",
    conditionsOf,
    reachOf: () => "all",
  });
}

/** Any role: what the statements of a trust policy, which name no resource, are about. */
const anyRole = templateLanguage("*", [
  "arn:",
  { token: "name" },
  ":iam::",
  { token: "name" },
  ":role/",
  { token: "text" },
]);

/** For each one that the policy names what they get, then the same lines of several together. */
function resourcePolicyLines(
  document: PolicyDocument,
  context: ExplainContext,
  reference: ServiceReference,
  formsOf: (action: string) => ResourceForms,
  on: GrantCondition["on"],
): readonly Granted[] {
  const statements = accessStatements(
    [document],
    on === "assume" ? "trust" : placeOf(document),
    on === "assume" ? anyRole : undefined,
  );
  const named = new Map<AccessStatement, readonly NamedGrantee[]>();
  const grantees = new Map<string, Grantee>();
  for (const statement of statements) {
    if (statement.effect === "Deny") continue;
    const names = namedGrantees(statement, context);
    named.set(statement, names);
    for (const { grantee } of names) grantees.set(granteeKey(grantee), grantee);
  }
  const granted = new Map<string, { who: Grantee[]; line: GrantLine }>();
  for (const [key, grantee] of grantees) {
    const testsOf = (statement: AccessStatement) =>
      named.get(statement)?.find((each) => granteeKey(each.grantee) === key)?.tests;
    const concerning = statements.filter(
      (statement) => statement.effect === "Deny" || testsOf(statement) !== undefined,
    );
    const lines = grantLines(concerning, reference, formsOf, {
      on,
      conditionsOf: (statement) => (testsOf(statement) ?? []).map((test) => onlyCondition(test, on)),
      reachOf: (deny) => reachAmong(deny, grantee),
    });
    for (const line of lines) {
      const effective = effectiveLine(line, document, on, grantee, context);
      if (effective === undefined) continue;
      const { conditions, ...rest } = effective;
      const same = JSON.stringify([rest, conditions.map(conditionKey).sort()]);
      const others = granted.get(same);
      if (others === undefined) granted.set(same, { who: [grantee], line: effective });
      else others.who.push(grantee);
    }
  }
  return [...granted.values()];
}

function granteeKey({ principal, kind, except }: Grantee): string {
  return JSON.stringify([principal, kind, except]);
}

function reachAmong(deny: AccessStatement, grantee: Grantee): Reach {
  const reach = reachOf(deny, grantee);
  if (reach !== "part") return reach;
  const { principals, notPrincipals } = deny.statement;
  const allBut = principals.length === 0;
  return { principals: (allBut ? notPrincipals : principals).map(principalText), allBut };
}

/**
 * Of what a resource policy says only the actions of its own service have an effect: `*` in a bucket policy is `s3:*`,
 * and `Resource: "*"` in a key policy is the key that has it.
 */
function effectiveLine(
  line: GrantLine,
  { kind }: PolicyDocument,
  on: GrantCondition["on"],
  grantee: Grantee,
  context: ExplainContext,
): GrantLine | undefined {
  const service = on === "assume" ? "sts:" : kind === "key" ? "kms:" : kind === "bucket" ? "s3:" : "";
  const abilities = line.abilities
    .map(({ ability, actions }) => ({
      ability,
      actions: actions.filter(
        (action) => action.toLowerCase().startsWith(service) && !(on === "assume" && isUseless(action, grantee.kind)),
      ),
    }))
    .filter(({ actions }) => actions.length > 0);
  if (abilities.length === 0) return undefined;
  const resources = line.resources.map((each) => {
    if (on === "assume") return { kind: "role" as const, pattern: context.role ?? "*" };
    return kind === "key" && each.kind === "any" ? { ...each, kind: "key" as const } : each;
  });
  const everyActionOf = on === "assume" ? [] : line.everyActionOf.filter((each) => `${each}:`.startsWith(service));
  return { ...line, abilities, resources, everyActionOf };
}

function compareDanger(a: Grant, b: Grant): number {
  const worst = ({ dangers }: Grant) => {
    const ranks = dangers.filter(({ code }) => code !== "no-external-id").map(({ code }) => dangerOrder.indexOf(code));
    return Math.min(dangerOrder.length, ...ranks);
  };
  const ability = ({ abilities }: Grant) =>
    Math.min(abilityOrder.length, ...abilities.map((each) => abilityOrder.indexOf(each.ability)));
  return worst(a) - worst(b) || ability(a) - ability(b);
}
