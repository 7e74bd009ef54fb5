import { isAccountId, parseArn } from "../policy/arn";
import type { PrincipalValue, Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { nearestName } from "./nearName";
import { isUnfilled } from "./policyElements";
import { replaceNode } from "./textEdits";

const forms: { readonly [type: string]: string } = {
  Service: "A service is named as in s3.amazonaws.com",
  Federated:
    "An identity provider is the ARN of a saml-provider or an oidc-provider, or a name such as accounts.google.com",
};

/**
 * A service or an identity provider as a principal, in a form that AWS refuses ("Invalid principal in policy", "Federated
 * principals must be valid domain names or SAML metadata ARNs"), or where there can't be one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
 */
export function principalInvalid(document: CheckedDocument): Finding[] {
  const findings: Finding[] = [];
  for (const statement of document.policy?.statements ?? []) {
    for (const principal of statement.principals) add(document, statement, principal, findings);
    for (const principal of statement.notPrincipals) add(document, statement, principal, findings);
  }
  return findings;
}

function add(
  { policy, text }: CheckedDocument,
  statement: Statement,
  principal: PrincipalValue,
  findings: Finding[],
): void {
  const { type, node } = principal;
  const { value } = node;
  if (type === "AWS") return; // nearly every one, and arn-invalid's
  const form = forms[type];
  if (form === undefined || value === "*" || isUnfilled(value)) return;
  const misplaced = type === "Federated" && (policy?.kind === "bucket" || policy?.kind === "key");
  const meant = type === "Service" ? serviceMeant(value) : providerMeant(value);
  if (meant === value && !misplaced) return;
  const message = misplaced
    ? "Only a role’s trust policy takes an identity provider, so AWS would refuse it here: let in the role that its users assume."
    : `${form}${meant === undefined ? "" : ` (did you mean ${meant}?)`}, so AWS would refuse the document.`;
  findings.push({
    check: "principal-invalid",
    severity: "error",
    message,
    range: value === "" ? node : contentRange(text, node),
    fixes: misplaced ? [] : fixesFor(statement, principal, meant),
  });
}

function fixesFor(statement: Statement, principal: PrincipalValue, meant: string | undefined): readonly Fix[] {
  const { node } = principal;
  if (meant === undefined)
    return /^arn:[\w-]+:iam::\d+:(?:role|user)\//.test(node.value) ? moveFixes(statement, principal, "AWS") : [];
  // Only letters are others, or what stands around the name.
  const safe = node.value.toLowerCase().includes(meant) || meant.includes("-provider/");
  return [{ title: `Replace by ${meant}`, edits: [replaceNode(node, meant)], safe }];
}

/** Without what only the address of a page has. */
function plainName(value: string): string {
  return value.replace(/^\s*(?:https?:\/\/)?|\/?\s*$/g, "");
}

/** The name that was probably meant, and the same where it may be right: some services have names that end otherwise. */
function serviceMeant(value: string): string | undefined {
  const plain = plainName(value).toLowerCase();
  if (!/^[a-z0-9.-]+$/.test(plain) || isAccountId(plain)) return undefined;
  const labels = plain.split(".");
  const isEnding = (count: number, ending: string) =>
    nearestName(labels.slice(-count).join("."), [ending]) !== undefined;
  const ending = isEnding(2, "amazonaws.com") ? 2 : isEnding(1, "amazonaws") ? 1 : 0;
  if (ending === 0 && labels.length > 1) return plain;
  const name = labels.slice(0, labels.length - ending).join(".");
  return name === "" ? undefined : `${name}.amazonaws.com`;
}

function providerMeant(value: string): string | undefined {
  const resource = parseArn(value)?.resource;
  if (resource === undefined) {
    const plain = plainName(value);
    return /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(plain) ? plain : undefined;
  }
  const [, kind = "", rest] = /^(saml|oidc)(?:-?providers?)?[/:](.+)$/i.exec(resource) ?? [];
  const start = value.slice(0, value.length - resource.length);
  return rest === undefined ? undefined : `${start}${kind.toLowerCase()}-provider/${rest}`;
}

/** Plain when nothing else stands beside it and nothing under the other kind. */
export function moveFixes(
  { elements }: Statement,
  { type, node }: PrincipalValue,
  kind: "AWS" | "Service",
): readonly Fix[] {
  for (const element of ["Principal", "NotPrincipal"]) {
    const value = elements.get(element)?.value;
    if (value?.kind !== "object" || value.properties.some(({ key }) => key.value === kind)) continue;
    const property = value.properties.find((item) => item.key.value === type && item.value === node);
    if (property !== undefined) {
      return [{ title: `Put it under "${kind}"`, edits: [replaceNode(property.key, kind)], safe: true }];
    }
  }
  return [];
}
