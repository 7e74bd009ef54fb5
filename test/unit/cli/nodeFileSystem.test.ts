import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileError, nodeFileSystem, splitAtExisting } from "../../../src/cli/nodeFileSystem";
import type { FileSystem } from "../../../src/integration/integration";
import { isUserError } from "../../../src/policy/userError";
import { makeFolder, readFiles, removeFolder, writeFiles } from "./testContext";

describe("nodeFileSystem", () => {
  let outer: string;
  let root: string;
  let fs: FileSystem;
  beforeEach(() => {
    outer = makeFolder();
    root = path.join(outer, "root");
    mkdirSync(root);
    fs = nodeFileSystem(root, outer);
  });
  afterEach(() => removeFolder(outer));

  it("writes, reads, lists, renames and removes", async () => {
    await fs.createDirectory("a/b");
    await fs.write("a/b/x.json", "{}");
    assert.equal(await fs.read("a/b/x.json"), "{}");
    assert.deepEqual(await fs.list("a"), [{ name: "b", directory: true }]);
    await fs.rename("a/b", "c");
    assert.deepEqual(readFiles(root), { "c/x.json": "{}" });
    assert.equal(await fs.exists("a/b"), false);
    await fs.remove("c");
    await fs.remove("c");
    assert.deepEqual(readFiles(root), {});
  });

  it("leaves no partial file, and keeps a file's permissions", async () => {
    writeFileSync(path.join(root, "x.json"), "old");
    chmodSync(path.join(root, "x.json"), 0o640);
    await fs.write("x.json", "new");
    assert.deepEqual(readFiles(root), { "x.json": "new" });
    assert.equal(statSync(path.join(root, "x.json")).mode & 0o777, 0o640);
  });

  it("leaves the file as it was when it can't be replaced", async () => {
    mkdirSync(path.join(root, "x.json"));
    await assert.rejects(fs.write("x.json", "new"), (error) => isUserError(error) && error.code === "file");
    assert.deepEqual(readFiles(root), {});
  });

  it("refuses to rename onto something that exists", async () => {
    writeFiles(root, { "a/x": "a", "b/x": "b" });
    await assert.rejects(fs.rename("a", "b"), /root\/b exists already/);
    assert.deepEqual(readFiles(root), { "a/x": "a", "b/x": "b" });
  });

  const operations: readonly (readonly [string, (path: string) => Promise<unknown>])[] = [
    ["write", (target) => fs.write(`${target}/x`, "evil")],
    ["createDirectory", (target) => fs.createDirectory(`${target}/new`)],
    ["remove", (target) => fs.remove(`${target}/kept`)],
    ["rename", (target) => fs.rename("own", `${target}/moved`)],
  ];
  for (const [name, operation] of operations) {
    it(`never leads out through "..": ${name}`, async () => {
      writeFiles(outer, { "outside/kept": "kept", "root/own": "own" });
      await assert.rejects(operation("../outside"), (error) => isUserError(error) && /leads out/.test(error.message));
      assert.deepEqual(readFiles(outer), { "outside/kept": "kept", "root/own": "own" });
    });

    it(`never leads out through a symbolic link: ${name}`, async () => {
      writeFiles(outer, { "outside/kept": "kept", "root/own": "own" });
      symlinkSync(path.join(outer, "outside"), path.join(root, "link"));
      await assert.rejects(operation("link"), (error) => isUserError(error) && /symbolic link/.test(error.message));
      assert.deepEqual(readFiles(path.join(outer, "outside")), { kept: "kept" });
      assert.equal(readFileSync(path.join(root, "own"), "utf8"), "own");
    });
  }

  it("refuses to write through a file that is a link out of the root, also a dangling one", async () => {
    writeFiles(outer, { "outside/kept": "kept" });
    symlinkSync(path.join(outer, "outside/kept"), path.join(root, "x.json"));
    symlinkSync(path.join(outer, "outside/new"), path.join(root, "y.json"));
    await assert.rejects(fs.write("x.json", "evil"), /symbolic link/);
    await assert.rejects(fs.write("y.json", "evil"), /symbolic link/);
    assert.deepEqual(readFiles(path.join(outer, "outside")), { kept: "kept" });
  });

  it("writes through a link that stays inside, and keeps the link", async () => {
    writeFiles(root, { "real.json": "old" });
    symlinkSync("real.json", path.join(root, "link.json"));
    await fs.write("link.json", "new");
    assert.deepEqual(readFiles(root), { "real.json": "new" });
  });

  it("removes a link, not what it leads to", async () => {
    writeFiles(outer, { "outside/kept": "kept" });
    symlinkSync(path.join(outer, "outside"), path.join(root, "link"));
    await fs.remove("link");
    assert.equal(await fs.exists("link"), false);
    assert.deepEqual(readFiles(path.join(outer, "outside")), { kept: "kept" });
  });

  // To root nothing is read-only.
  (process.getuid?.() === 0 ? it.skip : it)("leaves a read-only file as it is", async () => {
    writeFileSync(path.join(root, "x.json"), "old");
    chmodSync(path.join(root, "x.json"), 0o444);
    await assert.rejects(fs.write("x.json", "new"), /Can't write root\/x\.json: permission denied/);
    assert.deepEqual(readFiles(root), { "x.json": "old" });
  });

  it("never removes the root", async () => {
    await assert.rejects(fs.remove(""), (error) => isUserError(error));
    assert.ok(statSync(root).isDirectory());
  });

  it("shows paths as the person would write them", () => {
    assert.equal(fs.display("a/b.json"), "root/a/b.json");
    assert.equal(fs.display(""), "root");
    assert.equal(nodeFileSystem(outer, root).display("x"), path.join(outer, "x"));
  });

  it("says what is wrong in words", async () => {
    await assert.rejects(fs.read("none.json"), /Can't read root\/none\.json: it does not exist\./);
    await assert.rejects(fs.list("none"), /Can't list root\/none: it does not exist\./);
    writeFiles(root, { file: "" });
    await assert.rejects(
      fs.createDirectory("file/below"),
      /Can't make root\/file\/below: a part of its path is a file\./,
    );
  });

  for (const [code, message] of [
    ["EACCES", "Can't write x: permission denied; allow it for your user, or choose another folder."],
    ["EROFS", "Can't write x: the file system is read-only; choose another folder."],
    ["ENOSPC", "Can't write x: the disk is full; make room and try again."],
    ["EWEIRD", "Can't write x: something odd."],
  ] as const) {
    it(`tells ${code} to a person`, () => {
      const error = fileError("write", "x", Object.assign(new Error("something odd"), { code }));
      assert.deepEqual([error.code, error.message], ["file", message]);
    });
  }

  it("splits a path where it stops to exist", async () => {
    assert.deepEqual(await splitAtExisting(path.join(root, "a", "b")), { root, rest: "a/b" });
    assert.deepEqual(await splitAtExisting(root), { root, rest: "" });
    writeFiles(root, { file: "" });
    assert.deepEqual(await splitAtExisting(path.join(root, "file", "b")), { root, rest: "file/b" });
  });
});
