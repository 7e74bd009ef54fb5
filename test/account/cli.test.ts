import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CreateRoleCommand, GetRoleCommand, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { seedAccount, seeded } from "../sandbox/emulator.mjs";
import { type VendorId, vendorIds } from "./integrations";
import { everything, theWorld } from "./world";

const program = path.join(__dirname, "../../dist/cli.js");

interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly messages: string;
}

describe("the bundled command line, against the emulator", () => {
  let folder: string;
  let kmsKeyArn: string;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "va-cli-"));
    ({ kmsKeyArn } = await seedAccount(theWorld().emulator.endpoint));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the program without a terminal; `during` is called when it has started. */
  const cli = (words: readonly string[], during: (child: ChildProcess) => void = () => {}): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [program, ...words], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
      let output = "";
      let messages = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        messages += text;
      });
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, output, messages }));
      during(child);
    });
  /** Runs it with `--json` and a profile that works, and checks its exit code. */
  const json = async (code: number, ...words: string[]) => {
    const outcome = await cli([...words, "--profile", "sandbox", "--json"]);
    assert.equal(outcome.code, code, `${words.join(" ")}: ${outcome.messages}`);
    return JSON.parse(outcome.output);
  };
  const newIntegration = (vendor: VendorId, ...settings: string[]) =>
    json(0, "new", vendor, "--name", "it", ...settings.flatMap((setting) => ["--set", setting]));

  const stories: readonly {
    readonly vendor: VendorId;
    readonly settings: readonly string[];
    readonly handBack: readonly string[];
  }[] = [
    { vendor: "activeloop-deep-lake", settings: [`bucket=${seeded.plainBucket}`, "cors=true"], handBack: ["roleArn"] },
    { vendor: "jfrog-ml", settings: [`bucket=${seeded.plainBucket}`], handBack: ["roleArn"] },
    {
      vendor: "dataloop",
      settings: ["bucket=dataloop-items", "createBucket=true"],
      handBack: ["accessKeyId", "secretAccessKey", "roleArn", "bucket", "region"],
    },
  ];
  assert.deepEqual(
    stories.map(({ vendor }) => vendor),
    vendorIds,
  );

  for (const { vendor, settings, handBack } of stories) {
    it(`${vendor}: new, check, plan, apply, verify, remove`, async () => {
      const { iam, emulator } = theWorld();
      const before = await everything();
      const { folder: integration, manifest } = await newIntegration(vendor, ...settings);
      assert.equal(manifest.account, emulator.accountId);
      assert.equal(manifest.region, "us-east-1");

      const checked = await cli(["check", ".", "--format", "json"]);
      const { files, errors, warnings } = JSON.parse(checked.output);
      assert.deepEqual([checked.code, errors, warnings], [0, 0, 0]);
      assert.equal(files.length, readdirSync(path.join(folder, integration)).length);

      const planned = await json(1, "plan", integration);
      assert.equal(planned.status, "changes");
      assert.deepEqual(await everything(), before, "a plan writes nothing");

      const applied = await json(0, "apply", integration, "--yes");
      assert.deepEqual([applied.status, applied.account, applied.verified], ["applied", emulator.accountId, true]);
      assert.deepEqual(
        applied.steps.map(({ id }: { id: string }) => id).sort(),
        planned.steps.map(({ id }: { id: string }) => id).sort(),
      );
      const values = new Map<string, string>(
        applied.handBack.map(({ name, value }: { name: string; value: string }) => [name, value]),
      );
      assert.deepEqual([...values.keys()], handBack);
      for (const [name, value] of values) assert.ok(value, `${name} is known`);
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: manifest.role.name }));
      assert.equal(values.get("roleArn"), Role?.Arn);
      const tags = Role?.Tags ?? [];
      assert.ok(
        tags.some(({ Value }) => Value === manifest.id),
        "the role is marked as the integration's",
      );

      assert.equal((await json(0, "plan", integration)).status, "up-to-date");
      const again = await json(0, "apply", integration, "--yes");
      assert.deepEqual([again.status, again.steps, again.verified], ["unchanged", [], true]);
      assert.equal((await json(0, "verify", integration)).status, "in-sync");

      const removed = await json(0, "remove", integration, "--yes");
      assert.deepEqual([removed.status, removed.verified], ["removed", true]);
      const after = await everything();
      assert.deepEqual(
        { ...after, buckets: [] },
        { ...before, buckets: [] },
        "roles, policies and users are as before",
      );
      assert.equal((await json(1, "verify", integration)).status, "differs");
      assert.equal((await json(0, "remove", integration, "--yes")).status, "nothing");
    });
  }

  it("prints a secret once, to standard output, and keeps it nowhere", async () => {
    const { folder: integration } = await newIntegration("dataloop", `bucket=${seeded.plainBucket}`);
    const { code, output, messages } = await cli(["apply", integration, "--profile", "sandbox", "--yes"]);
    assert.equal(code, 0, messages);
    const [, secret] = /^Secret[^:]*: (\S{40})$/m.exec(output) ?? [];
    assert.ok(secret, output);
    assert.equal(output.split(secret).length - 1, 1);
    assert.ok(!messages.includes(secret));
    for (const name of readdirSync(path.join(folder, integration))) {
      assert.ok(!readFileSync(path.join(folder, integration, name), "utf8").includes(secret), name);
    }
    const again = await cli(["apply", integration, "--profile", "sandbox", "--yes"]);
    assert.match(again.output, /^Secret[^:]*: \(AWS shows it only once/m);
  });

  it("finds a bucket's region and its customer-managed key, and grants it", async () => {
    const encrypted = await newIntegration("activeloop-deep-lake", `bucket=${seeded.encryptedBucket}`);
    assert.equal(encrypted.manifest.parameters.kmsKeyArn, kmsKeyArn);
    assert.equal((await json(0, "apply", encrypted.folder, "--yes")).verified, true);
    const abroad = await json(0, "new", "jfrog-ml", "--name", "abroad", "--set", `bucket=${seeded.frankfurtBucket}`);
    assert.equal(abroad.manifest.region, "eu-central-1");
  });

  it("blocks on a key that the bucket has and the documents do not name", async () => {
    const words = ["new", "activeloop-deep-lake", "--name", "it", "--set", `bucket=${seeded.encryptedBucket}`];
    assert.equal((await cli(words)).code, 0);
    const blocked = await json(1, "apply", "vendor-access/it", "--yes");
    assert.deepEqual(
      blocked.findings.map(({ check }: { check: string }) => check),
      ["kms-statement-missing"],
    );
    assert.ok(!(await everything()).roles.some((name) => name?.includes("activeloop-deep-lake")));
  });

  it("writes the account on the first apply, and refuses another one from then on", async () => {
    assert.equal((await cli(["new", "jfrog-ml", "--name", "it", "--set", `bucket=${seeded.plainBucket}`])).code, 0);
    const file = path.join(folder, "vendor-access/it/integration.json");
    const before = readFileSync(file, "utf8");
    assert.doesNotMatch(before, /"account"/);
    await json(0, "apply", "vendor-access/it", "--yes");
    const { accountId } = theWorld().emulator;
    const after = readFileSync(file, "utf8");
    assert.equal(after, before.replace(/("accessLevel": .*)\n/, `$1\n  "account": "${accountId}",\n`));
    writeFileSync(file, after.replace(accountId, "314159265358"));
    const refused = await json(2, "apply", "vendor-access/it", "--yes");
    assert.equal(refused.error.code, "wrong-account");
  });

  it("finds the account of a vendor whose documents name it, without being told a profile", async () => {
    const { code, messages } = await cli(["new", "dataloop", "--name", "it", "--set", `bucket=${seeded.plainBucket}`]);
    assert.equal(code, 0, messages);
    const trust = readFileSync(path.join(folder, "vendor-access/it/trust-policy.json"), "utf8");
    assert.ok(trust.includes(`arn:aws:iam::${theWorld().emulator.accountId}:user/`), trust);
  });

  for (const [profile, code] of [
    ["nobody", "profile-unknown"],
    ["expired", "credentials-expired"],
  ] as const) {
    it(`ends with 2 and one clear message for a profile that is ${profile === "nobody" ? "unknown" : "expired"}`, async () => {
      await newIntegration("jfrog-ml", `bucket=${seeded.plainBucket}`);
      const outcome = await cli(["plan", "vendor-access/it", "--profile", profile, "--json"]);
      assert.equal(outcome.code, 2);
      assert.equal(JSON.parse(outcome.output).error.code, code);
      assert.ok(outcome.messages.includes(profile), outcome.messages);
      assert.doesNotMatch(outcome.messages, /\n\s+at /, "no stack trace");
    });
  }

  it("never touches a role that is not ours", async () => {
    const { iam } = theWorld();
    const { folder: integration, manifest } = await newIntegration("jfrog-ml", `bucket=${seeded.plainBucket}`);
    const trust = { Version: "2012-10-17", Statement: [] };
    const role = { RoleName: manifest.role.name, AssumeRolePolicyDocument: JSON.stringify(trust) };
    await iam.send(new CreateRoleCommand(role));
    const before = await everything();
    assert.equal((await json(2, "plan", integration)).status, "refused");
    assert.equal((await json(2, "apply", integration, "--yes")).error.code, "not-ours");
    const removed = await cli(["remove", integration, "--profile", "sandbox", "--yes"]);
    assert.equal(removed.code, 0, removed.messages);
    assert.deepEqual(await everything(), before);
  });

  it("does nothing to the role of a folder that was copied, until the copy has an id of its own", async () => {
    const { folder: integration, manifest } = await newIntegration("jfrog-ml", `bucket=${seeded.plainBucket}`);
    await json(0, "apply", integration, "--yes");
    const before = await everything();
    const copy = `${integration}-copy`;
    cpSync(path.join(folder, integration), path.join(folder, copy), { recursive: true });
    for (const command of ["plan", "apply", "verify", "take", "remove"]) {
      const { error } = await json(2, command, copy, ...(command === "plan" || command === "verify" ? [] : ["--yes"]));
      assert.match(`${command}: ${error.message}`, /: it-copy and it have the same "id"/);
    }
    assert.deepEqual(await everything(), before);
    const manifestFile = path.join(folder, copy, "integration.json");
    const text = readFileSync(manifestFile, "utf8");
    writeFileSync(manifestFile, text.replace(manifest.id, randomUUID()));
    assert.match((await json(2, "apply", copy, "--yes")).error.message, /belongs to|not of this integration|is not/);
    assert.deepEqual(await everything(), before);
  });

  it("lists what was made before AWS refused, and undoes it", async () => {
    const { proxy } = theWorld();
    const before = await everything();
    const { folder: integration, manifest } = await newIntegration(
      "activeloop-deep-lake",
      `bucket=${seeded.plainBucket}`,
    );
    proxy.fail("AttachRolePolicy", "accessDenied");
    const { code, messages } = await cli(["apply", integration, "--profile", "sandbox", "--yes"]);
    proxy.clear();
    assert.equal(code, 2);
    assert.match(messages, /AccessDenied/);
    assert.match(messages, /iam:AttachRolePolicy/);
    assert.match(messages, new RegExp(`Made before that in account .*\\n(.*\\n)*? {2}role ${manifest.role.name}\\n`));
    assert.match(messages, /vendor-access recover vendor-access\/it --roll-back/);
    assert.equal((await json(0, "recover", integration, "--roll-back", "--yes")).status, "rolled-back");
    assert.deepEqual(await everything(), before);
    assert.equal((await json(0, "recover", integration)).status, "nothing");
  });

  it("undoes a failed apply at once with --roll-back", async () => {
    const before = await everything();
    const { folder: integration } = await newIntegration("activeloop-deep-lake", `bucket=${seeded.plainBucket}`);
    theWorld().proxy.fail("AttachRolePolicy", "accessDenied");
    const outcome = await json(2, "apply", integration, "--yes", "--roll-back");
    assert.equal(outcome.status, "rolled-back");
    assert.equal(outcome.failure.awsAction, "iam:AttachRolePolicy");
    assert.deepEqual(await everything(), before);
  });

  /** Applies, and kills the program as soon as it has made a call. */
  async function killedAt(action: string, integration: string): Promise<void> {
    const { proxy } = theWorld();
    const seen = proxy.calls.length;
    proxy.delay(600, action);
    let timer: NodeJS.Timeout | undefined;
    const { code } = await cli(["apply", integration, "--profile", "sandbox", "--yes"], (child) => {
      timer = setInterval(() => {
        if (proxy.calls.slice(seen).some((call) => call.action === action)) child.kill("SIGKILL");
      }, 10);
    });
    clearInterval(timer);
    assert.equal(code, null, "it was killed");
    await wait(700); // what is under way reaches AWS all the same
    proxy.heal();
  }

  it("killed in the middle of an apply: says so the next time, and goes on", async () => {
    const { folder: integration } = await newIntegration("dataloop", "bucket=dataloop-items", "createBucket=true");
    await killedAt("CreateRole", integration);
    const told = await json(1, "recover", integration);
    assert.equal(told.runs[0].status, "interrupted");
    assert.ok(told.runs[0].uncertain.length > 0, "a step was under way");
    const planned = await cli(["plan", integration, "--profile", "sandbox"]);
    assert.match(planned.messages, /was interrupted .* ago: .*may be done or half done/);
    const applied = await json(0, "recover", integration, "--continue", "--yes");
    assert.deepEqual([applied.status, applied.verified], ["applied", true]);
    // The secret of a key that was made before died with the program: there is a new one.
    for (const { name, value } of applied.handBack) assert.ok(value, `${name} is known`);
    assert.equal((await json(0, "recover", integration)).status, "nothing");
  });

  it("killed in the middle of an apply: rolls back to what was there before", async () => {
    const before = await everything();
    const { folder: integration } = await newIntegration("dataloop", "bucket=dataloop-items", "createBucket=true");
    await killedAt("AttachRolePolicy", integration);
    const undone = await json(0, "recover", integration, "--roll-back", "--yes");
    assert.deepEqual([undone.status, undone.verified], ["rolled-back", true]);
    assert.deepEqual(await everything(), before);
  });

  it("two at the same time: one applies, the other waits and finds it done, or says who works on it", async () => {
    const { folder: integration, manifest } = await newIntegration("dataloop", `bucket=${seeded.plainBucket}`);
    theWorld().proxy.delay(100);
    const words = ["apply", integration, "--profile", "sandbox", "--yes", "--json"];
    const outcomes = await Promise.all([cli(words), cli(words)]);
    const told = outcomes.map(({ output }) => JSON.parse(output));
    assert.ok(
      told.some(({ status }) => status === "applied"),
      JSON.stringify(told),
    );
    for (const { status, error } of told) {
      if (error)
        assert.match(error.message, /Another process has been applying it for \d+ s \(process \d+ on this machine\)/);
      else assert.ok(["applied", "unchanged"].includes(status), status);
    }
    const { iam } = theWorld();
    const keys = await iam.send(new ListAccessKeysCommand({ UserName: manifest.parameters.userName }));
    assert.equal(keys.AccessKeyMetadata?.length, 1, "one key, not two");
  });

  for (const closed of ["stdout", "stderr"] as const) {
    it(`comes to the end of what it does in AWS when nobody reads ${closed} any more`, async () => {
      const { folder: integration } = await newIntegration("jfrog-ml", `bucket=${seeded.plainBucket}`);
      const { code } = await cli(["apply", integration, "--profile", "sandbox", "--yes"], (child) =>
        child[closed]?.destroy(),
      );
      assert.equal(code, 0);
      assert.equal((await json(0, "recover", integration)).status, "nothing");
      assert.equal((await json(0, "verify", integration)).status, "in-sync");
    });
  }

  it("ends with 2 when nobody reads the secret of a key, which is known nowhere else", async () => {
    const { folder: integration } = await newIntegration("dataloop", `bucket=${seeded.plainBucket}`);
    for (const more of [[], ["--json"]]) {
      const words = [integration, "--profile", "sandbox", "--yes", ...more];
      const { code, messages } = await cli(["apply", ...words], (child) => child.stdout?.destroy());
      assert.equal(code, 2);
      assert.match(messages, /Can't write standard output: nobody reads it any more\./);
      await json(0, "remove", integration, "--yes");
    }
  });

  it("waits for an access key on standard input that comes late, as from another program", async () => {
    const { proxy } = theWorld();
    const { folder: integration } = await newIntegration("dataloop", `bucket=${seeded.plainBucket}`);
    const { handBack } = await json(0, "apply", integration, "--yes");
    const values = new Map(handBack.map(({ name, value }: { name: string; value: string }) => [name, value]));
    const words = ["verify", integration, "--profile", "sandbox", "--test-objects", "--json"];
    const child = spawn(process.execPath, [program, ...words], { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
    let seen = proxy.calls.length;
    const before = seen;
    // When it has asked AWS everything, it reads.
    const timer = setInterval(() => {
      if (proxy.calls.length > before && proxy.calls.length === seen) {
        clearInterval(timer);
        child.stdin.end(`${values.get("accessKeyId")}\n${values.get("secretAccessKey")}\n`);
      }
      seen = proxy.calls.length;
    }, 3000);
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    clearInterval(timer);
    assert.equal(code, 0, output);
    assert.ok(JSON.parse(output).objects.tested.length > 0, output);
  });

  it("has its usual exit code when the reader of standard output has enough", async () => {
    writeFileSync(path.join(folder, "p.json"), '{"Version":"2012-10-17","Statement":[{"Effect":"Alow"}]}');
    const outcome = await cli(["check", "."], (child) => child.stdout?.destroy());
    assert.equal(outcome.code, 1, "the errors are there, read or not");
    assert.doesNotMatch(outcome.messages, /standard output/);
  });

  (existsSync("/dev/full") ? it : it.skip)("ends with 2 when standard output has no room", async () => {
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, [program, "vendors", "--json"], { stdio: ["ignore", full, "pipe"] });
    closeSync(full);
    let messages = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      messages += text;
    });
    assert.equal(await new Promise((resolve) => child.once("close", resolve)), 2);
    assert.match(messages, /Can't write standard output: the disk is full/);
  });

  (process.platform === "linux" ? it : it.skip)("says that the current folder is gone", async () => {
    const gone = `mkdir gone && cd gone && rmdir ../gone && exec "$0" "$1" check . --json`;
    const child = spawn("sh", ["-c", gone, process.execPath, program], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    assert.equal(await new Promise((resolve) => child.once("close", resolve)), 2);
    const { error } = JSON.parse(output);
    assert.deepEqual(error, { code: "file", message: "Can't use the current folder: it does not exist." });
  });

  it("stops at once on SIGTERM while a credential process goes on", async () => {
    await newIntegration("jfrog-ml", `bucket=${seeded.plainBucket}`);
    const config = path.join(folder, "config");
    writeFileSync(
      config,
      '[profile slow]\ncredential_process = sh -c "echo started > started; sleep 20"\nregion = us-east-1\n',
    );
    const before = process.env.AWS_CONFIG_FILE;
    process.env.AWS_CONFIG_FILE = config;
    let timer: NodeJS.Timeout | undefined;
    const { code, output } = await cli(["plan", "vendor-access/it", "--profile", "slow", "--json"], (child) => {
      process.env.AWS_CONFIG_FILE = before;
      timer = setInterval(() => {
        if (!existsSync(path.join(folder, "started"))) return;
        clearInterval(timer);
        child.kill("SIGTERM");
      }, 20);
    });
    assert.equal(code, 2);
    assert.equal(JSON.parse(output).error.code, "cancelled");
  });

  it("stops after the running step on Ctrl-C, and tells what was made", async () => {
    const { proxy } = theWorld();
    const { folder: integration, manifest } = await newIntegration("jfrog-ml", `bucket=${seeded.plainBucket}`);
    const calls = proxy.calls.length;
    proxy.delay(700, "CreateRole");
    let timer: NodeJS.Timeout | undefined;
    const { code, messages } = await cli(["apply", integration, "--profile", "sandbox", "--yes"], (child) => {
      timer = setInterval(() => {
        if (!proxy.calls.slice(calls).some(({ action }) => action === "CreateRole")) return;
        clearInterval(timer);
        child.kill("SIGINT");
      }, 20);
    });
    clearInterval(timer);
    proxy.clear();
    assert.equal(code, 2, messages);
    assert.match(messages, /Stopping after the running step/);
    assert.match(messages, new RegExp(`Made before that .*\\n {2}role ${manifest.role.name}\\n`));
    assert.ok(
      !proxy.calls.slice(calls).some(({ action }) => action === "PutRolePolicy"),
      "the next step was not begun",
    );
  });

  it("does not load the AWS SDK for what needs no account", async () => {
    const { proxy } = theWorld();
    const calls = proxy.calls.length;
    const script = `
      const Module = require("node:module");
      const load = Module._load;
      Module._load = function (request, ...rest) {
        if (/account\\.js$/.test(request)) throw new Error("loaded " + request);
        return load.call(this, request, ...rest);
      };
      process.argv.splice(1, 0, ${JSON.stringify(program)});
      require(${JSON.stringify(program)});`;
    const commands = [["vendors"], ["new", "jfrog-ml", "--name", "it", "--set", "bucket=data-1"], ["check", "."]];
    for (const words of commands) {
      const child = spawn(process.execPath, ["-e", script, ...words], {
        cwd: folder,
        stdio: ["ignore", "ignore", "pipe"],
      });
      let messages = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        messages += text;
      });
      const code = await new Promise((resolve) => child.once("close", resolve));
      assert.equal(code, 0, messages);
    }
    assert.equal(proxy.calls.length, calls);
  });
});
