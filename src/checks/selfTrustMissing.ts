import type { StringNode } from "../policy/json";
import type { PolicyDocument, Statement } from "../policy/policyDocument";
import { contentRange } from "../policy/stringRange";
import { matchesAction, matchesPattern } from "../policy/wildcards";
import type { VendorDefinition } from "../vendors/definition";
import { roleArn } from "../vendors/iamArn";
import type { Manifest } from "../vendors/manifest";
import { withDefaults } from "../vendors/parameters";
import { expandObject } from "../vendors/template";
import { tokenValues } from "../vendors/tokens";
import { matchesWhen } from "../vendors/when";
import { allows, isWhole, permissionsPolicy, statementKey, trustPolicy } from "./documentFacts";
import { type ExpectedStatement, namesOwnRole, namesSame, vendorStatements } from "./expectedTrust";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { isUnfilled } from "./policyElements";
import { addStatement, replaceNode } from "./textEdits";

const assumeRole = "sts:AssumeRole";

/**
 * The vendor's role must be able to assume itself, which both sides must say: its trust policy and its permissions. Who
 * is trusted under a condition that does not fit is condition-mismatch's.
 * https://aws.amazon.com/blogs/security/announcing-an-update-to-iam-role-trust-policy-behavior/
 */
export function selfTrustMissing(document: CheckedDocument): Finding[] {
  const { vendor } = document;
  if (vendor?.role?.trustsItself !== true || !isWhole(document)) return [];
  const trust = trustPolicy(document);
  if (trust !== undefined) return trustSide(document, vendor, trust);
  const permissions = permissionsPolicy(document);
  return permissions === undefined ? [] : permissionsSide(document, vendor, permissions);
}

function trustSide(document: CheckedDocument, { name }: VendorDefinition, policy: PolicyDocument): Finding[] {
  const own = (document.expectedTrust ?? []).filter(({ self }) => self);
  // Before the vendor has given its external ID nobody is let in.
  if (own.length === 0 || !policy.statements.some((statement) => allows(statement) && assumes(statement))) return [];
  const names = ({ value }: StringNode) => isUnfilled(value) || isOwnPrincipal(document, value);
  const trusts = (statement: Statement) =>
    allows(statement) &&
    assumes(statement) &&
    statement.principals.some(({ type, node }) => type === "AWS" && names(node));
  if (policy.statements.some(trusts)) return [];
  const statement = own[0]?.statement();
  const fixes: Fix[] =
    statement === undefined
      ? []
      : [{ title: "Let the role assume itself", edits: addStatement(policy, statement), safe: true }];
  return missing(
    document,
    policy,
    `The role of ${name} must trust itself, and this trust policy does not let it in, so ${name} would refuse the role.`,
    fixes,
  );
}

/**
 * Does a principal stand for the vendor's role itself? Without an integration its name is not known: any role that is not
 * the vendor's can be it.
 */
export function isOwnPrincipal(document: CheckedDocument, value: string): boolean {
  if (document.vendor?.role?.trustsItself !== true) return false;
  const expected = document.expectedTrust ?? [];
  const named = ({ principals }: ExpectedStatement) => principals.some((wanted) => namesSame(wanted, value));
  if (vendorStatements(expected).some(named)) return false;
  if (expected.some((statement) => statement.self && named(statement))) return true;
  const own = ownRole(document);
  return own === undefined ? /^arn:[^:]+:iam::[^:]*:role\//.test(value) : value === own.arn || own.fits(value);
}

function permissionsSide(document: CheckedDocument, vendor: VendorDefinition, policy: PolicyDocument): Finding[] {
  const statements = policy.statements.filter((statement) => allows(statement) && assumes(statement));
  const own = ownRole(document);
  if (own === undefined) {
    if (statements.length > 0) return [];
  } else {
    const resources = statements.flatMap((statement) => statement.resources);
    const names = ({ value }: StringNode) => matchesPattern(value, own.arn) || isUnfilled(value) || own.fits(value);
    if (resources.some(names)) return [];
    const [other] = resources;
    if (other !== undefined) {
      return [
        {
          check: "self-trust-missing",
          severity: "error",
          message: `The role of ${vendor.name} must be able to assume itself (${own.shown}), and this is another one, so ${vendor.name} would refuse the role.`,
          range: contentRange(document.text, other),
          fixes: own.known
            ? [{ title: `Replace by ${own.arn}`, edits: [replaceNode(other, own.arn)], safe: true }]
            : [],
        },
      ];
    }
  }
  const message = `The role of ${vendor.name} must be able to assume itself, and no statement allows ${assumeRole} on it, so ${vendor.name} would refuse the role.`;
  return missing(document, policy, message, permissionFixes(document, vendor, policy));
}

function assumes({ actions }: Statement): boolean {
  return actions.some(({ value }) => matchesAction(value, assumeRole));
}

interface OwnRole {
  readonly arn: string;
  /** The first apply fills in the account. */
  readonly known: boolean;
  readonly shown: string;
  /** Does it name the role, whatever the account is? */
  readonly fits: (value: string) => boolean;
}

function ownRole({ context }: CheckedDocument): OwnRole | undefined {
  const manifest: Manifest | undefined = context.integration?.manifest;
  if (manifest?.role === undefined) return undefined;
  const { account, partition, role } = manifest;
  const arn = roleArn(role, account ?? "999999999999", partition);
  return {
    arn,
    known: account !== undefined,
    shown: account === undefined ? role.name : arn,
    fits: (value) => account === undefined && value.replace(/::[^:]*:/, "::999999999999:") === arn,
  };
}

function permissionFixes(
  { context }: CheckedDocument,
  vendor: VendorDefinition,
  policy: PolicyDocument,
): readonly Fix[] {
  const manifest = context.integration?.manifest;
  if (manifest?.account === undefined) return [];
  const request = withDefaults(vendor, manifest);
  const template = vendor.permissions?.statements.find(
    ({ when, statement }) => matchesWhen(when, request) && namesOwnRole(statement),
  );
  if (template === undefined) return [];
  const statement = expandObject(template.statement, tokenValues(vendor, request));
  return [{ title: "Allow the role to assume itself", edits: addStatement(policy, statement), safe: true }];
}

function missing({ text }: CheckedDocument, policy: PolicyDocument, message: string, fixes: readonly Fix[]): Finding[] {
  const key = statementKey(policy);
  if (key === undefined) return [];
  return [{ check: "self-trust-missing", severity: "error", message, range: contentRange(text, key), fixes }];
}
