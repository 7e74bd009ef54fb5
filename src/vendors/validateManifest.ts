import { UserError } from "../policy/userError";
import type { Manifest } from "./manifest";
import { type ValidationError, validate } from "./validateManifest.generated";

export interface ManifestProblem {
  /** Where in the manifest; of something missing, the object that lacks it. */
  readonly path: readonly (string | number)[];
  /** A sentence for a person, in the words that VS Code uses for the same schema. */
  readonly message: string;
}

/** What is wrong with a parsed integration.json, by its schema: each place once. Empty: it is a Manifest. */
export function validateManifest(value: unknown): readonly ManifestProblem[] {
  if (validate(value)) {
    return [];
  }
  return describeProblems(validate.errors ?? [], value);
}

/** The errors of a generated validator, each place once. */
export function describeProblems(errors: readonly ValidationError[], value: unknown): readonly ManifestProblem[] {
  const problems = new Map<string, ManifestProblem>();
  for (const error of errors) {
    const problem = describe(error, value);
    const key =
      error.keyword === "required" ? `${error.instancePath}/${missing(error)}?` : JSON.stringify(problem?.path);
    if (problem && !problems.has(key)) {
      problems.set(key, problem);
    }
  }
  return [...problems.values()];
}

/** Throws a UserError `manifest-invalid` that names every problem. */
export function parseManifest(value: unknown): Manifest {
  const problems = validateManifest(value);
  if (problems.length > 0) {
    const lines = problems.map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message));
    throw new UserError("manifest-invalid", `integration.json can't be used. ${lines.join(" ")}`);
  }
  // The schema just said so.
  return value as Manifest;
}

function describe(error: ValidationError, value: unknown): ManifestProblem | undefined {
  const path = instancePath(error.instancePath, value);
  const { params } = error;
  switch (error.keyword) {
    case "required":
      return { path, message: `"${missing(error)}" is missing.` };
    case "additionalProperties":
      return {
        path: [...path, String(params.additionalProperty)],
        message: `"${params.additionalProperty}" is not known here.`,
      };
    case "type":
      return { path, message: `This must be ${[params.type].flat().map(typeName).join(" or ")}.` };
    case "enum":
      return { path, message: `This must be one of ${[params.allowedValues].flat().join(", ")}.` };
    case "pattern":
      return {
        path: error.propertyName === undefined ? path : [...path, error.propertyName],
        message: error.message ?? `This must match ${params.pattern}.`,
      };
    case "minimum":
      return { path, message: `This must be at least ${params.limit}.` };
    case "maximum":
      return { path, message: `This must be at most ${params.limit}.` };
    case "minLength":
      return { path, message: "This must not be empty." };
    case "minItems":
      return { path, message: `This needs at least ${counted(params.limit)}.` };
    case "maxItems":
      return { path, message: `This takes at most ${counted(params.limit)}.` };
    default:
      // if, anyOf, propertyNames: what they are made of has been reported.
      return undefined;
  }
}

function missing({ params }: ValidationError): string {
  return String(params.missingProperty);
}

function counted(limit: unknown): string {
  return limit === 1 ? "1 value" : `${limit} values`;
}

function typeName(type: unknown): string {
  return type === "object" || type === "array" || type === "integer" ? `an ${type}` : `a ${type}`;
}

/** A JSON pointer as keys and, for arrays, indices. */
function instancePath(pointer: string, value: unknown): readonly (string | number)[] {
  const path: (string | number)[] = [];
  let at = value;
  for (const segment of pointer.split("/").slice(1)) {
    const key = segment.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(at) ? Number(key) : key);
    // Every step leads to what Ajv has just walked through.
    at = (at as { readonly [key: string]: unknown } | undefined)?.[key];
  }
  return path;
}
