import type { JsonObject, JsonValue } from "../policy/json";
import { isObject } from "../policy/json";

/**
 * CORS rules of a bucket, which are shared with whoever else lets browsers reach it: ours are added to the others and
 * taken out again by their ID.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
 */

/** The rules of a document: `{"CORSRules": […]}` as the AWS CLI takes it, or the bare list of the console. */
export function corsRules(document: JsonValue): readonly JsonObject[] {
  const rules = isObject(document) ? document.CORSRules : document;
  return Array.isArray(rules) ? rules.filter(isObject) : [];
}

/** Our rules with an ID that says whose they are. */
export function markRules(rules: readonly JsonObject[], integrationId: string): readonly JsonObject[] {
  return rules.map((rule, index) => ({ ID: `${idPrefix(integrationId)}${index + 1}`, ...withoutId(rule) }));
}

/** Of our rules those that the bucket does not have, under whatever ID. */
export function missingRules(live: readonly JsonObject[], ours: readonly JsonObject[]): readonly JsonObject[] {
  const there = new Set(live.map(ruleKey));
  return ours.filter((rule) => !there.has(ruleKey(rule)));
}

/** Whether two lists say the same, in whatever order and under whatever IDs. */
export function sameRules(a: readonly JsonObject[], b: readonly JsonObject[]): boolean {
  return a.length === b.length && missingRules(a, b).length === 0 && missingRules(b, a).length === 0;
}

/** The bucket's rules with ours as they should be now: others stay as they are, old ones of ours go. */
export function mergeRules(live: readonly JsonObject[], ours: readonly JsonObject[]): readonly JsonObject[] {
  const kept = live.filter((rule) => !isMarked(rule, ours) || missingRules(ours, [rule]).length === 0);
  const takenIds = new Set(kept.map(({ ID }) => ID));
  const added = missingRules(kept, ours).map((rule) => (takenIds.has(rule.ID) ? withoutId(rule) : rule));
  return [...kept, ...added];
}

/** The bucket's rules with a change from `before` to `after` taken back; what others changed since stays. */
export function formerRules(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  live: readonly JsonObject[],
): readonly JsonObject[] {
  const has = (rules: readonly JsonObject[], rule: JsonObject) => missingRules(rules, [rule]).length === 0;
  const kept = live.filter((rule) => has(before, rule) || !has(after, rule));
  const back = before.filter((rule) => !has(after, rule) && !has(live, rule));
  const restored = [...kept, ...back];
  // The first rule that fits counts: when nobody else changed anything, they come back in their order.
  return restored.every((rule) => has(before, rule)) && before.every((rule) => has(restored, rule)) ? before : restored;
}

/** The bucket's rules without those that carry our ID. */
export function otherRules(live: readonly JsonObject[], ours: readonly JsonObject[]): readonly JsonObject[] {
  return live.filter((rule) => !isMarked(rule, ours));
}

/** "GET, HEAD from *.activeloop.ai" */
export function describeRule(rule: JsonObject): string {
  return `${list(rule.AllowedMethods)} from ${list(rule.AllowedOrigins)}`;
}

function idPrefix(integrationId: string): string {
  return `vendor-access-${integrationId}-`;
}

/** Whether a rule carries the ID of the same integration as `ours`. */
function isMarked(rule: JsonObject, ours: readonly JsonObject[]): boolean {
  const id = rule.ID;
  return (
    typeof id === "string" && ours.some(({ ID }) => typeof ID === "string" && withoutNumber(ID) === withoutNumber(id))
  );
}

function withoutNumber(id: string): string {
  return id.replace(/\d+$/, "");
}

/** What a rule says, in the one form in which only meaning differs: lists are sets, an empty one says nothing. */
function ruleKey(rule: JsonObject): string {
  const meaning = Object.entries(withoutId(rule))
    .map(([key, value]) => [key, Array.isArray(value) ? value.map(String).sort() : value] as const)
    .filter(([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(meaning);
}

function withoutId(rule: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(rule).filter(([key]) => key !== "ID"));
}

function list(value: JsonValue | undefined): string {
  return Array.isArray(value) ? value.join(", ") : String(value ?? "");
}
