import type { Range } from "../../policy/json";

/** One sentence of a page, with the blanks between its words as one each. */
export interface Sentence {
  readonly text: string;
  readonly offset: number;
}

const listMark = /^\s*(?:(?:\d{1,2}|[A-Za-z])[.)]\\?|[-*+•·▪◦–])\s+/;
const sentenceEnd = /[.!?](?=["”')\]]*\s+(?:["“`'<([{*_$]+[\p{L}\d]|[\p{Lu}\d]))/gu;

/**
 * The sentences of a page without its documents. A page's text breaks lines within a sentence wherever there was markup;
 * headings, list items and rows of tables are sentences of their own.
 */
export function proseSentences(text: string, documents: readonly Range[]): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let from = 0;
  for (const { offset, length } of [...documents, { offset: text.length, length: 0 }]) {
    if (offset > from) addSentences(text.slice(from, offset), from, sentences);
    from = Math.max(from, offset + length);
  }
  return sentences;
}

function addSentences(prose: string, start: number, sentences: Sentence[]): void {
  let paragraph = "";
  let begin = 0;
  const finish = () => {
    let from = 0;
    for (const { index } of paragraph.matchAll(sentenceEnd)) {
      add(paragraph.slice(from, index + 1), start + begin + from, sentences);
      from = index + 1;
    }
    add(paragraph.slice(from), start + begin + from, sentences);
    paragraph = "";
  };
  let offset = 0;
  for (const line of prose.split("\n")) {
    if (paragraph !== "" && !goesOn(paragraph, line)) finish();
    if (paragraph === "") {
      begin = offset;
      paragraph = line;
    } else {
      // One blank for the line break, so that offsets stay right.
      paragraph += ` ${line}`;
    }
    offset += line.length + 1;
  }
  finish();
}

/** Longer than any paragraph: a column of numbers, or no page at all. */
const longestParagraph = 2000;

/** Longer than the words after which a sentence goes on. */
const longestWord = 20;

/** Does the next line belong to the sentence so far? */
function goesOn(paragraph: string, line: string): boolean {
  if (paragraph.length > longestParagraph) return false;
  if (line.trim() === "" || paragraph.trim() === "" || listMark.test(line)) return false;
  if (/^\s*:::/.test(paragraph)) return false;
  // Of a long paragraph only its end is looked at for each line.
  const end = paragraph.trimEnd().slice(-longestWord);
  if (/[.!?:]$/.test(end) || paragraph.includes(" | ") || line.includes(" | ") || /^\s*(?:[|#>]|```|~~~)/.test(line))
    return false;
  return (
    /^\s*[\p{Ll}\d<{[(`"'“$,.;:)\]}>/]/u.test(line) ||
    /\b(?:the|a|an|your|with|of|to|by|as|for|in|use|replace|is|and|or|,)$/i.test(end)
  );
}

function add(raw: string, offset: number, sentences: Sentence[]): void {
  const blanks = raw.length - raw.trimStart().length;
  const mark = listMark.exec(raw)?.[0].length ?? blanks;
  const text = raw
    .slice(mark)
    .replace(/&#x20;|&nbsp;/g, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^\| ?| ?\|$/g, "");
  if (/[\p{L}\d]/u.test(text)) sentences.push({ text, offset: offset + mark });
}
