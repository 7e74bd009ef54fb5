import type { Manifest } from "../vendors/manifest";

export type Tags = { readonly [key: string]: string };

export const integrationTag = "vendor-access:integration";
const vendorTag = "vendor-access:vendor";

/** The tags of what an integration owns: its manifest's own, and the two that mark it. */
export function ownershipTags(manifest: Manifest): Tags {
  return { ...manifest.role?.tags, ...markTags(manifest) };
}

/** Only the two tags that say whose it is. */
export function markTags(manifest: Manifest): Tags {
  return { [integrationTag]: manifest.id, [vendorTag]: manifest.vendor };
}

/** Ours is what carries the integration's id; anything else is never changed or deleted. */
export function isOurs(live: Tags, desired: Tags): boolean {
  return live[integrationTag] !== undefined && live[integrationTag] === desired[integrationTag];
}

/** As the SDK has tags. */
export type TagList = readonly { readonly Key: string | undefined; readonly Value: string | undefined }[];

export function readTags(tags: TagList | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

export function writeTags(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Of the live tags those that we set; others are their owner's business. */
export function sameKeys(live: Tags, desired: Tags): Tags {
  return Object.fromEntries(Object.entries(live).filter(([key]) => key in desired));
}

/** Keys of tags that a write takes away. */
export function removedTags(after: Tags, before: Tags): string[] {
  return Object.keys(before).filter((key) => !(key in after));
}

/** One sentence for each tag that is not as it should be. */
export function tagDifferences(desired: Tags, live: Tags): readonly string[] {
  return Object.entries(desired)
    .filter(([key, value]) => live[key] !== value)
    .map(([key, value]) =>
      live[key] === undefined
        ? `The tag ${key} is missing.`
        : `The tag ${key} is "${live[key]}" instead of "${value}".`,
    );
}
