import { checkDocument } from "../../src/checks/checkDocument";
import { checkManifest } from "../../src/checks/checkManifest";
import type { Finding } from "../../src/checks/finding";
import type { ServiceReference } from "../../src/policy/serviceReference/serviceReference";
import { catalog } from "../../src/vendors/catalog";
import { type CorpusDocument, type ExpectedFinding, readCorpus } from "./readCorpus";

export interface CorpusResult {
  readonly documents: number;
  readonly expected: number;
  /** Of what was expected, how much was found; of what was found, how much was expected: 0 to 1. */
  readonly recall: number;
  readonly precision: number;
  /** Every check that some document expects. */
  readonly checks: ReadonlySet<string>;
  /** `name: check "text"`, of what was expected and not found, and of what was found and not expected. */
  readonly missed: readonly string[];
  readonly unexpected: readonly string[];
}

/** Compares document, check and range of what is found with what is expected. */
export function measureCorpus(reference: ServiceReference): CorpusResult {
  const corpus = readCorpus();
  const missed: string[] = [];
  const unexpected: string[] = [];
  let expected = 0;
  let found = 0;
  for (const document of corpus) {
    const wanted = new Map(document.expected.map((finding) => [keyOf(finding), finding]));
    const findings = findingsIn(document, reference);
    const got = new Map(findings.map((finding) => [keyOf(finding), finding]));
    expected += wanted.size;
    found += findings.length;
    for (const [key, finding] of wanted) if (!got.has(key)) missed.push(described(document, finding));
    for (const finding of findings) if (!wanted.has(keyOf(finding))) unexpected.push(described(document, finding));
  }
  return {
    documents: corpus.length,
    expected,
    recall: (expected - missed.length) / expected,
    precision: (found - unexpected.length) / found,
    checks: new Set(corpus.flatMap((document) => document.expected.map(({ check }) => check))),
    missed,
    unexpected,
  };
}

export function findingsIn({ text, context }: CorpusDocument, reference: ServiceReference): readonly Finding[] {
  if (context !== undefined) return checkDocument(text, { ...context, reference });
  const files = new Set(["permissions-policy.json", "trust-policy.json"]);
  return checkManifest(text, { vendors: catalog, fileExists: (name) => files.has(name) }).findings;
}

function keyOf({ check, range }: ExpectedFinding): string {
  return `${check} ${range.offset} ${range.length}`;
}

function described({ name, text }: CorpusDocument, { check, range }: ExpectedFinding): string {
  return `${name}: ${check} ${JSON.stringify(text.slice(range.offset, range.offset + range.length))}`;
}
