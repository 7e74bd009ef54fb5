import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { families } from "../../../src/checks/registry";
import { hasRegularShape } from "../../../src/checks/regularShape";
import { parseJson } from "../../../src/policy/parseJson";
import { readPolicy } from "../../../src/policy/readPolicy";
import { catalog } from "../../../src/vendors/catalog";
import { renderDocuments } from "../../../src/vendors/render";

const fixtures = path.join(__dirname, "../../fixtures");
const texts = readdirSync(fixtures, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
  .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8"));

/** Every text with each of its words changed, doubled, or taken away. */
function mutations(text: string): readonly string[] {
  const words = [...text.matchAll(/"(Effect|Action|Resource|Principal|Condition|Statement|AWS|Allow)"/g)];
  return words.flatMap(({ 0: word, index }) => {
    const [before, after] = [text.slice(0, index), text.slice(index + word.length)];
    return ['"Efect"', '"NotAction"', '"AWS"', '"Effect"', "7", "[]", "{}"].map((other) => before + other + after);
  });
}

function findingsOf(text: string): readonly string[] | undefined {
  const json = parseJson(text);
  const policy = readPolicy(json);
  if (policy === undefined || json.problems.length > 0 || !hasRegularShape(policy)) return undefined;
  const document = { text, json, policy, vendor: undefined, context: { vendors: catalog }, expectedTrust: undefined };
  return families.filter(({ grammar }) => grammar).flatMap(({ check }) => check(document).map((found) => found.check));
}

describe("a regular shape", () => {
  it("is one in which the checks of the grammar find nothing", () => {
    let regular = 0;
    for (const original of texts) {
      for (const text of [original, ...mutations(original)]) {
        const found = findingsOf(text);
        if (found === undefined) continue;
        regular += 1;
        assert.deepEqual(found, [], text);
      }
    }
    assert.ok(regular > 100, `${regular} texts of a regular shape`);
  });

  it("is that of every vendor's documents", () => {
    for (const definition of catalog) {
      const request = { accessLevel: definition.accessLevels[0]?.id ?? "", parameters: {}, role: { name: "r" } };
      for (const document of Object.values(renderDocuments(definition, request)))
        assert.deepEqual(findingsOf(JSON.stringify(document)), [], definition.id);
    }
  });
});
