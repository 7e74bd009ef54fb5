/** A piece of a text: `offset` and `length` in UTF-16 code units, as VS Code counts. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

export type JsonNode = ObjectNode | ArrayNode | StringNode | NumberNode | BooleanNode | NullNode;

export interface ObjectNode extends Range {
  readonly kind: "object";
  /** In the order of the text; a key that occurs twice is here twice. */
  readonly properties: readonly Property[];
}
export interface Property extends Range {
  readonly key: StringNode;
  /** Absent when the text stops after the key. */
  readonly value: JsonNode | undefined;
}
export interface ArrayNode extends Range {
  readonly kind: "array";
  readonly items: readonly JsonNode[];
}
export interface StringNode extends Range {
  readonly kind: "string";
  /** Unescaped, without the quotes; the range includes the quotes. */
  readonly value: string;
  /** Every character of `value` stands one to one in the text after the opening quote: true unless there are escapes. */
  readonly verbatim: boolean;
}
export interface NumberNode extends Range {
  readonly kind: "number";
  readonly value: number;
}
export interface BooleanNode extends Range {
  readonly kind: "boolean";
  readonly value: boolean;
}
export interface NullNode extends Range {
  readonly kind: "null";
}

/** The kinds of damage that a text copied from a web page has; ids of the checks that report them. */
export type SyntaxProblemCode =
  | "json-syntax"
  | "typographic-quote"
  | "invisible-character"
  | "trailing-comma"
  | "missing-comma"
  | "comment";

export interface SyntaxProblem {
  readonly code: SyntaxProblemCode;
  readonly range: Range;
  readonly message: string;
  /** Absent where the repair is not plain. */
  readonly repair?: { readonly title: string; readonly edits: readonly TextEdit[] };
}

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A text read as JSON as far as it can be read: a broken text still yields the tree of what is readable. */
export interface JsonText {
  readonly text: string;
  readonly root: JsonNode | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** A value as `JSON.parse` returns it. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
