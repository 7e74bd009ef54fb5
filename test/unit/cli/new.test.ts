import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { nodeFileSystem } from "../../../src/cli/nodeFileSystem";
import type { FileSystem } from "../../../src/integration/integration";
import { UserError } from "../../../src/policy/userError";
import { fakeAccount, identity } from "./fakeAccount";
import { makeFolder, parsed, readFiles, removeFolder, runIn, writeFiles } from "./testContext";

const kmsKeyArn = "arn:aws:kms:eu-central-1:314159265358:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describe("new", () => {
  let folder: string;
  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(() => removeFolder(folder));

  const create = (words: string, changes: Parameters<typeof runIn>[2] = {}) =>
    runIn(folder, ["new", ...words.split(" ")], changes);
  const manifestOf = (name: string): Record<string, unknown> =>
    JSON.parse(readFiles(folder)[`vendor-access/${name}/integration.json`] ?? "{}");

  it("writes the documents, prints their paths and says what comes next", async () => {
    const { code, output, messages } = await create("activeloop-deep-lake --set bucket=training-data");
    const integration = "vendor-access/activeloop-deep-lake-training-data";
    assert.equal(code, 0);
    assert.equal(
      output,
      ["integration.json", "permissions-policy.json", "trust-policy.json"]
        .map((name) => `${integration}/${name}\n`)
        .join(""),
    );
    assert.match(messages, new RegExp(`vendor-access apply ${integration}\n$`));
    assert.deepEqual(
      Object.keys(readFiles(folder)),
      output.split("\n").filter((line) => line !== ""),
    );
  });

  it("tells a program what it wrote", async () => {
    const outcome = await create("jfrog-ml --set bucket=a-data --set bucket=b-data --name jfrog --json");
    const { manifest, ...rest } = parsed(outcome);
    assert.deepEqual(rest, {
      name: "jfrog",
      folder: "vendor-access/jfrog",
      files: ["integration.json", "permissions-policy.json", "trust-policy.json"].map(
        (name) => `vendor-access/jfrog/${name}`,
      ),
    });
    assert.deepEqual(manifest, manifestOf("jfrog"));
    assert.deepEqual(manifestOf("jfrog").parameters, { buckets: ["a-data", "b-data"], accountId: "377488441568" });
    assert.equal("account" in manifestOf("jfrog"), false, "the first apply fills it in");
  });

  for (const out of ["team/grants", "./team/grants/", "team"]) {
    it(`writes below --out ${out}`, async () => {
      const outcome = await create(`jfrog-ml --set bucket=a-data --name jfrog --out ${out} --json`);
      assert.equal(parsed(outcome).folder, `${path.normalize(out).replace(/\/$/, "")}/jfrog`);
      assert.equal(Object.keys(readFiles(path.join(folder, out, "jfrog"))).length, 3);
    });
  }

  it("writes to an absolute --out outside the current directory", async () => {
    const elsewhere = makeFolder();
    try {
      const { code } = await create(`jfrog-ml --set bucket=a-data --name jfrog --out ${elsewhere}`);
      assert.equal(code, 0);
      assert.equal(Object.keys(readFiles(path.join(elsewhere, "jfrog"))).length, 3);
      assert.deepEqual(readFiles(folder), {});
    } finally {
      removeFolder(elsewhere);
    }
  });

  it("takes the account from --account and from --set alike", async () => {
    await create("dataloop --set bucket=images --account 314159265358 --name one --region eu-west-1");
    await create("dataloop --set bucket=images --set accountId=314159265358 --name two --region eu-west-1");
    const { id: first, ...one } = manifestOf("one");
    const { id: second, ...two } = manifestOf("two");
    assert.notEqual(first, second);
    assert.deepEqual(one, two);
    assert.equal(one.account, "314159265358");
    assert.equal(one.region, "eu-west-1");
  });

  describe("refuses, and writes nothing", () => {
    it("a folder that exists", async () => {
      writeFiles(folder, { "vendor-access/jfrog/mine.txt": "mine" });
      const { code, messages } = await create("jfrog-ml --set bucket=a-data --name jfrog");
      assert.equal(code, 2);
      assert.match(messages, /vendor-access\/jfrog exists already\. Choose another name/);
      assert.deepEqual(readFiles(folder), { "vendor-access/jfrog/mine.txt": "mine" });
    });

    it("an --out that is a file", async () => {
      writeFiles(folder, { out: "a file" });
      const { code, messages } = await create("jfrog-ml --set bucket=a-data --out out");
      assert.equal(code, 2);
      assert.match(messages, /a part of its path is a file/);
      assert.deepEqual(readFiles(folder), { out: "a file" });
    });

    it("a folder where nothing may be written", async () => {
      const denied = async (): Promise<never> => {
        throw new UserError("file", "Can't make vendor-access: permission denied; choose another folder.");
      };
      const fileSystem = (root: string): FileSystem => ({ ...nodeFileSystem(root, folder), createDirectory: denied });
      const { code, output, messages } = await create("jfrog-ml --set bucket=a-data", { fileSystem });
      assert.deepEqual([code, output], [2, ""]);
      assert.match(messages, /permission denied/);
      assert.deepEqual(readFiles(folder), {});
    });

    it("a link in the place of the integration, also a dangling one", async () => {
      writeFiles(folder, { "vendor-access/README.md": "" });
      symlinkSync("/nowhere", path.join(folder, "vendor-access/jfrog"));
      const { code } = await create("jfrog-ml --set bucket=a-data --name jfrog");
      assert.equal(code, 2);
      assert.deepEqual(Object.keys(readFiles(folder)), ["vendor-access/README.md"]);
    });
  });

  describe("asking", () => {
    it("asks for what is missing until it is right", async () => {
      const outcome = await create("jfrog-ml --name jfrog", { answers: ["BAD_NAME", "a-data, b-data"] });
      assert.equal(outcome.code, 0);
      assert.equal(outcome.questions.length, 2);
      assert.match(outcome.messages, /A bucket name has only lower-case letters/);
      assert.deepEqual(manifestOf("jfrog").parameters, { buckets: ["a-data", "b-data"], accountId: "377488441568" });
    });

    it("asks for one value where the vendor takes one", async () => {
      const outcome = await create("dataloop --name d --account 314159265358", { answers: ["a,b", "images"] });
      assert.equal(outcome.code, 0);
      assert.deepEqual((manifestOf("d").parameters as { buckets: string[] }).buckets, ["images"]); // as just written
    });

    it("stops when the input ends", async () => {
      const { code, messages } = await create("jfrog-ml", { answers: [] });
      assert.equal(code, 2);
      assert.match(messages, /Cancelled/);
      assert.deepEqual(readFiles(folder), {});
    });
  });

  describe("looking at the account", () => {
    it("fills in the account, the bucket's region and its key", async () => {
      const { loadAccount, calls } = fakeAccount({
        buckets: (name) => ({ name, exists: true, region: "eu-central-1", kmsKeyArn }),
      });
      const outcome = await create("activeloop-deep-lake --set bucket=data-1 --name d --profile sandbox", {
        loadAccount,
      });
      assert.equal(outcome.code, 0, outcome.messages);
      assert.deepEqual(calls, ["connect sandbox", "inspect data-1"]);
      const { account, region, parameters } = manifestOf("d");
      assert.deepEqual(
        [account, region, parameters],
        [identity.account, "eu-central-1", { buckets: ["data-1"], kmsKeyArn }],
      );
      assert.match(readFiles(folder)["vendor-access/d/permissions-policy.json"] ?? "", /kms:Decrypt/);
    });

    it("keeps a key that was given", async () => {
      const { loadAccount } = fakeAccount({
        buckets: (name) => ({ name, exists: true, region: "eu-central-1", kmsKeyArn }),
      });
      const given = kmsKeyArn.replace("1234abcd", "ffffffff");
      await create(`activeloop-deep-lake --set bucket=data-1 --set kmsKeyArn=${given} --name d --profile sandbox`, {
        loadAccount,
      });
      assert.deepEqual(manifestOf("d").parameters, { buckets: ["data-1"], kmsKeyArn: given });
    });

    it("does not look without need", async () => {
      const { loadAccount, calls } = fakeAccount();
      await create("activeloop-deep-lake --set bucket=data-1", { loadAccount });
      await create("dataloop --set bucket=data-1 --account 314159265358", { loadAccount });
      assert.deepEqual(calls, []);
    });

    it("finds the account of a vendor whose documents name it", async () => {
      const { loadAccount, calls } = fakeAccount();
      const { code } = await create("dataloop --set bucket=data-1 --name d", { loadAccount });
      assert.equal(code, 0);
      assert.deepEqual(calls, ["connect (none)", "inspect data-1"]);
      assert.equal(manifestOf("d").account, identity.account);
      assert.match(readFiles(folder)["vendor-access/d/trust-policy.json"] ?? "", /iam::314159265358:user/);
    });

    it("names the flag when that account can't be found out", async () => {
      const { loadAccount } = fakeAccount({
        connect: () => {
          throw new UserError("credentials-missing", "There are no AWS credentials.");
        },
      });
      const { code, messages } = await create("dataloop --set bucket=data-1", { loadAccount });
      assert.equal(code, 2);
      assert.match(
        messages,
        /There are no AWS credentials\.\nGive it with --set accountId=…, or name a profile with --profile/,
      );
      assert.deepEqual(readFiles(folder), {});
    });

    for (const [code, message] of [
      ["profile-unknown", "There is no profile nobody."],
      ["credentials-expired", "Sign in again: aws sso login --profile nobody"],
      ["network", "AWS could not be reached."],
    ] as const) {
      it(`passes on what is wrong with a profile that was named: ${code}`, async () => {
        const { loadAccount } = fakeAccount({
          connect: () => {
            throw new UserError(code, message);
          },
        });
        const outcome = await create("dataloop --set bucket=data-1 --profile nobody", { loadAccount });
        assert.deepEqual([outcome.code, outcome.messages], [2, `${message}\n`]);
        assert.deepEqual(readFiles(folder), {});
      });
    }

    it("refuses an account that is not the profile's", async () => {
      const { loadAccount } = fakeAccount();
      const words = "activeloop-deep-lake --set bucket=data-1 --account 111111111111 --profile sandbox";
      const { code, messages } = await create(words, { loadAccount });
      assert.equal(code, 2);
      assert.match(
        messages,
        /You named the account 111111111111, and the profile sandbox is of the account 314159265358/,
      );
    });

    it("warns of a bucket that is not there, and goes on", async () => {
      const { loadAccount } = fakeAccount({ buckets: (name) => ({ name, exists: false }) });
      const { code, messages } = await create("jfrog-ml --set bucket=typo-data --profile sandbox", { loadAccount });
      assert.equal(code, 0);
      assert.match(messages, /There is no bucket typo-data in this account/);
    });

    it("does not miss a bucket that is to be made, and takes the profile's region for it", async () => {
      const { loadAccount } = fakeAccount({ buckets: (name) => ({ name, exists: false }) });
      const words = "dataloop --set bucket=new-data --set createBucket=true --profile sandbox --name d";
      const { code, messages } = await create(words, { loadAccount });
      assert.equal(code, 0);
      assert.doesNotMatch(messages, /There is no bucket/);
      assert.equal(manifestOf("d").region, identity.region);
    });

    it("names the key of a bucket where the vendor's page has no statement for it", async () => {
      const { loadAccount } = fakeAccount({
        buckets: (name) => ({ name, exists: true, region: "eu-central-1", kmsKeyArn }),
      });
      const { messages } = await create("jfrog-ml --set bucket=data-1 --profile sandbox", { loadAccount });
      assert.ok(messages.includes(`encrypted with the key ${kmsKeyArn}`), messages);
    });

    it("goes on when a bucket may not be looked at, and says so", async () => {
      const { loadAccount } = fakeAccount({
        buckets: () => {
          throw new UserError("access-denied", "AccessDenied: s3:GetEncryptionConfiguration");
        },
      });
      const { code, messages } = await create("jfrog-ml --set bucket=data-1 --profile sandbox", { loadAccount });
      assert.equal(code, 0);
      assert.match(messages, /The bucket data-1 could not be looked at: AccessDenied/);
    });
  });
});
