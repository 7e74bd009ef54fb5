import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Command, helpFlag } from "../../../src/cli/command";
import { commands } from "../../../src/cli/commands";

const page = readFileSync(path.join(__dirname, "../../../docs/cli.md"), "utf8");

/** The part of docs/cli.md under the heading of a command. */
function sectionOf({ name }: Command): string {
  const section = page.split(/^## /m).find((part) => part.startsWith(`\`${name}\``));
  assert.ok(section, `docs/cli.md has a heading for ${name}`);
  return section;
}

function firstCells(section: string): readonly string[] {
  return Array.from(section.matchAll(/^\| `([^`]+)` \|/gm), ([, cell]) => cell ?? "");
}

describe("docs/cli.md", () => {
  for (const command of commands) {
    it(`has the flags of ${command.name} that its help has, no more and no fewer`, () => {
      const documented = firstCells(sectionOf(command)).filter((cell) => cell.startsWith("--"));
      const flags = [...command.flags, helpFlag].map(({ name, value }) => `--${name}${value ? ` ${value}` : ""}`);
      assert.deepEqual([...documented].sort(), flags.sort());
    });

    it(`has the exit codes of ${command.name}`, () => {
      const documented = firstCells(sectionOf(command)).filter((cell) => /^\d$/.test(cell));
      assert.deepEqual(
        documented,
        command.exitCodes.map(({ code }) => String(code)),
      );
    });

    it(`has the usage of ${command.name} and the choices of its flags`, () => {
      const section = sectionOf(command);
      assert.ok(section.includes(`vendor-access ${command.name}${command.usage ? ` ${command.usage}` : ""}`));
      for (const { choices = [] } of command.flags) {
        for (const choice of choices) assert.ok(section.includes(`\`${choice}\``), choice);
      }
    });
  }

  it("has no command that there is not", () => {
    const headings = Array.from(page.matchAll(/^## `(\w+)`/gm), ([, name]) => name);
    assert.deepEqual(
      headings,
      commands.map(({ name }) => name),
    );
  });
});
