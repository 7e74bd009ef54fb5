import type { JsonObject, JsonValue } from "../policy/json";
import type { StatementTemplate, VendorDefinition, When } from "./definition";
import type { IntegrationRequest } from "./manifest";
import { tokenValues, withDefaults } from "./parameters";
import { expandTemplate, expandText, type TokenValues } from "./template";

export interface RenderedDocuments {
  readonly permissions: JsonObject;
  readonly trust: JsonObject;
  /** As `aws s3api put-bucket-cors --cors-configuration` takes it. Absent unless asked for. */
  readonly cors?: JsonObject;
}

/** A vendor's documents for one customer. A parameter without a value leaves the vendor page's own placeholder. */
export function renderDocuments(definition: VendorDefinition, request: IntegrationRequest): RenderedDocuments {
  const complete = withDefaults(definition, request);
  return renderTemplates(definition, complete, tokenValues(definition, complete));
}

/** The same with values of the caller's choice for the tokens; `request` decides which statements are in. */
export function renderTemplates(
  definition: VendorDefinition,
  request: IntegrationRequest,
  values: TokenValues,
): RenderedDocuments {
  const { permissions, trust, cors } = definition;
  const documents = {
    permissions: policy(permissions.statements, request, values),
    trust: policy(trust, request, values),
  };
  return cors && matchesWhen(cors.when, request)
    ? { ...documents, cors: { CORSRules: cors.rules.map((rule) => expandTemplate(rule, values)) } }
    : documents;
}

/** A name or a text of the definition (`user.name`, a principal) for one customer. */
export function renderText(template: string, definition: VendorDefinition, request: IntegrationRequest): string {
  return expandText(template, tokenValues(definition, withDefaults(definition, request)));
}

/** Whether every condition holds. Defaults that are not false must be filled in already (`withDefaults`). */
export function matchesWhen(when: When | undefined, request: IntegrationRequest): boolean {
  if (when === undefined) return true;
  return Object.entries(when).every(([name, wanted]) => {
    const value = name === "accessLevel" ? request.accessLevel : request.parameters[name];
    if (typeof wanted === "boolean") {
      return isSet(value) === wanted;
    }
    const accepted = typeof wanted === "string" ? [wanted] : wanted;
    const actual = typeof value === "string" ? [value] : Array.isArray(value) ? value : [];
    return actual.some((item) => accepted.includes(item));
  });
}

function isSet(value: JsonValue | undefined): boolean {
  return Array.isArray(value) || typeof value === "string" ? value.length > 0 : value === true;
}

function policy(templates: readonly StatementTemplate[], request: IntegrationRequest, values: TokenValues): JsonObject {
  return {
    Version: "2012-10-17",
    Statement: templates
      .filter(({ when }) => matchesWhen(when, request))
      .map(({ statement }) => expandTemplate(statement, values)),
  };
}
