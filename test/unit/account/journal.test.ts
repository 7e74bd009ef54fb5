import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Plan, Step } from "../../../src/account/account";
import { createJournal, type Journal } from "../../../src/account/journal/journal";
import { openLines } from "../../../src/account/journal/lineWriter";
import { acquireLock } from "../../../src/account/journal/lock";
import { userStateFolder } from "../../../src/account/journal/stateFolder";
import { isUserError } from "../../../src/policy/userError";
import { fakeClock } from "../../account/fakeClock";
import { removeTemporaryFolder, temporaryFolder } from "../../sandbox/processes.mjs";

const id = "5f1c2d3e";

function step(name: string, before?: { readonly x: number }): Step {
  const id = `${before ? "update" : "create"} role ${name}`;
  const verb = before ? "update" : "create";
  return { id, verb, kind: "role", name, sentence: id, dependsOn: [], before, after: { x: 2 }, permissions: [] };
}

function plan(steps: readonly Step[], action: Plan["action"] = "apply", account = "210987654321"): Plan {
  return {
    action,
    integration: { id, name: "it", vendor: "jfrog-ml" },
    identity: { account, arn: "", partition: "aws", region: "us-east-1", profile: "sandbox" },
    resources: [],
    steps,
    refusals: [],
    notes: [],
    handBack: [],
  };
}

describe("the journal", () => {
  let folder: string;
  let journal: Journal;
  beforeEach(() => {
    folder = temporaryFolder("va-journal-");
    journal = createJournal(folder);
  });
  afterEach(() => removeTemporaryFolder(folder));
  const files = (integrationId = id) => readdirSync(path.join(folder, "journal", integrationId));
  const file = () => path.join(folder, "journal", id, files().find((name) => name.endsWith(".jsonl")) ?? "");

  it("knows what is done, what may be done and what was not begun", async () => {
    const run = await journal.begin(plan([step("a"), step("b"), step("c"), step("d")]), true);
    await run.write({ type: "started", step: "create role a" });
    await run.write({ type: "started", step: "create role b" });
    await run.write({ type: "done", step: "create role a" });
    await run.write({ type: "started", step: "create role d" });
    await run.write({ type: "failed", step: "create role d", code: "access-denied", message: "No.", touched: false });
    await run.close();
    const [unfinished] = await journal.unfinished(id);
    const names = (steps: readonly Step[] | undefined) => steps?.map(({ name }) => name);
    assert.equal(unfinished?.status, "interrupted");
    assert.deepEqual(names(unfinished?.done), ["a"]);
    assert.deepEqual(names(unfinished?.uncertain), ["b"]);
    assert.deepEqual(names(unfinished?.notBegun), ["c", "d"]);
    assert.deepEqual(
      unfinished?.touched.map(({ name }) => name),
      ["a", "b"],
    );
    assert.match(
      unfinished?.sentence ?? "",
      /^Applying it in account 210987654321 \(profile sandbox\) was interrupted \d seconds? ago: 1 of 4 steps done, 1 may be done or half done\.$/,
    );
  });

  it("goes on in the same file, and keeps what was there before the first plan", async () => {
    const first = await journal.begin(plan([step("a", { x: 1 })]), true);
    await first.write({ type: "started", step: "update role a" });
    await first.close();
    appendFileSync(file(), '{"type":"done","step":"update ro'); // a crash in the middle of a line
    const second = await journal.begin(plan([step("a", { x: 7 }), step("b")]), true);
    await second.write({ type: "started", step: "create role b" });
    await second.write({ type: "done", step: "create role b" });
    const unfinished = await second.end("failed");
    await second.close();
    assert.equal(files().length, 1);
    assert.deepEqual(
      unfinished?.touched.map(({ name, before }) => [name, before]),
      [
        ["a", { x: 1 }],
        ["b", undefined],
      ],
    );
  });

  it("of another account is another run", async () => {
    for (const account of ["210987654321", "111122223333"]) {
      const run = await journal.begin(plan([step("a")], "apply", account), true);
      await run.write({ type: "started", step: "create role a" });
      await run.close();
    }
    assert.equal((await journal.unfinished(id)).length, 2);
  });

  it("has a first line that was cut off: nothing was begun", async () => {
    mkdirSync(path.join(folder, "journal", id), { recursive: true });
    writeFileSync(path.join(folder, "journal", id, "1.jsonl"), '{"type":"plan","at"');
    assert.deepEqual(await journal.unfinished(id), []);
  });

  it("keeps the last runs that ended, and no more", async () => {
    for (let number = 0; number < 25; number++) {
      const run = await journal.begin(plan([step("a")]), true);
      await run.write({ type: "started", step: "create role a" });
      await run.write({ type: "done", step: "create role a" });
      assert.equal(await run.end("done"), undefined);
      await run.close();
    }
    assert.equal(files().length, 20);
  });

  it("a roll back is at its end only when that was seen", async () => {
    const applied = await journal.begin(plan([step("a")]), true);
    await applied.write({ type: "started", step: "create role a" });
    await applied.end("failed");
    await applied.close();
    const run = await journal.begin(plan([], "roll-back"), true);
    const unfinished = await run.end("done");
    await run.close();
    assert.equal(unfinished?.action, "roll-back");
    assert.deepEqual(
      unfinished?.touched.map(({ name }) => name),
      ["a"],
    );
    await journal.finish(unfinished);
    assert.deepEqual(await journal.unfinished(id), []);
  });

  it("an id of the workspace does not lead out of the folder", async () => {
    for (const evil of ["../../outside", "..", "a/b", ""]) {
      const { integration, ...rest } = plan([step("a")]);
      const run = await journal.begin({ ...rest, integration: { ...integration, id: evil } }, true);
      await run.close();
    }
    assert.deepEqual(readdirSync(folder), ["journal"]);
    for (const name of readdirSync(path.join(folder, "journal"))) assert.match(name, /^[0-9a-f]{64}$/);
  });

  it("a folder that can't be written is said in one sentence that names it", async () => {
    writeFileSync(path.join(folder, "journal"), "a file");
    await assert.rejects(
      journal.begin(plan([]), true),
      (error) => isUserError(error) && error.code === "file" && error.message.includes(folder),
    );
  });

  it("a folder that can't be read is said in the same way", async () => {
    writeFileSync(path.join(folder, "journal"), "a file");
    const { integration, identity } = plan([]);
    const reads = [() => journal.unfinished(integration.id), () => journal.unfinishedIn(integration.id, identity)];
    for (const read of reads) {
      await assert.rejects(
        read,
        (error) => isUserError(error) && error.code === "file" && error.message.includes(folder),
      );
    }
  });

  it("lines that are written at the same time are all there, in order", async () => {
    const lines = await openLines(path.join(folder, "lines"));
    await Promise.all(Array.from({ length: 50 }, (_, number) => lines.append({ number })));
    await lines.close();
    const written = readFileSync(path.join(folder, "lines"), "utf8").trim().split("\n");
    assert.deepEqual(
      written.map((line) => JSON.parse(line).number),
      Array.from({ length: 50 }, (_, number) => number),
    );
  });

  describe("its lock", () => {
    const options = { doing: "applying it", clock: fakeClock(), signal: undefined, onWait: () => {} };
    const lockFile = () => path.join(folder, "lock");
    const holder = { pid: process.pid, host: os.hostname(), since: new Date().toISOString(), doing: "x", nonce: "n" };

    it("is one process's at a time, and free after it", async () => {
      const lock = await acquireLock(lockFile(), options);
      assert.equal(lock.waited, false);
      await assert.rejects(acquireLock(lockFile(), options), (error) => isUserError(error) && error.code === "busy");
      await lock.release();
      await (await acquireLock(lockFile(), options)).release();
    });

    it("is taken from a process that is gone, from one before the machine's start, and from one that was silent for long", async () => {
      const long = new Date(Date.now() - 3_600_000);
      const voids = [
        { ...holder, pid: 2 ** 22 + 1 },
        { ...holder, since: new Date(Date.now() - os.uptime() * 1000 - 60_000).toISOString() },
        { ...holder, host: "elsewhere", silent: true },
      ];
      for (const each of voids) {
        writeFileSync(lockFile(), JSON.stringify(each));
        if ("silent" in each) utimesSync(lockFile(), long, long);
        await (await acquireLock(lockFile(), options)).release();
      }
      assert.deepEqual(readdirSync(folder), []);
    });

    it("of another machine that shows signs of life is respected", async () => {
      writeFileSync(lockFile(), JSON.stringify({ ...holder, host: "elsewhere" }));
      await assert.rejects(acquireLock(lockFile(), options), /process \d+ on elsewhere/);
    });
  });
});

describe("the user's state folder", () => {
  const cases: readonly (readonly [NodeJS.ProcessEnv, NodeJS.Platform, string])[] = [
    [{}, "linux", path.join("/home/ann", ".local", "state", "vendor-access")],
    [{ XDG_STATE_HOME: "/state" }, "linux", path.join("/state", "vendor-access")],
    [{ XDG_STATE_HOME: "relative" }, "linux", path.join("/home/ann", ".local", "state", "vendor-access")],
    [{}, "darwin", path.join("/home/ann", "Library", "Application Support", "vendor-access")],
    [{ LOCALAPPDATA: "/local" }, "win32", path.join("/local", "vendor-access")],
  ];
  for (const [env, platform, expected] of cases) {
    it(`on ${platform} with ${JSON.stringify(env)}`, () => {
      assert.equal(
        userStateFolder(env, platform, () => "/home/ann"),
        expected,
      );
    });
  }

  it("needs a home only where XDG_STATE_HOME names no folder, and says what to set", () => {
    const homeless = () => {
      throw new Error("uv_os_homedir returned ENOENT");
    };
    assert.equal(
      userStateFolder({ XDG_STATE_HOME: "/state" }, "linux", homeless),
      path.join("/state", "vendor-access"),
    );
    assert.throws(
      () => userStateFolder({}, "linux", homeless),
      (error) => isUserError(error) && error.code === "file" && /set HOME, or XDG_STATE_HOME/.test(error.message),
    );
  });
});
