import { parseJson } from "../policy/parseJson";
import type { PolicyDocument } from "../policy/policyDocument";
import { readPolicy } from "../policy/readPolicy";
import type { DocumentRole } from "../vendors/manifest";
import type { Integration } from "./integration";

/** The two documents that give access, as they are; undefined unless both are whole JSON and policies. */
export function accessDocuments({
  documents,
}: Integration): { readonly permissions: readonly PolicyDocument[]; readonly trust: PolicyDocument } | undefined {
  const policy = (role: DocumentRole) => {
    const found = documents.find((each) => each.role === role && each.value !== undefined);
    return found && readPolicy(parseJson(found.text));
  };
  const permissions = policy("permissions");
  const trust = policy("trust");
  return permissions && trust && { permissions: [permissions], trust };
}
