import type { Integration } from "../integration/integration";
import { parseArn } from "../policy/arn";
import type { JsonObject, JsonValue } from "../policy/json";
import { hasWildcard, matchesPattern } from "../policy/wildcards";
import { policyArn, roleArn, userArn } from "../vendors/iamArn";
import type { DocumentRole, Manifest } from "../vendors/manifest";
import { withDefaults } from "../vendors/parameters";
import { hasRole, renderText } from "../vendors/render";
import { matchesWhen } from "../vendors/when";
import type { Identity } from "./account";
import { bucketUrl, keyUrl, policyUrl, roleUrl, userUrl } from "./consoleUrl";
import type { DesiredResource } from "./contents";
import { corsRules, markRules } from "./corsRules";
import { markTags, ownershipTags } from "./ownership";
import { markStatements } from "./policyStatements";

/**
 * What an integration wants in the account, in the order in which it is shown. Policies are called like the role: one name
 * to look for in the console. The IAM names' rules are in the checks of the manifest.
 */
export function desiredResources(integration: Integration, identity: Identity): readonly DesiredResource[] {
  return [
    ...bucketResources(integration, identity),
    ...keyResources(integration, identity),
    ...userResources(integration, identity),
    ...roleResources(integration, identity),
  ];
}

/** The value of a document; null for one that is missing or no JSON, which planning refuses. */
export function documentValue(integration: Integration, role: DocumentRole): JsonValue {
  return integration.documents.find((document) => document.role === role)?.value ?? null;
}

/** The buckets that the vendor may reach. */
export function bucketNames({ definition, manifest }: Integration): readonly string[] {
  return definition.parameters
    .filter(({ type }) => type === "bucket-list")
    .flatMap(({ name }) => {
      const value = manifest.parameters[name];
      return typeof value === "string" ? [value] : Array.isArray(value) ? value : [];
    });
}

/** The user that is made for the vendor; undefined when the vendor has none. */
export function userName({ definition, manifest }: Integration): string | undefined {
  return definition.user && renderText(definition.user.name, definition, manifest);
}

/** Where a bucket of the integration is made. */
export function bucketRegion({ manifest }: Integration, identity: Identity): string {
  return manifest.region ?? identity.region;
}

function roleResources(integration: Integration, { account, partition }: Identity): readonly DesiredResource[] {
  const { definition, manifest } = integration;
  if (manifest.role === undefined || definition.role === undefined) return [];
  if (!hasRole(definition, withDefaults(definition, manifest))) return [];
  const { name, path, maxSessionDuration = definition.role.maxSessionDuration ?? 3600 } = manifest.role;
  const role = { arn: roleArn(manifest.role, account, partition), consoleUrl: roleUrl(partition, name) };
  return [
    {
      kind: "role",
      name,
      ...role,
      content: {
        ...belowPath(path),
        trustPolicy: documentValue(integration, "trust"),
        description: manifest.role.description ?? renderText(definition.role.description, definition, manifest),
        maxSessionDuration,
        tags: ownershipTags(manifest),
        otherPolicies: [],
      },
    },
    ...permissionResources(integration, manifest.role, account, partition),
    ...(definition.role.awsPolicies ?? []).map((policy) =>
      attachment(policy.name, name, policy.arn.replace("{{partition}}", partition), role.consoleUrl),
    ),
  ];
}

/** What the role may do: a policy of its own, or one inside it. */
function permissionResources(
  integration: Integration,
  { name: roleName, path: rolePath, policy }: NonNullable<Manifest["role"]>,
  account: string,
  partition: Identity["partition"],
): readonly DesiredResource[] {
  const { definition, manifest } = integration;
  if (manifest.documents.permissions === undefined) return [];
  const document = documentValue(integration, "permissions");
  const consoleUrl = roleUrl(partition, roleName);
  const { name, path, attach } = policy ?? { name: roleName, path: rolePath, attach: definition.permissions?.attach };
  if (attach === "inline") {
    return [{ kind: "inline-policy", name, arn: undefined, consoleUrl, content: { roleName, document } }];
  }
  const arn = policyArn({ name, ...belowPath(path) }, account, partition);
  return [
    {
      kind: "managed-policy",
      name,
      arn,
      consoleUrl: policyUrl(partition, arn),
      content: { ...belowPath(path), document, tags: ownershipTags(manifest) },
    },
    attachment(name, roleName, arn, consoleUrl),
  ];
}

/** As AWS tells it: of most there is nothing to say. */
function belowPath(path: string | undefined): { readonly path?: string } {
  return path === undefined || path === "/" ? {} : { path };
}

function attachment(name: string, roleName: string, policyArn: string, consoleUrl: string): DesiredResource {
  return { kind: "policy-attachment", name, arn: undefined, consoleUrl, content: { roleName, policyArn } };
}

function userResources(integration: Integration, { account, partition }: Identity): readonly DesiredResource[] {
  const name = userName(integration);
  if (name === undefined) return [];
  const consoleUrl = userUrl(partition, name);
  const user: DesiredResource = {
    kind: "user",
    name,
    arn: userArn(name, account, partition),
    consoleUrl,
    content: { tags: ownershipTags(integration.manifest) },
  };
  if (!integration.definition.user?.accessKey) return [user];
  return [
    user,
    { kind: "access-key", name, arn: undefined, consoleUrl, content: { userName: name, status: "Active" } },
  ];
}

function bucketResources(integration: Integration, identity: Identity): readonly DesiredResource[] {
  const { definition, manifest } = integration;
  const { partition } = identity;
  const request = withDefaults(definition, manifest);
  const creates = definition.newBucket !== undefined && matchesWhen(definition.newBucket.when, request);
  const rules = corsRules(documentValue(integration, "cors"));
  const statements = markStatements(documentValue(integration, "bucketPolicy"), manifest.id);
  return bucketNames(integration).flatMap((name): readonly DesiredResource[] => {
    const arn = `arn:${partition}:s3:::${name}`;
    return [
      ...(creates ? newBucket(name, arn, partition, bucketRegion(integration, identity), markTags(manifest)) : []),
      ...(rules.length > 0
        ? [
            {
              kind: "cors",
              name,
              arn: undefined,
              consoleUrl: bucketUrl(partition, name, "permissions"),
              content: { rules: markRules(rules, manifest.id) },
            } as const,
          ]
        : []),
      ...sharedPolicy(
        "bucket-policy",
        name,
        bucketUrl(partition, name, "permissions"),
        ofBucket(statements, arn),
        manifest.id,
      ),
    ];
  });
}

function keyResources(integration: Integration, { partition }: Identity): readonly DesiredResource[] {
  const { definition, manifest } = integration;
  const parameter = definition.parameters.find(({ type }) => type === "kms-key-arn");
  const chosen = parameter && manifest.parameters[parameter.name];
  const statements = markStatements(documentValue(integration, "keyPolicy"), manifest.id);
  const named = statements.flatMap(({ Resource = [] }) => Resource).filter((arn) => typeof arn === "string");
  const keys = new Set([...(typeof chosen === "string" ? [chosen] : []), ...named.filter(isKeyArn)]);
  return [...keys].flatMap((key) => {
    const [, , , region = "", , resource = ""] = key.split(":");
    const url = keyUrl(partition, region, resource.replace(/^key\//, ""));
    const own = ofResource(statements, (arn) => arn === key || (key === chosen && matchesPattern(arn, key)));
    return sharedPolicy("key-policy", key, url, own, manifest.id);
  });
}

/** A vendor without a parameter for the key has keys of its buckets: the statements say which. */
function isKeyArn(arn: string): boolean {
  return parseArn(arn)?.service === "kms" && arn.includes(":key/") && !hasWildcard(arn);
}

function sharedPolicy(
  kind: "bucket-policy" | "key-policy",
  name: string,
  consoleUrl: string,
  Statement: readonly JsonObject[],
  integrationId: string,
): readonly DesiredResource[] {
  if (Statement.length === 0) return [];
  const document = { Version: "2012-10-17", Statement };
  return [{ kind, name, arn: undefined, consoleUrl, content: { document, integrationId } }];
}

/** S3 refuses a policy that names another bucket. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
function ofBucket(statements: readonly JsonObject[], bucketArn: string): readonly JsonObject[] {
  return ofResource(statements, (arn) => arn === bucketArn || arn.startsWith(`${bucketArn}/`));
}

/** The statements about one of several resources, each with what is about that one. */
function ofResource(statements: readonly JsonObject[], isOf: (arn: string) => boolean): readonly JsonObject[] {
  const matches = (arn: JsonValue) => typeof arn === "string" && isOf(arn);
  return statements.flatMap((statement) => {
    const { Resource = [] } = statement;
    if (!Array.isArray(Resource)) return matches(Resource) ? [statement] : [];
    const own = Resource.filter(matches);
    return own.length === 0 ? [] : [{ ...statement, Resource: own }];
  });
}

function newBucket(
  name: string,
  arn: string,
  partition: Identity["partition"],
  region: string,
  tags: { readonly [key: string]: string },
): readonly DesiredResource[] {
  return [
    { kind: "bucket", name, arn, consoleUrl: bucketUrl(partition, name, "properties"), content: { region, tags } },
    {
      kind: "public-access-block",
      name,
      arn: undefined,
      consoleUrl: bucketUrl(partition, name, "permissions"),
      content: everythingBlocked,
    },
  ];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
const everythingBlocked = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
} as const satisfies JsonObject;
