import { handBackValue } from "../integration/handBackValue";
import type { Integration } from "../integration/integration";
import { withDefaults } from "../vendors/parameters";
import { matchesWhen } from "../vendors/when";
import type { HandBackItem, Identity, ResourceKind, ResourceState } from "./account";
import { bucketRegion, desiredResources } from "./desired";

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
  const role = own("role")?.arn;
  return handBack(integration, {
    ...fixedValues(integration, identity),
    roleArn: role,
    roleName: role && integration.manifest.role?.name,
    accessKeyId: Array.isArray(keys) ? String(keys[0]) : undefined,
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
  return now.map((item) => {
    if (item.name === "roleArn") return { ...item, value: item.value ?? role?.arn };
    return item.name === "roleName" ? { ...item, value: role?.name } : item;
  });
}

function fixedValues(integration: Integration, identity: Identity): Values {
  const place = { ...identity, region: bucketRegion(integration, identity) };
  const names = integration.definition.handBack.map(({ name }) => name);
  return Object.fromEntries(names.map((name) => [name, handBackValue(integration, name, place)]));
}

function handBack({ definition, manifest }: Integration, values: Values): readonly HandBackItem[] {
  const request = withDefaults(definition, manifest);
  return definition.handBack
    .filter(({ when }) => matchesWhen(when, request))
    .map(({ name, label, secret = false }) => ({ name, label, value: secret ? undefined : values[name], secret }));
}
