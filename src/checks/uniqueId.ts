/**
 * `AROA…` of roles, `AIDA…` of users, `AGPA…` of groups and their like: what stands for a principal that was deleted.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function isUniqueId(principal: string): boolean {
  return /^A(?:ROA|IDA|GPA|NPA|NVA|PKA|SCA|BIA|CCA)[A-Z0-9]{12,}$/.test(principal);
}
