import { describeAccess } from "../policy/describeAccess";
import type { DocumentRole } from "../vendors/manifest";
import type { Integration } from "./integration";

/** Who may do what by the documents as they are, in sentences; empty when they are not JSON. */
export function grantsOf(
  { definition, documents }: Integration,
  { limits }: { readonly limits: boolean } = { limits: true },
): readonly string[] {
  const value = (role: DocumentRole) => documents.find((document) => document.role === role)?.value;
  const permissions = value("permissions");
  const trust = value("trust");
  return permissions === undefined || trust === undefined
    ? []
    : describeAccess({ permissions, trust, vendorName: definition.name, limits });
}
