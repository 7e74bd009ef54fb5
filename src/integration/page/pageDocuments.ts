import { removeItem } from "../../checks/textEdits";
import { embeddedPolicies } from "../../policy/embedded/embeddedPolicies";
import { formatJson } from "../../policy/formatJson";
import { type ArrayNode, isObject, type JsonNode, type JsonText, type ObjectNode, type Range } from "../../policy/json";
import { parseJson, toValue } from "../../policy/parseJson";
import type { DocumentKind, PolicyDocument } from "../../policy/policyDocument";
import { isPermissionsStatement, isTrustStatement, readPolicy } from "../../policy/readPolicy";
import { type Repair, repair } from "../../policy/repair/repair";
import { amend, originalRange, type RepairedText } from "../../policy/repair/repairedText";
import { repairJson } from "../../policy/repair/repairJson";
import { isCorsRule } from "../../policy/repair/wholeDocument";

export type PageDocumentKind = DocumentKind | "cors";

/** One document of a page, mended. */
export interface FoundDocument {
  readonly kind: PageDocumentKind;
  /** JSON, with the placeholders of the page. */
  readonly text: string;
  /** As it stands in the page; `repairs` made on it give `text`. */
  readonly source: string;
  readonly repairs: readonly Repair[];
  /** Where `source` stands in the text of the page. */
  readonly offset: number;
  /** What it is a part of: a property, a template. */
  readonly within?: string;
  /** Of `text`; absent for CORS rules. */
  readonly policy?: PolicyDocument;
}

/** What looks like a document and can't be read without guessing. */
export interface UnreadBlock {
  readonly text: string;
  readonly offset: number;
  /** One sentence. */
  readonly reason: string;
  /** What guessing would give, to show only. */
  readonly guess?: string;
}

export interface BlockContents {
  readonly documents: readonly FoundDocument[];
  readonly unread: readonly UnreadBlock[];
}

const nothing: BlockContents = { documents: [], unread: [] };

/** Only what speaks of access is worth a word when it can't be read: pages show other JSON, too. */
const speaksOfAccess =
  /\bStatement\b|["“”]Effect|["“”]Action["“”]|["“”]Principal["“”]|sts:|arn:aws|Allowed(?:Origins|Headers|Methods)|CORSRules|2012-10-17/;

/** `Version = "2012-10-17"` in a jsonencode(…). */
const terraform = /^\s*["']?[A-Za-z]\w*["']?\s*=\s*["'[{]/m;
const isTerraform = "It is Terraform's own language: run it through terraform, and import what it makes.";

/** What is whole JSON is worth a word only when it is a part of a document. */
const partOfPolicy =
  /["'](?:Statement|Effect|NotAction|NotPrincipal|Principal|Condition|(?:String|Arn|Bool|Null|Ip|Numeric|Date)(?:Equals|Like|Address|[A-Z]\w+)?|Allowed(?:Origins|Headers|Methods))["']\s*:/;

/** The documents in one block of a page: one, several in a list or beside each other, or a part of something else. */
export function documentsIn(source: string, offset: number, page: string): BlockContents {
  const read = readBlock(source, page);
  if (read.unread !== undefined) {
    if (!speaksOfAccess.test(source)) return nothing;
    const { guess } = read;
    const reason = terraform.test(source) ? isTerraform : read.unread;
    return { documents: [], unread: [{ text: source, offset, reason, ...(guess && { guess: guess.text }) }] };
  }
  const repaired: RepairedText = { original: source, text: read.text, repairs: read.repairs };
  const json = parseJson(repaired.text);
  const contents = contentsOf(json, repaired, offset, page);
  if (contents.documents.length > 0 || contents.unread.length > 0 || !partOfPolicy.test(source)) return contents;
  return { documents: [], unread: [{ text: source, offset, reason: whatElse(json) }] };
}

/** Statements with commas between them are a list without its brackets. */
function readBlock(source: string, page: string): ReturnType<typeof repairJson> {
  const read = repairJson(source, page);
  if (read.unread === undefined) return read;
  const list = repairJson(`[${source}]`, page);
  const { root } = parseJson(list.text);
  const several = root?.kind === "array" && root.items.length > 1 && statementsOf(root) !== undefined;
  // With brackets around it, a statement that is cut off would look as if only one of its own were missing.
  if (list.unread !== undefined || !several || list.repairs.some(({ kind }) => kind === "json-syntax")) return read;
  const brackets = [
    repair("fragment", 0, 0, "[", "The block holds several, without the brackets of a list."),
    repair("fragment", source.length, 0, "]", "The block holds several, without the brackets of a list."),
  ];
  const inner = list.repairs.map((each) => ({ ...each, offset: each.offset - 1 }));
  return { text: list.text, repairs: [...brackets.slice(0, 1), ...inner, ...brackets.slice(1)] };
}

function contentsOf(json: JsonText, repaired: RepairedText, offset: number, page: string): BlockContents {
  const { root } = json;
  const policy = readPolicy(json);
  if (policy !== undefined) return policyContents(policy, repaired, offset);
  if (root === undefined) return nothing;
  const templates = embeddedPolicies(json);
  if (templates.length > 0) {
    const documents = templates.flatMap(({ textWith, node, path }): FoundDocument[] => {
      const { text } = textWith("named");
      const found = policyFound(readPolicy(parseJson(text)), text, []);
      const place = originalRange(repaired, node);
      return found === undefined
        ? []
        : [{ ...found, source: text, offset: offset + place.offset, within: `a template, ${pathText(path)}` }];
    });
    return { documents, unread: [] };
  }
  const value = toValue(root);
  if (isCorsRule(value)) return { documents: [document("cors", inBrackets(repaired), offset)], unread: [] };
  const rules = isObject(value) ? value.CORSRules : value;
  if (Array.isArray(rules) && rules.length > 0 && rules.every(isCorsRule)) {
    return { documents: [document("cors", repaired, offset)], unread: [] };
  }
  const statements = statementsOf(root);
  if (statements !== undefined) return wrapped(statements, repaired, offset);
  return partsOf(root, json, repaired, offset, page);
}

function policyFound(policy: PolicyDocument | undefined, text: string, repairs: readonly Repair[]) {
  return policy === undefined ? undefined : { kind: policy.kind, text, repairs, policy };
}

function pathText(path: readonly { readonly value: string }[]): string {
  return path.map(({ value }) => value).join(" › ");
}

function document(kind: PageDocumentKind, { original, text, repairs }: RepairedText, offset: number): FoundDocument {
  const policy = kind === "cors" ? undefined : readPolicy(parseJson(text));
  return { kind, text, source: original, repairs, offset, ...(policy && { policy }) };
}

/** Trust and permissions in one document are two: AWS takes them in different places. */
function policyContents(policy: PolicyDocument, repaired: RepairedText, offset: number): BlockContents {
  const { statements, kind } = policy;
  const trust = statements.filter(isTrustStatement);
  const permissions = statements.filter(isPermissionsStatement);
  const others = statements.length - trust.length - permissions.length;
  if (kind !== "unknown" || trust.length === 0 || permissions.length === 0 || others > 0) {
    return { documents: [document(kind, repaired, offset)], unread: [] };
  }
  const list = policy.root.properties.findLast(({ key }) => key.value === "Statement")?.value;
  if (list?.kind !== "array") return { documents: [document(kind, repaired, offset)], unread: [] };
  const only = (kept: readonly { readonly node: ObjectNode }[], name: string) =>
    amend(repaired, withoutOthers(list, new Set(kept.map(({ node }) => node)), name));
  return {
    documents: [
      document("trust", only(trust, "permissions"), offset),
      document("permissions", only(permissions, "trust"), offset),
    ],
    unread: [],
  };
}

/** Runs of statements that belong to the other document go together, each with its comma. */
function withoutOthers(list: ArrayNode, kept: ReadonlySet<JsonNode>, name: string): readonly Repair[] {
  const message = `The block mixes trust and permissions: this part belongs to the ${name} policy.`;
  const repairs: Repair[] = [];
  const { items } = list;
  for (let index = 0; index < items.length; index += 1) {
    const first = items[index];
    if (first === undefined || kept.has(first)) continue;
    let last = first;
    while (items[index + 1] !== undefined && !kept.has(items[index + 1] ?? first)) {
      index += 1;
      last = items[index] ?? last;
    }
    const run: Range = { offset: first.offset, length: last.offset + last.length - first.offset };
    const rest: readonly Range[] = [...items.slice(0, items.indexOf(first)), run, ...items.slice(index + 1)];
    const edit = removeItem(rest, run);
    if (edit !== undefined) repairs.push(repair("split", edit.range.offset, edit.range.length, edit.newText, message));
  }
  return repairs;
}

/** S3 takes a list of rules, also for one. */
function inBrackets(repaired: RepairedText): RepairedText {
  const message = "CORS rules are a list, also when there is only one.";
  const around = [repair("fragment", 0, 0, "[", message), repair("fragment", repaired.text.length, 0, "]", message)];
  return amend(repaired, around);
}

/** A statement or a list of them, without the document around. */
function statementsOf(root: JsonNode): readonly JsonNode[] | undefined {
  const items = root.kind === "array" ? root.items : [root];
  const all = items.every((item) => item.kind === "object" && isStatement(item));
  return all && items.length > 0 ? items : undefined;
}

function isStatement({ properties }: ObjectNode): boolean {
  const keys = new Set(properties.map(({ key }) => key.value));
  const action = keys.has("Action") || keys.has("NotAction");
  const target = keys.has("Resource") || keys.has("NotResource") || keys.has("Principal") || keys.has("NotPrincipal");
  return keys.has("Effect") && action && target;
}

function wrapped(items: readonly JsonNode[], repaired: RepairedText, offset: number): BlockContents {
  const message = "The page shows only statements: a document needs Version and Statement around them.";
  const list = repaired.text.trimStart().startsWith("[") && items.length > 0;
  const around = [
    repair("fragment", 0, 0, `{\n"Version": "2012-10-17",\n"Statement": ${list ? "" : "["}`, message),
    repair("fragment", repaired.text.length, 0, `${list ? "" : "]"}\n}`, message),
  ];
  const whole = amend(repaired, around);
  const policy = readPolicy(parseJson(whole.text));
  return policy === undefined ? nothing : policyContents(policy, whole, offset);
}

/** Several policies in a list or in an object, each under a name; policies as strings of JSON. */
function partsOf(root: JsonNode, json: JsonText, repaired: RepairedText, offset: number, page: string): BlockContents {
  const documents: FoundDocument[] = [];
  const unread: UnreadBlock[] = [];
  const add = (contents: BlockContents, within: string) => {
    const named = within === "" ? contents.documents : contents.documents.map((each) => ({ within, ...each }));
    documents.push(...named);
    unread.push(...contents.unread);
  };
  const visit = (node: JsonNode, names: readonly string[]): void => {
    const within = names.join(" › ");
    if (node.kind === "string" && /^\s*[{[]\s*"/.test(node.value) && speaksOfAccess.test(node.value)) {
      const place = originalRange(repaired, node);
      add(documentsIn(node.value, offset + place.offset, page), within);
    } else if (node.kind === "array") {
      for (const item of node.items) visit(item, names);
    } else if (node.kind === "object") {
      const part = partOf(node, json, repaired);
      const policy = part && readPolicy(parseJson(part.text));
      if (part !== undefined && policy !== undefined) {
        add(policyContents(policy, part, offset + originalRange(repaired, node).offset), within);
        return;
      }
      for (const { key, value } of node.properties) if (value !== undefined) visit(value, [...names, key.value]);
    }
  };
  visit(root, []);
  return { documents, unread };
}

/** A part of a block as a text of its own, with the repairs that were made in it. */
function partOf(node: ObjectNode, { text }: JsonText, repaired: RepairedText): RepairedText | undefined {
  const keys = node.properties.map(({ key }) => key.value);
  if (!keys.includes("Statement")) return undefined;
  const place = originalRange(repaired, node);
  const end = place.offset + place.length;
  const own = text.slice(node.offset, node.offset + node.length);
  const repairs = repaired.repairs
    .filter(({ offset, length }) => offset >= place.offset && offset + length <= end)
    .map((each) => ({ ...each, offset: each.offset - place.offset }));
  return { original: repaired.original.slice(place.offset, end), text: own, repairs };
}

function whatElse({ root }: JsonText): string {
  if (root?.kind !== "object" && root?.kind !== "array") return "It is no document of AWS.";
  const text = formatJson(toValue(root));
  if (/"(?:StringEquals|StringLike|ArnLike|ArnEquals|Bool|Null)"/.test(text) || /sts:ExternalId/.test(text)) {
    return "It is a part of a statement, not a document: the page says where it goes.";
  }
  if (/"QueueConfigurations?"|"TopicConfigurations?"|"LambdaFunctionConfigurations?"/.test(text)) {
    return "It is a configuration of bucket notifications, which is no policy.";
  }
  return "It is JSON, but neither a policy nor CORS rules.";
}
