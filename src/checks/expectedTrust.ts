import { accountOfPrincipal, isAccountId, parseArn } from "../policy/arn";
import type { JsonObject, JsonValue } from "../policy/json";
import { isObject } from "../policy/json";
import type { VendorDefinition } from "../vendors/definition";
import type { IntegrationRequest } from "../vendors/manifest";
import { tokenValues, withDefaults } from "../vendors/parameters";
import { matchesWhen } from "../vendors/render";
import { expandObject, expandString, type TokenValues } from "../vendors/template";
import { trustPolicy } from "./documentFacts";
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
  if (vendor === undefined || trustPolicy(document) === undefined) return undefined;
  const { integration } = context;
  // A user in the customer's own account can be any.
  if (integration === undefined && vendor.user !== undefined) return undefined;
  const request = withDefaults(vendor, integration?.manifest ?? openRequest(vendor));
  const values = integration === undefined ? openValues : knownValues(vendor, request);
  return vendor.trust
    .filter(({ when }) => matchesWhen(when, request))
    .map(({ statement }) => ({
      principals: isObject(statement.Principal) ? texts(statement.Principal.AWS, values) : [],
      conditions: conditionsOf(statement.Condition, values),
      statement: () => {
        const expanded = expandObject(statement, values);
        return /\{\{|<[A-Za-z]/.test(JSON.stringify(expanded)) ? undefined : expanded;
      },
    }));
}

function openRequest({ accessLevels }: VendorDefinition): IntegrationRequest {
  return { accessLevel: accessLevels[0]?.id ?? "", parameters: {}, role: { name: "" } };
}

function openValues(token: string): readonly string[] {
  return [token === "partition" ? "aws" : `{{${token}}}`];
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
  if (expected === actual || /^\{\{\w+\}\}$/.test(expected)) return true;
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
