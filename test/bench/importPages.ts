import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readPage } from "../../src/integration/page/readPage";
import { catalog } from "../../src/vendors/catalog";
import { hostilePages } from "../pages/hostilePages";
import { importOutcomes } from "../pages/importOutcome";
import { mutatedPage } from "../pages/pageCorpus";
import type { Figure } from "./figures";

const realPages = /^(?:activeloop-|jfrog-ml|dataloop)[\w.-]*\.(?:txt|md)$/;
const corpusSize = 1000;

/** How well pages are read: the five that customers copied, and a corpus of damaged ones. */
export function measureImport(): readonly Figure[] {
  const folder = join(__dirname, "../fixtures/pages");
  const real = readdirSync(folder).filter((name) => realPages.test(name));
  const read = real.map((name) => readPage(readFileSync(join(folder, name), "utf8"), catalog));
  const complete = read.filter(({ unread, recognised, version }) => unread.length === 0 && recognised && version);
  const placeholders = read.flatMap(({ documents }) => documents.flatMap((document) => document.placeholders));
  const start = performance.now();
  const pages = Array.from({ length: corpusSize }, (_, seed) => mutatedPage(seed));
  const documents = pages.flatMap((page) =>
    importOutcomes(page).map((outcome, index) => ({ outcome, done: page.mutations[index] ?? [] })),
  );
  const milliseconds = (performance.now() - start) / corpusSize;
  const readable = documents.filter(({ done }) => !done.some(({ destroys }) => destroys));
  const exact = readable.filter(({ outcome }) => outcome === "exact").length;
  const wrong = documents.filter(({ outcome }) => outcome === "wrong").length;
  const found = read.flatMap((page) => page.documents).length;
  const explained = placeholders.filter(({ explanation }) => explanation !== undefined).length;
  return [
    { what: "Import: real pages with vendor and version recognised", measured: `${complete.length}`, asked: "5" },
    { what: "  their documents found", measured: `${found}`, asked: "13" },
    { what: "  their placeholders explained", measured: `${explained} of ${placeholders.length}`, asked: "all" },
    {
      what: `  documents of ${corpusSize} damaged pages read exactly`,
      measured: `${((100 * exact) / readable.length).toFixed(1)} %`,
      asked: "≥ 97 %",
    },
    { what: "  read wrong in silence", measured: `${wrong} of ${documents.length}`, asked: "0" },
    { what: "  time for a page", measured: `${milliseconds.toFixed(1)} ms` },
    { what: "  a hostile page of 8 times the size, times the time (worst of all kinds)", measured: worstGrowth() },
  ];
}

/** 8 is linear, 64 would be the square. */
function worstGrowth(): string {
  const ratios = Object.values(hostilePages).map((page) => {
    const [small, large] = [timeOf(page(50_000)), timeOf(page(400_000))];
    // Below two milliseconds there is nothing but noise.
    return large / Math.max(2, small);
  });
  return Math.max(...ratios).toFixed(1);
}

function timeOf(text: string): number {
  const times = [0, 1, 2].map(() => {
    const start = performance.now();
    readPage(text, catalog);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[1] ?? 0;
}
