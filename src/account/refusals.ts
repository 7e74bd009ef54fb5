import type { Integration } from "../integration/integration";
import { documentRoles } from "../vendors/manifest";
import type { Identity, LiveState, ResourceState } from "./account";
import type { ContentOf } from "./contents";
import { documentValue } from "./desired";
import { integrationTag } from "./ownership";
import { samePath } from "./resources/role";

/** Why an integration can't be applied to what is in the account: what is there is somebody else's and is never touched. */
export function refusals(integration: Integration, { identity, resources }: LiveState): readonly string[] {
  const named = documentRoles.filter((role) => integration.manifest.documents[role] !== undefined);
  const broken = named.filter((role) => documentValue(integration, role) === null);
  return [
    ...broken.map((role) => `${integration.manifest.documents[role]} is missing or is no JSON: correct it first.`),
    ...resources.flatMap((state) => {
      if (state.status === "foreign") return foreignRefusal(integration, identity, state);
      if (state.kind === "role" && state.live !== undefined) return movedRefusal(state);
      const willBeMade = resources.some(({ kind, name }) => kind === "bucket" && name === state.name);
      return state.facts?.bucketMissing === true && !willBeMade
        ? [
            `The bucket ${state.name}, which ${state.kind === "cors" ? "CORS rules are" : "a bucket policy is"} for, does not exist: make it first, or correct its name.`,
          ]
        : [];
    }),
  ];
}

/** The documents name a role by its ARN, which has the path: below another path it is not the one that they are about. */
function movedRefusal({ name, desired, live }: ResourceState): readonly string[] {
  const [wanted, found] = [desired as ContentOf["role"], live as ContentOf["role"]]; // of a role
  return samePath(wanted, found)
    ? []
    : [
        `The role ${name} lies below the path ${found.path ?? "/"}, not ${wanted.path ?? "/"}, and AWS moves no role: set role.path in integration.json to ${found.path ?? "/"}, or remove the access and apply again.`,
      ];
}

function foreignRefusal(
  integration: Integration,
  identity: Identity,
  { kind, name, live }: ResourceState,
): readonly string[] {
  const { definition } = integration;
  const exists = `exists already in the account ${identity.account} and is not this integration's (it has no tag ${integrationTag} with its id), so it is not touched.`;
  switch (kind) {
    case "role":
      return [`The role ${name} ${exists} Choose another role.name in integration.json.`];
    case "managed-policy":
      return [`The policy ${name}, called like the role, ${exists} Choose another role.name in integration.json.`];
    case "user": {
      const parameter = definition.parameters.find(({ type }) => type === "user-name")?.name ?? "role.name";
      return [`The user ${name} ${exists} Choose another ${parameter} in integration.json.`];
    }
    case "bucket": {
      const { region } = live as { readonly region: string }; // a bucket's content
      if (region === "") {
        return [
          `The bucket name ${name} is taken: it belongs to another account than ${identity.account}, or the profile ${identity.profile} may not look at it (s3:ListBucket). Choose another name.`,
        ];
      }
      const parameter = Object.keys(definition.newBucket?.when ?? {})[0] ?? "parameters";
      return [
        `The bucket ${name} ${exists} To use it as it is, set ${parameter} to false in integration.json; or choose another name.`,
      ];
    }
    default:
      return []; // a part of one of these
  }
}
