import { type PlaceholderPlace, placeholderPlaces } from "../../checks/placeholderPlaces";
import { type PlaceholderToken, placeholderTokens } from "../../checks/placeholderTokens";
import { type PolicyString, visitPolicyStrings } from "../../checks/policyStrings";
import { bucketOf, isAccountId, parseArn, resourceOffset } from "../../policy/arn";
import type { Range, StringNode } from "../../policy/json";
import { visitNodes } from "../../policy/jsonNodes";
import { parseJson } from "../../policy/parseJson";
import { hasName } from "../../policy/repair/hasName";
import { stringRange } from "../../policy/stringRange";
import type { Parameter, VendorDefinition } from "../../vendors/definition";
import type { FoundDocument } from "./pageDocuments";
import type { PageProse } from "./pageProse";
import type { Sentence } from "./proseSentences";

export type PlaceholderType = PlaceholderPlace["type"];

/** A placeholder in one document of a page. */
export interface FoundPlaceholder {
  readonly token: string;
  readonly type: PlaceholderType;
  /** Where it stands in the document's text. */
  readonly places: readonly Range[];
  /** The parameter of the recognised vendor that it stands for. */
  readonly parameter?: string;
  /** In the principal of a trust policy: the vendor's, not the customer's. */
  readonly ofPrincipal: boolean;
  /** A concrete name or number of the page, which is an example: nothing marks it as a placeholder. */
  readonly sample: boolean;
}

/**
 * What the customer has to put into a document: tokens by their shape, what the page's sentences tell to replace, and names
 * that can't be the customer's because everybody reads the page.
 */
export function placeholdersIn(
  { policy, text }: FoundDocument,
  vendor: VendorDefinition | undefined,
  vendors: readonly VendorDefinition[],
  prose: PageProse,
): readonly FoundPlaceholder[] {
  const found = new Map<string, { readonly places: Range[] } & Omit<FoundPlaceholder, "places">>();
  const add = (node: StringNode, start: number, token: string, rest: Omit<FoundPlaceholder, "token" | "places">) => {
    const whole = withBrackets(node.value, start, token);
    const entry = found.get(whole.token) ?? { ...rest, token: whole.token, places: [] };
    entry.places.push(stringRange(text, node, whole.start, whole.token.length));
    found.set(whole.token, entry);
  };
  if (policy === undefined) {
    visitNodes(parseJson(text).root, {
      string: (node) => {
        for (const token of placeholderTokens(node.value, [])) {
          add(node, token.start, token.text, { type: "text", ofPrincipal: false, sample: false });
        }
      },
    });
    return [...found.values()];
  }
  const ofType = (type: Parameter["type"]) => vendor?.parameters.find((parameter) => parameter.type === type)?.name;
  const known = new Map<StringNode, PlaceholderToken[]>();
  const checked = { text, json: policy.json, policy, vendor, context: { vendors }, expectedTrust: undefined };
  for (const { node, token, type, parameter, string } of placeholderPlaces(checked)) {
    const before = known.get(node) ?? [];
    known.set(node, [...before, token]);
    if (type === "external-id") {
      // `PROJECT_ID/SERVICE_ID` is one value for the customer.
      const several = before.length > 0 || placeholderTokens(node.value, []).length > 1;
      const name = parameter?.name ?? ofType("external-id");
      if (!several || before.length === 0) {
        add(node, several ? 0 : token.start, several ? node.value : token.text, {
          type,
          ...(name !== undefined && { parameter: name }),
          ofPrincipal: false,
          sample: false,
        });
      }
      continue;
    }
    const ofPrincipal = string.element === "principal" || isPrincipalCondition(string);
    add(node, token.start, token.text, {
      type,
      ...(parameter && { parameter: parameter.name }),
      ofPrincipal,
      sample: false,
    });
  }
  const buckets = ofType("bucket-list");
  visitPolicyStrings(policy, (node, element, statement, condition) => {
    const string: PolicyString = { node, element, statement, condition };
    for (const more of unmarked(string, known.get(node) ?? [], prose, vendor)) {
      const parameter = more.type === "bucket" ? buckets : undefined;
      add(node, more.start, more.token, {
        type: more.type,
        ...(parameter !== undefined && { parameter }),
        ofPrincipal: element === "principal",
        sample: more.sample,
      });
    }
  });
  return [...found.values()];
}

/** `<<bucket>>` and `#{bucket}` are placeholders with all their brackets. */
function withBrackets(value: string, start: number, token: string): { readonly start: number; readonly token: string } {
  let from = start;
  let to = start + token.length;
  while (token.startsWith("<") && value[from - 1] === "<" && value[to] === ">") {
    from -= 1;
    to += 1;
  }
  if (token.startsWith("{") && /[#%@]/.test(value[from - 1] ?? "")) from -= 1;
  return { start: from, token: value.slice(from, to) };
}

function isPrincipalCondition({ condition }: PolicyString): boolean {
  return condition?.key.value.toLowerCase() === "aws:principalarn";
}

interface Unmarked {
  readonly start: number;
  readonly token: string;
  readonly type: PlaceholderType;
  readonly sample: boolean;
}

/** What no shape tells: at most one finding for each part of the string. */
function unmarked(
  { node, element, condition, statement }: PolicyString,
  known: readonly PlaceholderToken[],
  prose: PageProse,
  vendor: VendorDefinition | undefined,
): readonly Unmarked[] {
  const { value } = node;
  const arn = parseArn(value);
  if (condition?.key.value.toLowerCase() === "sts:externalid" && known.length === 0) {
    return value === "" ? [] : [{ start: 0, token: value, type: "external-id", sample: !told(value, prose) }];
  }
  const isName = element === "principal" || element === "resource";
  if (isName && arn === undefined) {
    if (known.length > 0 || /^\*?$/.test(value) || isAccountId(value) || /^A(?:ROA|IDA)[A-Z0-9]{8,}/.test(value))
      return [];
    const type = element === "principal" ? "text" : statement.actions.some(isKms) ? "kms-key-arn" : "text";
    return [{ start: 0, token: value, type, sample: false }];
  }
  const found: Unmarked[] = [];
  const free = (start: number, token: string) =>
    !known.some((other) => other.start < start + token.length && start < other.start + other.text.length);
  if (arn !== undefined) {
    const start = resourceOffset(arn);
    const bucket = bucketOf(arn) ?? "";
    if (bucket !== "" && !/[*?$]/.test(bucket) && free(start, bucket)) {
      const sample = (!sampleBucket.test(bucket) || ofVendor(bucket, vendor)) && !told(bucket, prose);
      found.push({ start, token: bucket, type: "bucket", sample });
    }
  }
  let offset = 0;
  for (const part of value.split(/([:/*,?]+)/)) {
    const start = offset;
    offset += part.length;
    const taken = found.some((each) => each.start < start + part.length && start < each.start + each.token.length);
    if (taken || !/^[\w][\w.@+=-]{2,}$/.test(part) || isAccountId(part) || ordinary.has(part) || !free(start, part))
      continue;
    if (told(part, prose)) found.push({ start, token: part, type: "text", sample: false });
  }
  return found;
}

const isKms = ({ value }: StringNode): boolean => /^kms:/i.test(value);

/** Words of ARNs and of values that sentences speak of in passing. */
const ordinary = new Set([
  "arn",
  "aws",
  "aws-cn",
  "aws-us-gov",
  "iam",
  "sts",
  "kms",
  "role",
  "user",
  "root",
  "key",
  "true",
  "false",
  "alias",
  "assumed-role",
  "bucket",
]);

const sampleBucket =
  /^(?:my|your|our|the|some|any|test|example|sample|demo|customer|client|target|source|acme|foo|bar|company|name)(?:[-_.]|$)|bucket|^(?:foo|bar|acme|example)/i;

/** A bucket that carries the vendor's name may be the vendor's own. */
export function ofVendor(bucket: string, vendor: VendorDefinition | undefined): boolean {
  const [word = ""] = (vendor?.name ?? "").toLowerCase().split(/\W/);
  return word.length > 3 && bucket.toLowerCase().includes(word);
}

/** Does a sentence tell to replace this word? */
function told(word: string, prose: PageProse): boolean {
  const known = prose.told.get(word) ?? tells(word, prose.naming(word));
  prose.told.set(word, known);
  return known;
}

function tells(word: string, sentences: readonly Sentence[]): boolean {
  return sentences.some(({ text }) => {
    if (!text.includes(word) || !hasName(text, word)) return false;
    const [left = "", right = ""] = [text.slice(0, text.indexOf(word)), text.slice(text.indexOf(word) + word.length)];
    const close = left.slice(-60);
    return (
      (/\b(?:replac|substitut|chang|swap|updat|modif|edit)\w*[^.;]*$/i.test(close) &&
        /\b(?:with|by|to|for|into)\b/i.test(right.slice(0, 80))) ||
      /^[`"'”>]*[,;:]?\s+(?:and\s+|then\s+|please\s+)?(?:replace|change|adapt|edit)\s+(?:it|this|that)\b/i.test(
        right,
      ) ||
      /\bwhere\s+[`"'“<]*$/i.test(close) ||
      /\b(?:instead of|in place of)\s+[`"'“<]*$/i.test(close) ||
      /^[`"'”>]*\s+(?:is|with)\s+(?:the name of\s+)?your\b/i.test(right)
    );
  });
}
