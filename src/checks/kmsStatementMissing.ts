import { bucketOf, parseArn } from "../policy/arn";
import type { JsonObject, JsonValue } from "../policy/json";
import type { PolicyDocument } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { matchesAction } from "../policy/wildcards";
import type { VendorDefinition } from "../vendors/definition";
import type { IntegrationRequest } from "../vendors/manifest";
import { renderDocuments } from "../vendors/render";
import {
  allows,
  bucketFacts,
  integrationBuckets,
  integrationKey,
  isWhole,
  permissionsPolicy,
  statementKey,
} from "./documentFacts";
import type { CheckedDocument, Finding } from "./finding";
import { addStatement } from "./textEdits";

/**
 * The bucket's default encryption uses a customer-managed KMS key, and the document allows nothing on it: S3 then
 * answers AccessDenied to every read and write.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms
 */
export function kmsStatementMissing(document: CheckedDocument): Finding[] {
  if (document.context.integration?.documentRole === "bucketPolicy") return keyPolicyMissing(document);
  const policy = permissionsPolicy(document);
  if (policy === undefined || !isWhole(document) || policy.statements.some(allowsDecrypt)) return [];
  const key = statementKey(policy);
  if (key === undefined) return [];
  const encrypted = bucketFacts(document, integrationBuckets(document) ?? namedBuckets(policy)).find(
    ({ kmsKeyArn }) => kmsKeyArn !== undefined,
  );
  const keyArn = encrypted?.kmsKeyArn ?? integrationKey(document);
  if (keyArn === undefined) return [];
  const statements = kmsStatements(document, policy, keyArn);
  return [
    {
      check: "kms-statement-missing",
      severity: encrypted === undefined ? "warning" : "error",
      message:
        encrypted === undefined
          ? `The integration names the KMS key ${keyArn} but the document allows nothing on it, so AWS would deny reading the objects that are encrypted with it.`
          : `The bucket ${encrypted.name} is encrypted with the KMS key ${keyArn} and the document allows nothing on it, so AWS would deny reading and writing its objects.`,
      range: contentRange(document.text, key),
      fixes: [
        {
          title: "Allow the use of the KMS key",
          edits: statements.flatMap((statement) => addStatement(policy, statement)),
          safe: true,
        },
      ],
    },
  ];
}

/**
 * Who comes from another account by the bucket's policy needs the key's own policy, too, and the integration has none. That
 * policy may let the vendor in already: only who may read it knows.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
function keyPolicyMissing(document: CheckedDocument): Finding[] {
  const { policy, context } = document;
  const { definition, manifest } = context.integration ?? {};
  if (!policy || !definition || !manifest || !isWhole(document)) return [];
  if (manifest.role !== undefined || manifest.documents.keyPolicy !== undefined) return [];
  const key = statementKey(policy);
  const encrypted = bucketFacts(document, integrationBuckets(document) ?? []).find(({ kmsKeyArn }) => kmsKeyArn);
  if (key === undefined || encrypted === undefined) return [];
  return [
    {
      check: "kms-statement-missing",
      severity: "warning",
      message: `The bucket ${encrypted.name} is encrypted with the KMS key ${encrypted.kmsKeyArn}. AWS denies ${definition.name} reading and writing its objects unless that key’s own policy lets it in, too, which this integration does not see to.`,
      range: contentRange(document.text, key),
      fixes: [],
    },
  ];
}

/** Any statement for KMS counts: whether its key is the right one is kms-key-arn-invalid's question. */
function allowsDecrypt(statement: PolicyDocument["statements"][number]): boolean {
  if (!allows(statement)) return false;
  return (
    statement.notActions.length > 0 ||
    statement.actions.some(({ value }) => /^kms:/i.test(value) || matchesAction(value, "kms:Decrypt"))
  );
}

function namedBuckets(policy: PolicyDocument): readonly string[] {
  return policy.statements.flatMap(({ resources }) =>
    resources.flatMap(({ value }) => {
      const arn = parseArn(value);
      return (arn === undefined ? undefined : bucketOf(arn)) ?? [];
    }),
  );
}

/** The vendor's own statement, else what S3 needs: decrypting, and a data key for what is written. */
function kmsStatements(document: CheckedDocument, policy: PolicyDocument, keyArn: string): readonly JsonObject[] {
  const { integration } = document.context;
  const vendors =
    integration === undefined ? [] : vendorStatements(integration.definition, integration.manifest, keyArn);
  if (vendors.length > 0) return vendors;
  const writes = policy.statements.some(
    (statement) => allows(statement) && statement.actions.some(({ value }) => matchesAction(value, "s3:PutObject")),
  );
  const actions = writes ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"];
  return [{ Effect: "Allow", Action: actions, Resource: keyArn }];
}

/** The statements for the key that the vendor's documents have. */
function vendorStatements(
  definition: VendorDefinition,
  request: IntegrationRequest,
  keyArn: string,
): readonly JsonObject[] {
  const parameter = definition.parameters.find(({ type }) => type === "kms-key-arn");
  if (parameter === undefined) return [];
  const parameters = { ...request.parameters, [parameter.name]: keyArn };
  const rendered = renderDocuments(definition, { ...request, parameters }).permissions?.Statement;
  return (Array.isArray(rendered) ? rendered : []).filter(isKmsStatement);
}

function isKmsStatement(statement: JsonValue): statement is JsonObject {
  if (typeof statement !== "object" || statement === null || !("Action" in statement)) return false;
  return /"kms:/.test(JSON.stringify(statement.Action));
}
