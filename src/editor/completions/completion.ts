import type { Range, TextEdit } from "../../policy/json";
import type { CursorPlace } from "./cursorPlace";

/** One thing that can be put at the cursor. */
export interface Completion {
  readonly label: string;
  readonly kind: "element" | "word" | "service" | "action" | "pattern" | "resource" | "principal" | "operator" | "key";
  /** Beside the label: "Read · object". */
  readonly detail?: string;
  /** Markdown, in which nothing but our own words is markup. */
  readonly documentation?: string;
  /** An action or a pattern of actions, whose hover is the documentation: made when it is looked at. */
  readonly describes?: string;
  /** As VS Code reads snippets when `snippet` is true. */
  readonly newText: string;
  readonly snippet: boolean;
  readonly range: Range;
  /** What the typed text is compared with. */
  readonly filterText: string;
  readonly sortText: string;
  readonly additionalEdits: readonly TextEdit[];
  /** Offer again once it is there: what follows is a choice, too. */
  readonly asksAgain: boolean;
}

export interface Completions {
  readonly items: readonly Completion[];
  /** What is offered depends on what is typed: ask again with each letter. */
  readonly incomplete: boolean;
}

export const nothing: Completions = { items: [], incomplete: false };

/** What differs from one completion to the next. */
export interface Offer
  extends Partial<Pick<Completion, "detail" | "documentation" | "describes" | "filterText" | "asksAgain">> {
  readonly label: string;
  readonly kind: Completion["kind"];
  /** Groups come in the order of their numbers, within one by label unless `order` says otherwise. */
  readonly group: number;
  readonly order?: number;
  /** The string when it is not the label. */
  readonly value?: string;
  /** The string as a snippet, with tab stops: `arn:aws:s3:::${1:bucket}`. */
  readonly snippet?: string;
}

/** A string at the cursor, in the quotes that stand there or in new ones, with the commas that it needs. */
export function stringCompletion(place: CursorPlace, offer: Offer, after = ""): Completion {
  const { group, order, value = offer.label, snippet, label, ...rest } = offer;
  const quote = snippet === undefined ? JSON.stringify(value).slice(1, -1) : snippet;
  const opening = place.quotes === "none" ? '"' : "";
  const closing = place.quotes === "both" ? "" : '"';
  const comma = place.next === "entry" && place.quotes !== "both" ? "," : "";
  const isSnippet = snippet !== undefined || after !== "";
  const content = isSnippet && snippet === undefined ? escapeSnippet(quote) : quote;
  return {
    ...rest,
    label,
    newText: `${opening}${content}${closing}${after}${comma}`,
    snippet: isSnippet,
    range: place.range,
    filterText: offer.filterText ?? (snippet === undefined ? value : label),
    sortText: `${String(group).padStart(2, "0")}${order === undefined ? "" : String(order).padStart(4, "0")}${label}`,
    additionalEdits: missingComma(place),
    asksAgain: offer.asksAgain ?? false,
  };
}

/** A value that is no string, where nothing but perhaps a bare word stands: `{ "AWS": "$1" }`. */
export function valueCompletion(place: CursorPlace, offer: Offer & { readonly snippet: string }): Completion {
  const { group, order, value: _, snippet, label, ...rest } = offer;
  return {
    ...rest,
    label,
    newText: `${snippet}${place.next === "entry" ? "," : ""}`,
    snippet: true,
    range: place.range,
    filterText: offer.filterText ?? label,
    sortText: `${String(group).padStart(2, "0")}${String(order ?? 0).padStart(4, "0")}${label}`,
    additionalEdits: missingComma(place),
    asksAgain: offer.asksAgain ?? false,
  };
}

/**
 * A key with the beginning of its value; a key that has its value already only changes its name.
 * @param value a snippet; `$1` inside a string or a bracket asks for completions at once
 */
export function keyCompletion(place: CursorPlace, offer: Offer, value: string): Completion {
  if (place.next === "colon") return stringCompletion(place, offer);
  // The closing quote that stands there already ends up behind the key.
  const closed = { ...place, quotes: place.quotes === "both" ? ("opening" as const) : place.quotes };
  const range = place.quotes === "both" ? { offset: place.range.offset, length: place.range.length + 1 } : place.range;
  return { ...stringCompletion(closed, offer, `: ${value}`), range };
}

function missingComma({ missingCommaAt }: CursorPlace): readonly TextEdit[] {
  return missingCommaAt === undefined ? [] : [{ range: { offset: missingCommaAt, length: 0 }, newText: "," }];
}

export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
