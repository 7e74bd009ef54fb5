import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import { checks, manifestChecks } from "../../../src/checks/registry";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { findingsOf, fixed, readExamples, reportOf } from "./documentedExamples";

const page = readFileSync(join(__dirname, "../../../docs/checks.md"), "utf8");
const ids = [...checks.map(({ id }) => id), ...manifestChecks];
const examples = readExamples(page);

describe("docs/checks.md", () => {
  let reference: ServiceReference;
  before(async () => {
    reference = await loadServiceReference();
  });

  it("has an entry for every check, in their order, and none besides", () => {
    const entries = Array.from(page.matchAll(/^## (.*)$/gm), ([, id]) => id);
    assert.deepEqual(entries, ids);
  });

  it("says in every entry why, and where that is known from", () => {
    for (const entry of page.split(/^## /m).slice(1)) {
      assert.match(entry, /\*\*Why:\*\*/);
      assert.match(entry, /\*\*Source:\*\* [\s\S]*\]\([^)]+\)/);
    }
  });

  it("has an example for every check", () => {
    assert.deepEqual([...new Set(examples.map(({ check }) => check))], ids);
  });

  it("has no block of JSON outside of an example", () => {
    assert.equal(page.match(/^```json$/gm)?.length, examples.length * 2);
  });

  for (const [index, example] of examples.entries()) {
    const { check, document, report, repaired } = example;
    describe(`example ${index + 1}: ${check}`, () => {
      it("reports exactly what stands there", () => {
        const findings = findingsOf(document, example, reference);
        assert.equal(reportOf(document, findings), report);
        assert.ok(findings.every((finding) => finding.check === check));
      });

      it("gives the repaired document when a fix is made", () => {
        const text = fixed(document, example, reference);
        if (text !== undefined) assert.equal(text, repaired);
      });

      it("has nothing to report for the repaired document", () => {
        assert.deepEqual(findingsOf(repaired, example, reference), []);
      });
    });
  }
});
