import { isBucketOrObjectArn, parseArn } from "../arn";
import type { RequestFacts } from "../evaluate/requestFacts";
import { resolveVariables } from "../evaluate/variables";
import type { AccessStatement } from "./accessStatements";
import { type Language, patternLanguage, templateLanguage } from "./language";
import type { ResourceForms } from "./resourceForms";
import { walkLanguages } from "./walkLanguages";

/** Resources that the same patterns match. */
export interface ResourceRegion {
  /** One of them: an ARN, or `*` for actions that know no resources. */
  readonly resource: string;
  /** The kinds that it can be; undefined for what the reference does not have. */
  readonly types: ReadonlySet<string | undefined>;
  readonly matches: (pattern: Language) => boolean;
}

/** How to read patterns that hold policy variables. */
export type VariableReading =
  /** As in one request: each stands for its value. */
  | { readonly facts: RequestFacts }
  /** As anything: a pattern may match whatever it matches for some value. */
  | "anything";

const part = { token: "part" } as const;
const anyArn = templateLanguage("arn", ["arn:", part, ":", part, ":", part, ":", part, ":", { token: "text" }]);

/**
 * All kinds of resources that the statements tell apart, among those that the actions can act on; resources that no Allow
 * matches may be left out. Undefined when there are too many to look at.
 */
export function resourceRegions(
  forms: ResourceForms,
  statements: readonly AccessStatement[],
  reading: VariableReading,
): readonly ResourceRegion[] | undefined {
  const patterns = [
    ...new Map(statements.flatMap(({ resources }) => resources).map((each) => [languageKey(each), each])).values(),
  ];
  const regions: ResourceRegion[] = [];
  if (forms.types === undefined || forms.types.length === 0) {
    regions.push({
      resource: "*",
      types: new Set([undefined]),
      matches: (pattern) => isEverything(pattern, forms.service),
    });
    if (forms.types !== undefined) return regions;
  }
  const types = forms.types ?? [{ name: undefined, language: anyArn }];
  const languages = patterns.map((pattern) => read(pattern, reading));
  const allowing = statements.filter(({ effect }) => effect === "Allow");
  const open = allowing.some(({ allButResources }) => allButResources);
  const places = patterns.flatMap((pattern, index) =>
    allowing.some(({ resources }) => resources.some((each) => languageKey(each) === languageKey(pattern)))
      ? [types.length + index]
      : [],
  );
  const walked = walkLanguages(
    [...types.map(({ language }) => language), ...languages],
    (alive) => types.some((_, index) => alive[index]) && (open || places.some((place) => alive[place])),
  );
  if (walked === undefined) return undefined;
  const placeOf = new Map(patterns.map((pattern, index) => [languageKey(pattern), types.length + index]));
  for (const { witness, inside } of walked) {
    const names = types.filter((_, index) => inside[index]).map(({ name }) => name);
    if (names.length === 0) continue;
    const matches = (pattern: Language) => inside[placeOf.get(languageKey(pattern)) ?? -1] === true;
    regions.push({ resource: witness, types: new Set(names), matches });
  }
  return regions;
}

/** The same text means another thing in a version of the language that knows no variables. */
function languageKey({ text, tokens, variable }: Language): string {
  return text.includes("${") ? `${text} ${tokens.length} ${variable}` : text;
}

/** A request without a resource is matched by `*`, and S3's also by all that S3 has. */
function isEverything({ text }: Language, service: string): boolean {
  if (text === "*") return true;
  const arn = parseArn(text);
  return arn !== undefined && service === "s3" && isBucketOrObjectArn(arn) && arn.resource === "*";
}

function read(pattern: Language, reading: VariableReading): Language {
  if (!pattern.variable || reading === "anything") return pattern;
  const resolved = resolveVariables(pattern.text, reading.facts);
  return resolved === undefined ? nothing : patternLanguage(resolved.text, false, resolved.plain);
}

/** A character that no other text has. */
const nothing = templateLanguage("", ["\uffff"]);
