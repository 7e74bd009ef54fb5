import { bucketOf, parseArn } from "../policy/arn";
import type { StringNode, TextEdit } from "../policy/json";
import type { Statement } from "../policy/policyDocument";
import { stringRange } from "../policy/stringRange";
import { hasWildcard } from "../policy/wildcards";
import type { CheckedDocument, Finding, Fix } from "./finding";
import { filledAccount, fillValues, type PlaceholderPlace, placeholderPlaces } from "./placeholderPlaces";
import { arrayAround } from "./policyStrings";
import { replaceNode, replaceRange } from "./textEdits";

/**
 * placeholder-unfilled: what a vendor's page or AWS's documentation wrote for a value of the customer's.
 * placeholder-partly-filled: the same where another of its places was filled; it takes the other's place.
 * Policy variables (`${aws:username}`, `${*}`) are no placeholders:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function placeholders(document: CheckedDocument): Finding[] {
  const places = placeholderPlaces(document);
  if (places.length === 0) return [];
  const open = openTexts(places);
  const filled = places.map((place) => filledElsewhere(document, place, open));
  const unfilled = places.filter((_, index) => filled[index] === undefined);
  const fillings = new Map<string, Filling>();
  return places.map((place, index) => {
    const value = filled[index];
    if (value !== undefined) return partlyFilledFinding(document, place, value);
    // What fills one place fills all of its kind: made once, however often the placeholder stands there.
    const { token, type, parameter, string } = place;
    const key = JSON.stringify([token.text, type, parameter?.name, string.element === "resource"]);
    const filling = fillings.get(key) ?? fillingOf(document, place, unfilled);
    fillings.set(key, filling);
    return unfilledFinding(document, place, filling);
  });
}

/** The strings in which placeholders stand, with these. */
type Texts = ReadonlyMap<StringNode, ReadonlySet<string>>;

interface OpenTexts {
  readonly texts: Texts;
  /** What was found out about the bucket that fills a placeholder, by statement and placeholder. */
  readonly twins: Map<Statement, Map<string, string | undefined>>;
}

function openTexts(places: readonly PlaceholderPlace[]): OpenTexts {
  const open = new Map<StringNode, Set<string>>();
  for (const { node, token } of places) open.set(node, (open.get(node) ?? new Set<string>()).add(token.text));
  return { texts: open, twins: new Map() };
}

type Filling = Pick<Finding, "fixes" | "fill">;

function fillingOf(document: CheckedDocument, place: PlaceholderPlace, all: readonly PlaceholderPlace[]): Filling {
  const same = all.filter(({ token, type }) => token.text === place.token.text && type === place.type);
  const fixes = fillFixes(document, place, same);
  if (fixes.some(({ safe }) => safe)) return { fixes };
  const places = same.map((other) => rangeOf(document, other));
  return { fixes, fill: { type: place.type, placeholder: place.token.text, places } };
}

function unfilledFinding(document: CheckedDocument, place: PlaceholderPlace, filling: Filling): Finding {
  return {
    check: "placeholder-unfilled",
    severity: "error",
    message: unfilledMessage(place),
    range: rangeOf(document, place),
    ...filling,
  };
}

function unfilledMessage({ token, type, node }: PlaceholderPlace): string {
  if (token.exampleAccount) {
    return `${token.text} is an account id of AWS’s own examples, so this would name an account that is not the one you mean.`;
  }
  switch (type) {
    case "bucket":
      return `${token.text} still stands where the name of your bucket belongs, so the policy would give no access to your bucket.`;
    case "kms-key-arn":
      return `${token.text} still stands where the ARN of your KMS key belongs, so AWS would refuse the policy.`;
    case "account-id":
      return `${token.text} still stands where an account id belongs, so ${node.value.includes(":iam:") ? "AWS would refuse the document" : "this would name no account"}.`;
    case "external-id":
      return `${token.text} still stands where the external ID belongs, so the vendor would be refused.`;
    case "text":
      return `${token.text} still stands where a value of yours belongs, so the document would not mean what it should.`;
  }
}

function partlyFilledFinding(document: CheckedDocument, place: PlaceholderPlace, value: string): Finding {
  const range = rangeOf(document, place);
  const what =
    place.type === "bucket"
      ? "only a part of the access to the bucket would work"
      : "the condition could never hold for the principal";
  return {
    check: "placeholder-partly-filled",
    severity: "error",
    message: `${place.token.text} was replaced by ${value} elsewhere but not here, so ${what}.`,
    range,
    fixes: [{ title: `Replace ${place.token.text} by ${value}`, edits: [replaceRange(range, value)], safe: true }],
  };
}

function rangeOf({ text }: CheckedDocument, { node, token }: PlaceholderPlace) {
  return stringRange(text, node, token.start, token.text.length);
}

/** One fix fills all places of the placeholder. */
function fillFixes(document: CheckedDocument, place: PlaceholderPlace, same: readonly PlaceholderPlace[]): Fix[] {
  const values = fillValues(document, place);
  const { text } = place.token;
  const [value] = values;
  if (value === undefined) {
    return (place.parameter?.choices ?? []).map((choice) => ({
      title: `Replace ${text} by ${choice.value} (${choice.label})`,
      edits: same.map((other) => replaceRange(rangeOf(document, other), choice.value)),
      safe: false,
    }));
  }
  // A string that has the placeholder twice is written anew once.
  const seen = new Set<StringNode>();
  const strings = same.filter(({ node }) => seen.size < seen.add(node).size);
  const edits =
    values.length === 1
      ? same.map((other) => replaceRange(rangeOf(document, other), value))
      : strings.map((other) => fillList(other, values));
  return [{ title: `Replace ${text} by ${values.join(", ")}`, edits, safe: true }];
}

/** One string for each value, in the array around it or in a new one. */
function fillList({ node, token, string }: PlaceholderPlace, values: readonly string[]): TextEdit {
  const texts = values.map((value) => node.value.split(token.text).join(value));
  const list = texts.map((text) => JSON.stringify(text)).join(", ");
  const inArray = [...string.statement.elements.values()].some(({ value }) => arrayAround(value, node) !== undefined);
  return inArray ? replaceRange(node, list) : replaceNode(node, texts);
}

/** The value that this placeholder was replaced by in its other place, when it was. */
function filledElsewhere(document: CheckedDocument, place: PlaceholderPlace, open: OpenTexts): string | undefined {
  const value = place.token.place === "bucket" ? twinBucket(document, place, open) : twinAccount(document, place, open);
  const [known, ...more] = value === undefined ? [] : fillValues(document, place);
  return known !== undefined && more.length === 0 ? known : value;
}

/** `arn:aws:s3:::training-data` beside `arn:aws:s3:::BUCKET_NAME/*`: each has the form that the other lacks. */
function twinBucket(document: CheckedDocument, place: PlaceholderPlace, open: OpenTexts): string | undefined {
  const { statement } = place.string;
  const known = open.twins.get(statement) ?? new Map<string, string | undefined>();
  open.twins.set(statement, known);
  // The same for each place in the statement where it stands.
  if (!known.has(place.token.text)) known.set(place.token.text, findTwinBucket(document, place, open.texts));
  return known.get(place.token.text);
}

function findTwinBucket({ policy }: CheckedDocument, place: PlaceholderPlace, open: Texts): string | undefined {
  const own = place.string.statement.resources;
  const inStatement = twinAmong(own, place, open);
  const mixed = own.some(({ value }) => filledBucket(value) !== undefined);
  if (inStatement !== undefined || mixed) return inStatement;
  return twinAmong(policy?.statements.flatMap(({ resources }) => resources) ?? [], place, open);
}

function twinAmong(resources: readonly StringNode[], place: PlaceholderPlace, open: Texts): string | undefined {
  const forms = new Map<string, Set<boolean>>();
  const ownForms = new Set<boolean>();
  for (const resource of resources) {
    const isObject = resource.value.includes("/");
    const bucket = filledBucket(resource.value);
    if (bucket !== undefined) forms.set(bucket, (forms.get(bucket) ?? new Set()).add(isObject));
    else if (open.get(resource)?.has(place.token.text)) ownForms.add(isObject);
  }
  const twins = [...forms].filter(
    ([, has]) => [...has].some((form) => !ownForms.has(form)) && [...ownForms].some((form) => !has.has(form)),
  );
  return twins.length === 1 ? twins[0]?.[0] : undefined;
}

function filledBucket(resource: string): string | undefined {
  const arn = parseArn(resource);
  const bucket = arn === undefined ? undefined : bucketOf(arn);
  return bucket === undefined || hasWildcard(bucket) || !/^[a-z0-9][a-z0-9.-]+$/.test(bucket) ? undefined : bucket;
}

/** The account in a statement's principal and in its condition; or the same in two statements. */
function twinAccount(
  { policy }: CheckedDocument,
  { token, string, node }: PlaceholderPlace,
  open: OpenTexts,
): string | undefined {
  if (token.place !== "account" || token.exampleAccount) return undefined;
  const isOpen = (value: StringNode) => open.texts.has(value);
  const accountsIn = (values: readonly StringNode[]) =>
    values.filter((value) => !isOpen(value)).flatMap(({ value }) => filledAccount(value) ?? []);
  const conditions = (statement: typeof string.statement) =>
    statement.conditions
      .filter(({ key }) => /^aws:principal(arn|account)$/i.test(key.value))
      .flatMap(({ values }) => values.filter((value) => value.kind === "string"));
  const principals = (statement: typeof string.statement) => statement.principals.map((principal) => principal.node);
  const beside = string.element === "principal" ? conditions(string.statement) : principals(string.statement);
  if (string.element !== "principal" && string.element !== "condition") return undefined;
  const accounts = new Set(accountsIn(beside));
  if (accounts.size === 0) {
    const form = parseArn(node.value)?.resource;
    for (const statement of policy?.statements ?? []) {
      if (statement === string.statement) continue;
      const like = principals(statement).filter(
        ({ value }) => string.element === "condition" || parseArn(value)?.resource === form,
      );
      for (const account of accountsIn(like)) accounts.add(account);
    }
    if (conditions(string.statement).length === 0) return undefined;
  }
  return accounts.size === 1 ? [...accounts][0] : undefined;
}
