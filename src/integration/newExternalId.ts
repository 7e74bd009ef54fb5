import { externalIdOf } from "../vendors/externalId";

/** A random external ID of 128 bits. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html */
export function newExternalId(): string {
  return externalIdOf(crypto.getRandomValues(new Uint8Array(16)));
}
