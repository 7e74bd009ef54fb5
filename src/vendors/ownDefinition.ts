import { accountOfPrincipal, isAccountId } from "../policy/arn";
import { parseJson, toValue } from "../policy/parseJson";
import { handBackNames, type VendorDefinition, type When } from "./definition";
import { knownForms } from "./knownPrincipal";
import { validate } from "./validateDefinition.generated";
import { describeProblems } from "./validateManifest";

/** A vendor definition of somebody's own, or why it is not obeyed. */
export type OwnDefinition = { readonly definition: VendorDefinition } | { readonly refused: readonly string[] };

/** What every definition that is not of the catalog has in its name, so that it is seen wherever the vendor is named. */
const ownMark = "workspace definition";

/**
 * Reads a vendor definition that is not of the catalog. It can add a vendor and nothing else: one that takes the id or the
 * name of an official vendor, or lets in whom an official vendor comes as, is refused.
 *
 * @param others own definitions that were read before
 */
export function readOwnDefinition(
  text: string,
  official: readonly VendorDefinition[],
  others: readonly VendorDefinition[] = [],
): OwnDefinition {
  const json = parseJson(text);
  const [problem] = json.problems;
  if (problem || !json.root) return { refused: [`This is no JSON: ${problem?.message ?? "it is empty."}`] };
  const value = toValue(json.root);
  if (!validate(value)) {
    const problems = describeProblems(validate.errors ?? [], value);
    return {
      refused: problems.map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message)),
    };
  }
  const definition = value as unknown as VendorDefinition; // the schema has just said so
  const refused = [
    ...official.flatMap((vendor) => impersonation(definition, vendor)),
    ...(others.some(({ id }) => id === definition.id)
      ? [`Another definition has the id ${definition.id}, too: each needs its own.`]
      : []),
    ...inconsistencies(definition),
  ];
  if (refused.length > 0) return { refused };
  return { definition: { ...definition, name: `${definition.name} (${ownMark})` } };
}

function impersonation(own: VendorDefinition, vendor: VendorDefinition): readonly string[] {
  if (vendor.id === own.id) return [`The id ${own.id} is that of ${vendor.name} in the catalog: choose another one.`];
  if (plainName(vendor.name) === plainName(own.name)) {
    return [`The name ${own.name} is that of ${vendor.name} in the catalog: choose another one.`];
  }
  const accounts = accountsOf(own);
  const shared = vendor.principals
    .flatMap(({ value }) => knownForms(value, vendor.parameters))
    .map((principal) => accountOfPrincipal(principal))
    .find((account) => account !== undefined && accounts.has(account));
  return shared === undefined
    ? []
    : [
        `It lets in account ${shared}, which is that of ${vendor.name}, under another name: use the vendor ${vendor.id} of the catalog.`,
      ];
}

/** Every account that the definition can let in: that of a principal, and whatever stands in its documents. */
function accountsOf({ principals, parameters, trust = [], bucketPolicy = [], keyPolicy = [] }: VendorDefinition) {
  const known = principals.flatMap(({ value }) => [value, ...knownForms(value, parameters)]);
  const statements = [...trust, ...bucketPolicy, ...keyPolicy].map(({ statement }) => statement);
  const values = parameters.flatMap(({ default: preset, choices = [] }) => [
    preset,
    ...choices.map(({ value }) => value),
  ]);
  const texts = JSON.stringify([known, statements, values]);
  return new Set((texts.match(/\d{12,}/g) ?? []).filter(isAccountId));
}

/** Without what people read over: case, blanks, signs, and what is in brackets. */
function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .replace(/\(.*?\)/g, "")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

const builtInTokens = ["partition", "account", "region", "roleName", "roleArn", "principals"];

/** What the schema can't say: sources, tokens and conditions name something that is there; patterns are ones. */
function inconsistencies(definition: VendorDefinition): readonly string[] {
  const { sources, parameters, accessLevels, handBack, role, trust } = definition;
  const names = new Set(parameters.map(({ name }) => name));
  const sourceIds = new Set<unknown>(sources.map(({ id }) => id));
  const levels = new Set(accessLevels.map(({ id }) => id));
  const tokens = Array.from(JSON.stringify(definition).matchAll(/\{\{(\w*)\}\}/g), ([, token = ""]) => token);
  const conditions = (valuesOf(definition, "when") as readonly When[]).flatMap((when) => Object.entries(when));
  return [
    ...valuesOf({ ...definition, sources: [] }, "source")
      .filter((source) => !sourceIds.has(source))
      .map((source) => `There is no source ${source}.`),
    ...conditions
      .filter(([name]) => !["accessLevel", "partition"].includes(name) && !names.has(name))
      .map(([name]) => `A "when" asks for ${name}, which is no parameter.`),
    ...conditions
      .filter(([name]) => name === "accessLevel")
      .flatMap(([, value]) => [value].flat().map(String))
      .filter((level) => !levels.has(level))
      .map((level) => `There is no access level ${level}.`),
    ...tokens
      .filter((token) => !names.has(token) && !builtInTokens.includes(token))
      .map((token) => `{{${token}}} is no parameter.`),
    ...parameters.flatMap(({ name, pattern }) => {
      const problem = pattern === undefined ? undefined : patternProblem(pattern);
      return problem === undefined ? [] : [`The pattern of ${name} ${problem}.`];
    }),
    ...handBack
      .filter(({ name }) => !names.has(name) && !handBackNames.some((known) => known === name))
      .map(({ name }) => `${name} can't be handed back.`),
    ...((role === undefined) === (trust === undefined)
      ? []
      : ["A role needs a trust policy, and a trust policy needs a role."]),
  ].filter((problem, index, all) => all.indexOf(problem) === index);
}

function patternProblem(pattern: string): string | undefined {
  try {
    new RegExp(pattern, "u");
  } catch {
    return "is no regular expression";
  }
  // It runs on values that others wrote: what takes exponential time would stop the whole editor.
  const bare = pattern.replace(/\\[^1-9k]|\[(?:\\.|[^\]])*\]/g, "x");
  return /\)(?:[*+]|\{\d+,\d*\})|\\[1-9k]/.test(bare)
    ? "repeats a group an unknown number of times, or refers back to one, which can take forever"
    : undefined;
}

/** The values of a key at any depth. */
function valuesOf(value: unknown, key: string): readonly unknown[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, child]) => (name === key ? [child] : valuesOf(child, key)));
}
