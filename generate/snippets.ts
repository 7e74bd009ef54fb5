import type { JsonValue } from "../src/policy/json";
import type { AccessLevel, Parameter, VendorDefinition } from "../src/vendors/definition";
import { type DocumentRole, documentRoles, documentTitles, type IntegrationRequest } from "../src/vendors/manifest";
import { withDefaults } from "../src/vendors/parameters";
import { documentsFor, renderTemplates } from "../src/vendors/render";
import type { TokenValues } from "../src/vendors/template";
import { principalValues } from "../src/vendors/tokens";

/** As VS Code reads it: https://code.visualstudio.com/docs/editing/userdefinedsnippets. */
export interface Snippet {
  readonly scope: string;
  readonly prefix: string;
  readonly body: readonly string[];
  readonly description: string;
}

/** A snippet with what it was made from, so that a test can render the same document. */
export interface VendorSnippet {
  readonly name: string;
  readonly snippet: Snippet;
  readonly request: IntegrationRequest;
  readonly document: DocumentRole;
}

/** Every document of a vendor in each form that its choices give it, with tab stops where a parameter's value belongs. */
export function vendorSnippets(definition: VendorDefinition): readonly VendorSnippet[] {
  return documentRoles.flatMap((document) => {
    const forms = new Map<string, Variant>();
    for (const variant of variantsOf(definition)) {
      if (!documentsFor(definition, variant.request).includes(document)) continue;
      const text = body(definition, variant.request, document).join("\n");
      if (!forms.has(text)) forms.set(text, variant);
    }
    const variants = [...forms.values()];
    return variants.map((variant) => vendorSnippet(definition, document, variant, variants));
  });
}

/** What a customer can decide about the form of the documents. */
interface Variant {
  readonly request: IntegrationRequest;
  readonly level: AccessLevel;
  /** Of the vendor's closed choices, by the parameter's name. */
  readonly choices: ReadonlyMap<string, { readonly value: string; readonly label: string }>;
  readonly key: boolean;
}

/** The default of everything first. */
function variantsOf(definition: VendorDefinition): readonly Variant[] {
  const key = definition.parameters.find(({ type }) => type === "kms-key-arn");
  const options = Object.entries(definition.cors?.when ?? {}).filter(([, value]) => typeof value === "boolean");
  return definition.accessLevels.flatMap((level) => {
    let choices: readonly Variant["choices"][] = [new Map()];
    for (const { name, type, choices: values = [], default: first } of definition.parameters) {
      if (type !== "choice") continue;
      const ordered = [...values].sort((a, b) => Number(b.value === first) - Number(a.value === first));
      choices = choices.flatMap((chosen) => ordered.map((choice) => new Map([...chosen, [name, choice]])));
    }
    return choices.flatMap((chosen) =>
      [false, ...(key ? [true] : [])].map((withKey) => {
        const values = [...chosen].map(([name, { value }]) => [name, value] as const);
        // Any value: it decides which statements are in, and its own tab stop takes its place.
        const free = definition.parameters.filter(({ type, required }) => required && isFree(type));
        const named = [...free, ...(withKey && key ? [key] : [])].map(({ name }) => [name, name] as const);
        const parameters = Object.fromEntries([...options, ...values, ...named]);
        return {
          request: { accessLevel: level.id, parameters, role: { name: "" } },
          level,
          choices: chosen,
          key: withKey,
        };
      }),
    );
  });
}

function isFree(type: Parameter["type"]): boolean {
  return !["boolean", "choice", "kms-key-arn", "own-account", "bucket-list"].includes(type);
}

const suffixes: { readonly [role in DocumentRole]: string } = {
  permissions: "permissions",
  trust: "trust",
  bucketPolicy: "bucket-policy",
  keyPolicy: "key-policy",
  cors: "cors",
};

function vendorSnippet(
  definition: VendorDefinition,
  document: DocumentRole,
  { request, level, choices, key }: Variant,
  variants: readonly Variant[],
): VendorSnippet {
  const levels = new Set(variants.map((variant) => variant.level));
  const varying = [...choices].filter(([name, { value }]) =>
    variants.some((variant) => variant.choices.get(name)?.value !== value),
  );
  const hasKey = key && variants.some((variant) => !variant.key);
  const details = [
    ...(levels.size > 1 ? [level.title.toLowerCase()] : []),
    ...varying.map(([, { label }]) => label),
    ...(hasKey ? ["KMS key"] : []),
  ];
  // What is the default goes without saying: the prefix says no more than it must.
  const others = varying.filter(([name, { value }]) => variants[0]?.choices.get(name)?.value !== value);
  const prefix = [
    "vendor-access",
    definition.id,
    suffixes[document],
    ...(hasKey ? ["kms"] : []),
    ...(levels.size > 1 && level !== variants[0]?.level ? [level.id] : []),
    ...others.map(([, { value }]) => value),
  ].join("-");
  const title = `${definition.name}: ${documentTitles[document]}`;
  const name = details.length > 0 ? `${title} (${details.join("; ")})` : title;
  const snippet = { scope: "json,jsonc", prefix, body: body(definition, request, document), description: name };
  return { name, document, request, snippet };
}

/** The contributed file. */
export function snippetFile(catalog: readonly VendorDefinition[]): string {
  const snippets = catalog.flatMap(vendorSnippets).map(({ name, snippet }) => [name, snippet] as const);
  return `// Generated by generate.ts from the catalog. Do not edit.\n${JSON.stringify(Object.fromEntries(snippets), undefined, 2)}\n`;
}

// Private-use characters mark the tokens in the rendered JSON, where they need no escape.
const open = "\uE000";
const close = "\uE001";

function body(
  definition: VendorDefinition,
  request: IntegrationRequest,
  document: VendorSnippet["document"],
): readonly string[] {
  const complete = withDefaults(definition, request);
  const rendered: JsonValue = renderTemplates(definition, complete, marked(definition, complete))[document] ?? {};
  const order: string[] = [];
  const text = JSON.stringify(rendered, undefined, 2)
    .replace(/[\\$]/g, "\\$&")
    .replace(new RegExp(`${open}(\\w+)${close}`, "g"), (_, name: string) => {
      const seen = order.indexOf(name);
      if (seen >= 0) {
        return `\${${seen + 1}}`;
      }
      order.push(name);
      return tabStop(definition, name, order.length);
    });
  return `${text}$0`.split("\n");
}

/** Marks instead of values, except for the partition, which a snippet leaves at the default. */
function marked(definition: VendorDefinition, request: IntegrationRequest): TokenValues {
  const own = definition.parameters.find(({ type }) => type === "own-account");
  const values: TokenValues = (token) => {
    if (token === "partition") return ["aws"];
    if (token === "principals") return principalValues(definition, request, values);
    if (token === "roleArn") return [`arn:aws:iam::${values("account")?.join()}:role/${open}roleName${close}`];
    if (token === "roleName") return [`${open}roleName${close}`];
    const name = token === "account" ? own?.name : token;
    const parameter = definition.parameters.find((each) => each.name === name);
    if (parameter === undefined) return undefined;
    const mark = open + parameter.name + close;
    if (parameter.type !== "prefix") return [mark];
    return [parameter.required ? `${mark}/` : ""];
  };
  return values;
}

/** The page's placeholder as the default text; before it the values that are known by name. */
function tabStop(definition: VendorDefinition, name: string, index: number): string {
  const parameter = definition.parameters.find((candidate) => candidate.name === name);
  const placeholder = parameter?.placeholders[0] ?? name;
  const choices = knownValues(parameter);
  return choices.length === 0
    ? `\${${index}:${placeholder.replace(/[\\$}]/g, "\\$&")}}`
    : `\${${index}|${[...choices, placeholder].map((choice) => choice.replace(/[\\,|$}]/g, "\\$&")).join(",")}|}`;
}

function knownValues(parameter: Parameter | undefined): readonly string[] {
  return (parameter?.choices ?? []).map(({ value }) => value);
}
