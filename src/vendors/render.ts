import type { JsonObject } from "../policy/json";
import type { StatementTemplate, VendorDefinition } from "./definition";
import { type DocumentRole, documentRoles, type IntegrationRequest } from "./manifest";
import { withDefaults } from "./parameters";
import { expandObject, expandText, type TokenValues } from "./template";
import { tokenValues } from "./tokens";
import { matchesWhen } from "./when";

/** Each only when the vendor asks for it. CORS rules as `aws s3api put-bucket-cors --cors-configuration` takes them. */
export type RenderedDocuments = { readonly [role in DocumentRole]?: JsonObject };

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
  const { permissions, trust, bucketPolicy, keyPolicy, cors } = definition;
  const role = hasRole(definition, request);
  return {
    ...(role && policy("permissions", permissions?.statements, request, values)),
    ...(role && policy("trust", trust, request, values)),
    ...policy("bucketPolicy", bucketPolicy, request, values),
    ...policy("keyPolicy", keyPolicy, request, values),
    ...(cors &&
      matchesWhen(cors.when, request) && { cors: { CORSRules: cors.rules.map((rule) => expandObject(rule, values)) } }),
  };
}

/** Which documents there are, with these choices. Defaults must be filled in already. */
export function documentsFor(definition: VendorDefinition, request: IntegrationRequest): readonly DocumentRole[] {
  const { permissions, trust, bucketPolicy, keyPolicy, cors } = definition;
  const some = (templates: readonly StatementTemplate[] = []) =>
    templates.some(({ when }) => matchesWhen(when, request));
  const role = hasRole(definition, request);
  const present: { readonly [role in DocumentRole]: boolean } = {
    permissions: role && some(permissions?.statements),
    trust: role && some(trust),
    bucketPolicy: some(bucketPolicy),
    keyPolicy: some(keyPolicy),
    cors: cors !== undefined && matchesWhen(cors.when, request),
  };
  return documentRoles.filter((each) => present[each]);
}

/** Whether the vendor gets a role, with these choices. Defaults must be filled in already. */
export function hasRole({ role }: VendorDefinition, request: IntegrationRequest): boolean {
  return role !== undefined && matchesWhen(role.when, request);
}

/** A name or a text of the definition (`user.name`, a principal) for one customer. */
export function renderText(template: string, definition: VendorDefinition, request: IntegrationRequest): string {
  return expandText(template, tokenValues(definition, withDefaults(definition, request)));
}

function policy(
  role: DocumentRole,
  templates: readonly StatementTemplate[] = [],
  request: IntegrationRequest,
  values: TokenValues,
): RenderedDocuments {
  const statements = templates.filter(({ when }) => matchesWhen(when, request));
  if (statements.length === 0) return {};
  const Statement = statements.map(({ statement }) => expandObject(statement, values));
  return { [role]: { Version: "2012-10-17", Statement } };
}
