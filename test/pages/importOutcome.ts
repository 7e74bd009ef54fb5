import { readPage, type VendorPage } from "../../src/integration/page/readPage";
import { normalizePolicy } from "../../src/policy/normalizePolicy";
import { catalog } from "../../src/vendors/catalog";
import type { MutatedPage } from "./pageCorpus";

export type DocumentOutcome = "exact" | "unread" | "wrong";

/** What became of each document of a page: `wrong` is also what is gone without a word. */
export function importOutcomes(page: MutatedPage): readonly DocumentOutcome[] {
  const read = readPage(page.text, catalog);
  const found = read.documents.map(({ kind, text }) => canonical(kind, JSON.parse(text)));
  let silent = unexplained(page, read);
  const outcomes = page.golden.map(({ kind, value }): DocumentOutcome => {
    const index = found.indexOf(canonical(kind, value));
    if (index >= 0) {
      found.splice(index, 1);
      return "exact";
    }
    return "unread";
  });
  // Every document found that is none of the page's stands for one that is wrong; so does one without an unread block.
  const missing = outcomes.filter((outcome) => outcome === "unread").length;
  silent = Math.max(found.length, missing > 0 && read.unread.length === 0 ? missing : 0, silent);
  return outcomes.map((outcome) => {
    if (outcome !== "unread" || silent === 0) return outcome;
    silent -= 1;
    return "wrong";
  });
}

/** Repairs must tell every change. */
function unexplained(_page: MutatedPage, { documents }: VendorPage): number {
  return documents.filter(({ source, repairs, text }) => {
    let changed = source;
    for (const { offset, length, replacement } of [...repairs].reverse()) {
      changed = changed.slice(0, offset) + replacement + changed.slice(offset + length);
    }
    return changed !== text;
  }).length;
}

function canonical(kind: string, value: Parameters<typeof normalizePolicy>[0]): string {
  return `${kind} ${JSON.stringify(normalizePolicy(value))}`;
}
