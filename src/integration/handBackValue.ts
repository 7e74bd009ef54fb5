import { roleArn } from "../vendors/iamArn";
import type { Manifest } from "../vendors/manifest";
import type { Integration } from "./integration";
import { bucketsOf } from "./newRequest";

/** Whose account and where, as far as the manifest or AWS told. */
export type Place = Partial<Pick<Manifest, "account" | "partition" | "region">>;

/**
 * What the vendor is given of an integration's own values: one of the hand-back names or a parameter. Undefined for what
 * only AWS knows, such as an access key.
 */
export function handBackValue(
  { definition, manifest }: Pick<Integration, "definition" | "manifest">,
  name: string,
  { account, partition = "aws", region }: Place = manifest,
): string | undefined {
  switch (name) {
    case "roleArn":
      return account && manifest.role && roleArn(manifest.role, account, partition);
    case "roleName":
      return manifest.role?.name;
    case "accountId":
      return account;
    case "bucket":
      return bucketsOf(definition, manifest).join(", ") || undefined;
    case "region":
      return region;
    default: {
      const value = manifest.parameters[name];
      const text = Array.isArray(value) ? value.join(", ") : value;
      return typeof text === "string" && text !== "" ? text : undefined;
    }
  }
}
