import { isAccountId } from "../../policy/arn";
import { isObject, type JsonObject, type JsonValue } from "../../policy/json";
import type {
  AccessLevel,
  CorsRule,
  Parameter,
  StatementTemplate,
  VendorDefinition,
  When,
} from "../../vendors/definition";
import { unknownPage } from "../handBackPage";
import { bareToken } from "./explanations";
import { chosenBy, pageParameters, pageSource } from "./pageParameters";
import { pageTemplate } from "./pageTemplate";
import type { PageDocument, VendorPage } from "./readPage";

export interface NewVendor {
  readonly id: string;
  readonly name: string;
  /** The day of the import, ISO 8601. */
  readonly today: string;
}

/** Statements without a document around them: what the page adds for some customers. */
export function isFragment({ repairs }: PageDocument): boolean {
  return repairs.some(({ kind, message }) => kind === "fragment" && message.includes("Statement"));
}

/** The parameters that switch on the permissions of the page that are no whole document. */
export function optionsOf(documents: readonly PageDocument[]): ReadonlyMap<PageDocument, Parameter> {
  const parts = documents.filter((document) => document.kind === "permissions" && isFragment(document));
  return new Map(parts.map((document, index) => [document, optionFor(document, index, parts.length)]));
}

/**
 * A definition of a vendor that is in no catalog, from its page: the documents as templates, the placeholders as parameters
 * with the sentences that explain them. Of several permissions policies each becomes an access level; statements without a
 * document around them become options; of several trust policies the first counts.
 */
export function definitionFromPage(
  page: VendorPage,
  documents: readonly PageDocument[],
  { id, name, today }: NewVendor,
): VendorDefinition {
  const options = optionsOf(documents);
  const whole = documents.filter((document) => document.kind === "permissions" && !isFragment(document));
  const levels = accessLevels(whole);
  const conditions = new Map<PageDocument, When>([
    ...[...options].map(([document, { name: option }]) => [document, { [option]: true }] as const),
    ...(whole.length > 1 ? whole.map((each, index) => [each, { accessLevel: levels[index]?.id ?? "" }] as const) : []),
  ]);
  const parameters = pageParameters(documents, conditions);
  const nameOf = (token: string) => parameters.get(bareToken(token))?.name;
  const templates = documents.map((document) => ({ document, template: pageTemplate(document, nameOf) }));
  const ofKind = (kind: PageDocument["kind"]) => templates.filter(({ document }) => document.kind === kind);
  const permissions = ofKind("permissions").flatMap(({ document, template }) =>
    statementsOf(template, conditions.get(document)),
  );
  const [trust] = ofKind("trust");
  const inWords = trust === undefined && permissions.length > 0 ? trustInWords(page) : undefined;
  const trustStatements = inWords?.statements ?? (trust === undefined ? [] : statementsOf(trust.template));
  const bucketPolicy = ofKind("bucket").flatMap(({ template }) => statementsOf(template));
  const keyPolicy = ofKind("key").flatMap(({ template }) => statementsOf(template));
  const rules = ofKind("cors").flatMap(({ template }) => corsRules(template));
  const all = [...parameters.values(), ...(inWords?.parameters ?? [])];
  return {
    id,
    name,
    summary: `${name} reaches your S3 buckets as its page asks for.`,
    category: "pipelines",
    sources: [
      {
        id: pageSource,
        title: page.title ?? `The page of ${name}`,
        ...(page.url !== undefined && { url: page.url }),
        version: page.version ?? "without a version mark",
        status: "current",
        says: "Imported from the page: read it again when it changes.",
        checked: today,
      },
    ],
    accessLevels: levels,
    parameters: [...all, ...options.values()],
    principals: principalsOf([...trustStatements, ...bucketPolicy, ...keyPolicy], all),
    ...(trustStatements.length > 0 && {
      role: { description: `Lets ${name} reach S3 buckets.` },
      trust: trustStatements,
    }),
    ...(permissions.length > 0 && { permissions: { attach: "managed", statements: permissions } }),
    ...(bucketPolicy.length > 0 && { bucketPolicy }),
    ...(keyPolicy.length > 0 && { keyPolicy }),
    ...(rules.length > 0 && { cors: { rules, source: pageSource } }),
    handBack: [
      trustStatements.length > 0 ? { name: "roleArn", label: "Role ARN" } : { name: "bucket", label: "Bucket" },
    ],
    handBackTo: { label: name, url: page.url ?? unknownPage },
  };
}

/** The page shows no trust policy: whom to trust is asked for, with what the page's sentences say as a proposal. */
function trustInWords({ asked }: VendorPage): {
  readonly statements: readonly StatementTemplate[];
  readonly parameters: readonly Parameter[];
} {
  const [account, ...others] = asked.accounts;
  const only = others.length === 0 ? account : undefined;
  const parameters: Parameter[] = [
    {
      name: "vendorArn",
      title: "Who assumes the role",
      description:
        account?.sentence ?? "The page shows no trust policy and names no account: ask the vendor for its ARN.",
      type: "principal-arn",
      required: true,
      ...(only && { default: rootArn(only.value) }),
      ...(others.length > 0 && {
        choices: asked.accounts.map(({ value, sentence }) => ({ value: rootArn(value), label: sentence })),
      }),
      placeholders: ["<vendor-arn>"],
      source: pageSource,
    },
  ];
  if (asked.externalId !== undefined) {
    parameters.push({
      name: "externalId",
      title: "External ID",
      description: asked.externalId,
      type: "external-id",
      required: true,
      chosenBy: chosenBy(asked.externalId),
      placeholders: ["<external-id>"],
      source: pageSource,
    });
  }
  const condition = { Condition: { StringEquals: { "sts:ExternalId": "{{externalId}}" } } };
  const statement = {
    Effect: "Allow",
    Principal: { AWS: "{{vendorArn}}" },
    Action: "sts:AssumeRole",
    ...(asked.externalId !== undefined && condition),
  };
  return { statements: [{ source: pageSource, statement }], parameters };
}

function rootArn(account: string): string {
  return `arn:aws:iam::${account}:root`;
}

/** An id for a name that somebody typed: "Acme Labs" is acme-labs. */
export function vendorIdFrom(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

function accessLevels(documents: readonly PageDocument[]): readonly AccessLevel[] {
  if (documents.length < 2) {
    const description = "What the policies of the page allow.";
    return [{ id: "as-on-page", title: "As on the page", description, source: pageSource }];
  }
  return documents.map(({ intro, line }, index) => ({
    id: `policy-${index + 1}`,
    title: `Policy ${index + 1} of the page`,
    description: intro ?? `The policy in line ${line} of the page.`,
    source: pageSource,
  }));
}

function optionFor({ intro, line }: PageDocument, index: number, count: number): Parameter {
  return {
    name: `additionalStatements${count > 1 ? index + 1 : ""}`,
    title: `The additional statements in line ${line} of the page`,
    description: intro ?? "The page does not say when they are needed.",
    type: "boolean",
    required: false,
    default: false,
    placeholders: [],
    source: pageSource,
  };
}

function statementsOf(template: JsonValue, when?: When): readonly StatementTemplate[] {
  if (!isObject(template)) return [];
  const list = template.Statement;
  const statements = Array.isArray(list) ? list : [list];
  return statements.filter(isObject).map((statement) => ({
    ...(when && { when }),
    source: pageSource,
    statement: withValidSid(statement),
  }));
}

/** AWS takes only letters and digits. */
function withValidSid({ Sid: sid, ...rest }: JsonObject): JsonObject {
  const valid = typeof sid === "string" ? sid.replace(/[^A-Za-z0-9]/g, "") : "";
  return valid === "" ? rest : { Sid: valid, ...rest };
}

function corsRules(template: JsonValue): readonly CorsRule[] {
  const rules = isObject(template) ? template.CORSRules : template;
  return Array.isArray(rules) ? rules.filter(isObject) : [];
}

/** The vendor's: not the customer's own account. An account id is its root. */
function principalsOf(
  statements: readonly StatementTemplate[],
  parameters: readonly Parameter[],
): VendorDefinition["principals"] {
  const own = parameters.filter(({ type }) => type === "own-account").map(({ name }) => `{{${name}}}`);
  const names = statements.flatMap(({ statement }) => {
    const { Principal: principal } = statement;
    const aws = isObject(principal) ? principal.AWS : undefined;
    return (Array.isArray(aws) ? aws : [aws]).filter((name) => typeof name === "string");
  });
  const values = names
    .filter((name) => !own.some((token) => name.includes(token)))
    .map((name) => (isAccountId(name) ? rootArn(name) : name))
    .filter((name) => /^(?:arn:[^:]+:(?:iam|sts)::[^:]+:[^:]+|\{\{\w+\}\})$/.test(name));
  return [...new Set(values)].map((value) => ({ value, status: "current", source: pageSource }));
}
