import assert from "node:assert/strict";
import fc from "fast-check";
import { corsRules, markRules, mergeRules, missingRules, otherRules } from "../../../src/account/corsRules";

const get = { AllowedMethods: ["GET", "HEAD"], AllowedOrigins: ["*.activeloop.ai"], AllowedHeaders: ["*"] };
const put = { AllowedMethods: ["PUT"], AllowedOrigins: ["*.activeloop.ai"] };
const website = { ID: "website", AllowedMethods: ["GET"], AllowedOrigins: ["https://example.com"] };
const ours = markRules([get], "0001");

describe("CORS rules", () => {
  it("are read from the CLI's form and from the console's", () => {
    assert.deepEqual(corsRules({ CORSRules: [get] }), [get]);
    assert.deepEqual(corsRules([get]), [get]);
    assert.deepEqual(corsRules(null), []);
    assert.deepEqual(corsRules("text"), []);
  });

  it("say the same in another order, with empty lists and under another ID", () => {
    const same = {
      AllowedOrigins: ["*.activeloop.ai"],
      AllowedMethods: ["HEAD", "GET"],
      AllowedHeaders: ["*"],
      ExposeHeaders: [],
      ID: "x",
    };
    assert.deepEqual(missingRules([same], [get]), []);
    assert.deepEqual(missingRules([{ ...same, AllowedMethods: ["GET"] }], [get]), [get]);
    assert.deepEqual(missingRules([{ ...same, MaxAgeSeconds: 5 }], [get]), [get]);
  });

  it("ours are added to the others", () => {
    assert.deepEqual(mergeRules([website], ours), [website, ...ours]);
    assert.deepEqual(mergeRules([website, ...ours], ours), [website, ...ours]);
  });

  it("old ones of ours are replaced, and those of another integration stay", () => {
    const another = markRules([put], "0002");
    assert.deepEqual(mergeRules([...another, ...markRules([put], "0001")], ours), [...another, ...ours]);
  });

  it("only ours are taken out", () => {
    const another = markRules([get], "0002");
    assert.deepEqual(otherRules([website, ...ours, ...another], ours), [website, ...another]);
  });

  it("merging is done when done once, keeps the rules of others and never has an ID twice", () => {
    const rule = fc.constantFrom(
      website,
      get,
      put,
      ...ours,
      ...markRules([put, get], "0001"),
      ...markRules([put], "0002"),
    );
    fc.assert(
      fc.property(fc.uniqueArray(rule, { selector: (each) => JSON.stringify(each) }), (all) => {
        const ids = new Set<unknown>();
        const live = all.filter((each) => !("ID" in each) || (!ids.has(each.ID) && ids.add(each.ID)));
        const merged = mergeRules(live, ours);
        assert.deepEqual(missingRules(merged, ours), []);
        assert.deepEqual(mergeRules(merged, ours), merged);
        for (const other of otherRules(live, ours)) assert.equal(merged.includes(other), true);
        const named = merged.flatMap((each) => ("ID" in each ? [each.ID] : []));
        assert.equal(new Set(named).size, named.length);
      }),
    );
  });
});
