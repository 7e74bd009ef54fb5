/**
 * The words of the policy language, in the order in which AWS's own documents have them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export const documentElements: ReadonlySet<string> = new Set(["Version", "Id", "Statement"]);

export const statementElements: ReadonlySet<string> = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export const principalTypes: ReadonlySet<string> = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);
