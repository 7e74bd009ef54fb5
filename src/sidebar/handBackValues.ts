import { bucketsOf } from "../integration/newRequest";
import type { HandBackValue } from "../vendors/definition";
import { isUsable, type StoredIntegration, type UsableIntegration } from "./integrationStore";

/** One value that the vendor gets. A secret is never part of the view's data: copying asks the SecretStorage for it. */
export type ShownHandBack = Pick<HandBackValue, "name" | "label"> &
  (
    | { readonly state: "known"; readonly value: string }
    | { readonly state: "secret"; readonly accessKeyId: string }
    /** Apply makes it. */
    | { readonly state: "not-yet" }
    /** AWS shows a secret once; it was shown to another machine. */
    | { readonly state: "elsewhere" }
  );

/** What the customer gives the vendor, in the vendor's order, as far as it is known without asking AWS. */
export function handBackValues(stored: StoredIntegration): readonly ShownHandBack[] {
  if (!isUsable(stored)) return [];
  const applied = isApplied(stored);
  return stored.integration.definition.handBack.map(({ name, label, secret }): ShownHandBack => {
    const accessKeyId = stored.accessKeyIds.at(-1);
    if (secret && accessKeyId) return { name, label, state: "secret", accessKeyId };
    if (secret) return { name, label, state: applied ? "elsewhere" : "not-yet" };
    const value = applied || name === "bucket" || name === "region" ? handBackValue(stored, name) : undefined;
    return value === undefined ? { name, label, state: "not-yet" } : { name, label, state: "known", value };
  });
}

/** The ARN that the vendor gets, when the integration is applied as far as is known. */
export function roleArn(stored: StoredIntegration): string | undefined {
  return isUsable(stored) && isApplied(stored) ? handBackValue(stored, "roleArn") : undefined;
}

function isApplied(stored: UsableIntegration): boolean {
  const role = stored.live?.resources.find(({ kind }) => kind === "role");
  if (role) return role.status === "in-sync" || role.status === "differs";
  // A manifest names its account from the first apply on, or when it was made with a profile.
  return !stored.isNew && stored.integration.manifest.account !== undefined;
}

function handBackValue(stored: UsableIntegration, name: HandBackValue["name"]): string | undefined {
  const { manifest, definition } = stored.integration;
  const live = stored.live?.handBack.find((item) => item.name === name)?.value;
  if (live !== undefined) return live;
  switch (name) {
    case "roleArn":
      return (
        manifest.account && `arn:${manifest.partition ?? "aws"}:iam::${manifest.account}:role/${manifest.role.name}`
      );
    case "bucket":
      return bucketsOf(definition, manifest).join(", ") || undefined;
    case "region":
      return manifest.region;
    case "accessKeyId":
      return stored.accessKeyIds.at(-1);
    case "secretAccessKey":
      return undefined;
  }
}
