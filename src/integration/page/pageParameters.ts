import type { Parameter, When } from "../../vendors/definition";
import { bareToken } from "./explanations";
import type { PageDocument, PagePlaceholder } from "./readPage";

/** The id of the one source of a definition that was made from a page. */
export const pageSource = "page";

/** Of the same placeholder in several documents, or in two spellings, the first that explains it. */
export function distinctPlaceholders(documents: readonly PageDocument[]): readonly PagePlaceholder[] {
  const found = new Map<string, PagePlaceholder>();
  for (const placeholder of documents.flatMap(({ placeholders }) => placeholders)) {
    const key = bareToken(placeholder.token);
    const known = found.get(key);
    if (known === undefined) found.set(key, placeholder);
    else found.set(key, { ...placeholder, ...known, places: [...known.places, ...placeholder.places] });
  }
  return [...found.values()];
}

/**
 * One parameter for each placeholder of the page, by its bare token, with the page's own sentence as its description.
 *
 * @param conditions when a document counts: what it alone needs is asked for only then
 */
export function pageParameters(
  documents: readonly PageDocument[],
  conditions: ReadonlyMap<PageDocument, When> = new Map(),
): ReadonlyMap<string, Parameter> {
  const parameters = new Map<string, Parameter>();
  for (const placeholder of distinctPlaceholders(documents)) {
    const bare = bareToken(placeholder.token);
    const users = documents.filter(({ placeholders }) => placeholders.some(({ token }) => bareToken(token) === bare));
    const [condition] = users.map((document) => conditions.get(document));
    const parameter = parameterFor(placeholder, [...parameters.values()]);
    const isConditional = condition !== undefined && users.length === 1;
    parameters.set(bare, isConditional ? { ...parameter, when: condition } : parameter);
  }
  return parameters;
}

function parameterFor(placeholder: PagePlaceholder, others: readonly Parameter[]): Parameter {
  const { token, explanation, suggestedValue, choices, sample } = placeholder;
  const form = formOf(placeholder);
  const isFirst = !others.some(({ type }) => type === form.type);
  const name = unusedName(isFirst && form.name !== undefined ? form.name : camelCase(token), others);
  const list = form.type === "bucket-list";
  const given = choices?.map(({ value, sentence }) => ({ value, label: sentence }));
  return {
    name,
    ...(list && name === "buckets" && { itemName: "bucket" }),
    title: isFirst && form.title !== undefined ? form.title : titleOf(token),
    description: explanation ?? `What the page writes as ${token}; it does not say what that is.`,
    type: form.type,
    required: form.type !== "own-account",
    ...(form.chosenBy && { chosenBy: form.chosenBy }),
    ...(suggestedValue !== undefined && !list && form.type !== "own-account" && { default: suggestedValue }),
    ...(given && { choices: given }),
    placeholders: sample && suggestedValue !== undefined ? [] : [token],
    source: pageSource,
  };
}

interface Form {
  readonly type: Parameter["type"];
  /** Of the first of its type. */
  readonly name?: string;
  readonly title?: string;
  readonly chosenBy?: Parameter["chosenBy"];
}

function formOf({ token, type, ofPrincipal, explanation = "" }: PagePlaceholder): Form {
  switch (type) {
    case "bucket":
      return { type: "bucket-list", name: "buckets", title: "Buckets" };
    case "kms-key-arn":
      return { type: "kms-key-arn", name: "kmsKeyArn", title: "KMS key" };
    case "external-id":
      return { type: "external-id", name: "externalId", title: "External ID", chosenBy: chosenBy(explanation) };
    case "account-id": {
      if (/arn$/i.test(bareToken(token))) return { type: "principal-arn", name: "vendorArn", title: "Principal" };
      const own = /\byour?\b|\bmy\b|\bown\b|customer/i;
      const isOwn = own.test(token.replace(/[_-]/g, " ")) || /\byour\b[^.]*\baccount\b/i.test(explanation);
      return ofPrincipal && !isOwn
        ? { type: "account-id", name: "accountId", title: "The vendor's account" }
        : { type: "own-account", name: "account", title: "Your AWS account" };
    }
    case "text":
      return ofPrincipal && /arn|principal/i.test(token)
        ? { type: "principal-arn", name: "vendorArn", title: "Principal" }
        : { type: "text" };
  }
}

/** Who makes up the external ID, as the page's sentence about it says: the vendor unless it is the customer. */
export function chosenBy(explanation: string): "customer" | "vendor" {
  return /\b(?:choose|choice|make up|generate|create|random|any (?:value|string)|of your own)\b/i.test(explanation)
    ? "customer"
    : "vendor";
}

function unusedName(name: string, others: readonly Parameter[]): string {
  let unused = name;
  for (let number = 2; others.some((other) => other.name === unused || other.itemName === unused); number += 1) {
    unused = `${name}${number}`;
  }
  return unused;
}

/** The names of tokens that every template has. */
const builtIn = new Set(["partition", "account", "region", "roleName", "roleArn", "principals", "accessLevel"]);

function camelCase(token: string): string {
  const words = wordsOf(token);
  const name = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
  const valid = /^[A-Za-z][A-Za-z0-9]*$/.test(name) ? name : `value${name.replace(/[^A-Za-z0-9]/g, "")}`;
  return builtIn.has(valid) ? `${valid}Value` : valid;
}

function titleOf(token: string): string {
  const words = wordsOf(token).join(" ");
  return words === "" ? token : words.charAt(0).toUpperCase() + words.slice(1);
}

function wordsOf(token: string): readonly string[] {
  return token
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}
