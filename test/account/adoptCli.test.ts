import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { CreateRoleCommand, GetRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { seedAccount, seeded } from "../sandbox/emulator.mjs";
import { removeTemporaryFolder, temporaryFolder } from "../sandbox/processes.mjs";
import { theWorld } from "./world";

const program = path.join(__dirname, "../../dist/cli.js");

describe("access, adopt and take on the command line", () => {
  let folder: string;
  beforeEach(async () => {
    folder = temporaryFolder("va-cli-adopt-");
    await seedAccount(theWorld().emulator.endpoint);
  });
  afterEach(() => removeTemporaryFolder(folder));

  /** Runs the program without a terminal and checks its exit code. */
  const cli = (code: number, ...words: string[]): Promise<{ readonly output: string; readonly messages: string }> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [program, ...words, "--profile", "sandbox"], {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let [output, messages] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        messages += text;
      });
      child.once("error", reject);
      child.once("close", (actual) => {
        if (actual === code) resolve({ output, messages });
        else reject(new Error(`${words.join(" ")} ended with ${actual}: ${output}${messages}`));
      });
    });
  const json = async (code: number, ...words: string[]) => JSON.parse((await cli(code, ...words, "--json")).output);
  const writes = () =>
    theWorld()
      .proxy.calls.map(({ action }) => action)
      .filter((action) => !/^(Get|List|Head|Describe|AssumeRole)/.test(action));

  it("lists who has access to what, as a table and as JSON", async () => {
    const { output } = await cli(0, "access");
    assert.match(output, /^WHAT +WHO +REACHES +USE\n/);
    assert.match(output, /role activeloop-legacy +Activeloop Deep Lake \(with retired principals\) +training-data/);
    const { account, roles, buckets } = await json(0, "access", "--buckets");
    assert.equal(account, "210987654321");
    assert.deepEqual(buckets, []);
    assert.equal(roles.length, 1);
    const { name, vendor, reaches, integration, policies } = roles[0];
    assert.deepEqual(
      [name, vendor, reaches, integration, policies],
      [seeded.legacyRole, "activeloop-deep-lake", [seeded.plainBucket], null, ["deeplake-s3"]],
    );
    assert.deepEqual(writes(), []);
  });

  it("adopts a role, after which nothing is left to apply", async () => {
    const { messages } = await cli(2, "adopt", seeded.legacyRole);
    assert.match(messages, /Give --yes/);
    const { folder: adopted, files, manifest } = await json(0, "adopt", seeded.legacyRole, "--yes", "--name", "legacy");
    assert.equal(adopted, path.join("vendor-access", "legacy"));
    assert.equal(manifest.role.name, seeded.legacyRole);
    for (const file of files) assert.ok(existsSync(path.join(folder, file)), file);
    assert.deepEqual(writes(), ["TagRole"]);
    const { Role } = await theWorld().iam.send(new GetRoleCommand({ RoleName: seeded.legacyRole }));
    assert.ok(
      Role?.Tags?.some(({ Value }) => Value === manifest.id),
      JSON.stringify(Role?.Tags),
    );
    // The old page's principals are findings, and a difference from the account there is none.
    const { resources } = await json(1, "verify", adopted).catch(() => ({ resources: [] }));
    for (const { status } of resources) assert.equal(status, "in-sync");
    assert.match((await cli(2, "adopt", seeded.legacyRole, "--yes")).messages, /belongs to an integration already/);
  });

  it("leaves no folder behind when AWS refuses the tags", async () => {
    theWorld().proxy.fail("TagRole", "accessDenied");
    const { messages } = await cli(2, "adopt", seeded.legacyRole, "--yes");
    assert.match(messages, /may not call iam:TagRole/);
    assert.deepEqual(
      existsSync(path.join(folder, "vendor-access")) ? readdirSync(path.join(folder, "vendor-access")) : [],
      [],
    );
  });

  it("asks whose a role is that nobody recognises, and for what it does not tell", async () => {
    const Statement = [{ Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole" }];
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await theWorld().iam.send(new CreateRoleCommand({ RoleName: "partner", AssumeRolePolicyDocument }));
    assert.match((await cli(2, "adopt", "partner", "--yes")).messages, /Name the vendor with --vendor/);
    assert.match((await cli(2, "adopt", "partnr", "--yes")).messages, /no role "partnr".*partner/s);
    const words = ["adopt", "partner", "--vendor", "activeloop-deep-lake", "--yes"];
    assert.match((await cli(2, ...words)).messages, /--set bucket=…/);
    const { manifest } = await json(0, ...words, "--set", "bucket=training-data");
    assert.deepEqual(manifest.parameters.buckets, ["training-data"]);
  });

  it("takes what is live into the documents, and asks first", async () => {
    await cli(0, "new", "jfrog-ml", "--name", "it", "--set", "bucket=training-data");
    await cli(0, "apply", "vendor-access/it", "--yes");
    const file = path.join(folder, "vendor-access/it/permissions-policy.json");
    const manifest = readFileSync(path.join(folder, "vendor-access/it/integration.json"), "utf8");
    const before = JSON.parse(readFileSync(file, "utf8"));
    const { role } = JSON.parse(manifest);
    const [first, ...others] = before.Statement;
    const widened = (actions: readonly string[]) => ({ ...first, Action: actions });
    const changed = {
      Statement: [...others, widened(["s3:DeleteBucket", ...[first.Action].flat()])],
      Version: before.Version,
    };
    const PolicyDocument = JSON.stringify(changed);
    await theWorld().iam.send(new PutRolePolicyCommand({ RoleName: role.name, PolicyName: role.name, PolicyDocument }));
    assert.match((await cli(2, "take", "vendor-access/it")).messages, /Give --yes/);
    const { files } = await json(0, "take", "vendor-access/it", "--yes");
    assert.deepEqual(files, [path.join("vendor-access", "it", "permissions-policy.json")]);
    assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), {
      ...before,
      Statement: [widened([...[first.Action].flat(), "s3:DeleteBucket"]), ...others],
    });
    assert.equal(readFileSync(path.join(folder, "vendor-access/it/integration.json"), "utf8"), manifest);
    assert.deepEqual((await json(0, "take", "vendor-access/it", "--yes")).files, []);
    await json(0, "remove", "vendor-access/it", "--yes");
    const nothing = await cli(2, "take", "vendor-access/it", "--yes");
    assert.match(nothing.messages, /Not taken from account .*\n✗ missing {2}role /);
    assert.doesNotMatch(nothing.messages, /say what is live/);
    rmSync(path.join(folder, "vendor-access/it/trust-policy.json"));
    assert.match((await json(2, "take", "vendor-access/it", "--yes")).error.message, /There is no trust-policy\.json/);
  });
});
