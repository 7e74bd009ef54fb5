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
import { PageProse, valuesIn } from "./pageProse";
import { lineNumbers } from "./pageSearch";
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

/** More than any page has, and more than anybody reads: the first of them are told. */
const mostDocuments = 500;
const mostUnread = 200;

/** Of a larger page a block gets only what is around it: the larger the page, the less. */
const largestContext = 150_000;

/** Reads a page of documentation as people copy it: HTML, Markdown or plain text. Never throws. */
export function readPage(source: string, vendors: readonly VendorDefinition[]): VendorPage {
  const page = pageText(source.slice(0, largestPage));
  const { text, format, title } = page;
  const documents: FoundDocument[] = [];
  const unread: UnreadBlock[] = [];
  const { blocks, leftFrom } = findBlocks(page);
  let left = leftFrom;
  for (const { offset, length } of blocks) {
    if (documents.length >= mostDocuments) {
      left = offset;
      break;
    }
    const contents = documentsIn(text.slice(offset, offset + length), offset, wordsAround(text, offset));
    documents.push(...contents.documents);
    unread.push(...contents.unread);
  }
  unread.push(...foreignBlocks(page, blocks).filter(({ offset }) => left === undefined || offset < left));
  unread.sort((a, b) => a.offset - b.offset);
  const further = unread.splice(mostUnread);
  const recognised = recognisePage(page, documents, vendors);
  const prose = new PageProse(proseSentences(text, inOrder([...blocks, ...page.code])));
  const lineOf = lineNumbers(text);
  const version = pageVersion(text) ?? unmarkedVersion(recognised);
  const known = documents.map((document) => explainedDocument(document, recognised?.vendor, vendors, prose, lineOf));
  unread.push(...leftOut(source, text, { left, further: further[0], isIncomplete: prose.isIncomplete }));
  return {
    format,
    title: title ?? titleInCatalog(recognised, text) ?? headingOf(page, blocks),
    url: page.url ?? linkIn(prose.sentences.map((sentence) => sentence.text).join("\n")),
    asked: askedInWords(documents, prose),
    recognised,
    version,
    documents: known,
    unread: unread.map((block) => ({ ...block, line: lineOf(block.offset) })),
  };
}

/**
 * Where words that were cut are looked for: the whole page, unless it is larger than people write them. Each cut word
 * looks through it.
 */
function wordsAround(text: string, offset: number): string {
  if (text.length <= largestContext) return text;
  const reach = Math.round(largestContext ** 2 / text.length / 2);
  return text.slice(Math.max(0, offset - reach), offset + reach);
}

function explainedDocument(
  document: FoundDocument,
  vendor: VendorDefinition | undefined,
  vendors: readonly VendorDefinition[],
  prose: PageProse,
  lineOf: (offset: number) => number,
): PageDocument {
  const placeholders = placeholdersIn(document, vendor, vendors, prose);
  return {
    ...document,
    line: lineOf(document.offset),
    intro: prose.before(document.offset)?.text,
    placeholders: placeholders.map((placeholder) => explained(placeholder, document, prose, vendor)),
  };
}

/** What was not read of a page that is larger than any that somebody reads, and where it begins. */
function leftOut(
  source: string,
  text: string,
  {
    left,
    further,
    isIncomplete,
  }: { left: number | undefined; further: UnreadBlock | undefined; isIncomplete: boolean },
): readonly UnreadBlock[] {
  const from = (offset: number, reason: string) => ({ text: text.slice(offset, offset + 200), offset, reason });
  const found: UnreadBlock[] = [];
  if (further !== undefined)
    found.push(
      from(further.offset, `More than ${mostUnread} places can't be read: those from here on are not listed.`),
    );
  if (left !== undefined)
    found.push(
      from(left, "The page has more documents than any that somebody reads: from here on none was looked for."),
    );
  if (isIncomplete)
    found.push(from(0, "The documents have so many names that not all were looked for in the sentences of the page."));
  if (source.length > largestPage) {
    const reason = `The page is longer than ${largestPage / 1_000_000} million characters: what comes after this was not read.`;
    found.push(from(Math.max(0, text.length - 200), reason));
  }
  return found;
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

function inOrder(ranges: readonly Range[]): readonly Range[] {
  return [...ranges].sort((a, b) => a.offset - b.offset);
}

/** Pages that let the customer click a role together name the account, and perhaps an external ID, only in a sentence. */
export interface AskedInWords {
  readonly accounts: readonly { readonly value: string; readonly sentence: string }[];
  /** The sentence that asks for an external ID. */
  readonly externalId: string | undefined;
}

function askedInWords(documents: readonly FoundDocument[], prose: PageProse): AskedInWords {
  if (documents.some(({ kind }) => kind === "trust")) return { accounts: [], externalId: undefined };
  return {
    accounts: prose.values(accountsIn).map(({ value, sentence }) => ({ value, sentence: sentence.text })),
    externalId: prose.sentences.find(({ text }) => topics["external-id"].test(text))?.text,
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
  prose: PageProse,
  vendor: VendorDefinition | undefined,
): PagePlaceholder {
  const { token, type, sample } = placeholder;
  const about = sentencesAbout(token, prose, document.offset);
  const explanation =
    about[0]?.text ??
    remarkBeside(placeholder, document) ??
    sentenceOnTopic(topics[type], prose, document.offset)?.text;
  const given = valuesFor(placeholder, about, prose);
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
  prose: PageProse,
): readonly GivenValue[] {
  const wholePrincipal = ofPrincipal && (type === "text" || /arn$/i.test(bareToken(token)));
  const search = wholePrincipal ? principalsIn : type === "account-id" ? accountsIn : undefined;
  if (search === undefined) return valuesIn(about, (text) => quotedValue(text, token));
  const named = valuesIn(about, search);
  if (named.length > 0 || !ofPrincipal || about.some(({ text }) => /\byour\b[^.]*\baccount\b/i.test(text)))
    return named;
  return prose.values(search);
}

/** More than any document has of its own page. */
const mostRemarks = 100;

/** A comment or a remark that the page had on the same line, or on the line before. */
function remarkBeside({ places }: FoundPlaceholder, { text, source, repairs }: FoundDocument): string | undefined {
  const isRemark = ({ kind, offset, length }: Repair) =>
    (kind === "comment" || kind === "hint") && /[A-Za-z]{3,}\s+\S*[A-Za-z]/.test(source.slice(offset, offset + length));
  const remarks = repairs.filter(isRemark).slice(0, mostRemarks);
  const lines = places.slice(0, mostRemarks).map(({ offset }) => lineAround(text, offset).trim());
  const beside = remarks.find(({ offset, length }) => {
    const before = lineAround(source, offset)
      .slice(0, offset - source.lastIndexOf("\n", offset - 1) - 1)
      .trim();
    const lineEnd = source.indexOf("\n", offset + length);
    const following = lineEnd < 0 ? "" : lineAround(source, lineEnd + 1).trim();
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
