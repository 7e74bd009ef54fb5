import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expectedTrust } from "../../../src/checks/expectedTrust";
import type { CheckContext } from "../../../src/checks/finding";
import { families, familiesOfRegular } from "../../../src/checks/registry";
import { regularKind } from "../../../src/checks/regularShape";
import { parseJson } from "../../../src/policy/parseJson";
import { readPolicy } from "../../../src/policy/readPolicy";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { catalog } from "../../../src/vendors/catalog";
import { renderDocuments } from "../../../src/vendors/render";
import { allSamples } from "../vendors/sampleRequests";

const fixtures = path.join(__dirname, "../../fixtures");
const texts = readdirSync(fixtures, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
  .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8"));

let reference: ServiceReference;

const others = [
  '"Efect"',
  '"NotAction"',
  '"AWS"',
  '"Effect"',
  '"*"',
  '"arn:aws:iam::210987654321:root"',
  "7",
  "[]",
  "{}",
];

const elements = /"(Effect|Action|Resource|Principal|Condition|Statement|AWS|Allow)"/g;
const values = /"\w+:[^"]*"/g;

/** The text with each of its words changed, doubled, or taken away. */
function mutations(text: string, words: RegExp): readonly string[] {
  return [...text.matchAll(words)].flatMap(({ 0: word, index }) => {
    const [before, after] = [text.slice(0, index), text.slice(index + word.length)];
    return others.map((other) => before + other + after);
  });
}

/** What the checks find that are not asked about a document of this shape; undefined for another shape. */
function findingsOf(text: string, integration?: CheckContext["integration"]): readonly string[] | undefined {
  const json = parseJson(text);
  const policy = readPolicy(json);
  const kind = policy === undefined || json.problems.length > 0 ? undefined : regularKind(policy);
  if (kind === undefined || (integration && integration.documentRole !== kind)) return undefined;
  const vendor = integration?.definition;
  const context = { vendors: catalog, reference, ...(integration && { integration }) };
  const document = { text, json, policy, vendor, context, expectedTrust: expectedTrust({ policy, vendor, context }) };
  return families
    .filter((family) => !familiesOfRegular[kind].includes(family))
    .flatMap(({ check }) => check(document).map((found) => found.check));
}

describe("a regular shape", () => {
  before(async () => {
    reference = await loadServiceReference();
  });

  it("is one in which the checks that are not asked find nothing", () => {
    let regular = 0;
    for (const original of texts) {
      for (const text of [original, ...mutations(original, elements)]) {
        const found = findingsOf(text);
        if (found === undefined) continue;
        regular += 1;
        assert.deepEqual(found, [], text);
      }
    }
    assert.ok(regular > 100, `${regular} texts of a regular shape`);
  });

  it("is that of every vendor's documents, and then, too, the checks that are not asked find nothing", () => {
    for (const { definition, request } of allSamples) {
      const manifest = { id: "any", vendor: definition.id, documents: {}, ...request };
      const documents = renderDocuments(definition, request);
      for (const documentRole of ["permissions", "trust"] as const) {
        const text = JSON.stringify(documents[documentRole]);
        if (text === undefined) continue;
        assert.deepEqual(findingsOf(text), [], definition.id);
        for (const changed of [text, ...mutations(text, values)]) {
          assert.deepEqual(findingsOf(changed, { manifest, definition, documentRole }) ?? [], [], changed);
        }
      }
    }
  });
});
