import { accountOfPrincipal, isAccountId, parseArn } from "../policy/arn";
import type { JsonObject, JsonValue } from "../policy/json";
import { isObject } from "../policy/json";
import type { Statement } from "../policy/policyDocument";
import type { Parameter, StatementTemplate, VendorDefinition } from "../vendors/definition";
import type { DocumentRole, IntegrationRequest, ParameterValue } from "../vendors/manifest";
import { withDefaults } from "../vendors/parameters";
import { hasRole } from "../vendors/render";
import { expandObject, expandString, type TokenValues } from "../vendors/template";
import { principalValues, tokenValues } from "../vendors/tokens";
import { matchesWhen } from "../vendors/when";
import { sharedPolicy, trustPolicy } from "./documentFacts";
import type { CheckedDocument } from "./finding";

export interface ExpectedCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement that the vendor's trust policy must have. */
export interface ExpectedStatement {
  readonly principals: readonly string[];
  readonly conditions: readonly ExpectedCondition[];
  /** Lets in the role itself, and not the vendor. */
  readonly self: boolean;
  /** The statement as it can be written into the document; undefined when a part of it is not known here. */
  readonly statement: () => JsonObject | undefined;
}

/**
 * What the vendor's definition asks of this trust policy. Without an integration the customer's choices are not known:
 * they stand as `{{name}}`, which fits any value. Undefined when there is nothing to compare with.
 */
export function expectedTrust(
  document: Pick<CheckedDocument, "policy" | "vendor" | "context">,
): readonly ExpectedStatement[] | undefined {
  const { vendor, context } = document;
  if (vendor === undefined || (trustPolicy(document) ?? sharedPolicy(document)) === undefined) return undefined;
  const { integration } = context;
  // A user in the customer's own account can be any.
  if (integration === undefined && vendor.user !== undefined) return undefined;
  if (integration !== undefined) {
    const request = withDefaults(vendor, integration.manifest);
    const templates = integration.documentRole === "trust" ? undefined : vendor[sharedRole(integration.documentRole)];
    // A policy of a key that lets in the role, because the account's IAM policies don't decide there.
    if (integration.documentRole !== "trust" && templates === undefined) return undefined;
    return statementsFor(vendor, request, knownValues(vendor, request), templates);
  }
  const variants = openRequests(vendor).map((request) => statementsFor(vendor, request, openValues(vendor, request)));
  if (variants.length === 1) return variants[0];
  // The customer's choices show in whom the document names, and under which conditions.
  const statements = trustPolicy(document)?.statements ?? [];
  return variants.reduce((best, other) => (likeness(other, statements) > likeness(best, statements) ? other : best));
}

function sharedRole(role: DocumentRole): "bucketPolicy" | "keyPolicy" {
  return role === "keyPolicy" ? "keyPolicy" : "bucketPolicy";
}

/** How well a document fits what is expected: its principals first, then its conditions. */
function likeness(expected: readonly ExpectedStatement[], statements: readonly Statement[]): number {
  const named = new Set(statements.flatMap(({ principals }) => principals.map(({ node }) => node.value)));
  const keys = new Set(statements.flatMap(({ conditions }) => conditions.map(({ key }) => key.value.toLowerCase())));
  const wanted = expected.flatMap(({ principals }) => principals);
  const literals = wanted.filter((principal) => !isToken(principal));
  const rest = [...named].filter((actual) => !literals.some((principal) => namesSame(principal, actual)));
  const met = literals.filter((principal) => [...named].some((actual) => namesSame(principal, actual))).length;
  // Who is known only to the customer can be any that nothing else explains.
  const tokens = wanted.length - literals.length;
  const asked = new Set(expected.flatMap(({ conditions }) => conditions.map(({ key }) => key.toLowerCase())));
  const metKeys = [...asked].filter((key) => keys.has(key)).length;
  const missedKeys = asked.size - metKeys + [...keys].filter((key) => !asked.has(key)).length;
  const explained = Math.min(tokens, rest.length);
  return 4 * (2 * met + explained - (literals.length - met) - Math.abs(tokens - rest.length)) + metKeys - missedKeys;
}

function isToken(principal: string): boolean {
  return /^\{\{\w+\}\}$/.test(principal);
}

function statementsFor(
  vendor: VendorDefinition,
  request: IntegrationRequest,
  values: TokenValues,
  /** Of another document than the trust policy that lets the vendor in. */
  shared?: readonly StatementTemplate[],
): readonly ExpectedStatement[] {
  if (shared === undefined && !hasRole(vendor, request)) return [];
  return (shared ?? vendor.trust ?? [])
    .filter(({ when, statement }) => statement.Effect === "Allow" && matchesWhen(when, request))
    .map(({ statement }) => ({
      principals: isObject(statement.Principal) ? texts(statement.Principal.AWS, values) : [],
      conditions: conditionsOf(statement.Condition, values),
      self: vendor.role?.trustsItself === true && namesOwnRole(statement),
      statement: () => {
        const expanded = expandObject(statement, values);
        return /\{\{|<[A-Za-z]/.test(JSON.stringify(expanded)) ? undefined : expanded;
      },
    }));
}

/** A template that holds the role's own ARN, in whole or in parts. */
export function namesOwnRole(template: JsonObject): boolean {
  return /\{\{role(Arn|Name)\}\}/.test(JSON.stringify(template));
}

/** Without what lets in the role itself, which is self-trust-missing's. */
export function vendorStatements(expected: readonly ExpectedStatement[]): readonly ExpectedStatement[] {
  return expected.some(({ self }) => self) ? expected.filter(({ self }) => !self) : expected;
}

/** Whom the vendor names, each once. */
export function expectedPrincipals(expected: readonly ExpectedStatement[]): readonly string[] {
  const [first, ...others] = expected;
  if (first === undefined || others.length === 0) return first?.principals ?? [];
  return [...new Set(expected.flatMap(({ principals }) => principals))];
}

/** Of a definition that somebody wrote the choices may be many: then the first of the last ones stands for all. */
const mostVariants = 256;

const openRequestsOf = new WeakMap<VendorDefinition, readonly IntegrationRequest[]>();

/** One request for each combination of the vendor's closed choices; all else that can be said is said, with any value. */
function openRequests(vendor: VendorDefinition): readonly IntegrationRequest[] {
  const known = openRequestsOf.get(vendor);
  if (known) return known;
  let requests: readonly IntegrationRequest[] = vendor.accessLevels.flatMap(({ id: accessLevel }) =>
    partitionsOf(vendor).map((partition) => ({ accessLevel, partition, parameters: {} })),
  );
  for (const parameter of vendor.parameters) {
    const open = openValuesOf(vendor, parameter);
    const values = requests.length * open.length > mostVariants ? open.slice(0, 1) : open;
    requests = requests.flatMap((request) =>
      matchesWhen(parameter.when, request)
        ? values.map((value) =>
            value === undefined
              ? request
              : { ...request, parameters: { ...request.parameters, [parameter.name]: value } },
          )
        : [request],
    );
  }
  openRequestsOf.set(vendor, requests);
  return requests;
}

/** What a parameter can be, as far as it makes a difference for the trust. */
function openValuesOf(
  { trust = [], principals }: VendorDefinition,
  { name, type, required, choices = [] }: Parameter,
): readonly (ParameterValue | undefined)[] {
  const decides = [...trust, ...principals].some(({ when }) => when?.[name] !== undefined);
  if (type === "choice") return decides ? choices.map(({ value }) => value) : [choices[0]?.value];
  if (type === "boolean") return decides ? [undefined, true] : [undefined];
  return required || !decides ? [`{{${name}}}`] : [`{{${name}}}`, undefined];
}

/** Those on which the definition makes a difference; else the usual one. */
function partitionsOf({ principals }: VendorDefinition) {
  const all = ["aws", "aws-us-gov", "aws-cn"] as const;
  const named = all.filter((partition) => principals.some(({ when }) => when?.partition === partition));
  return named.length > 0 ? named : (["aws"] as const);
}

function openValues(vendor: VendorDefinition, request: IntegrationRequest): TokenValues {
  const values: TokenValues = (token) => {
    if (token === "principals") return principalValues(vendor, request, values);
    return [token === "partition" ? (request.partition ?? "aws") : `{{${token}}}`];
  };
  return values;
}

function knownValues(vendor: VendorDefinition, request: IntegrationRequest): TokenValues {
  const values = tokenValues(vendor, request);
  // An account that the first apply fills in is not known yet, so any fits.
  return (token) => values(token)?.map((value) => (value.startsWith("<") ? `{{${token}}}` : value));
}

function conditionsOf(value: JsonValue | undefined, values: TokenValues): readonly ExpectedCondition[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, templates]) => ({ operator, key, values: texts(templates, values) }))
      : [],
  );
}

/** Does an expected ARN, in which `{{name}}` fits any part, name the same as the document's? */
export function namesSame(expected: string, actual: string): boolean {
  if (expected === actual || isToken(expected)) return true;
  if (expected.includes("{{")) {
    const pattern = expected.replace(/[.*+?^$()|[\]\\/]/g, "\\$&").replace(/\{\{\w+\}\}/g, "[^:/]*");
    if (new RegExp(`^${pattern}$`).test(actual)) return true;
  }
  if (!isAccountId(actual) && !actual.endsWith(":root")) return false;
  const account = accountOfPrincipal(expected);
  return (
    parseArn(expected)?.resource === "root" &&
    (account === accountOfPrincipal(actual) || account?.startsWith("{{") === true)
  );
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function texts(template: JsonValue | undefined, values: TokenValues): readonly string[] {
  return list(template).flatMap((item) => (typeof item === "string" ? expandString(item, values) : []));
}
