import { actionBeyondRequest } from "./actionBeyondRequest";
import { actionMisplaced } from "./actionMisplaced";
import { actionMissing } from "./actionMissing";
import { actionUnknown } from "./actionUnknown";
import { arnInvalid } from "./arnInvalid";
import { bucketNameInvalid } from "./bucketNameInvalid";
import { conditionKeyUnknown } from "./conditionKeyUnknown";
import { conditionMismatch } from "./conditionMismatch";
import { conditionOperatorUnknown } from "./conditionOperatorUnknown";
import { conditionTypeMismatch } from "./conditionTypeMismatch";
import { conditionValueInvalid } from "./conditionValueInvalid";
import { documentMisplaced } from "./documentMisplaced";
import { documentTooLarge } from "./documentTooLarge";
import { duplicateKey } from "./duplicateKey";
import { effectInvalid } from "./effectInvalid";
import { elementMisplaced } from "./elementMisplaced";
import { elementMissing } from "./elementMissing";
import { elementUnknown } from "./elementUnknown";
import { externalIdGuessable } from "./externalIdGuessable";
import { externalIdInvalid } from "./externalIdInvalid";
import { externalIdMissing } from "./externalIdMissing";
import type { Check } from "./finding";
import { kmsActionMissing } from "./kmsActionMissing";
import { kmsKeyArnInvalid } from "./kmsKeyArnInvalid";
import { kmsStatementMissing } from "./kmsStatementMissing";
import { notElement } from "./notElement";
import { placeholders } from "./placeholders";
import { principalAccountRoot } from "./principalAccountRoot";
import { principalInvalid } from "./principalInvalid";
import { principalMissing } from "./principalMissing";
import { principalOrphaned } from "./principalOrphaned";
import { principalPartition } from "./principalPartition";
import { principalPublic } from "./principalPublic";
import { principals } from "./principals";
import type { RegularKind } from "./regularShape";
import { resourceBucketMismatch } from "./resourceBucketMismatch";
import { resourceLevelMismatch } from "./resourceLevelMismatch";
import { resourceWildcard } from "./resourceWildcard";
import { selfTrustMissing } from "./selfTrustMissing";
import { serviceSourceMissing } from "./serviceSourceMissing";
import { sids } from "./sids";
import { statementRedundant } from "./statementRedundant";
import { syntaxProblems } from "./syntaxProblems";
import { variableInvalid } from "./variableInvalid";
import { version } from "./version";

/** Checks that look at the same thing are one function: it reports each cause under one of its ids. */
export interface CheckFamily {
  readonly ids: readonly string[];
  readonly check: Check;
  /** Finds nothing in a document of regular shape, and is not asked about one. */
  readonly grammar?: true;
  /** Of documents of regular shape it finds something in those of this kind alone, and is not asked about the other. */
  readonly only?: RegularKind;
  /** Of documents of regular shape it finds something in those with conditions alone. */
  readonly conditions?: true;
}

/**
 * In the order of the documentation, which is also their rank: of two findings of the same severity at the very same
 * place the first stays.
 */
export const families: readonly CheckFamily[] = [
  {
    ids: ["json-syntax", "typographic-quote", "invisible-character", "trailing-comma", "missing-comma", "comment"],
    check: syntaxProblems,
    grammar: true,
  },
  { ids: ["duplicate-key"], check: duplicateKey, grammar: true },
  { ids: ["placeholder-unfilled", "placeholder-partly-filled"], check: placeholders },
  { ids: ["principal-mismatch", "principal-retired", "principal-foreign"], check: principals, only: "trust" },
  { ids: ["principal-missing"], check: principalMissing, only: "trust" },
  { ids: ["principal-public"], check: principalPublic, only: "trust" },
  { ids: ["principal-account-root"], check: principalAccountRoot, only: "trust" },
  { ids: ["principal-orphaned"], check: principalOrphaned, only: "trust" },
  { ids: ["principal-invalid"], check: principalInvalid, only: "trust" },
  { ids: ["principal-partition"], check: principalPartition, only: "trust" },
  { ids: ["condition-mismatch"], check: conditionMismatch, only: "trust" },
  { ids: ["external-id-missing"], check: externalIdMissing, only: "trust" },
  { ids: ["external-id-invalid"], check: externalIdInvalid, only: "trust" },
  { ids: ["external-id-guessable"], check: externalIdGuessable, only: "trust" },
  { ids: ["self-trust-missing"], check: selfTrustMissing },
  { ids: ["service-source-missing"], check: serviceSourceMissing, grammar: true },
  { ids: ["action-misplaced"], check: actionMisplaced, only: "trust" },
  { ids: ["action-unknown"], check: actionUnknown },
  { ids: ["action-missing"], check: actionMissing, only: "permissions" },
  { ids: ["action-beyond-request"], check: actionBeyondRequest, only: "permissions" },
  { ids: ["resource-level-mismatch"], check: resourceLevelMismatch, only: "permissions" },
  { ids: ["resource-bucket-mismatch"], check: resourceBucketMismatch, only: "permissions" },
  { ids: ["resource-wildcard"], check: resourceWildcard, only: "permissions" },
  { ids: ["arn-invalid"], check: arnInvalid },
  { ids: ["variable-invalid"], check: variableInvalid },
  { ids: ["bucket-name-invalid"], check: bucketNameInvalid, only: "permissions" },
  { ids: ["not-element"], check: notElement, grammar: true },
  { ids: ["kms-key-arn-invalid"], check: kmsKeyArnInvalid, only: "permissions" },
  { ids: ["kms-statement-missing"], check: kmsStatementMissing, only: "permissions" },
  { ids: ["kms-action-missing"], check: kmsActionMissing, only: "permissions" },
  { ids: ["document-misplaced"], check: documentMisplaced },
  { ids: ["element-misplaced"], check: elementMisplaced, grammar: true },
  { ids: ["element-unknown"], check: elementUnknown, grammar: true },
  { ids: ["element-missing"], check: elementMissing, grammar: true },
  { ids: ["effect-invalid"], check: effectInvalid, grammar: true },
  { ids: ["version-missing", "version-old"], check: version },
  { ids: ["sid-duplicate", "sid-invalid"], check: sids },
  { ids: ["condition-operator-unknown"], check: conditionOperatorUnknown, conditions: true },
  { ids: ["condition-key-unknown"], check: conditionKeyUnknown, conditions: true },
  { ids: ["condition-type-mismatch"], check: conditionTypeMismatch, conditions: true },
  { ids: ["condition-value-invalid"], check: conditionValueInvalid, conditions: true },
  { ids: ["document-too-large"], check: documentTooLarge },
  { ids: ["statement-redundant"], check: statementRedundant },
];

/** Those that are asked about a document of regular shape. */
export const familiesOfRegular: { readonly [kind in RegularKind]: readonly CheckFamily[] } = {
  permissions: families.filter(({ grammar, only }) => !grammar && only !== "trust"),
  trust: families.filter(({ grammar, only }) => !grammar && only !== "permissions"),
};

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
  "manifest-incomplete",
  "manifest-name-invalid",
  "manifest-account-invalid",
  "manifest-accepted-invalid",
];
