/**
 * What principals of other accounts may do with a KMS key. Permission for anything else has no effect between accounts.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
const actions: ReadonlySet<string> = new Set(
  `Decrypt DeriveSharedSecret Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext
   GenerateDataKeyWithoutPlaintext GenerateMac ReEncryptFrom ReEncryptTo Sign Verify VerifyMac CreateGrant DescribeKey
   GetKeyRotationStatus GetPublicKey ListGrants RetireGrant RevokeGrant`
    .split(/\s+/)
    .map((name) => `kms:${name.toLowerCase()}`),
);

/** `action` in lower case. */
export function worksAcrossAccounts(action: string): boolean {
  return actions.has(action);
}
