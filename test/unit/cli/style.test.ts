import assert from "node:assert/strict";
import { colourStyle, plainStyle, styleFor } from "../../../src/cli/style";

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
