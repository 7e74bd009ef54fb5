import type { Integration } from "../integration/integration";
import type { JsonObject, JsonValue } from "../policy/json";
import type { DocumentRole } from "../vendors/manifest";
import { withDefaults } from "../vendors/parameters";
import { matchesWhen, renderText } from "../vendors/render";
import type { Identity } from "./account";
import { bucketUrl, policyUrl, roleUrl, userUrl } from "./consoleUrl";
import type { DesiredResource } from "./contents";
import { corsRules, markRules } from "./corsRules";
import { markTags, ownershipTags } from "./ownership";

/**
 * What an integration wants in the account, in the order in which it is shown. Policies are called like the role: one name
 * to look for in the console. The IAM names' rules are in the checks of the manifest.
 */
export function desiredResources(integration: Integration, identity: Identity): readonly DesiredResource[] {
  return [
    ...bucketResources(integration, identity),
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
  const { name } = manifest.role;
  const policyArn = `arn:${partition}:iam::${account}:policy/${name}`;
  const role = { arn: `arn:${partition}:iam::${account}:role/${name}`, consoleUrl: roleUrl(partition, name) };
  const document = documentValue(integration, "permissions");
  const permissions: readonly DesiredResource[] =
    definition.permissions.attach === "managed"
      ? [
          {
            kind: "managed-policy",
            name,
            arn: policyArn,
            consoleUrl: policyUrl(partition, policyArn),
            content: { document, tags: ownershipTags(manifest) },
          },
          {
            kind: "policy-attachment",
            name,
            arn: undefined,
            consoleUrl: role.consoleUrl,
            content: { roleName: name, policyArn },
          },
        ]
      : [
          {
            kind: "inline-policy",
            name,
            arn: undefined,
            consoleUrl: role.consoleUrl,
            content: { roleName: name, document },
          },
        ];
  return [
    {
      kind: "role",
      name,
      ...role,
      content: {
        trustPolicy: documentValue(integration, "trust"),
        description: renderText(definition.role.description, definition, manifest),
        maxSessionDuration: manifest.role.maxSessionDuration ?? definition.role.maxSessionDuration ?? 3600,
        tags: ownershipTags(manifest),
        otherPolicies: [],
      },
    },
    ...permissions,
  ];
}

function userResources(integration: Integration, { account, partition }: Identity): readonly DesiredResource[] {
  const name = userName(integration);
  if (name === undefined) return [];
  const consoleUrl = userUrl(partition, name);
  const user: DesiredResource = {
    kind: "user",
    name,
    arn: `arn:${partition}:iam::${account}:user/${name}`,
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
    ];
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
