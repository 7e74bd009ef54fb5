import type { Integration } from "../integration/integration";
import type { HandBackItem, Identity, ResourceKind, ResourceState } from "./account";
import { bucketNames, bucketRegion, desiredResources } from "./desired";

type Values = { readonly [name: string]: string | undefined };

/** What the vendor can be given now, in the vendor's order and words. A secret is never known. */
export function handBackNow(
  integration: Integration,
  identity: Identity,
  resources: readonly ResourceState[],
): readonly HandBackItem[] {
  const own = (kind: ResourceKind) =>
    resources.find((each) => each.kind === kind && (each.status === "in-sync" || each.status === "differs"));
  const keys = own("access-key")?.facts?.accessKeyIds;
  const bucket = own("bucket")?.live as { readonly region?: string } | undefined; // a bucket's content
  return handBack(integration, {
    roleArn: own("role")?.arn,
    accessKeyId: Array.isArray(keys) ? String(keys[0]) : undefined,
    ...fixedValues(integration, identity),
    ...(bucket?.region && { region: bucket.region }),
  });
}

/** What the vendor can be given when everything is there; an access key that is still to be made is not known. */
export function handBackThen(
  integration: Integration,
  identity: Identity,
  now: readonly HandBackItem[],
): readonly HandBackItem[] {
  const role = desiredResources(integration, identity).find(({ kind }) => kind === "role");
  return now.map((item) => (item.name === "roleArn" ? { ...item, value: role?.arn } : item));
}

function fixedValues(integration: Integration, identity: Identity): Values {
  return { bucket: bucketNames(integration).join(", ") || undefined, region: bucketRegion(integration, identity) };
}

function handBack({ definition }: Integration, values: Values): readonly HandBackItem[] {
  return definition.handBack.map(({ name, label, secret = false }) => ({
    name,
    label,
    value: secret ? undefined : values[name],
    secret,
  }));
}
