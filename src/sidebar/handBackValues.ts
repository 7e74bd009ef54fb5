import { handBackValue } from "../integration/handBackValue";
import type { HandBackValue } from "../vendors/definition";
import { withDefaults } from "../vendors/parameters";
import { matchesWhen } from "../vendors/when";
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
  const { definition, manifest } = stored.integration;
  const request = withDefaults(definition, manifest);
  const asked = definition.handBack.filter(({ when }) => matchesWhen(when, request));
  return asked.map(({ name, label, secret }): ShownHandBack => {
    const accessKeyId = keptKey(stored);
    if (secret && accessKeyId) return { name, label, state: "secret", accessKeyId };
    if (secret) return { name, label, state: applied ? "elsewhere" : "not-yet" };
    const value = applied || !madeByApply.includes(name) ? knownValue(stored, name) : undefined;
    return value === undefined ? { name, label, state: "not-yet" } : { name, label, state: "known", value };
  });
}

/** The key that is handed back, if its secret is kept here: during a rotation there are two. */
function keptKey({ live, accessKeyIds }: StoredIntegration): string | undefined {
  const current = live?.handBack.find(({ name }) => name === "accessKeyId")?.value;
  return current === undefined ? accessKeyIds.at(-1) : accessKeyIds.find((id) => id === current);
}

const madeByApply: readonly string[] = ["roleArn", "roleName", "accountId", "accessKeyId"];

/** The ARN that the vendor gets, when the integration is applied as far as is known. */
export function roleArn(stored: StoredIntegration): string | undefined {
  return isUsable(stored) && isApplied(stored) ? knownValue(stored, "roleArn") : undefined;
}

function isApplied(stored: UsableIntegration): boolean {
  const main = stored.live?.resources.find(({ kind }) => kind === "role" || kind === "bucket-policy");
  if (main) return main.status === "in-sync" || main.status === "differs";
  // A manifest names its account from the first apply on, or when it was made with a profile.
  return !stored.isNew && stored.integration.manifest.account !== undefined;
}

function knownValue(stored: UsableIntegration, name: string): string | undefined {
  const live = stored.live?.handBack.find((item) => item.name === name)?.value;
  if (live !== undefined) return live;
  return name === "accessKeyId" ? stored.accessKeyIds.at(-1) : handBackValue(stored.integration, name);
}
