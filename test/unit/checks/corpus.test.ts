import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { applySafeFixes } from "../../../src/checks/applyFixes";
import { checks, manifestChecks } from "../../../src/checks/registry";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { type CorpusResult, findingsIn, measureCorpus } from "../../corpus/measureCorpus";
import { readCorpus } from "../../corpus/readCorpus";

describe("the corpus of documents", () => {
  let reference: ServiceReference;
  let result: CorpusResult;
  before(async () => {
    reference = await loadServiceReference();
    result = measureCorpus(reference);
  });

  it("is large", () => {
    assert.ok(result.documents >= 150, `there are ${result.documents} documents`);
  });

  it("expects something of every check", () => {
    const ids = [...checks.map(({ id }) => id), ...manifestChecks];
    assert.deepEqual(
      ids.filter((id) => !result.checks.has(id)),
      [],
    );
  });

  it("expects nothing of a check that does not exist", () => {
    const ids = new Set([...checks.map(({ id }) => id), ...manifestChecks]);
    assert.deepEqual(
      [...result.checks].filter((id) => !ids.has(id)),
      [],
    );
  });

  it("has 99 % of what is expected found, at its place", () => {
    assert.ok(result.recall >= 0.99, `${result.recall}: ${result.missed.join("\n")}`);
  });

  it("has 99 % of what is found expected: one finding for one cause", () => {
    assert.ok(result.precision >= 0.99, `${result.precision}: ${result.unexpected.join("\n")}`);
  });

  it("is JSON wherever the safe fixes leave nothing to repair in the text", () => {
    for (const document of readCorpus()) {
      const { text } = applySafeFixes(document.text, (current) =>
        findingsIn({ ...document, text: current }, reference),
      );
      const left = findingsIn({ ...document, text }, reference);
      assert.deepEqual(
        left.filter(({ fixes }) => fixes.some(({ safe }) => safe)),
        [],
        document.name,
      );
      assert.doesNotThrow(() => JSON.parse(text), document.name);
    }
  });
});
