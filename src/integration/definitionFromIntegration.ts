import { isObject, type JsonObject, type JsonValue } from "../policy/json";
import type {
  HandBackValue,
  Parameter,
  StatementTemplate,
  VendorDefinition,
  VendorPrincipal,
} from "../vendors/definition";
import { roleArn } from "../vendors/iamArn";
import type { DocumentRole } from "../vendors/manifest";
import { unknownPage } from "./handBackPage";
import type { Integration } from "./integration";
import { bucketsOf } from "./newRequest";

export interface NewDefinition {
  readonly id: string;
  readonly name: string;
  /** The day of the facts, ISO 8601. */
  readonly today: string;
}

const source = "integration";

/**
 * A vendor definition from an integration as it is: its documents with what is this customer's own replaced by tokens, and
 * what the customer gave as parameters. Who is let in becomes the vendor's principals.
 */
export function definitionFromIntegration(
  integration: Integration,
  { id, name, today }: NewDefinition,
): VendorDefinition {
  const { definition, manifest } = integration;
  const replace = replacer(integration);
  const [trust, permissions, bucketPolicy, keyPolicy] = (
    ["trust", "permissions", "bucketPolicy", "keyPolicy"] as const
  ).map((role) => statementsOf(integration, role).map(replace));
  const letIn = [...(trust ?? []), ...(bucketPolicy ?? []), ...(keyPolicy ?? [])];
  const templates = (statements: readonly JsonObject[] = []): readonly StatementTemplate[] =>
    statements.map((statement) => ({ source, statement }));
  const cors = integration.documents.find((document) => document.role === "cors")?.value;
  const rules = isObject(cors) && Array.isArray(cors.CORSRules) ? cors.CORSRules.filter(isObject) : [];
  const level = definition.accessLevels.find((each) => each.id === manifest.accessLevel);
  const parameters = usedParameters(definition, JSON.stringify([trust, permissions, bucketPolicy, keyPolicy]));
  return {
    id,
    name,
    summary: `${name} gets access to S3 buckets.`,
    category: definition.category,
    sources: [
      {
        id: source,
        title: `The integration ${integration.name}`,
        version: "as it was then",
        status: "current",
        says: "Its documents, with what is this customer's own replaced by parameters.",
        checked: today,
      },
    ],
    accessLevels: [
      {
        id: manifest.accessLevel,
        title: level?.title ?? manifest.accessLevel,
        description: level?.description ?? "As in the integration.",
        source,
      },
    ],
    parameters,
    principals: principalsOf(letIn),
    ...(manifest.role && {
      role: {
        description: `Lets ${name} reach S3 buckets.`,
        ...(manifest.role.maxSessionDuration && { maxSessionDuration: manifest.role.maxSessionDuration }),
      },
      trust: templates(trust),
    }),
    ...(permissions &&
      permissions.length > 0 && {
        permissions: { attach: definition.permissions?.attach ?? "managed", statements: templates(permissions) },
      }),
    ...(bucketPolicy && bucketPolicy.length > 0 && { bucketPolicy: templates(bucketPolicy) }),
    ...(keyPolicy && keyPolicy.length > 0 && { keyPolicy: templates(keyPolicy) }),
    ...(rules.length > 0 && { cors: { rules, source } }),
    handBack: handBackOf(definition, parameters),
    handBackTo: { label: name, url: unknownPage },
  };
}

function statementsOf({ documents }: Integration, role: DocumentRole): readonly JsonObject[] {
  const value = documents.find((document) => document.role === role)?.value;
  const statements = isObject(value) ? value.Statement : undefined;
  return (Array.isArray(statements) ? statements : [statements ?? null]).filter(isObject);
}

/** Each value of this customer's by its token; ARNs of several buckets become one template. */
function replacer({ definition, manifest }: Integration): (statement: JsonObject) => JsonObject {
  const values: (readonly [string, string])[] = [];
  const add = (value: unknown, token: string) => {
    if (typeof value === "string" && value.length >= 3) values.push([value, token]);
  };
  for (const { name, type } of definition.parameters) {
    if (type === "boolean" || type === "choice" || type === "bucket-list") continue;
    add(manifest.parameters[name], `{{${name}}}`);
  }
  if (manifest.account && manifest.role)
    add(roleArn(manifest.role, manifest.account, manifest.partition), "{{roleArn}}");
  add(manifest.account, "{{account}}");
  add(manifest.role?.name, "{{roleName}}");
  const buckets = bucketsOf(definition, manifest);
  const token = `{{${definition.parameters.find(({ type }) => type === "bucket-list")?.name ?? "buckets"}}}`;
  const partition = manifest.partition ?? "aws";
  const text = (value: string): string => {
    const arn = `arn:${partition}:s3:::`;
    const bucket = buckets.find((each) => value === arn + each || value.startsWith(`${arn}${each}/`));
    const inBucket =
      bucket === undefined ? value : `arn:{{partition}}:s3:::${token}${value.slice(arn.length + bucket.length)}`;
    return values
      .reduce((all, [known, name]) => all.replaceAll(known, name), inBucket)
      .replace(/\{\{prefix\}\}\//g, "{{prefix}}");
  };
  const value = (item: JsonValue): JsonValue => {
    if (typeof item === "string") return text(item);
    if (Array.isArray(item))
      return [...new Set(item.map(value).map((each) => JSON.stringify(each)))].map((each) => JSON.parse(each));
    return isObject(item) ? object(item) : item;
  };
  const object = (item: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(item).map(([key, child]) => [key, value(child ?? null)]));
  return object;
}

/** The parameters that the documents have a token of. */
function usedParameters({ parameters }: VendorDefinition, documents: string): readonly Parameter[] {
  return parameters
    .filter(({ name, type }) => type === "bucket-list" || documents.includes(`{{${name}}}`))
    .map(({ when: _, phase: __, placeholders, ...parameter }) => ({
      ...parameter,
      required: parameter.required || parameter.type === "external-id",
      placeholders,
      source,
    }));
}

/** What there is without a user of the customer's own. */
function handBackOf({ handBack }: VendorDefinition, parameters: readonly Parameter[]): readonly HandBackValue[] {
  const known = ["roleArn", "roleName", "accountId", "bucket", "region", ...parameters.map(({ name }) => name)];
  const kept = handBack.filter(({ name }) => known.includes(name)).map(({ name, label }) => ({ name, label }));
  return kept.length > 0 ? kept : [{ name: "bucket", label: "Bucket" }];
}

function principalsOf(statements: readonly JsonObject[]): readonly VendorPrincipal[] {
  const named = statements
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Principal }) => (isObject(Principal) ? [Principal.AWS ?? []].flat() : []))
    .filter((value): value is string => typeof value === "string")
    .map((value) => (/^\d{12}$/.test(value) ? `arn:aws:iam::${value}:root` : value))
    .filter((value) => value.startsWith("arn:") && !value.includes("{{account}}"));
  return [...new Set(named)].map((value) => ({ value, status: "current", source }));
}
