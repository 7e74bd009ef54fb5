import { accountOfPrincipal, bucketOf, parseArn } from "../policy/arn";
import type { RequestContext } from "../policy/evaluate/evaluation";
import type { AccessNeed, AccessNeeds } from "./needs";

/** The customer-managed key that a bucket is encrypted with. */
interface EncryptedBucket {
  readonly bucket: string;
  readonly keyArn: string;
}

/**
 * What S3 asks of the key for whoever reads or writes an encrypted object, whether the vendor's page speaks of it or not.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
const keyActions: { readonly [s3Action: string]: string } = {
  "s3:GetObject": "kms:Decrypt",
  "s3:PutObject": "kms:GenerateDataKey",
};

/**
 * The needs with those that follow from the encryption of the buckets, and with what a key's policy may ask about a
 * request that comes by S3.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function withKeyNeeds(needs: AccessNeeds, buckets: readonly EncryptedBucket[]): AccessNeeds {
  const complete = (own: readonly AccessNeed[]): readonly AccessNeed[] => {
    const known = new Set(own.map(identify));
    const added = own.flatMap((need) => {
      const action = keyActions[need.action];
      const arn = parseArn(need.resource);
      const encrypted = buckets.find(({ bucket }) => arn !== undefined && bucketOf(arn) === bucket);
      const keyAccount = encrypted && parseArn(encrypted.keyArn)?.account;
      if (action === undefined || encrypted === undefined || keyAccount === undefined) return [];
      const resource = { arn: encrypted.keyArn, account: keyAccount };
      const added = { action, resource: resource.arn, request: { ...need.request, action, resource, context: {} } };
      const isNew = !known.has(identify(added));
      known.add(identify(added));
      return isNew ? [added] : [];
    });
    return [...own, ...added].map(viaS3);
  };
  return { assume: needs.assume, act: complete(needs.act), reach: complete(needs.reach) };
}

function identify({ action, request: { principal, resource } }: AccessNeed): string {
  return JSON.stringify([action.toLowerCase(), resource.arn, principal]);
}

function viaS3(need: AccessNeed): AccessNeed {
  const { request } = need;
  // What every SDK does.
  if (!need.action.startsWith("kms:")) return withContext(need, { "aws:SecureTransport": "true" });
  const { partition = "aws", region = "" } = parseArn(request.resource.arn) ?? {};
  const caller = "arn" in request.principal ? accountOfPrincipal(request.principal.arn) : undefined;
  return withContext(need, {
    "aws:SecureTransport": "true",
    "kms:ViaService": `s3.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`,
    ...(caller && { "kms:CallerAccount": caller }),
  });
}

function withContext(need: AccessNeed, context: RequestContext): AccessNeed {
  return { ...need, request: { ...need.request, context: { ...context, ...need.request.context } } };
}
