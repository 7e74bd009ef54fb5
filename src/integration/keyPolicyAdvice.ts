import { applyEdits } from "../checks/applyFixes";
import { addProperty } from "../checks/textEdits";
import { accountOfPrincipal, parseArn } from "../policy/arn";
import type { RequestPrincipal } from "../policy/evaluate/evaluation";
import { formatJson } from "../policy/formatJson";
import { isObject, type JsonObject, type JsonValue } from "../policy/json";
import { parseJson } from "../policy/parseJson";
import { policyOf } from "../policy/policyOf";
import type { ServiceReference } from "../policy/serviceReference/serviceReference";
import { evaluateNeeds } from "../vendors/evaluateNeeds";
import { roleArn } from "../vendors/iamArn";
import { withKeyNeeds } from "../vendors/keyNeeds";
import { documentFiles } from "../vendors/manifest";
import { type AccessNeed, needsOf } from "../vendors/needs";
import { renderDocuments } from "../vendors/render";
import type { KeyFacts } from "./accessLayers";
import { joinPath } from "./documentPath";
import type { FileSystem, Integration } from "./integration";
import { manifestName } from "./recogniseManifest";

/** A key at which only a statement in its own policy lets the vendor in. */
export interface KeyPolicyAdvice {
  readonly keyArn: string;
  /** Of this account: the statement can be made a step of the plan. Otherwise its owner has to add it. */
  readonly own: boolean;
  /** Whom the statement lets in: "the role", or the vendor. */
  readonly who: string;
  readonly sentence: string;
  readonly statement: JsonObject;
}

/**
 * Which keys need a statement for the role, or for the vendor that comes by itself: without a role the account's IAM policies
 * never decide. Only what is known is judged: of a key of this account whose policy may not be read nothing is said; another
 * account's key always needs one, because IAM policies of this account alone never suffice.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
export function keyPolicyAdvice(
  integration: Integration,
  account: string,
  keys: readonly KeyFacts[],
  reference: ServiceReference,
): readonly KeyPolicyAdvice[] {
  const { manifest, documents } = integration;
  if (manifest.documents.keyPolicy !== undefined) return [];
  const value = documents.find((document) => document.role === "permissions")?.value;
  const permissions = value === undefined ? undefined : policyOf(value);
  return keys.flatMap(({ keyArn, policy }) => {
    const owner = parseArn(keyArn)?.account ?? account;
    const own = owner === account;
    const document = policy === undefined ? undefined : policyOf(policy);
    if (own && document === undefined) return [];
    return partiesOf(integration, account, keys, reference).flatMap(({ on, who, sid, lacks, needs, letIn }) => {
      const ofKey = needs
        .filter(({ action, resource }) => action.startsWith("kms:") && resource === keyArn)
        // The owner of a key decides by itself about its own principals.
        .filter(({ request: { principal } }) => own || accountOf(principal) !== owner);
      const evaluated = evaluateNeeds(
        { assume: [], act: [], reach: [], [on]: ofKey },
        { permissions: permissions ? [permissions] : [], trust: undefined, resourcePolicy: () => document },
      );
      const refused = evaluated.filter(({ decision }) => !own || decision.missing.includes("resource"));
      if (refused.length === 0) return [];
      return letIn.map(({ principal, condition }) => ({
        keyArn,
        own,
        who,
        sentence: own
          ? `The policy of the KMS key ${keyArn} does not let ${lacks}: without a statement of its own ${integration.definition.name} can't use the encrypted objects.`
          : `The KMS key ${keyArn} belongs to the account ${owner}. Who manages it there has to add a statement to its policy, otherwise ${integration.definition.name} can't use the encrypted objects.`,
        statement: {
          Sid: sid,
          Effect: "Allow",
          Principal: { AWS: principal },
          Action: [...new Set(refused.map(({ need }) => need.action))].sort(),
          // In a key's policy `*` is that key. A key that the manifest does not name the statement must.
          Resource: own && !isChosen(integration, keyArn) ? keyArn : "*",
          ...(condition && { Condition: condition }),
        },
      }));
    });
  });
}

/** Who uses the keys: the role, or the vendor itself. */
interface Party {
  readonly on: "act" | "reach";
  readonly who: string;
  readonly sid: string;
  /** "does not let …" */
  readonly lacks: string;
  readonly needs: readonly AccessNeed[];
  readonly letIn: readonly LetIn[];
}

function partiesOf(
  integration: Integration,
  account: string,
  keys: readonly KeyFacts[],
  reference: ServiceReference,
): readonly Party[] {
  const { definition, manifest } = integration;
  const { name } = definition;
  const encrypted = keys.flatMap(({ keyArn, buckets }) => buckets.map((bucket) => ({ bucket, keyArn })));
  const needs = withKeyNeeds(needsOf(definition, { ...manifest, account }, reference), encrypted);
  return [
    {
      on: "act",
      who: "the role",
      sid: "AllowVendorRole",
      lacks: "the account's IAM policies decide",
      needs: needs.act,
      letIn: manifest.role ? [{ principal: roleArn(manifest.role, account, manifest.partition) }] : [],
    },
    {
      on: "reach",
      who: name,
      sid: "AllowVendor",
      lacks: `${name} in, which comes from another account`,
      needs: needs.reach,
      letIn: letInByBuckets(integration, account),
    },
  ];
}

interface LetIn {
  readonly principal: JsonValue;
  readonly condition?: JsonObject;
}

/**
 * Whom the policies of the buckets let in, with the conditions about who asks: what else a bucket's policy asks for is about
 * requests to S3.
 */
function letInByBuckets({ definition, manifest }: Integration, account: string): readonly LetIn[] {
  const { Statement: statements } = renderDocuments(definition, { ...manifest, account }).bucketPolicy ?? {};
  const found = (Array.isArray(statements) ? statements : []).filter(isObject).flatMap((statement): LetIn[] => {
    const { Effect, Principal, Condition } = statement;
    if (Effect !== "Allow" || !isObject(Principal) || Principal.AWS === undefined) return [];
    const asking = Object.entries(isObject(Condition) ? Condition : {}).flatMap(([operator, keys]) => {
      const about = Object.entries(isObject(keys) ? keys : {}).filter(([key]) => /^aws:principal/i.test(key));
      return about.length === 0 ? [] : [[operator, Object.fromEntries(about)]];
    });
    return [{ principal: Principal.AWS, ...(asking.length > 0 && { condition: Object.fromEntries(asking) }) }];
  });
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

function accountOf(principal: RequestPrincipal): string | undefined {
  return "arn" in principal ? accountOfPrincipal(principal.arn) : undefined;
}

function isChosen({ definition, manifest }: Integration, keyArn: string): boolean {
  return definition.parameters.some(({ name, type }) => type === "kms-key-arn" && manifest.parameters[name] === keyArn);
}

/**
 * Makes the statements a document of the integration: from then on they are steps of the plan, beside the others in the
 * policies of the keys. The manifest comes last.
 *
 * @throws UserError file when a file can't be written
 */
export async function addKeyPolicy(
  fs: FileSystem,
  { folder, manifestText }: Integration,
  advice: readonly KeyPolicyAdvice[],
): Promise<void> {
  const Statement = advice.map(({ statement }, index) =>
    index === 0 ? statement : { ...statement, Sid: `${statement.Sid}${index + 1}` },
  );
  await fs.write(joinPath(folder, documentFiles.keyPolicy), formatJson({ Version: "2012-10-17", Statement }));
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
