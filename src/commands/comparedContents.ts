import type { ResourceState, Step } from "../account/account";
import type { Integration } from "../integration/integration";
import { liveDocument } from "../integration/liveDocument";
import { isObject, type JsonValue } from "../policy/json";
import { resourceName } from "../sidebar/labels";
import type { Compared } from "./comparisons";

/** What a step's writing neither reads nor changes: what others put into a role, and a version that has to go first. */
const notWritten = ["otherPolicies", "deleteVersion"];

/** What a step changes. */
export function comparedStep({ kind, name, verb, before, after }: Step): Compared {
  // Facts that only the writing needs are in `before`, too.
  const keys = isObject(after) ? Object.keys(after) : isObject(before) ? Object.keys(before) : [];
  const shown = keys.filter((key) => !notWritten.includes(key));
  return {
    name: resourceName({ kind, name }),
    live: verb === "create" ? undefined : only(before, shown),
    ours: verb === "delete" ? undefined : only(after, shown),
  };
}

/** How a resource in the account differs from what the documents say, in the documents' own words. */
export function comparedResource(resource: ResourceState, integration: Integration): Compared {
  const { kind, name, live, desired } = resource;
  const document = liveDocument(resource, integration);
  const part = (whole: JsonValue | undefined, value: JsonValue | undefined): JsonValue | undefined =>
    document && isObject(whole) && value !== undefined ? { ...whole, [document.key]: value } : whole;
  return {
    name: resourceName({ kind, name }),
    live: part(live, document?.theirs),
    ours: part(desired, document?.ours),
  };
}

function only(value: JsonValue | undefined, keys: readonly string[]): JsonValue | undefined {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)));
}
