import type { Repair } from "../../policy/repair/repair";
import type { PageDocumentKind } from "./pageDocuments";
import { lineNumbers } from "./pageSearch";
import type { PageDocument, VendorPage } from "./readPage";

const kindTitles: { readonly [kind in PageDocumentKind]: string } = {
  permissions: "Permissions policy",
  trust: "Trust policy",
  bucket: "Bucket policy",
  key: "Key policy",
  cors: "CORS rules",
  unknown: "Policy of an unknown kind",
};

export function documentTitle({ kind }: Pick<PageDocument, "kind">): string {
  return kindTitles[kind];
}

/** Whose page it is and how it stands to the catalog, one sentence a line. */
export function describePage({ recognised, version, documents, unread, title }: VendorPage): readonly string[] {
  const count = `${documents.length} ${documents.length === 1 ? "document" : "documents"}`;
  const found = unread.length === 0 ? `${count} found.` : `${count} found, ${unread.length} unread.`;
  if (recognised === undefined) {
    return [`The page${title === undefined ? "" : ` “${title}”`} is of no vendor of the catalog. ${found}`];
  }
  const { vendor, by, source, retired, missing, unknown } = recognised;
  const lines = [
    `This is ${vendor.name}'s page${version === undefined ? "" : `, ${versionText(version)}`}${certainty[by]}. ${found}`,
  ];
  if (retired.length > 0) {
    lines.push(`It is older than the catalog: ${vendor.name} no longer names ${retired.join(", ")}.`);
    if (missing.length > 0) lines.push(`Today it names ${missing.join(", ")}.`);
  } else if (source?.status === "superseded") {
    lines.push("It is older than the catalog.");
  }
  if (unknown.length > 0) {
    lines.push(`The catalog does not know ${unknown.join(", ")}: the page may be newer, or not be ${vendor.name}'s.`);
  }
  return lines;
}

const certainty = {
  documents: "",
  principal: ", told by the accounts that it names",
  name: ", told only by the name in it",
} as const;

function versionText(version: string): string {
  return /^v?\d/.test(version) ? `version ${version}` : version.charAt(0).toLowerCase() + version.slice(1);
}

/** Repairs of one kind in one line of text: where, what was wrong, and what was changed. */
export function repairTexts(repairs: readonly Repair[], source: string, firstLine: number): readonly string[] {
  const groups = new Map<string, Repair[]>();
  for (const each of repairs) {
    const group = groups.get(each.message);
    if (group === undefined) groups.set(each.message, [each]);
    else group.push(each);
  }
  const lineOf = lineNumbers(source);
  return [...groups].map(([message, same]) => {
    const lines = same.map(({ offset }) => firstLine + lineOf(offset) - 1);
    const [first, last] = [lines[0] ?? firstLine, lines.at(-1) ?? firstLine];
    const place = first === last ? `line ${first}` : `lines ${first} to ${last}`;
    const count = same.length === 1 ? "" : ` (${same.length} places)`;
    const changes = [...new Set(same.map((each) => changeText(each, source)))];
    const more = changes.length > 2 ? [...changes.slice(0, 2), "…"] : changes;
    return `${place}${count}: ${message} ${more.join("; ")}`;
  });
}

function changeText({ offset, length, replacement }: Repair, source: string): string {
  const before = shown(source.slice(offset, offset + length));
  if (length === 0) return `Added: ${shown(replacement)}`;
  return replacement === "" ? `Removed: ${before}` : `${before} → ${shown(replacement)}`;
}

function shown(text: string): string {
  const visible = text.replace(/\p{C}|(?! )\p{Z}/gu, (character) => marks.get(character) ?? codePoint(character));
  const short = visible.length > 60 ? `${visible.slice(0, 57)}…` : visible;
  return /^\s*$/.test(short) ? `${short.length} ${short.length === 1 ? "blank" : "blanks"}` : short;
}

const marks = new Map([
  ["\n", "⏎"],
  ["\t", "⇥"],
  ["\u00a0", "⍽"],
]);

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
