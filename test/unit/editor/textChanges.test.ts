import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEdits } from "../../../src/checks/applyFixes";
import { changedParts } from "../../../src/editor/textChanges";

describe("the changes between two texts", () => {
  it("are one for each place, and only of what differs there", () => {
    const before = "{\n  a,\n  b,\n  c,\n  d\n}\n";
    const after = "{\n  A,\n  b,\n  c,\n  d,\n  e\n}\n";
    assert.deepEqual(changedParts(before, after), [
      { range: { offset: 4, length: 1 }, newText: "A" },
      { range: { offset: 20, length: 0 }, newText: ",\n  e" },
    ]);
    assert.deepEqual(changedParts(before, before), []);
  });

  it("give the other text, whatever the two are", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "\n", "\r\n", "{}"), { maxLength: 30 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        assert.equal(applyEdits(before, changedParts(before, after)), after);
      }),
    );
  });
});
