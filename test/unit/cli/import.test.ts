import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { makeFolder, parsed, readFiles, removeFolder, runIn } from "./testContext";

const pages = path.join(__dirname, "../../fixtures/pages");

describe("import", () => {
  let folder: string;
  beforeEach(() => {
    folder = makeFolder();
    for (const name of ["jfrog-ml.txt", "kestrel.md", "activeloop-v3.1.5.txt"]) {
      cpSync(path.join(pages, name), path.join(folder, name));
    }
  });
  afterEach(() => removeFolder(folder));

  const written = () => Object.keys(readFiles(folder)).filter((name) => name.endsWith(".json"));

  it("shows a page and writes nothing", async () => {
    const { code, output } = await runIn(folder, ["import", "activeloop-v3.1.5.txt"]);
    assert.equal(code, 0);
    assert.match(
      output,
      /^This is Activeloop Deep Lake's page, version v3\.1\.5\. 3 documents found\.\nIt is older than the catalog/,
    );
    assert.match(
      output,
      /3 {2}Permissions policy, line 154\n {3}~ line 179: The typographic quote ” is no JSON quote\. ” → "/,
    );
    assert.match(output, /YOUR_KMS_KEY_ARN ×1 \(kmsKeyArn\)\n {5}“In the Policy creation step/);
    assert.deepEqual(written(), []);
  });

  it("tells a program what it found, also from standard input", async () => {
    const input = readFileSync(path.join(pages, "jfrog-ml.txt"), "utf8");
    const outcome = await runIn(folder, ["import", "-", "--json"], { input });
    const { vendor, pageVersion, documents, unread } = parsed(outcome) as {
      vendor: string;
      pageVersion: string;
      documents: readonly { kind: string; text: string; repairs: unknown; placeholders: readonly object[] }[];
      unread: unknown;
    };
    assert.deepEqual([vendor, pageVersion, unread], ["jfrog-ml", "Updated 2 months ago", []]);
    assert.deepEqual(
      documents.map(({ kind }) => kind),
      ["trust", "permissions"],
    );
    assert.deepEqual(documents[0]?.repairs, []);
    assert.deepEqual(documents[0]?.placeholders, [
      {
        token: "<account-id>",
        occurrences: 4,
        type: "account-id",
        explanation: "If your JFrog ML deployment is running on JFrog ML Cloud, use 377488441568 as the<ACCOUNT-ID> .",
        suggestedValue: "377488441568",
        parameter: "accountId",
        sample: false,
      },
    ]);
  });

  it("ends with 1 when something can't be read, and says what", async () => {
    const { code, output } = await runIn(folder, ["import", "kestrel.md"]);
    assert.equal(code, 1);
    assert.match(output, /Unread, line 49: Its end is missing/);
    const nothing = await runIn(folder, ["import", "-"], { input: "Just words." });
    assert.equal(nothing.code, 1);
  });

  it("writes an integration of a vendor of the catalog", async () => {
    const outcome = await runIn(folder, [
      "import",
      "jfrog-ml.txt",
      "--set",
      "BUCKET_NAME=a-data",
      "--out",
      "grants",
      "--json",
    ]);
    const { written: made } = parsed(outcome) as { written: { vendor: string; folder: string; documents: string } };
    assert.deepEqual([made.vendor, made.folder, made.documents], ["jfrog-ml", "grants/jfrog-ml-a-data", "catalog"]);
    const trust = readFiles(folder)["grants/jfrog-ml-a-data/trust-policy.json"] ?? "";
    assert.match(trust, /377488441568:root/);
  });

  it("writes the documents of the page when it is told to", async () => {
    const words =
      "import activeloop-v3.1.5.txt --set bucket=a-data --as-on-page --document 1 --document 2 --out grants";
    const { code, messages } = await runIn(folder, words.split(" "));
    assert.equal(code, 0);
    assert.match(messages, /The documents are those of the page\./);
    assert.match(
      readFiles(folder)["grants/activeloop-deep-lake-a-data/trust-policy.json"] ?? "",
      /activeloop_backend_dev/,
    );
  });

  it("makes a definition of a new vendor, and asks for what is missing", async () => {
    const words = ["import", "kestrel.md", "--vendor", "Kestrel Labeling", "--out", "grants"];
    const refused = await runIn(folder, words);
    assert.equal(refused.code, 2);
    assert.match(refused.messages, /--set bucket=… .*Replace `YOUR_BUCKET_NAME`[\s\S]*--set externalId=…/);
    assert.deepEqual(written(), []);

    const { code, questions, messages } = await runIn(folder, words, {
      answers: ["images", "kes-4711"],
      interactive: true,
    });
    assert.equal(code, 1, "one document of the page is not read");
    assert.equal(questions.length, 2);
    const check = /Check it: vendor-access (.*)\n$/.exec(messages)?.[1] ?? "";
    assert.equal(check, "--vendors .vendor-access/vendors check grants/kestrel-labeling-images");
    assert.equal((await runIn(folder, check.split(" "))).code, 0, "what was written has no error");
    assert.deepEqual(written(), [
      ".vendor-access/vendors/kestrel-labeling.json",
      "grants/kestrel-labeling-images/integration.json",
      "grants/kestrel-labeling-images/permissions-policy.json",
      "grants/kestrel-labeling-images/trust-policy.json",
    ]);
  });

  it("writes no definition that lets in a vendor of the catalog under another name", async () => {
    const words = [
      "import",
      "activeloop-v3.1.5.txt",
      "--vendor",
      "Deep Sea",
      "--set",
      "bucket=a-data",
      "--out",
      "grants",
    ];
    const { code, messages } = await runIn(folder, words);
    assert.equal(code, 2);
    assert.match(messages, /Activeloop Deep Lake, under another name/);
    assert.deepEqual(written(), []);
  });

  it("refuses what makes no sense", async () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ["import missing.html", /missing\.html/],
      ["import jfrog-ml.txt --document 7 --out g", /no document 7/],
      ["import jfrog-ml.txt --document x --out g", /number of a document/],
      ["import kestrel.md --out g", /of no vendor that is known here/],
      ["import jfrog-ml.txt --set nonsense=1 --out g", /Nothing is called "nonsense"/],
      ["import jfrog-ml.txt --vendor Dataloop --set bucket=a-data --out g", /is Dataloop \(dataloop\)/],
    ];
    for (const [words, message] of cases) {
      const { code, messages } = await runIn(folder, words.split(" "));
      assert.equal(code, 2, words);
      assert.match(messages, message, words);
    }
    assert.deepEqual(written(), []);
  });
});
