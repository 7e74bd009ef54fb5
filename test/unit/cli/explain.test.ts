import assert from "node:assert/strict";
import { makeFolder, parsed, removeFolder, runIn, writeFiles } from "./testContext";

const permissions = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:ListBucket"],
      Resource: ["arn:aws:s3:::training-data", "arn:aws:s3:::training-data/*"],
    },
  ],
});
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "345678901234" }, Action: "sts:AssumeRole" }],
});
const publicBucket = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::site/*" }],
});

describe("explain", () => {
  let folder: string;
  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => removeFolder(folder));

  const explain = (...words: string[]) => runIn(folder, ["explain", ...words]);

  it("says what an integration gives to whom", async () => {
    await runIn(folder, ["new", "activeloop-deep-lake", "--set", "bucket=training-data", "--name", "deep-lake"]);
    for (const path of ["vendor-access/deep-lake", "vendor-access/deep-lake/integration.json"]) {
      const outcome = await explain(path);
      assert.equal(outcome.code, 0, outcome.messages);
      assert.deepEqual(outcome.output.split("\n").slice(0, 2), [
        "Activeloop Deep Lake (role activeloop_backend of account 597713067985) may list, read, write and delete objects in training-data, and see the bucket’s region.",
        "It may not change permissions or reach any other bucket.",
      ]);
      assert.match(outcome.output, /^! No external ID is asked for/m);
      assert.equal(outcome.messages, "");
    }
  });

  it("says what AWS’s own policies give, which are in no document", async () => {
    const values = ["--set", "principal=scanner", "--set", "externalId=ABCDEF012345678"];
    await runIn(folder, ["new", "vanta", ...values, "--name", "vanta"]);
    const { output } = await explain("vendor-access/vanta");
    assert.equal(output, "Vanta may do in your whole account what AWS’s own policy SecurityAudit allows.\n");
  });

  for (const [what, document, sentence] of [
    ["a permissions policy", permissions, "Whoever has these permissions may list and read objects in training-data."],
    ["a trust policy", trust, "Any role or user of account 345678901234 may assume this role."],
    ["a bucket policy", publicBucket, "Anyone in the world may read objects in site."],
  ] as const) {
    it(`explains ${what} by itself`, async () => {
      writeFiles(folder, { "p.json": document });
      const outcome = await explain("p.json");
      assert.equal(outcome.code, 0, outcome.messages);
      assert.equal(outcome.output.split("\n")[0], sentence);
      const read = await runIn(folder, ["explain", "-"], { input: document });
      assert.equal(read.output, outcome.output);
    });
  }

  it("names each of several documents", async () => {
    writeFiles(folder, { "a.json": permissions, "b/c.json": trust });
    const { output } = await explain("a.json", "b/c.json");
    assert.match(output, /^a\.json\n {2}Whoever has .*\n\nb\/c\.json\n {2}Any role or user/);
  });

  it("prints one JSON value with every action", async () => {
    writeFiles(folder, { "p.json": permissions.replace("s3:GetObject", "s3:GetObject*") });
    const outcome = await explain("p.json", "--json");
    const { explained } = parsed(outcome);
    assert.ok(Array.isArray(explained), outcome.output);
    const [{ path, grants, sentences }] = explained;
    assert.equal(path, "p.json");
    assert.equal(sentences.length, 2);
    const read = grants[0].abilities.find(({ ability }: { readonly ability: string }) => ability === "read");
    assert.ok(read.actions.includes("s3:GetObjectTagging") && !read.actions.includes("s3:GetObject*"), read.actions);
  });

  for (const [what, text] of [
    ["a file that is not there", undefined],
    ["a file that is no policy", '{"name": "x"}'],
    ["a file that is no JSON", `${permissions.slice(0, -1)},,`],
  ] as const) {
    it(`ends with 2 for ${what}, and explains the others`, async () => {
      writeFiles(folder, { "good.json": permissions, ...(text !== undefined && { "bad.json": text }) });
      const outcome = await explain("bad.json", "good.json");
      assert.equal(outcome.code, 2);
      assert.match(outcome.messages, /bad\.json/);
      assert.match(outcome.output, /may list and read objects in training-data/);
      const json = parsed(await explain("bad.json", "good.json", "--json"));
      assert.ok(Array.isArray(json.unreadable) && json.unreadable.length === 1, JSON.stringify(json));
    });
  }

  it("ends with 2 for a folder that is no integration, and for one whose document is gone", async () => {
    writeFiles(folder, { "empty/notes.txt": "" });
    assert.equal((await explain("empty")).code, 2);
    await runIn(folder, ["new", "jfrog-ml", "--set", "bucket=b-1", "--name", "jfrog"]);
    removeFolder(`${folder}/vendor-access/jfrog/trust-policy.json`);
    const outcome = await explain("vendor-access/jfrog");
    assert.equal(outcome.code, 2);
    assert.match(outcome.messages, /trust-policy\.json/);
  });
});
