import assert from "node:assert/strict";
import { oldFacts } from "../../../generate/checkCatalog";
import { catalog, findVendor } from "../../../src/vendors/catalog";

const vendor = findVendor("jfrog-ml");
const day = (text: string) => new Date(`${text}T12:00:00Z`);

describe("facts of the catalog", () => {
  it("each have a page, and a day that was", () => {
    // Not whether they are old: that depends on when this runs.
    const latest =
      catalog
        .flatMap(({ sources }) => sources.map(({ checked }) => checked))
        .sort()
        .at(-1) ?? "";
    assert.deepEqual(oldFacts(catalog, day(latest)), []);
  });

  it("are to be looked up again after 180 days, but for pages that are superseded", () => {
    assert.ok(vendor);
    assert.deepEqual(oldFacts([vendor], day("2027-05-20")), []);
    const [found, ...more] = oldFacts([vendor], day("2027-05-21"));
    assert.match(
      found?.message ?? "",
      /^Accessing AWS Resources with IAM Role \(https:.*\) was looked up 181 days ago$/,
    );
    assert.deepEqual(more, []);
    const sources = vendor.sources.map((source) => ({ ...source, checked: "1999-01-01" }));
    const [first] = sources;
    assert.ok(first);
    const superseded = { ...first, id: "old", status: "superseded" as const };
    assert.equal(oldFacts([{ ...vendor, sources: [...sources, superseded] }], day("2026-11-22")).length, 1);
  });

  it("need a page of the vendor's, and a day that is one", () => {
    assert.ok(vendor);
    const [source] = vendor.sources;
    assert.ok(source);
    const own = { ...source, id: "ours" };
    assert.match(oldFacts([{ ...vendor, sources: [own] }], day("2026-11-22"))[0]?.message ?? "", /no page/);
    const wrong = { ...source, checked: "yesterday" };
    assert.equal(oldFacts([{ ...vendor, sources: [wrong] }], day("2026-11-22")).length, 1);
  });
});
