/** Of `test/fixtures/clean-policies`, correct, and still worth a word: AWS takes these documents as they are. */
export const deliberateFindings: Readonly<Record<string, string>> = {
  "administrator-access.json": "warning resource-wildcard *",
  "bucket-policy-cloudfront-2008.json": "warning version-old 2008-10-17",
  "power-user-access.json": "warning not-element NotAction",
  "queue-policy-without-version.json": "warning version-missing {",
  "s3-full-access.json": "warning resource-wildcard *",
  "scp-full-access.json": "warning resource-wildcard *",
  "trust-account-without-condition.json": "warning principal-account-root arn:aws:iam::345678901234:root",
  "trust-role-without-condition.json": "information external-id-missing arn:aws:iam::345678901234:role/etl",
  "trust-short-external-id.json": "warning external-id-guessable 12345",
};
