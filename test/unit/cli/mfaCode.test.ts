import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { askForMfaCode } from "../../../src/cli/connectAccount";
import type { CliContext } from "../../../src/cli/context";
import { plainStyle } from "../../../src/cli/style";

describe("the MFA code on the command line", () => {
  function terminal(answers: readonly string[], interactive = true) {
    const said: string[] = [];
    const left = [...answers];
    const context: Pick<CliContext, "ask" | "interactive" | "say" | "style"> = {
      interactive,
      say: (message) => void said.push(message),
      ask: async (question) => {
        said.push(question);
        return left.shift() ?? "";
      },
      style: { output: plainStyle, messages: plainStyle },
    };
    return { said, ...askForMfaCode(context) };
  }

  it("is asked for until it is one", async () => {
    const { said, mfaCode } = terminal(["12345", "abcdef", " 123456 "]);
    assert.equal(await mfaCode?.("arn:aws:iam::1:mfa/me"), "123456");
    assert.equal(said.filter((text) => text.includes("MFA code for arn:aws:iam::1:mfa/me")).length, 3);
    assert.equal(said.filter((text) => text.includes("The code has 6 digits.")).length, 2);
  });

  it("is asked for again with what was wrong", async () => {
    const { said, mfaCode } = terminal(["654321"]);
    assert.equal(await mfaCode?.("s", "AWS did not accept that code."), "654321");
    assert.match(said[0] ?? "", /did not accept that code/);
  });

  it("is never asked for where nobody can answer", () => {
    assert.equal(terminal([], false).mfaCode, undefined);
  });
});
