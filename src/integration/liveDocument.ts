import { alignPolicy } from "../policy/alignPolicy";
import { isObject, type JsonObject, type JsonValue } from "../policy/json";
import { samePolicy } from "../policy/normalizePolicy";
import type { DocumentRole } from "../vendors/manifest";
import type { Integration } from "./integration";
import type { LiveResource } from "./liveDocuments";

/** Of a resource the part that one of the integration's documents says. */
export interface LiveDocument {
  readonly role: DocumentRole;
  /** Relative to the file system's root. */
  readonly path: string;
  /** Where it is in the resource's content. */
  readonly key: string;
  readonly ours: JsonValue | undefined;
  /** What is live, written as ours is: what says the same stands as it stands there. */
  readonly theirs: JsonValue;
  /** The document with what is live in it. */
  readonly taken: JsonValue;
}

const places: { readonly [kind: string]: readonly [role: DocumentRole, key: string] } = {
  role: ["trust", "trustPolicy"],
  "managed-policy": ["permissions", "document"],
  "inline-policy": ["permissions", "document"],
  "bucket-policy": ["bucketPolicy", "document"],
  "key-policy": ["keyPolicy", "document"],
  cors: ["cors", "rules"],
};

/** What of a live resource could be taken into a document; undefined where there is nothing, or no document for it. */
export function liveDocument({ kind, live }: LiveResource, { documents }: Integration): LiveDocument | undefined {
  const [role, key] = places[kind] ?? [];
  const document = documents.find((each) => each.role === role);
  const value = isObject(live) && key !== undefined ? live[key] : undefined;
  if (!role || !key || !document || value === undefined || value === null) return undefined;
  const { path, value: ours } = document;
  if (role !== "cors") {
    const isShared = role === "bucketPolicy" || role === "keyPolicy";
    const theirs = alignPolicy(isShared ? withoutMarks(value, ours) : value, ours ?? null);
    return { role, path, key, ours, theirs, taken: theirs };
  }
  // `{"CORSRules": […]}` as the AWS CLI takes it, or the bare list of the console: as ours is.
  const rules = isObject(ours) ? ours.CORSRules : ours;
  const theirs = alignRules(Array.isArray(value) ? value.filter(isObject).map(withoutOurId) : [], rules);
  return { role, path, key, ours: rules, theirs, taken: Array.isArray(ours) ? theirs : { CORSRules: theirs } };
}

/**
 * In a policy that is shared with others the Sids of our statements end with whose they are (`account/policyStatements.ts`),
 * which is not part of the document.
 */
function withoutMarks(policy: JsonValue, ours: JsonValue | undefined): JsonValue {
  if (!isObject(policy)) return policy;
  const own = statementsOf(ours);
  const Statement = statementsOf(policy).map(({ Sid, ...statement }) => {
    const name = typeof Sid === "string" ? Sid.replace(/VendorAccess[A-Za-z0-9]{12}$/, "") : "";
    const as = own.find(
      (each, index) => name === (sidOf(each)?.replace(/[^A-Za-z0-9]/g, "") ?? `Statement${index + 1}`),
    );
    const sid = as ? sidOf(as) : name;
    return sid ? { Sid: sid, ...statement } : statement;
  });
  return { ...policy, Statement };
}

function statementsOf(policy: JsonValue | undefined): readonly JsonObject[] {
  const { Statement: statements = [] } = isObject(policy) ? policy : {};
  return (Array.isArray(statements) ? statements : [statements]).filter(isObject);
}

function sidOf({ Sid }: JsonObject): string | undefined {
  return typeof Sid === "string" && Sid !== "" ? Sid : undefined;
}

/** The documents that say something else than what is live, each once: several buckets share one. */
export function documentsToTake(resources: readonly LiveResource[], integration: Integration): readonly LiveDocument[] {
  const found = resources.flatMap((resource) => {
    const document = resource.status === "differs" ? liveDocument(resource, integration) : undefined;
    return document && !samePolicy(document.theirs, document.ours ?? null) ? [document] : [];
  });
  return found.filter(({ path }, index) => found.findIndex((other) => other.path === path) === index);
}

/** What a document says and is not there, or is somebody else's: nothing of it can be taken. */
export function notToTake<Resource extends LiveResource>(resources: readonly Resource[]): readonly Resource[] {
  return resources.filter(({ kind, status }) => kind in places && (status === "missing" || status === "foreign"));
}

/** In our order and our form where a rule says the same. */
function alignRules(rules: readonly JsonObject[], ours: JsonValue | undefined): readonly JsonObject[] {
  const left = [...rules];
  const kept = (Array.isArray(ours) ? ours : []).filter(isObject).filter((own) => {
    const index = left.findIndex((rule) => meaning(rule) === meaning(own));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
  return [...kept, ...left];
}

/** The ID that marks a rule of ours in AWS is not part of the document. */
function withoutOurId(rule: JsonObject): JsonObject {
  const { ID: id, ...rest } = rule;
  return typeof id === "string" && id.startsWith("vendor-access-") ? rest : rule;
}

function meaning({ ID: _, ...rule }: JsonObject): string {
  const entries = Object.entries(rule).map(([key, value]) => [key, Array.isArray(value) ? [...value].sort() : value]);
  return JSON.stringify(entries.sort());
}
