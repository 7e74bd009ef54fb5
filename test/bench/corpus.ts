import { loadServiceReference } from "../../src/policy/serviceReference/loadServiceReference";
import { measureCorpus } from "../corpus/measureCorpus";
import type { Figure } from "./figures";

/** How much of what people expect in the documents of the corpus is found, and how much of what is found they expect. */
export async function measureFindings(): Promise<readonly Figure[]> {
  const { documents, expected, recall, precision, missed, unexpected } = measureCorpus(await loadServiceReference());
  for (const line of missed) console.log(`  missed: ${line}`);
  for (const line of unexpected) console.log(`  not expected: ${line}`);
  const percent = (part: number) => `${(part * 100).toFixed(1)} %`;
  return [
    {
      what: `corpus of ${documents} documents with ${expected} findings: recall`,
      measured: percent(recall),
      asked: "≥ 99 %",
    },
    { what: "  precision, one finding for one cause", measured: percent(precision), asked: "≥ 99 %" },
  ];
}
