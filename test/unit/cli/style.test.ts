import assert from "node:assert/strict";
import { colourStyle, forTerminal, plainStyle, styleFor } from "../../../src/cli/style";

describe("styleFor", () => {
  const cases = [
    { name: "a terminal", isTTY: true, environment: {}, colours: true },
    { name: "no terminal", isTTY: false, environment: {}, colours: false },
    { name: "a terminal with NO_COLOR", isTTY: true, environment: { NO_COLOR: "1" }, colours: false },
    { name: "a terminal with an empty NO_COLOR", isTTY: true, environment: { NO_COLOR: "" }, colours: true },
    { name: "a dumb terminal", isTTY: true, environment: { TERM: "dumb" }, colours: false },
  ];
  for (const { name, isTTY, environment, colours } of cases) {
    it(`${colours ? "colours" : "does not colour"} ${name}`, () => {
      assert.equal(styleFor({ isTTY }, environment), colours ? colourStyle : plainStyle);
    });
  }

  it("wraps a text in codes that end again", () => {
    assert.equal(colourStyle.error("x"), "\u001b[31mx\u001b[39m");
    assert.equal(plainStyle.error("x"), "x");
  });
});

describe("forTerminal", () => {
  it("leaves lines, tabs and colours", () => {
    const text = `${colourStyle.error("x")}\ty\r\nzé·${colourStyle.faint("\u00a0")}\n`;
    assert.equal(forTerminal(text), text);
  });

  for (const [what, text, shown] of [
    ["a window's title", "a\u001b]0;title\u0007b", "a·]0;title·b"],
    ["a cleared screen", "\u001b[2J", "·[2J"],
    ["an eight-bit sequence", "\u009b2J", "·2J"],
    ["a line that writes over itself", "bad\rgood", "bad·good"],
  ] as const) {
    it(`shows ${what} as text`, () => assert.equal(forTerminal(text), shown));
  }
});
