import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { applyEdits, applySafeFixes } from "../../../src/checks/applyFixes";
import type { Finding } from "../../../src/checks/finding";

const edit = (offset: number, length: number, newText: string) => ({ range: { offset, length }, newText });

function finding(safe: boolean, ...edits: ReturnType<typeof edit>[]): Finding {
  const fixes = [{ title: "Fix", edits, safe }];
  return { check: "test", severity: "error", message: "Wrong.", range: { offset: 0, length: 1 }, fixes };
}

describe("applyEdits", () => {
  it("makes edits in any order, by the offsets of the text before", () => {
    assert.equal(applyEdits("abcdef", [edit(4, 1, "E"), edit(0, 2, ""), edit(6, 0, "!")]), "cdEf!");
  });

  it("keeps the order of insertions at one place, before what is replaced there", () => {
    assert.equal(applyEdits("ab", [edit(1, 1, "B"), edit(1, 0, "1"), edit(1, 0, "2")]), "a12B");
  });
});

describe("applySafeFixes", () => {
  it("makes only safe fixes", () => {
    assert.deepEqual(
      applySafeFixes("ab", (text) =>
        text === "ab" ? [finding(false, edit(0, 1, "x")), finding(true, edit(1, 1, "B"))] : [],
      ),
      { text: "aB", fixed: 1 },
    );
  });

  it("goes on with what a fix uncovers", () => {
    const check = (text: string) => (text.includes("x") ? [finding(true, edit(text.indexOf("x"), 1, ""))] : []);
    assert.deepEqual(applySafeFixes("axbxx", check), { text: "ab", fixed: 3 });
  });

  it("makes only the first of two fixes that touch the same text", () => {
    const check = (text: string) =>
      text === "abc" ? [finding(true, edit(0, 2, "X")), finding(true, edit(1, 2, "Y"))] : [];
    assert.deepEqual(applySafeFixes("abc", check), { text: "Xc", fixed: 1 });
  });

  it("makes a fix that is offered at each of its places once", () => {
    const both = finding(true, edit(0, 1, "B"), edit(1, 1, "B"));
    assert.deepEqual(
      applySafeFixes("aa", (text) => (text === "aa" ? [both, both] : [])),
      { text: "BB", fixed: 1 },
    );
  });

  it("comes to an end when a fix does not help", () => {
    const { fixed } = applySafeFixes("a", () => [finding(true, edit(0, 0, "x"))]);
    assert.ok(fixed <= 20);
    assert.deepEqual(
      applySafeFixes("a", () => [finding(true, edit(0, 1, "a"))]),
      { text: "a", fixed: 0 },
    );
  });
});
