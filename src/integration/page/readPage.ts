import type { Range } from "../../policy/json";
import type { Repair } from "../../policy/repair/repair";
import type { VendorDefinition } from "../../vendors/definition";
import {
  accountsIn,
  bareToken,
  type GivenValue,
  principalsIn,
  quotedValue,
  sentenceOnTopic,
  sentencesAbout,
} from "./explanations";
import { findBlocks } from "./findBlocks";
import { foreignBlocks } from "./foreignBlocks";
import { documentsIn, type FoundDocument, type UnreadBlock } from "./pageDocuments";
import { type FoundPlaceholder, ofVendor, placeholdersIn } from "./pagePlaceholders";
import { type PageFormat, type PageText, pageText } from "./pageText";
import { pageVersion } from "./pageVersion";
import { proseSentences, type Sentence } from "./proseSentences";
import { type RecognisedPage, recognisePage } from "./recognisePage";

/** What the customer has to put in, and what the page says about it. */
export interface PagePlaceholder extends FoundPlaceholder {
  /** The sentence of the page that explains it; absent when the page says nothing. */
  readonly explanation?: string;
  /** A value that the page itself gives for it, and no other. */
  readonly suggestedValue?: string;
  /** Several values that the page gives, each with its sentence: one per region, per product. */
  readonly choices?: readonly { readonly value: string; readonly sentence: string }[];
}

export interface PageDocument extends FoundDocument {
  /** The line of the page's text on which it begins, from 1. */
  readonly line: number;
  /** What the page says just before it. */
  readonly intro: string | undefined;
  readonly placeholders: readonly PagePlaceholder[];
}

/** A vendor's page, read. Nothing in it is guessed: what was changed is in `repairs`, what could not be read in `unread`. */
export interface VendorPage {
  readonly format: PageFormat;
  readonly title: string | undefined;
  /** Its address, where it tells. */
  readonly url: string | undefined;
  /** Of the vendors that are known; undefined for one that is not. */
  readonly recognised: RecognisedPage | undefined;
  /** As the page names it, else what tells it apart in the catalog. */
  readonly version: string | undefined;
  readonly documents: readonly PageDocument[];
  /** What a page without a trust policy says about it in words. */
  readonly asked: AskedInWords;
  readonly unread: readonly (UnreadBlock & { readonly line: number })[];
}

/** Larger than any page that somebody reads; the search takes time. */
const largestPage = 5_000_000;

/** Reads a page of documentation as people copy it: HTML, Markdown or plain text. Never throws. */
export function readPage(source: string, vendors: readonly VendorDefinition[]): VendorPage {
  const page = pageText(source.slice(0, largestPage));
  const { text, format, title } = page;
  const documents: FoundDocument[] = [];
  const unread: UnreadBlock[] = [];
  const blocks = findBlocks(page);
  for (const { offset, length } of blocks) {
    const contents = documentsIn(text.slice(offset, offset + length), offset, text);
    documents.push(...contents.documents);
    unread.push(...contents.unread);
  }
  unread.push(...foreignBlocks(page, blocks));
  unread.sort((a, b) => a.offset - b.offset);
  const recognised = recognisePage(page, documents, vendors);
  const sentences = proseSentences(text, inOrder([...blocks, ...page.code]));
  const lineOf = lineNumbers(text);
  const version = pageVersion(text) ?? unmarkedVersion(recognised);
  return {
    format,
    title: title ?? titleInCatalog(recognised, text) ?? headingOf(page, blocks),
    url: page.url ?? linkIn(sentences.map((sentence) => sentence.text).join("\n")),
    asked: askedInWords(documents, sentences),
    recognised,
    version,
    documents: documents.map((document) => ({
      ...document,
      line: lineOf(document.offset),
      intro: sentences.findLast(({ offset }) => offset < document.offset)?.text,
      placeholders: placeholdersIn(document, recognised?.vendor, vendors, sentences).map((placeholder) =>
        explained(placeholder, document, sentences, recognised?.vendor),
      ),
    })),
    unread: unread.map((block) => ({ ...block, line: lineOf(block.offset) })),
  };
}

function titleInCatalog(recognised: RecognisedPage | undefined, text: string): string | undefined {
  const title = recognised?.source?.title;
  return title !== undefined && text.includes(title) ? title : undefined;
}

/** A page without a mark is the one that the catalog tells apart in another way, or the one of a day. */
function unmarkedVersion(recognised: RecognisedPage | undefined): string | undefined {
  const source = recognised?.source;
  if (source === undefined) return undefined;
  return /no version/.test(source.version) ? `without a version mark, as of ${source.checked}` : source.version;
}

/** The line of an offset, from 1. Blocks are asked for in their order: each line break is passed once. */
function lineNumbers(text: string): (offset: number) => number {
  let line = 1;
  let position = 0;
  return (offset) => {
    if (offset < position) [line, position] = [1, 0];
    for (let end = text.indexOf("\n", position); end >= 0 && end < offset; end = text.indexOf("\n", position)) {
      line += 1;
      position = end + 1;
    }
    return line;
  };
}

function inOrder(ranges: readonly Range[]): readonly Range[] {
  return [...ranges].sort((a, b) => a.offset - b.offset);
}

/** Pages that let the customer click a role together name the account, and perhaps an external ID, only in a sentence. */
export interface AskedInWords {
  readonly accounts: readonly { readonly value: string; readonly sentence: string }[];
  /** The sentence that asks for an external ID. */
  readonly externalId: string | undefined;
}

function askedInWords(documents: readonly FoundDocument[], sentences: readonly Sentence[]): AskedInWords {
  if (documents.some(({ kind }) => kind === "trust")) return { accounts: [], externalId: undefined };
  const accounts = sentences.flatMap(({ text }) => accountsIn(text).map((value) => ({ value, sentence: text })));
  return {
    accounts: accounts.filter(({ value }, index) => accounts.findIndex((other) => other.value === value) === index),
    externalId: sentences.find(({ text }) => topics["external-id"].test(text))?.text,
  };
}

const topics: { readonly [Type in FoundPlaceholder["type"]]: RegExp } = {
  bucket: /\bbuckets?\b/i,
  "kms-key-arn": /\bKMS\b|\bkey ARN\b/i,
  "account-id": /\baccounts?\b/i,
  "external-id": /\bexternal[ -]?id\b/i,
  text: /\b(?:placeholders?|values? in (?:angle )?brackets|your own values?)\b/i,
};

function explained(
  placeholder: FoundPlaceholder,
  document: FoundDocument,
  sentences: readonly Sentence[],
  vendor: VendorDefinition | undefined,
): PagePlaceholder {
  const { token, type, sample } = placeholder;
  const about = sentencesAbout(token, sentences, document.offset);
  const explanation =
    about[0]?.text ??
    remarkBeside(placeholder, document) ??
    sentenceOnTopic(topics[type], sentences, document.offset)?.text;
  const given = valuesFor(placeholder, about, sentences);
  const [first, ...others] = given;
  const kept = sample && (type === "external-id" || ofVendor(token, vendor)) ? token : undefined;
  const suggestedValue = others.length === 0 ? (first?.value ?? kept) : undefined;
  return {
    ...placeholder,
    ...(explanation !== undefined && { explanation }),
    ...(suggestedValue !== undefined && { suggestedValue }),
    ...(others.length > 0 && { choices: given.map(({ value, sentence }) => ({ value, sentence: sentence.text })) }),
  };
}

/** Values that the page gives: in the sentences about the placeholder, else, for the vendor's account, anywhere. */
function valuesFor(
  { token, type, ofPrincipal }: FoundPlaceholder,
  about: readonly Sentence[],
  sentences: readonly Sentence[],
): readonly GivenValue[] {
  const quoted = about.flatMap((sentence) => {
    const value = quotedValue(sentence.text, token);
    return value === undefined ? [] : [{ value, sentence }];
  });
  const wholePrincipal = ofPrincipal && (type === "text" || /arn$/i.test(bareToken(token)));
  const search = wholePrincipal ? principalsIn : type === "account-id" ? accountsIn : undefined;
  if (search === undefined) return unique(quoted);
  const inSentences = (some: readonly Sentence[]) =>
    unique(some.flatMap((sentence) => search(sentence.text).map((value) => ({ value, sentence }))));
  const named = inSentences(about);
  if (named.length > 0 || !ofPrincipal || about.some(({ text }) => /\byour\b[^.]*\baccount\b/i.test(text)))
    return named;
  return inSentences(sentences);
}

function unique(values: readonly GivenValue[]): readonly GivenValue[] {
  return values.filter(({ value }, index) => values.findIndex((other) => other.value === value) === index);
}

/** A comment or a remark that the page had on the same line, or on the line before. */
function remarkBeside({ places }: FoundPlaceholder, { text, source, repairs }: FoundDocument): string | undefined {
  const remarks = repairs.filter(({ kind, offset, length }) => {
    return (
      (kind === "comment" || kind === "hint") &&
      /[A-Za-z]{3,}\s+\S*[A-Za-z]/.test(source.slice(offset, offset + length))
    );
  });
  const lines = places.map(({ offset }) => lineAround(text, offset).trim());
  const beside = remarks.find(({ offset, length }) => {
    const before = lineAround(source, offset)
      .slice(0, offset - source.lastIndexOf("\n", offset - 1) - 1)
      .trim();
    const following = (source.slice(offset + length).split("\n")[1] ?? "").trim();
    return lines.some((line) => shared(line, before) || (before === "" && shared(line, following)));
  });
  return beside && remarkText(beside, source);
}

function shared(line: string, other: string): boolean {
  const bare = (text: string) => text.replace(/[\s,"“”]/g, "");
  return bare(other).length > 3 && (bare(line) === bare(other) || bare(line).startsWith(bare(other)));
}

function lineAround(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return text.slice(start, end < 0 ? text.length : end);
}

function remarkText({ offset, length }: Repair, source: string): string {
  return source
    .slice(offset, offset + length)
    .replace(/^\s*(?:\/\/|\/\*+|#|<[-=]+|[-=]+>|[←→(*])+\s*|\s*(?:\*\/|\))?\s*$/g, "")
    .replace(/\s+/g, " ");
}

/** The first link that leads to the vendor and not to AWS, an image or a code host. */
function linkIn(text: string): string | undefined {
  const links = [...text.matchAll(/https:\/\/[^\s)\]"'<>`]+/g)].map(([link]) => link.replace(/[.,;:]+$/, ""));
  return links.find(
    (link) => !/amazon|aws\.|github|githubusercontent|\.(?:png|jpe?g|gif|svg|webp)\b|schema/i.test(link),
  );
}

/** The first heading of a plain page: a short line above the first document that is no list of links. */
function headingOf({ text }: PageText, blocks: readonly Range[]): string | undefined {
  const top = text.slice(0, blocks[0]?.offset ?? text.length).split("\n");
  return top.map((line) => line.trim()).find((line) => /^[A-Z][^.:{}]{9,80}$/.test(line) && line.includes(" "));
}
