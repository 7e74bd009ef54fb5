import { conditionMismatch } from "./conditionMismatch";
import { documentMisplaced } from "./documentMisplaced";
import { duplicateKey } from "./duplicateKey";
import type { Check } from "./finding";
import { kmsKeyArnInvalid } from "./kmsKeyArnInvalid";
import { kmsStatementMissing } from "./kmsStatementMissing";
import { placeholders } from "./placeholders";
import { principalPublic } from "./principalPublic";
import { principals } from "./principals";
import { resourceBucketMismatch } from "./resourceBucketMismatch";
import { resourceLevelMismatch } from "./resourceLevelMismatch";
import { syntaxProblems } from "./syntaxProblems";

/** Checks that look at the same thing are one function: it reports each cause under one of its ids. */
export interface CheckFamily {
  readonly ids: readonly string[];
  readonly check: Check;
}

/** In the order of the documentation. */
export const families: readonly CheckFamily[] = [
  { ids: ["json-syntax", "typographic-quote", "invisible-character", "trailing-comma"], check: syntaxProblems },
  { ids: ["duplicate-key"], check: duplicateKey },
  { ids: ["placeholder-unfilled", "placeholder-partly-filled"], check: placeholders },
  { ids: ["principal-mismatch", "principal-retired", "principal-foreign"], check: principals },
  { ids: ["principal-public"], check: principalPublic },
  { ids: ["condition-mismatch"], check: conditionMismatch },
  { ids: ["document-misplaced"], check: documentMisplaced },
  { ids: ["resource-level-mismatch"], check: resourceLevelMismatch },
  { ids: ["resource-bucket-mismatch"], check: resourceBucketMismatch },
  { ids: ["kms-key-arn-invalid"], check: kmsKeyArnInvalid },
  { ids: ["kms-statement-missing"], check: kmsStatementMissing },
];

/** Every check of documents by its id. */
export const checks: readonly { readonly id: string; readonly check: Check }[] = families.flatMap(({ ids, check }) =>
  ids.map((id) => ({ id, check: (document) => check(document).filter((finding) => finding.check === id) })),
);

/** What `checkManifest` reports about integration.json. */
export const manifestChecks: readonly string[] = [
  "manifest-invalid",
  "manifest-vendor-unknown",
  "manifest-access-level-unknown",
  "manifest-parameter-missing",
  "manifest-parameter-unknown",
  "manifest-parameter-invalid",
  "manifest-document-missing",
  "manifest-name-invalid",
  "manifest-account-invalid",
];
