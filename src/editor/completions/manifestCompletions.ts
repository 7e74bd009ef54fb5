import type { BucketFacts } from "../../checks/finding";
import { isObject, type JsonObject } from "../../policy/json";
import { escapeMarkdown } from "../../policy/markdownText";
import { parseJson } from "../../policy/parseJson";
import { toValue } from "../../policy/toValue";
import type { Parameter, VendorDefinition } from "../../vendors/definition";
import { defaultRoleName } from "../../vendors/names";
import { type Completion, keyCompletion, type Offer, stringCompletion } from "./completion";
import { type CursorPlace, cursorPlace } from "./cursorPlace";

/** What is known beside the text of an integration.json. */
export interface ManifestContext {
  readonly vendors: readonly VendorDefinition[];
  readonly buckets: readonly BucketFacts[];
  /** Accounts that are known, and how: `profile prod`, `integration lake`. */
  readonly accounts: ReadonlyMap<string, readonly string[]>;
  /** Does VS Code complete the file with our schema? Then what the schema offers is left to it. */
  readonly hasSchema: boolean;
}

/** What can be put at `offset` of an integration.json: what the schema can't know, or all without the schema. */
export function manifestCompletionsAt(text: string, offset: number, context: ManifestContext): readonly Completion[] {
  const place = cursorPlace(text, offset);
  if (place === undefined) return [];
  const { root } = parseJson(text);
  const value = root && toValue(root);
  const manifest = isObject(value) ? value : {};
  const definition = context.vendors.find(({ id }) => id === manifest.vendor);
  if (place.role === "key") {
    return place.path.length === 1 && place.path[0] === "parameters"
      ? parameterNames(place, manifest, definition, context)
      : [];
  }
  return offersAt(place.path, manifest, definition, context).map((offer, order) =>
    stringCompletion(place, { kind: "word", group: 0, order, ...offer }),
  );
}

type ManifestOffer = Pick<Offer, "label" | "detail" | "documentation">;

function offersAt(
  path: CursorPlace["path"],
  manifest: JsonObject,
  definition: VendorDefinition | undefined,
  context: ManifestContext,
): readonly ManifestOffer[] {
  const [name, inner] = path;
  if (path.length === 1) return topOffers(name, definition, context);
  if (name === "role" && inner === "name" && path.length === 2 && definition) {
    const buckets = bucketsOf(manifest, definition);
    const label = defaultRoleName(definition, buckets);
    return [{ label, detail: "the usual name" }];
  }
  const parameter = name === "parameters" ? definition?.parameters.find((each) => each.name === inner) : undefined;
  return parameter ? parameterOffers(parameter, manifest, context) : [];
}

function topOffers(
  name: string | number | undefined,
  definition: VendorDefinition | undefined,
  { vendors, buckets, accounts, hasSchema }: ManifestContext,
): readonly ManifestOffer[] {
  switch (name) {
    case "vendor":
      return hasSchema
        ? []
        : vendors.map(({ id, name: detail, summary }) => ({
            label: id,
            detail,
            documentation: escapeMarkdown(summary),
          }));
    case "accessLevel":
      return hasSchema
        ? []
        : (definition?.accessLevels ?? []).map(({ id, title, description }) => {
            return { label: id, detail: title, documentation: escapeMarkdown(description) };
          });
    case "account":
      return Array.from(accounts, ([label, names]) => ({ label, detail: names.join(", ") }));
    case "region":
      return regionOffers(buckets);
    default:
      return [];
  }
}

function regionOffers(buckets: readonly BucketFacts[]): readonly ManifestOffer[] {
  const regions = new Map<string, string[]>();
  for (const { name, region } of buckets) {
    if (region !== undefined) regions.set(region, [...(regions.get(region) ?? []), name]);
  }
  return Array.from(regions, ([label, names]) => ({ label, detail: `the region of ${names.slice(0, 3).join(", ")}` }));
}

function parameterNames(
  place: CursorPlace,
  manifest: JsonObject,
  definition: VendorDefinition | undefined,
  { hasSchema }: ManifestContext,
): readonly Completion[] {
  if (hasSchema) return [];
  const there = isObject(manifest.parameters) ? manifest.parameters : {};
  return (definition?.parameters ?? []).flatMap((parameter, order) => {
    const { name: label, title: detail, description, type } = parameter;
    const documentation = escapeMarkdown(description);
    if (type === "own-account" || Object.hasOwn(there, label)) return [];
    const value = type === "bucket-list" ? '["$1"]' : type === "boolean" ? "${1|true,false|}" : '"$1"';
    return [
      keyCompletion(place, { label, kind: "element", group: 0, order, detail, documentation, asksAgain: true }, value),
    ];
  });
}

function parameterOffers(
  { name, type, choices }: Parameter,
  manifest: JsonObject,
  { buckets, hasSchema }: ManifestContext,
): readonly ManifestOffer[] {
  switch (type) {
    case "bucket-list": {
      const there = isObject(manifest.parameters) ? manifest.parameters[name] : undefined;
      const listed = Array.isArray(there) ? there : [];
      return buckets
        .filter((bucket) => bucket.exists && !listed.includes(bucket.name))
        .map(({ name: label, region }) => ({ label, detail: region ?? "a bucket of your profile" }));
    }
    case "kms-key-arn":
      return buckets.flatMap(({ name: bucket, kmsKeyArn }) =>
        kmsKeyArn === undefined ? [] : [{ label: kmsKeyArn, detail: `the default encryption of ${bucket}` }],
      );
    case "account-id":
      return hasSchema ? [] : (choices ?? []).map(({ value, label }) => ({ label: value, detail: label }));
    default:
      return [];
  }
}

function bucketsOf(manifest: JsonObject, { parameters }: VendorDefinition): readonly string[] {
  const name = parameters.find(({ type }) => type === "bucket-list")?.name;
  const value = name !== undefined && isObject(manifest.parameters) ? manifest.parameters[name] : undefined;
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
