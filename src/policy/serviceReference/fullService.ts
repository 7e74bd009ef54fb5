import type { AccessLevel, ActionFacts, ResourceTypeFacts } from "./serviceReference";

/** All about one service; lists of condition keys are places in `conditionKeys`, separated by spaces. */
export interface FullServiceData {
  /** `s3:prefix|String|Filters access by key name prefix` */
  readonly conditionKeys: readonly string[];
  /** `bucket|arn:${Partition}:s3:::${BucketName}|0 1` */
  readonly resourceTypes: readonly string[];
  /** `GetObject|Grants permission to …|bucket* object|0 1`: AWS's star marks the types that the action requires. */
  readonly actions: readonly string[];
}

export interface FullService {
  /** By `s3:getobject`. */
  readonly actions: ReadonlyMap<string, ActionFacts>;
  /** By name in lower case. */
  readonly resourceTypes: ReadonlyMap<string, ResourceTypeFacts>;
}

export function readFullService(
  prefix: string,
  data: FullServiceData | undefined,
  accessLevel: (action: string) => AccessLevel,
): FullService {
  const keys = data?.conditionKeys.map((line) => line.slice(0, line.indexOf("|"))) ?? [];
  const keysAt = (places: string) => words(places).map((place) => keys[Number(place)] ?? "");
  const resourceTypes = new Map<string, ResourceTypeFacts>();
  for (const line of data?.resourceTypes ?? []) {
    const [name = "", arn = "", places = ""] = line.split("|");
    resourceTypes.set(name.toLowerCase(), { name, arn, conditionKeys: keysAt(places) });
  }
  const actions = new Map<string, ActionFacts>();
  for (const line of data?.actions ?? []) {
    const [action = "", description = "", typeNames = "", places = ""] = line.split("|");
    const name = `${prefix}:${action}`;
    const types = words(typeNames).map((type) => ({ name: type.replace("*", ""), required: type.endsWith("*") }));
    const keysOfTypes = types.flatMap((type) => resourceTypes.get(type.name.toLowerCase())?.conditionKeys ?? []);
    actions.set(name.toLowerCase(), {
      name,
      accessLevel: accessLevel(name),
      description,
      resourceTypes: types,
      conditionKeys: [...new Set([...keysAt(places), ...keysOfTypes])],
    });
  }
  return { actions, resourceTypes };
}

function words(text: string): readonly string[] {
  return text === "" ? [] : text.split(" ");
}
