import { isAccountId, parseArn } from "../policy/arn";
import type { StringNode } from "../policy/json";
import type { Parameter, VendorDefinition } from "../vendors/definition";
import { withDefaults } from "../vendors/parameters";
import { placeholdersIn } from "../vendors/placeholdersIn";
import { bucketFacts, integrationBuckets } from "./documentFacts";
import type { CheckedDocument, FillRequest } from "./finding";
import { type PlaceholderToken, placeholderTokens } from "./placeholderTokens";
import { type PolicyString, visitPolicyStrings } from "./policyStrings";

/** A placeholder where it stands in the document, and what belongs there. */
export interface PlaceholderPlace {
  readonly node: StringNode;
  readonly token: PlaceholderToken;
  readonly string: PolicyString;
  readonly type: FillRequest["type"];
  /** Of the vendor that the document belongs to. */
  readonly parameter: Parameter | undefined;
}

export function placeholderPlaces(document: CheckedDocument): readonly PlaceholderPlace[] {
  const { policy, text, vendor, context } = document;
  if (policy === undefined) return [];
  const literals = placeholdersIn(text, vendor ?? context.vendors);
  const places: PlaceholderPlace[] = [];
  visitPolicyStrings(policy, (node, element, statement, condition) => {
    const tokens = placeholderTokens(node.value, literals);
    if (tokens.length === 0) return;
    const string: PolicyString = { node, element, statement, condition };
    for (const token of tokens) {
      if (token.exampleAccount) {
        const chosen = knownValues(document);
        if (chosen.has(token.text) || chosen.has(node.value) || !namesAccount(string)) continue;
      }
      const type = typeOf(token, string);
      places.push({ node, token, string, type, parameter: parameterOf(vendor, token, string, type) });
    }
  });
  return places;
}

/** An account id that somebody chose is no example, whatever its digits are. */
function knownValues({ context }: CheckedDocument): ReadonlySet<unknown> {
  const { manifest } = context.integration ?? {};
  return new Set([manifest?.account, ...Object.values(manifest?.parameters ?? {}).flat()]);
}

/** Twelve digits are an account id in an ARN, as a principal, and under a key such as aws:SourceAccount. */
function namesAccount({ node, element, condition }: PolicyString): boolean {
  if (!isAccountId(node.value)) return true;
  return element === "principal" || (condition !== undefined && /account$/i.test(condition.key.value));
}

function typeOf(token: PlaceholderToken, { node, element, statement, condition }: PolicyString): FillRequest["type"] {
  if (condition?.key.value.toLowerCase() === "sts:externalid") return "external-id";
  if (token.place === "account" || /account/i.test(token.text)) return "account-id";
  if (token.place === "bucket") return "bucket";
  const whole = token.text.length === node.value.length;
  if (whole && element === "resource" && statement.actions.some(({ value }) => /^kms:/i.test(value))) {
    return "kms-key-arn";
  }
  if (whole && /KMS|KEY_ARN/i.test(token.text)) return "kms-key-arn";
  return /bucket/i.test(token.text) ? "bucket" : "text";
}

function parameterOf(
  vendor: VendorDefinition | undefined,
  token: PlaceholderToken,
  { element, condition }: PolicyString,
  type: FillRequest["type"],
): Parameter | undefined {
  if (vendor === undefined) return undefined;
  const word = bareName(token.text);
  // What a closed choice stands for is not written as such.
  const named = vendor.parameters.find(
    ({ placeholders, type: ofParameter }) =>
      ofParameter !== "choice" && placeholders.some((known) => bareName(known) === word),
  );
  if (named !== undefined) return named;
  const ofType = (wanted: Parameter["type"]) => vendor.parameters.find((parameter) => parameter.type === wanted);
  switch (type) {
    case "bucket":
      return ofType("bucket-list");
    case "kms-key-arn":
      return ofType("kms-key-arn");
    case "account-id":
      // Who is trusted is the vendor's account; everything else is the customer's own.
      return element === "principal" || condition?.key.value.toLowerCase() === "aws:principalarn"
        ? (ofType("account-id") ?? (vendor.user === undefined ? undefined : ofType("own-account")))
        : ofType("own-account");
    case "external-id":
      return ofType("external-id");
    case "text":
      return undefined;
  }
}

/** `<account-id>` and `<ACCOUNT-ID>`, `BUCKET_NAME` and `{BUCKET_NAME}` are one: pages write them both ways. */
function bareName(placeholder: string): string {
  return placeholder.replace(/[<>{}[\]$]/g, "").toLowerCase();
}

/** What belongs there, as far as the integration or a look at the account says; several for a list of buckets. */
export function fillValues(document: CheckedDocument, place: PlaceholderPlace): readonly string[] {
  const { integration } = document.context;
  if (integration === undefined) return [];
  const { parameter, type, string } = place;
  const own = type === "account-id" && string.element === "resource" && parameter === undefined;
  if (own || parameter?.type === "own-account") {
    return integration.manifest.account === undefined ? [] : [integration.manifest.account];
  }
  if (parameter === undefined) return [];
  const value = withDefaults(integration.definition, integration.manifest).parameters[parameter.name];
  if (typeof value === "string" && value !== "") return [value];
  if (Array.isArray(value)) return value.filter((item) => typeof item === "string");
  if (parameter.type !== "kms-key-arn") return [];
  const keys = bucketFacts(document, integrationBuckets(document) ?? []).map(({ kmsKeyArn }) => kmsKeyArn);
  return [...new Set(keys.filter((key) => key !== undefined))];
}

/** The bucket or account that a string names when nothing stands for it any more. */
export function filledAccount(value: string): string | undefined {
  const account = isAccountId(value) ? value : parseArn(value)?.account;
  return account !== undefined && isAccountId(account) ? account : undefined;
}
