import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { sampleManifest } from "../sampleManifest";
import { makeFolder, parsed, readFiles, removeFolder, runIn, writeFiles } from "./testContext";

/** Fine, but for what each test does to it. */
const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["s3:GetObject"],
      "Resource": ["arn:aws:s3:::training-data/*"]
    }
  ]
}
`;
/** One error, on line 7, columns 34 to 44. */
const unfilled = policy.replace("training-data", "BUCKET_NAME");
/** One error that has a safe repair. */
const trailingComma = policy.replace('"s3:GetObject"]', '"s3:GetObject",]');

interface FileReport {
  readonly path: string;
  readonly findings: readonly {
    readonly check: string;
    readonly severity: string;
    readonly message: string;
    readonly range: { readonly offset: number; readonly length: number };
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
  }[];
}

describe("check", () => {
  let folder: string;
  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => removeFolder(folder));

  const check = (...words: string[]) => runIn(folder, ["check", ...words]);
  const checkedPaths = async (...words: string[]): Promise<readonly string[]> => {
    const report = parsed(await check(...words, "--json"));
    return (report.files as readonly FileReport[]).map((file) => file.path); // what jsonReport documents
  };

  describe("--severity", () => {
    it("shows the findings of a check as it says, and the exit code follows", async () => {
      writeFiles(folder, { "bad.json": unfilled });
      for (const [level, expected] of [
        ["error", 1],
        ["warning", 0],
        ["information", 0],
        ["hint", 0],
      ] as const) {
        const { output, code } = await check("bad.json", "--json", "--severity", `placeholder-unfilled=${level}`);
        assert.equal(code, expected);
        assert.equal(JSON.parse(output).files[0].findings[0].severity, level);
      }
      const { output, code } = await check("bad.json", "--json", "--severity", "placeholder-unfilled=off");
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(output).files[0].findings, []);
    });

    it("takes several checks, and the last word on each", async () => {
      writeFiles(folder, { "bad.json": unfilled, "comma.json": trailingComma });
      const words = ["trailing-comma=hint", "placeholder-unfilled=error", "placeholder-unfilled=off"];
      const { output, code } = await check(".", "--json", ...words.flatMap((word) => ["--severity", word]));
      assert.equal(code, 0);
      assert.deepEqual(
        JSON.parse(output).files.map((file: FileReport) => file.findings.map(({ severity }) => severity)),
        [[], ["hint"]],
      );
    });

    it("does not keep --fix from repairing", async () => {
      writeFiles(folder, { "comma.json": trailingComma });
      await check("comma.json", "--fix", "--severity", "trailing-comma=off");
      assert.equal(readFiles(folder)["comma.json"], policy);
    });

    for (const [what, word, message] of [
      ["an unknown check", "placeholder-unfiled=off", /no check "placeholder-unfiled".*placeholder-unfilled/],
      ["an unknown level", "placeholder-unfilled=loud", /one of error, warning, information, hint, off, not "loud"/],
      ["no level", "placeholder-unfilled", /CHECK=LEVEL, such as placeholder-unfilled=warning/],
    ] as const) {
      it(`refuses ${what}`, async () => {
        writeFiles(folder, { "bad.json": unfilled });
        const { code, messages } = await check("bad.json", "--severity", word);
        assert.equal(code, 2);
        assert.match(messages, message);
      });
    }
  });

  describe("which files", () => {
    it("goes down into folders, but not into hidden ones, node_modules and other JSON", async () => {
      writeFiles(folder, {
        "b.json": policy,
        "a/z.json": policy,
        "a/deep/er/c.json": policy,
        "a/package.json": '{"name": "x", "version": "2.0.0"}',
        "a/notes.txt": policy,
        "node_modules/x/policy.json": policy,
        ".git/policy.json": policy,
        ".terraform/policy.json": policy,
      });
      assert.deepEqual(await checkedPaths("."), ["b.json", "a/z.json", "a/deep/er/c.json"]);
      assert.deepEqual(await checkedPaths("a"), ["a/z.json", "a/deep/er/c.json"]);
      assert.deepEqual(await checkedPaths("./a/"), ["a/z.json", "a/deep/er/c.json"]);
      assert.deepEqual(await checkedPaths("a/deep/../z.json"), ["a/z.json"]);
      assert.deepEqual(await checkedPaths(path.join(folder, "a/deep")), [`${folder}/a/deep/er/c.json`]);
      assert.deepEqual(await checkedPaths(".git", "node_modules/x/policy.json"), [
        ".git/policy.json",
        "node_modules/x/policy.json",
      ]);
    });

    it("checks a file by its name whatever it ends in, and every file once", async () => {
      writeFiles(folder, { "a/policy.txt": policy, "a/p.json": policy });
      assert.deepEqual(await checkedPaths("a/policy.txt", "a/p.json", "a", "."), ["a/policy.txt", "a/p.json"]);
    });

    it("follows a link to a file and none to a folder", async () => {
      writeFiles(folder, { "real/p.json": policy });
      symlinkSync(path.join(folder, "real/p.json"), path.join(folder, "link.json"));
      symlinkSync(folder, path.join(folder, "real", "circle"));
      assert.deepEqual(await checkedPaths("."), ["link.json", "real/p.json"]);
    });

    it("reads standard input", async () => {
      const { code, output } = await runIn(folder, ["check", "-", "--json"], { input: unfilled });
      const report: { files: FileReport[] } = JSON.parse(output);
      assert.equal(code, 1);
      assert.deepEqual(
        report.files.map((file) => file.path),
        ["stdin"],
      );
    });

    it("says that there is nothing to check, which is fine", async () => {
      const { code, messages, output } = await check(".");
      assert.deepEqual([code, output, messages], [0, "", "No IAM policy documents found.\n"]);
    });
  });

  describe("exit codes", () => {
    it("0 without errors", async () => {
      writeFiles(folder, { "p.json": policy });
      const { code, messages, output } = await check("p.json");
      assert.deepEqual([code, output, messages], [0, "", "1 document checked, no errors, no warnings.\n"]);
    });

    it("1 with an error", async () => {
      writeFiles(folder, { "p.json": unfilled });
      assert.equal((await check("p.json")).code, 1);
    });

    it("2 for a path that can't be read, and the others are checked", async () => {
      writeFiles(folder, { "p.json": policy });
      symlinkSync(path.join(folder, "nothing.json"), path.join(folder, "dangling.json"));
      const { code, output, messages } = await check("none", "p.json", "dangling.json", "--json");
      const report: { files: FileReport[]; unreadable: unknown } = JSON.parse(output);
      assert.equal(code, 2);
      assert.equal(messages, "Can't read none: it does not exist.\nCan't read dangling.json: it does not exist.\n");
      assert.deepEqual(report.unreadable, [
        { path: "none", message: "Can't read none: it does not exist." },
        { path: "dangling.json", message: "Can't read dangling.json: it does not exist." },
      ]);
      assert.deepEqual(
        report.files.map((file) => file.path),
        ["p.json"],
      );
    });
  });

  describe("formats", () => {
    it("json: what was checked, each finding with its place, and the counts", async () => {
      writeFiles(folder, { "bad.json": unfilled, "good.json": policy });
      const { output } = await check(".", "--format", "json");
      const report: { files: FileReport[] } = JSON.parse(output);
      assert.deepEqual(Object.keys(report), ["files", "errors", "warnings"]);
      const [bad, good] = report.files;
      assert.deepEqual(good, { path: "good.json", findings: [] });
      assert.equal(bad?.findings.length, 1);
      const { message, ...finding } = bad?.findings[0] ?? { message: "" };
      assert.ok(message.length > 10);
      assert.deepEqual(finding, {
        check: "placeholder-unfilled",
        severity: "error",
        range: { offset: unfilled.indexOf("BUCKET_NAME"), length: 11 },
        line: 7,
        column: 34,
        endLine: 7,
        endColumn: 45,
      });
      assert.equal(output, (await check(".", "--json")).output);
    });

    it("json: places are right with Windows line ends and with letters of two code units", async () => {
      const text = unfilled.replace('"Version"', '"Id": "\u{1F600}", "Version"').replaceAll("\n", "\r\n");
      writeFiles(folder, { "bad.json": text });
      const report: { files: FileReport[] } = JSON.parse((await check(".", "--json")).output);
      const finding = report.files[0]?.findings.find((each) => each.check === "placeholder-unfilled");
      assert.deepEqual([finding?.line, finding?.column], [7, 34]);
    });

    it("pretty: place, message, and the line with the place underlined", async () => {
      writeFiles(folder, { "iam/bad.json": unfilled });
      const { output, messages } = await check(".");
      const [head, code, underline] = output.split("\n");
      assert.match(head ?? "", /^iam\/bad\.json:7:34 error .+ \(placeholder-unfilled\)$/);
      assert.equal(code, '  7 |       "Resource": ["arn:aws:s3:::BUCKET_NAME/*"]');
      assert.equal(underline, "    |                                  ^^^^^^^^^^^");
      assert.match(messages, /^1 error, 0 warnings in 1 document/);
    });

    it("pretty: cuts a long line around the place, and keeps tabs", async () => {
      const long = JSON.stringify(JSON.parse(unfilled.replace('"Version"', `"Id": "${"x".repeat(500)}", "Version"`)));
      writeFiles(folder, { "long.json": long, "tabs.json": unfilled.replaceAll("  ", "\t") });
      const lines = (await check(".")).output.split("\n");
      for (const line of lines.filter((each) => /^ {2,}\d* \|/.test(each))) assert.ok(line.length < 130, line);
      const excerpts = lines.flatMap((line, index) =>
        /^ {2}\d+ \|/.test(line) ? [[line, lines[index + 1] ?? ""]] : [],
      );
      assert.equal(excerpts.length, 2);
      for (const [code = "", underline = ""] of excerpts) {
        const start = underline.indexOf("^");
        assert.equal(code.slice(start, underline.length), "BUCKET_NAME");
        assert.equal(underline.slice(0, start).replace(/[^\t]/g, ""), code.slice(0, start).replace(/[^\t]/g, ""));
      }
    });

    it("pretty: shows what a terminal would hide or obey", async () => {
      writeFiles(folder, { "esc.json": unfilled.replace('"Resource": [', '"Resource":\u00a0\u001b[2J[') });
      assert.doesNotMatch((await check(".")).output.replaceAll("\n", ""), /\p{Cc}|\u00a0/u);
    });

    it("sarif: a log with the rules, the results and where they are", async () => {
      writeFiles(folder, { "iam policies/bad.json": unfilled });
      const { output, code } = await check("iam policies", "--format", "sarif");
      const log = JSON.parse(output);
      assert.equal(code, 1);
      assert.equal(log.version, "2.1.0");
      const [result] = log.runs[0].results;
      assert.equal(result.ruleId, "placeholder-unfilled");
      assert.equal(result.level, "error");
      assert.equal(log.runs[0].tool.driver.rules[result.ruleIndex].id, "placeholder-unfilled");
      assert.equal(log.runs[0].tool.driver.rules[result.ruleIndex].help.text, "docs/checks.md#placeholder-unfilled");
      assert.deepEqual(result.locations[0].physicalLocation, {
        artifactLocation: { uri: "iam%20policies/bad.json" },
        region: {
          startLine: 7,
          startColumn: 34,
          endLine: 7,
          endColumn: 45,
          charOffset: unfilled.indexOf("BUCKET_NAME"),
          charLength: 11,
        },
      });
      assert.equal(log.runs[0].invocations[0].executionSuccessful, true);
    });

    it("sarif: tells what could not be read", async () => {
      const { output, code } = await check("none", "--format", "sarif");
      const [invocation] = JSON.parse(output).runs[0].invocations;
      assert.equal(code, 2);
      assert.equal(invocation.executionSuccessful, false);
      assert.equal(invocation.toolExecutionNotifications[0].message.text, "Can't read none: it does not exist.");
    });

    it("sarif and JSON: what integration.json accepts, and why", async () => {
      const reason = "It is made next week.";
      const manifest = {
        ...sampleManifest,
        documents: { permissions: "bad.json", trust: "trust.json" },
        accepted: [{ check: "placeholder-unfilled", document: "permissions", reason }],
      };
      writeFiles(folder, {
        "integration.json": JSON.stringify(manifest),
        "bad.json": unfilled.replace("BUCKET_NAME", "${Bucket}"),
        "trust.json": policy,
      });
      const { output } = await check("bad.json", "--format", "sarif");
      const [result] = JSON.parse(output).runs[0].results;
      assert.equal(result.level, "note");
      assert.deepEqual(result.suppressions, [{ kind: "external", justification: reason }]);
      const { output: json, code } = await check("bad.json", "--json");
      assert.equal(code, 0);
      assert.equal(JSON.parse(json).files[0].findings[0].accepted, reason);
      assert.match((await check("bad.json")).output, /bad\.json:7:\d+ accepted .* Accepted: It is made next week\./);
    });

    it("github: one workflow command for each finding, escaped", async () => {
      writeFiles(folder, { "a,b:c%/bad.json": unfilled });
      const { output } = await check(path.join(folder, "a,b:c%"), "--format", "github");
      assert.match(
        output,
        /^::error file=a%2Cb%3Ac%25\/bad\.json,line=7,endLine=7,col=34,endColumn=45,title=placeholder-unfilled::.+\n$/,
      );
    });
  });

  describe("--fix", () => {
    it("repairs what needs no choice, says so, and reports the rest", async () => {
      writeFiles(folder, {
        "a.json": trailingComma,
        "b.json": unfilled,
        "both.json": trailingComma.replace("training-data", "BUCKET_NAME"),
      });
      const { code, messages } = await check(".", "--fix");
      assert.equal(code, 1);
      assert.match(messages, /^Repaired 2 findings in 2 files: a\.json, both\.json\n2 errors/);
      assert.deepEqual(readFiles(folder), { "a.json": policy, "b.json": unfilled, "both.json": unfilled });
    });

    it("ends with 0 when everything was repaired, and writes nothing the second time", async () => {
      writeFiles(folder, { "a.json": trailingComma });
      assert.equal((await check(".", "--fix")).code, 0);
      const { code, messages } = await check(".", "--fix");
      assert.equal(code, 0);
      assert.doesNotMatch(messages, /Repaired/);
    });

    it("touches nothing without it", async () => {
      writeFiles(folder, { "a.json": trailingComma });
      const { messages } = await check(".");
      assert.match(messages, /1 can be repaired with --fix/);
      assert.deepEqual(readFiles(folder), { "a.json": trailingComma });
    });
  });

  for (const [order, write] of [
    ["little", (text: string) => Buffer.from(text, "utf16le")],
    ["big", (text: string) => Buffer.from(text, "utf16le").swap16()],
  ] as const) {
    it(`reads UTF-16 (${order}-endian), as Windows PowerShell writes it, says that AWS refuses it, and repairs it`, async () => {
      const file = path.join(folder, "p.json");
      writeFileSync(file, write(`\ufeff${trailingComma}`));
      const { code, output } = await runIn(folder, ["check", "p.json"]);
      assert.equal(code, 1);
      assert.match(output, /p\.json:1:1 error .*byte order mark/);
      const explained = await runIn(folder, ["explain", "p.json"]);
      assert.match(explained.messages, /p\.json is not valid JSON/);
      assert.equal((await runIn(folder, ["check", "p.json", "--fix"])).code, 0);
      assert.equal(readFiles(folder)["p.json"], policy);
    });
  }

  describe("an integration", () => {
    beforeEach(async () => {
      const words = ["new", "activeloop-deep-lake", "--set", "bucket=training-data", "--name", "deep-lake"];
      assert.equal((await runIn(folder, words)).code, 0);
    });
    const integration = "vendor-access/deep-lake";

    it("is checked as a whole", async () => {
      assert.deepEqual(await checkedPaths("."), [
        `${integration}/integration.json`,
        `${integration}/permissions-policy.json`,
        `${integration}/trust-policy.json`,
      ]);
      assert.equal((await check(".")).code, 0);
    });

    it("gives its documents the same findings when they are named alone", async () => {
      const permissions = `${integration}/permissions-policy.json`;
      const text = readFiles(folder)[permissions] ?? "";
      writeFiles(folder, { [permissions]: text.replaceAll("training-data", "other-data") });
      const whole = parsed(await check(".", "--json")).files as readonly FileReport[]; // what jsonReport documents
      const alone = parsed(await check(permissions, "--json")).files;
      assert.deepEqual(
        alone,
        whole.filter((file) => file.path === permissions),
      );
      assert.ok((whole.find((file) => file.path === permissions)?.findings.length ?? 0) > 0);
    });

    it("reports a manifest that is broken, and does not stop", async () => {
      writeFiles(folder, { [`${integration}/integration.json`]: '{"vendor": "activeloop-deep-lake",' });
      const { code, output } = await check(integration);
      assert.equal(code, 1);
      assert.match(output, /^vendor-access\/deep-lake\/integration\.json:1:/);
    });

    it("checks a document in a folder below it once, as its document", async () => {
      const manifest = readFiles(folder)[`${integration}/integration.json`] ?? "";
      const trust = readFiles(folder)[`${integration}/trust-policy.json`] ?? "";
      writeFiles(folder, {
        [`${integration}/integration.json`]: manifest.replace("trust-policy.json", "iam/trust.json"),
        [`${integration}/iam/trust.json`]: trust.replace("597713067985", "998877665544"),
      });
      const files = parsed(await check(integration, "--json")).files as readonly FileReport[]; // what jsonReport documents
      const found = files.filter((file) => file.path === `${integration}/iam/trust.json`);
      assert.equal(found.length, 1);
      assert.deepEqual(
        found[0]?.findings.map((finding) => finding.check),
        ["principal-mismatch"],
      );
    });
  });
});
