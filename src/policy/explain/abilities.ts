import type { ServiceReference } from "../serviceReference/serviceReference";
import type { Ability, GrantedActions } from "./explanation";

/** The dangerous ones first. */
export const abilities: readonly Ability[] = [
  "manage permissions",
  "assume",
  "delete",
  "write",
  "encrypt",
  "decrypt",
  "read",
  "list",
  "other",
];

/**
 * Where AWS's access level is not what a person would say. Everything else goes by the level of the Service
 * Authorization Reference: List is list, Read is read, Permissions management is manage permissions; Write and Tagging are
 * delete when the name says so (`s3:DeleteObject`, `kms:DeleteAlias`) and write otherwise.
 */
const byName: { readonly [action: string]: Ability } = {
  // Whoever passes a role to a service, or makes keys and sign-ins for a user, can act with their permissions.
  "iam:passrole": "manage permissions",
  "iam:createrole": "manage permissions",
  "iam:createuser": "manage permissions",
  "iam:createaccesskey": "manage permissions",
  "iam:createloginprofile": "manage permissions",
  "iam:updateloginprofile": "manage permissions",
  "iam:addusertogroup": "manage permissions",
  "iam:addroletoinstanceprofile": "manage permissions",
  "iam:createservicelinkedrole": "manage permissions",
  "iam:createopenidconnectprovider": "manage permissions",
  "iam:createsamlprovider": "manage permissions",
  "iam:updatesamlprovider": "manage permissions",
  // Tags decide who may do what where conditions ask for them.
  "s3:putbucketabac": "manage permissions",
  "sts:assumerole": "assume",
  "sts:assumerolewithsaml": "assume",
  "sts:assumerolewithwebidentity": "assume",
  "sts:assumeroot": "assume",
  "sts:getfederationtoken": "other",
  "sts:tagsession": "other",
  "sts:setsourceidentity": "other",
  "sts:setcontext": "other",
  "sts:decodeauthorizationmessage": "other",
  "kms:decrypt": "decrypt",
  "kms:reencryptfrom": "decrypt",
  "kms:derivesharedsecret": "decrypt",
  "kms:encrypt": "encrypt",
  "kms:reencryptto": "encrypt",
  "kms:generatedatakey": "encrypt",
  "kms:generatedatakeywithoutplaintext": "encrypt",
  "kms:generatedatakeypair": "encrypt",
  "kms:generatedatakeypairwithoutplaintext": "encrypt",
  // Nothing is kept: signatures, checksums and random numbers.
  "kms:sign": "other",
  "kms:verify": "other",
  "kms:generatemac": "other",
  "kms:verifymac": "other",
  "kms:generaterandom": "other",
  "kms:schedulekeydeletion": "delete",
  "s3:replicatedelete": "delete",
  // Expiration rules delete objects.
  "s3:putlifecycleconfiguration": "delete",
};

/** What a person calls an action; "other" for one that the reference does not have. */
export function abilityOf(action: string, reference: ServiceReference): Ability {
  const name = action.toLowerCase();
  if (Object.hasOwn(byName, name)) return byName[name] ?? "other";
  switch (reference.accessLevel(action)) {
    case "List":
      return "list";
    case "Read":
      return "read";
    case "Write":
    case "Tagging":
      return /:(batch)?delete/.test(name) && !name.endsWith("tagging") ? "delete" : "write";
    case "Permissions management":
      return "manage permissions";
    case undefined:
      return "other";
  }
}

/** The actions in groups, the dangerous first. */
export function byAbility(actions: readonly string[], reference: ServiceReference): readonly GrantedActions[] {
  const groups = new Map<Ability, string[]>();
  for (const action of [...new Set(actions)].sort()) {
    const ability = abilityOf(action, reference);
    const group = groups.get(ability);
    if (group === undefined) groups.set(ability, [action]);
    else group.push(action);
  }
  return abilities.flatMap((ability) => {
    const group = groups.get(ability);
    return group === undefined ? [] : [{ ability, actions: group }];
  });
}
