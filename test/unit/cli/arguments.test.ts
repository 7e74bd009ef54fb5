import assert from "node:assert/strict";
import { commands } from "../../../src/cli/commands";
import { suggest } from "../../../src/cli/suggest";
import { catalog } from "../../../src/vendors/catalog";
import { makeFolder, parsed, readFiles, removeFolder, runIn } from "./testContext";

describe("the command line", () => {
  let folder: string;
  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => removeFolder(folder));

  const refused: readonly (readonly [words: string, message: RegExp])[] = [
    ["", /Usage: vendor-access <command>/],
    ["chekc .", /There is no command "chekc"\. Did you mean "check"\?/],
    ["chec .", /Did you mean "check"\?/],
    ["frobnicate", /There is no command "frobnicate"\.\nSee: vendor-access --help/],
    ["--verison", /There is no flag "--verison"\./],
    ["help frobnicate", /There is no command "frobnicate"/],
    ["check", /Which file or folder\? It is missing\.\nSee: vendor-access help check/],
    ["check . --formt json", /has no flag "--formt"\. Did you mean "--format"\?/],
    ["check . -x", /has no flag "-x"/],
    [
      "check . --vendors own",
      /has no flag "--vendors"\. It goes before the command: vendor-access --vendors DIR check/,
    ],
    ["check . --format xml", /--format is one of pretty, json, sarif, github, not "xml"/],
    ["check . --format sarfi", /Did you mean "sarif"\?/],
    ["check . --format", /--format needs a value: --format FORMAT/],
    ["check . --format --fix", /--format needs a value/],
    ["check . --format=", /--format needs a value/],
    ["check . --format github --format sarif", /--format can be given only once/],
    ["check . --fix=yes", /--fix takes no value/],
    ["check - --fix", /standard input is none/],
    ["vendors activeloop", /"activeloop" is one argument too many/],
    ["plan", /Which folder of an integration\? It is missing/],
    ["plan a b", /"b" is one argument too many/],
    ["plan nowhere", /There is no integration in nowhere/],
    ["apply nowhere", /Give --yes to do it without asking/],
    ["remove nowhere", /Give --yes to do it without asking\.$/m],
    ["verify nowhere", /There is no integration in nowhere/],
    ["new", /Which vendor\? It is missing/],
    ["new acme", /There is no vendor "acme"\. `vendor-access vendors` lists the \d+ there are/],
    ["new jfrogml", /There is no vendor "jfrogml"\. Did you mean "jfrog-ml"\?/],
    ["new jfrog-ml", /--set bucket=…/],
    ["new jfrog-ml --set bucket", /--set takes KEY=VALUE, not "bucket"/],
    ["new jfrog-ml --set =x", /--set takes KEY=VALUE/],
    ["new jfrog-ml --set bucket=UPPER", /bucket "UPPER" can't be used/],
    ["new jfrog-ml --set buckt=data", /no parameter "buckt"/],
    ["new jfrog-ml --set bucket=data --access admin", /no access level "admin"\. It has: read-only/],
    ["new jfrog-ml --set bucket=data --account 1234", /--account "1234" can't be used/],
    ["new jfrog-ml --set bucket=data --region moon", /--region "moon" is no AWS region/],
    ["new jfrog-ml --set bucket=data --name ../evil", /name/],
    ["new dataloop --set bucket=data --account 314159265358 --set accountId=999999999999", /two accounts/],
  ];
  for (const [words, message] of refused) {
    it(`refuses: vendor-access ${words}`, async () => {
      const { code, output, messages } = await runIn(
        folder,
        words.split(" ").filter((word) => word !== ""),
      );
      assert.match(messages, message);
      assert.equal(code, 2);
      assert.equal(output, "", "data and messages are kept apart");
      assert.deepEqual(readFiles(folder), {}, "nothing is written");
    });
  }

  for (const words of [
    ["remove", "", "--yes"],
    ["apply", "", "--yes"],
    ["check", "a", ""],
    ["new", ""],
  ]) {
    it(`takes an empty argument not for the current folder: ${JSON.stringify(words)}`, async () => {
      const { code, messages } = await runIn(folder, words);
      assert.equal(code, 2);
      assert.match(messages, /^Which [a-z ]+\? The argument is empty\.\nSee: vendor-access help/);
    });
  }

  it("answers a program with an error as JSON, and a person with the message", async () => {
    const outcome = await runIn(folder, ["plan", "nowhere", "--json"]);
    const { error } = parsed(outcome);
    assert.deepEqual(error, { code: "file", message: outcome.messages.trimEnd() });
    assert.equal(outcome.code, 2);
  });

  for (const words of [
    ["check", ".", "--format", "json", "--fixx"],
    ["check", ".", "--format=json", "--fixx"],
  ]) {
    it(`does so for ${words.join(" ")}, too`, async () => {
      const outcome = await runIn(folder, words);
      assert.deepEqual(parsed(outcome).error, { code: "usage", message: outcome.messages.trimEnd() });
    });
  }

  it("refuses --json with another format", async () => {
    const outcome = await runIn(folder, ["check", ".", "--json", "--format", "sarif"]);
    assert.equal(outcome.code, 2);
    assert.match(outcome.messages, /contradict/);
  });

  it("prints its version", async () => {
    const { code, output } = await runIn(folder, ["--version"]);
    assert.deepEqual([code, output], [0, "1.2.3\n"]);
  });

  for (const words of [["--help"], ["-h"], ["help"]]) {
    it(`lists every command: ${words.join(" ")}`, async () => {
      const { code, output, messages } = await runIn(folder, words);
      assert.equal(code, 0);
      assert.equal(messages, "");
      for (const { name, summary } of commands) {
        assert.match(output, new RegExp(`^  ${name} `, "m"));
        assert.ok(output.includes(summary));
      }
    });
  }

  for (const command of commands) {
    it(`explains ${command.name} the same way as help ${command.name} and ${command.name} --help`, async () => {
      const help = await runIn(folder, ["help", command.name]);
      const flag = await runIn(folder, [command.name, "--help"]);
      const short = await runIn(folder, [command.name, "-h"]);
      assert.equal(help.code, 0);
      assert.equal(help.output, flag.output);
      assert.equal(help.output, short.output);
      for (const { name } of command.flags) assert.match(help.output, new RegExp(`^  --${name}\\b`, "m"));
      for (const line of help.output.split("\n")) {
        assert.ok(line.length <= 120, `a line that fits a terminal: ${line}`);
      }
    });
  }

  it("reports an error that nobody foresaw with its place in the code, and ends with 2", async () => {
    const outcome = await runIn(folder, ["vendors"], {
      print: () => {
        throw new TypeError("impossible");
      },
    });
    assert.equal(outcome.code, 2);
    assert.match(outcome.messages, /Unexpected error: TypeError: impossible\n\s+at /);
  });
});

describe("suggest", () => {
  const known = ["check", "plan", "apply", "verify"];
  for (const [word, meant] of [
    ["chek", "check"],
    ["chck", "check"],
    ["APPLY", "apply"],
    ["aply", "apply"],
    ["ver", "verify"],
    ["x", undefined],
    ["", undefined],
    ["destroy", undefined],
  ] as const) {
    it(`${JSON.stringify(word)} means ${meant}`, () => assert.equal(suggest(word, known), meant));
  }
});

describe("vendors", () => {
  it("tells a program everything that new takes", async () => {
    const { code, output } = await runIn("/", ["vendors", "--json"]);
    const vendors: { id: string; parameters: { name: string; required: boolean }[] }[] = JSON.parse(output);
    assert.equal(code, 0);
    assert.deepEqual(
      vendors.map(({ id }) => id),
      catalog.map(({ id }) => id),
    );
    assert.deepEqual(
      vendors[0]?.parameters.map(({ name, required }) => [name, required]),
      [
        ["bucket", true],
        ["kmsKeyArn", false],
        ["literalPageForm", false],
        ["cors", false],
      ],
    );
  });

  it("tells a person what to type", async () => {
    const { output } = await runIn("/", ["vendors"]);
    assert.match(output, /^dataloop {2}Dataloop$/m);
    assert.match(output, /--access read-write-no-delete/);
    assert.match(output, /--set accountId=… +JFrog ML's account \(default 377488441568, JFrog ML Cloud\)/);
    assert.match(output, /--set bucket=… +Buckets \(required\)/);
  });
});
