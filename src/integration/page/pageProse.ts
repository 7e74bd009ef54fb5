import type { GivenValue } from "./explanations";
import { countBefore } from "./pageSearch";
import type { Sentence } from "./proseSentences";

/** As many characters are looked through for names: on a page that somebody reads it is a small part of this. */
const mostSearched = 300_000_000;

/** Sentences that have a name in them are looked at closely. */
const closeLook = 20;

/** A name of so many sentences is explained by one near the document. */
const mostNaming = 200;

/** Longer than any name that a sentence has. */
const longestName = 500;

/** The sentences of a page, each looked through once for each name that a document has. */
export class PageProse {
  /** Names were left out, because the page has too many. */
  isIncomplete = false;
  /** Whether a sentence tells to replace a word, by the word. */
  readonly told = new Map<string, boolean>();
  private readonly lower: readonly string[];
  private readonly length: number;
  private searched = 0;
  private readonly named = new Map<string, readonly Sentence[]>();
  private readonly given = new Map<unknown, readonly GivenValue[]>();

  /** @param sentences in the order of the page */
  constructor(readonly sentences: readonly Sentence[]) {
    this.lower = sentences.map(({ text }) => text.toLowerCase());
    this.length = this.lower.reduce((sum, { length }) => sum + length, 0);
  }

  /** The sentences that have this name in them, in whatever case; of very many those around an offset. */
  naming(name: string, near = 0): readonly Sentence[] {
    const key = name.toLowerCase();
    let found = this.named.get(key);
    if (found === undefined) {
      found = this.search(key);
      this.named.set(key, found);
    }
    if (found.length <= mostNaming) return found;
    const middle = countBefore(found, near, offsetOf);
    const first = Math.max(0, Math.min(middle - mostNaming / 2, found.length - mostNaming));
    return found.slice(first, first + mostNaming);
  }

  /** The sentences that begin less than `reach` characters from an offset. */
  around(near: number, reach: number): readonly Sentence[] {
    const { sentences } = this;
    return sentences.slice(
      countBefore(sentences, near - reach + 1, offsetOf),
      countBefore(sentences, near + reach, offsetOf),
    );
  }

  /** What the page says last before an offset. */
  before(offset: number): Sentence | undefined {
    return this.sentences[countBefore(this.sentences, offset, offsetOf) - 1];
  }

  /** Every value of a kind in any sentence, each with the first that has it. */
  values(search: (text: string) => readonly string[]): readonly GivenValue[] {
    let found = this.given.get(search);
    if (found === undefined) {
      found = valuesIn(this.sentences, search);
      this.given.set(search, found);
    }
    return found;
  }

  private search(key: string): readonly Sentence[] {
    if (key.length > longestName) return [];
    if (this.searched > mostSearched) {
      this.isIncomplete = true;
      return [];
    }
    const found = this.sentences.filter((_, index) => this.lower[index]?.includes(key));
    this.searched += this.length + closeLook * found.reduce((sum, { text }) => sum + text.length, 0);
    return found;
  }
}

const offsetOf = ({ offset }: Sentence): number => offset;

/** The values that sentences have, each with the first of them. */
export function valuesIn(
  sentences: readonly Sentence[],
  search: (text: string) => readonly string[],
): readonly GivenValue[] {
  const found = new Map<string, GivenValue>();
  for (const sentence of sentences)
    for (const value of search(sentence.text)) if (!found.has(value)) found.set(value, { value, sentence });
  return [...found.values()];
}
