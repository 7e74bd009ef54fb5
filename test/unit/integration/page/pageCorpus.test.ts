import assert from "node:assert/strict";
import { importOutcomes } from "../../../pages/importOutcome";
import { mutatedPage } from "../../../pages/pageCorpus";

describe("pages that copying has damaged", () => {
  const pages = Array.from({ length: 300 }, (_, seed) => mutatedPage(seed));
  const documents = pages.flatMap((page) =>
    importOutcomes(page).map((outcome, index) => ({ seed: page.seed, outcome, done: page.mutations[index] ?? [] })),
  );
  const destroyed = documents.filter(({ done }) => done.some(({ destroys }) => destroys));
  const damaged = documents.filter((document) => !destroyed.includes(document));

  it("are read exactly, 97 of 100 documents and more", () => {
    const exact = damaged.filter(({ outcome }) => outcome === "exact");
    assert.ok(damaged.length > 500, `${damaged.length} documents`);
    assert.ok(exact.length / damaged.length >= 0.97, `${exact.length} of ${damaged.length}`);
  });

  it("are never read wrong in silence", () => {
    assert.deepEqual(
      documents.filter(({ outcome }) => outcome === "wrong"),
      [],
    );
  });

  it("are reported as unread where something is lost for good", () => {
    assert.ok(destroyed.length > 20, `${destroyed.length} documents`);
    assert.deepEqual(
      destroyed.filter(({ outcome }) => outcome !== "unread"),
      [],
    );
  });
});
