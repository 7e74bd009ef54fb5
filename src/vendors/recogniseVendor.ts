import type { PolicyDocument, Statement } from "../policy/policyDocument";
import type { StatementTemplate, VendorDefinition, VendorPrincipal } from "./definition";
import { knownForms } from "./knownPrincipal";
import { rememberForVendors } from "./rememberForVendors";

/**
 * Whose document this is, told from the document alone. Proof enough is a principal that the vendor names or named, its
 * account, a condition's pattern or a Sid of ours or of the vendor's; of hints (the page's placeholders and misleading
 * Sids, a long list of actions that is exactly the vendor's) it takes two. Undefined when nobody or two vendors fit.
 */
export function recogniseVendor(
  policy: PolicyDocument,
  vendors: readonly VendorDefinition[],
): VendorDefinition | undefined {
  const weights = weigh(policy, indexOf(vendors));
  let best: VendorDefinition | undefined;
  let bestWeight = enough - 1;
  let tied = false;
  for (const [definition, facts] of weights) {
    let weight = 0;
    for (const each of facts.values()) weight += each;
    tied = weight === bestWeight ? true : weight > bestWeight ? false : tied;
    if (weight > bestWeight) {
      best = definition;
      bestWeight = weight;
    }
  }
  return tied ? undefined : best;
}

const proof = 2;
const hint = 1;
const enough = 2;

/** What speaks for each vendor: one entry for each kind of evidence, and for each placeholder. */
type Weights = Map<VendorDefinition, Map<string, number>>;

type Owners = Map<string, VendorDefinition[]>;

/**
 * What gives vendors away, by what it is: a document that has nothing to do with any vendor costs a look-up for each of its
 * principals, Sids and statements, however many vendors there are.
 */
interface Index {
  /** ARNs with the partition `aws`. */
  readonly principals: Owners;
  readonly accounts: Owners;
  readonly conditionValues: readonly (readonly [RegExp, VendorDefinition])[];
  readonly sids: Owners;
  readonly pageSids: Owners;
  /** Those that only one vendor's page uses, by their first character. */
  readonly placeholders: ReadonlyMap<string, readonly (readonly [string, VendorDefinition])[]>;
  /** Lists of four actions and more, sorted and joined. */
  readonly actionLists: Owners;
}

/** Derived from the definitions alone, and needed on every keystroke: computed once for each list of vendors. */
const indexOf = rememberForVendors(collect);

function weigh(policy: PolicyDocument, index: Index): Weights {
  const weights: Weights = new Map();
  const add = (vendors: readonly VendorDefinition[] | undefined, kind: string, weight: number) => {
    for (const vendor of vendors ?? []) {
      const facts = weights.get(vendor) ?? new Map<string, number>();
      weights.set(vendor, facts.set(kind, weight));
    }
  };
  for (const statement of policy.statements) {
    for (const { node } of statement.principals) {
      const account = accountOf(node.value);
      const owners = index.principals.get(inPartitionAws(node.value)) ?? index.accounts.get(account);
      // Whom one vendor always comes as, and another only for some of its customers, speaks for the first.
      const always = owners?.filter(({ principals }) => !principals.every((one) => isConditional(one, account)));
      const shared = owners !== undefined && owners.length > 1 && always !== undefined && always.length > 0;
      add(owners, account, shared ? hint : proof);
      if (shared) add(always, account, proof);
    }
    for (const vendor of conditionOwners(statement, index)) add([vendor], "condition", proof);
    if (statement.sid !== undefined) {
      add(index.sids.get(statement.sid.value), "sid", proof);
      add(index.pageSids.get(statement.sid.value), "page sid", hint);
    }
    if (statement.actions.length >= fewestActions) add(index.actionLists.get(actionsOf(statement)), "actions", hint);
  }
  const { text } = policy.json;
  for (const [character, placeholders] of index.placeholders) {
    if (!text.includes(character)) continue;
    for (const [placeholder, vendor] of placeholders) {
      if (text.includes(placeholder)) add([vendor], placeholder, hint);
    }
  }
  return weights;
}

function inPartitionAws(principal: string): string {
  return principal.replace(/^arn:aws(-[a-z-]+)?:/, "arn:aws:");
}

function accountOf(principal: string): string {
  return principal.startsWith("arn:") ? (principal.split(":")[4] ?? "") : principal;
}

/** Of another account, or only for some customers. */
function isConditional({ value, when }: VendorPrincipal, account: string): boolean {
  return !value.includes(account) || when !== undefined;
}

function conditionOwners({ conditions }: Statement, { conditionValues }: Index): readonly VendorDefinition[] {
  if (conditions.length === 0) return [];
  const texts = conditions.flatMap(({ values }) =>
    values.flatMap((node) => (node.kind === "string" && node.value.startsWith("arn:") ? [node.value] : [])),
  );
  return conditionValues.flatMap(([pattern, vendor]) => (texts.some((text) => pattern.test(text)) ? [vendor] : []));
}

/** From so many on a list of actions says something about who wrote it. */
const fewestActions = 4;

function actionsOf({ actions }: Statement): string {
  return joined(actions.map(({ value }) => value));
}

function joined(actions: readonly string[]): string {
  return [...actions].sort().join(" ").toLowerCase();
}

function collect(vendors: readonly VendorDefinition[]): Index {
  const principals: Owners = new Map();
  const accounts: Owners = new Map();
  const sids: Owners = new Map();
  const pageSids: Owners = new Map();
  const actionLists: Owners = new Map();
  const placeholderOwners: Owners = new Map();
  const conditionValues: (readonly [RegExp, VendorDefinition])[] = [];
  for (const definition of vendors) {
    for (const value of definition.principals.flatMap((each) => knownForms(each.value, definition.parameters))) {
      own(principals, inPartitionAws(value), definition);
      const account = accountOf(value);
      if (/^\d{12}$/.test(account)) own(accounts, account, definition);
    }
    for (const { statement } of statementTemplates(definition)) {
      for (const sid of strings(statement.Sid)) own(sids, sid, definition);
      const actions = strings(statement.Action);
      if (actions.length >= fewestActions) own(actionLists, joined(actions), definition);
    }
    for (const sid of definition.pageSids ?? []) own(pageSids, sid, definition);
    for (const { statement } of definition.trust ?? []) {
      for (const pattern of strings(statement.Condition).flatMap(arnPattern))
        conditionValues.push([pattern, definition]);
    }
    for (const placeholder of definition.parameters.flatMap((parameter) => parameter.placeholders)) {
      own(placeholderOwners, placeholder, definition);
    }
  }
  const placeholders = new Map<string, (readonly [string, VendorDefinition])[]>();
  for (const [placeholder, [only, ...others]] of placeholderOwners) {
    if (only === undefined || others.length > 0) continue;
    const character = placeholder.charAt(0);
    placeholders.set(character, [...(placeholders.get(character) ?? []), [placeholder, only]]);
  }
  return { principals, accounts, conditionValues, sids, pageSids, placeholders, actionLists };
}

function own(owners: Owners, key: string, vendor: VendorDefinition): void {
  const others = owners.get(key) ?? [];
  if (!others.includes(vendor)) owners.set(key, [...others, vendor]);
}

function statementTemplates({
  trust = [],
  permissions,
  bucketPolicy = [],
  keyPolicy = [],
}: VendorDefinition): readonly StatementTemplate[] {
  return [...trust, ...(permissions?.statements ?? []), ...bucketPolicy, ...keyPolicy];
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
