import { applyEdits } from "../checks/applyFixes";
import { addProperty } from "../checks/textEdits";
import { parseArn } from "../policy/arn";
import { formatJson } from "../policy/formatJson";
import type { JsonObject } from "../policy/json";
import { parseJson } from "../policy/parseJson";
import { policyOf } from "../policy/policyOf";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import { evaluateNeeds } from "../vendors/evaluateNeeds";
import { roleArn } from "../vendors/iamArn";
import { withKeyNeeds } from "../vendors/keyNeeds";
import { documentFiles } from "../vendors/manifest";
import { needsOf } from "../vendors/needs";
import type { KeyFacts } from "./accessLayers";
import { joinPath } from "./documentPath";
import type { FileSystem, Integration } from "./integration";
import { manifestName } from "./recogniseManifest";

/** A key at which the account's IAM policies don't decide, so that only a statement in its own policy lets the role in. */
export interface KeyPolicyAdvice {
  readonly keyArn: string;
  /** Of this account: the statement can be made a step of the plan. Otherwise its owner has to add it. */
  readonly own: boolean;
  readonly sentence: string;
  readonly statement: JsonObject;
}

/**
 * Which keys need a statement for the role. Only what is known is judged: of a key of this account whose policy may not be
 * read nothing is said; another account's key always needs one, because IAM policies of this account alone never suffice.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
export function keyPolicyAdvice(
  integration: Integration,
  account: string,
  keys: readonly KeyFacts[],
  reference: ServiceReference,
): readonly KeyPolicyAdvice[] {
  const { definition, manifest, documents } = integration;
  const role = manifest.role;
  if (role === undefined || manifest.documents.keyPolicy !== undefined) return [];
  const { act } = withKeyNeeds(needsOf(definition, { ...manifest, account }, reference), []);
  const value = documents.find((document) => document.role === "permissions")?.value;
  const permissions = value === undefined ? undefined : policyOf(value);
  return keys.flatMap(({ keyArn, policy }) => {
    const needs = act.filter(({ action, resource }) => action.startsWith("kms:") && resource === keyArn);
    const owner = parseArn(keyArn)?.account ?? account;
    const own = owner === account;
    const document = policy === undefined ? undefined : policyOf(policy);
    if (needs.length === 0 || (own && document === undefined)) return [];
    const refused = !own
      ? needs
      : evaluateNeeds(
          { assume: [], act: needs, reach: [] },
          { permissions: permissions ? [permissions] : [], trust: undefined, resourcePolicy: () => document },
        )
          .filter(({ decision }) => decision.missing.includes("resource"))
          .map(({ need }) => need);
    if (refused.length === 0) return [];
    const statement: JsonObject = {
      Sid: "AllowVendorRole",
      Effect: "Allow",
      Principal: { AWS: roleArn(role, account, manifest.partition) },
      Action: [...new Set(refused.map(({ action }) => action))].sort(),
      Resource: "*",
    };
    const sentence = own
      ? `The policy of the KMS key ${keyArn} does not let the account's IAM policies decide: without a statement of its own ${definition.name} can't use the encrypted objects.`
      : `The KMS key ${keyArn} belongs to the account ${owner}. Who manages it there has to add a statement to its policy, otherwise ${definition.name} can't use the encrypted objects.`;
    return [{ keyArn, own, sentence, statement }];
  });
}

/**
 * Makes the statement a document of the integration: from then on it is a step of the plan, beside the others in the key's
 * policy. The manifest comes last.
 *
 * @throws UserError file when a file can't be written
 */
export async function addKeyPolicy(
  fs: FileSystem,
  { folder, manifestText }: Integration,
  { statement }: KeyPolicyAdvice,
): Promise<void> {
  const document = { Version: "2012-10-17", Statement: [statement] };
  await fs.write(joinPath(folder, documentFiles.keyPolicy), formatJson(document));
  await fs.write(joinPath(folder, manifestName), withKeyPolicy(manifestText));
}

function withKeyPolicy(text: string): string {
  const { root } = parseJson(text);
  const documents =
    root?.kind === "object" ? root.properties.findLast(({ key }) => key.value === "documents")?.value : undefined;
  return documents === undefined
    ? text
    : applyEdits(text, addProperty(text, documents, "keyPolicy", documentFiles.keyPolicy));
}
