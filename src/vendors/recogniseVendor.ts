import type { PolicyDocument, Statement } from "../policy/policyDocument";
import type { VendorDefinition } from "./definition";
import { knownForms } from "./knownPrincipal";

/**
 * Whose document this is, told from the document alone. Proof enough is a principal that the vendor names or named, its
 * account, a condition's pattern or a Sid of ours or of the vendor's; of hints (the page's placeholders and misleading
 * Sids, a long list of actions that is exactly the vendor's) it takes two. Undefined when nobody or two vendors fit.
 */
export function recogniseVendor(
  policy: PolicyDocument,
  vendors: readonly VendorDefinition[],
): VendorDefinition | undefined {
  let best: VendorDefinition | undefined;
  let bestWeight = enough - 1;
  let tied = false;
  const actionLists = policy.statements.map(actionsOf);
  for (const evidence of evidenceOf(vendors)) {
    const weight = weigh(policy, actionLists, evidence);
    tied = weight === bestWeight ? true : weight > bestWeight ? false : tied;
    if (weight > bestWeight) {
      best = evidence.definition;
      bestWeight = weight;
    }
  }
  return tied ? undefined : best;
}

const proof = 2;
const hint = 1;
const enough = 2;

/** What gives a vendor away. */
interface Evidence {
  readonly definition: VendorDefinition;
  /** ARNs with the partition `aws`. */
  readonly principals: ReadonlySet<string>;
  readonly accounts: ReadonlySet<string>;
  readonly conditionValues: readonly RegExp[];
  readonly sids: ReadonlySet<string>;
  readonly pageSids: ReadonlySet<string>;
  /** Those that no other vendor's page uses. */
  readonly placeholders: readonly string[];
  /** Lists of four actions and more, sorted and joined. */
  readonly actionLists: ReadonlySet<string>;
}

/** Derived from the definitions alone, and needed on every keystroke: computed once for each list of vendors. */
const evidenceByVendors = new WeakMap<readonly VendorDefinition[], readonly Evidence[]>();

function evidenceOf(vendors: readonly VendorDefinition[]): readonly Evidence[] {
  let evidence = evidenceByVendors.get(vendors);
  if (!evidence) {
    evidence = vendors.map((definition) => collect(definition, vendors));
    evidenceByVendors.set(vendors, evidence);
  }
  return evidence;
}

function weigh(policy: PolicyDocument, actionLists: readonly string[], evidence: Evidence): number {
  const anyStatement = (holds: (statement: Statement) => boolean) => policy.statements.some(holds);
  const facts: readonly (readonly [number, boolean])[] = [
    [proof, anyStatement((statement) => statement.principals.some(({ node }) => namesVendor(node.value, evidence)))],
    [proof, evidence.conditionValues.length > 0 && anyStatement((statement) => hasCondition(statement, evidence))],
    [proof, anyStatement(({ sid }) => sid !== undefined && evidence.sids.has(sid.value))],
    [hint, anyStatement(({ sid }) => sid !== undefined && evidence.pageSids.has(sid.value))],
    [hint, actionLists.some((list) => evidence.actionLists.has(list))],
    ...evidence.placeholders.map((placeholder) => [hint, policy.json.text.includes(placeholder)] as const),
  ];
  return facts.reduce((sum, [weight, holds]) => (holds ? sum + weight : sum), 0);
}

function namesVendor(principal: string, { principals, accounts }: Evidence): boolean {
  return principals.has(principal.replace(/^arn:aws(-[a-z-]+)?:/, "arn:aws:")) || accounts.has(accountOf(principal));
}

function accountOf(principal: string): string {
  return principal.startsWith("arn:") ? (principal.split(":")[4] ?? "") : principal;
}

function hasCondition(statement: Statement, { conditionValues }: Evidence): boolean {
  return statement.conditions.some(({ values }) =>
    values.some((node) => node.kind === "string" && conditionValues.some((pattern) => pattern.test(node.value))),
  );
}

function actionsOf({ actions }: Statement): string {
  return joined(actions.map(({ value }) => value));
}

function joined(actions: readonly string[]): string {
  return [...actions].sort().join(" ").toLowerCase();
}

function collect(definition: VendorDefinition, vendors: readonly VendorDefinition[]): Evidence {
  const principals = definition.principals.flatMap(({ value }) => knownForms(value, definition.parameters));
  const templates = [...definition.trust, ...definition.permissions.statements].map(({ statement }) => statement);
  const others = new Set(
    vendors
      .filter((other) => other !== definition)
      .flatMap((other) => other.parameters.flatMap(({ placeholders }) => placeholders)),
  );
  return {
    definition,
    principals: new Set(principals),
    accounts: new Set(principals.map(accountOf).filter((account) => /^\d{12}$/.test(account))),
    conditionValues: definition.trust.flatMap(({ statement }) => strings(statement.Condition).flatMap(arnPattern)),
    sids: new Set(templates.flatMap(({ Sid }) => strings(Sid))),
    pageSids: new Set(definition.pageSids),
    placeholders: definition.parameters
      .flatMap(({ placeholders }) => placeholders)
      .filter((placeholder) => !others.has(placeholder)),
    actionLists: new Set(
      templates
        .map(({ Action }) => strings(Action))
        .filter((actions) => actions.length >= 4)
        .map(joined),
    ),
  };
}

/** `arn:{{partition}}:iam::{{accountId}}:role/qwak-eks-base*`, of whatever partition and account. */
function arnPattern(template: string): readonly RegExp[] {
  const [literal = ""] = template.split(":").slice(5);
  if (!template.startsWith("arn:") || !/\w{3,}/.test(literal) || literal.includes("{{")) {
    return [];
  }
  const escaped = template.split(/\{\{\w+\}\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return [new RegExp(`^${escaped.join("[^:]*")}$`)];
}

/** Every string in a JSON value. */
function strings(value: unknown): readonly string[] {
  if (typeof value === "string") {
    return [value];
  }
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(strings) : [];
}
