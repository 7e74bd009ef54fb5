import { performance } from "node:perf_hooks";
import type { CheckContext } from "../../src/checks/finding";
import type { ServiceReference } from "../../src/policy/serviceReference/serviceReference";
import { catalog, findVendor } from "../../src/vendors/catalog";
import { readCorpus } from "../corpus/readCorpus";
import { examine } from "./examine";
import { mutate } from "./mutate";
import { createRandom } from "./random";

/** The longest that one document may take. */
export const millisecondsAllowed = 50;

export interface FuzzOptions {
  readonly documents: number;
  /** The same seed gives the same documents. */
  readonly seed: number;
  /** The number of the first document: the same as in a run that reported it. */
  readonly first?: number;
  readonly reference: ServiceReference;
  readonly onProgress?: (done: number) => void;
}

/** One mutated document that something is wrong with. */
interface FuzzedDocument {
  readonly number: number;
  readonly source: string;
  readonly text: string;
}

export interface FuzzResult {
  readonly failures: readonly (FuzzedDocument & { readonly error: unknown })[];
  /** In milliseconds; one that took longer than allowed was timed again, and this is the least of its times. */
  readonly slowest: (FuzzedDocument & { readonly milliseconds: number }) | undefined;
}

/** Mutates documents of the corpus and does with each what the product does with a text that is typed and repaired. */
export function fuzz({ documents, seed, first = 0, reference, onProgress }: FuzzOptions): FuzzResult {
  const corpus = readCorpus();
  const texts = corpus.map(({ text }) => text);
  const contexts = [...contextsOf(reference), ...corpus.map(({ context }) => context && { ...context, reference })];
  const failures: FuzzResult["failures"][number][] = [];
  let slowest: FuzzResult["slowest"];
  for (let number = first; number < first + documents; number += 1) {
    const random = createRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
    const index = random.below(corpus.length);
    const [source, own] = [corpus[index], corpus[index]?.context];
    const text = mutate(source?.text ?? "", random, texts);
    const context = random.below(2) === 0 ? random.pick(contexts) : own && { ...own, reference };
    const document = { number, source: source?.name ?? "", text };
    try {
      let milliseconds = time(text, context);
      // Other programs of the machine take their time as well.
      for (let again = 0; again < 10 && milliseconds > millisecondsAllowed; again += 1) {
        milliseconds = Math.min(milliseconds, time(text, context));
      }
      if (slowest === undefined || milliseconds > slowest.milliseconds) slowest = { ...document, milliseconds };
    } catch (error) {
      failures.push({ ...document, error });
    }
    if (number % 1000 === 999) onProgress?.(number + 1 - first);
  }
  return { failures, slowest };
}

/** Of the clock's time and the processor's the less: on a busy machine the clock counts other programs, too. */
function time(text: string, context: CheckContext | undefined): number {
  const cpu = process.cpuUsage();
  const started = performance.now();
  examine(text, context);
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return Math.min(milliseconds, (user + system) / 1000);
}

/** No integration, without and with what is known about AWS, and one of each vendor with all that an account can tell. */
function contextsOf(reference: ServiceReference): readonly CheckContext[] {
  const kmsKeyArn = "arn:aws:kms:us-east-1:234567890123:key/0f1e2d3c-aaaa-4bbb-8ccc-1234567890ab";
  const buckets = [{ name: "training-data", exists: true, region: "us-east-1", kmsKeyArn }];
  const integrations = catalog.flatMap(({ id }) => {
    const definition = findVendor(id);
    if (definition === undefined) return [];
    const manifest = {
      id: "5f1c2a9e-6d1b-4c0e-9c6f-2f4d8a7b3e10",
      vendor: id,
      accessLevel: definition.accessLevels[0]?.id ?? "",
      account: "234567890123",
      parameters: { buckets: ["training-data", "labels"] },
      role: { name: "vendor-access" },
      documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
    };
    return (["permissions", "trust"] as const).map(
      (documentRole): CheckContext => ({
        vendors: catalog,
        integration: { manifest, definition, documentRole },
        buckets,
        reference,
      }),
    );
  });
  return [{ vendors: catalog }, { vendors: catalog, reference }, ...integrations];
}
