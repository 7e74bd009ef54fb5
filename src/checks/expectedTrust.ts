import { accountOfPrincipal, isAccountId, parseArn } from "../policy/arn";
import type { JsonObject, JsonValue } from "../policy/json";
import type { VendorDefinition } from "../vendors/definition";
import type { IntegrationRequest } from "../vendors/manifest";
import { tokenValues, withDefaults } from "../vendors/parameters";
import { renderTemplates } from "../vendors/render";
import { trustPolicy } from "./documentFacts";
import type { CheckedDocument } from "./finding";

export interface ExpectedCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement that the vendor's trust policy must have. */
export interface ExpectedStatement {
  readonly statement: JsonObject;
  readonly principals: readonly string[];
  readonly conditions: readonly ExpectedCondition[];
  /** Nothing in it depends on what is not known here: it can be written into the document. */
  readonly complete: boolean;
}

/**
 * What the vendor's definition asks of this trust policy. Without an integration the customer's choices are not known:
 * they stand as `{{name}}`, which fits any value. Undefined when there is nothing to compare with.
 */
export function expectedTrust(document: CheckedDocument): readonly ExpectedStatement[] | undefined {
  const { vendor, context } = document;
  if (vendor === undefined || trustPolicy(document) === undefined) return undefined;
  const { integration } = context;
  // A user in the customer's own account can be any.
  if (integration === undefined && vendor.user !== undefined) return undefined;
  const { trust } = integration === undefined ? renderOpen(vendor) : renderKnown(vendor, integration.manifest);
  const statements = list(trust.Statement).filter(isObject);
  return statements.map((statement) => ({
    statement,
    principals: isObject(statement.Principal) ? texts(statement.Principal.AWS) : [],
    conditions: conditionsOf(statement.Condition),
    complete: !/\{\{|<[A-Za-z]/.test(JSON.stringify(statement)),
  }));
}

function renderKnown(vendor: VendorDefinition, request: IntegrationRequest) {
  const complete = withDefaults(vendor, request);
  const values = tokenValues(vendor, complete);
  // An account that the first apply fills in is not known yet, so any fits.
  return renderTemplates(vendor, complete, (token) =>
    values(token)?.map((value) => (value.startsWith("<") ? `{{${token}}}` : value)),
  );
}

function renderOpen(vendor: VendorDefinition) {
  const request = { accessLevel: vendor.accessLevels[0]?.id ?? "", parameters: {}, role: { name: "" } };
  return renderTemplates(vendor, withDefaults(vendor, request), (token) => [
    token === "partition" ? "aws" : `{{${token}}}`,
  ]);
}

function conditionsOf(value: JsonValue | undefined): readonly ExpectedCondition[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([operator, keys]) =>
    isObject(keys) ? Object.entries(keys).map(([key, values]) => ({ operator, key, values: texts(values) })) : [],
  );
}

/** Does an expected ARN, in which `{{name}}` fits any part, name the same as the document's? */
export function namesSame(expected: string, actual: string): boolean {
  if (expected === actual) return true;
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

function texts(value: JsonValue | undefined): readonly string[] {
  return list(value).filter((item) => typeof item === "string");
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
