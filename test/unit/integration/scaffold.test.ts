import assert from "node:assert/strict";
import fc from "fast-check";
import { loadIntegration } from "../../../src/integration/loadIntegration";
import { newRequest } from "../../../src/integration/newRequest";
import { scaffold } from "../../../src/integration/scaffold";
import { isUserError, UserError } from "../../../src/policy/userError";
import { catalog } from "../../../src/vendors/catalog";
import { manifestOf, sampleOf } from "../vendors/sampleRequests";
import { memoryFileSystem } from "./memoryFileSystem";
import { customerAccount, requestFor, vendor } from "./requests";

const root = "vendor-access";

describe("scaffold", () => {
  for (const definition of catalog) {
    it(`writes an integration for ${definition.name} that loads as it was returned, without a finding`, async () => {
      const fs = memoryFileSystem();
      const sample = sampleOf(definition, definition.accessLevels[0]?.id ?? "");
      const { account, partition, region, parameters } = sample.request;
      const choices = { account, parameters, ...(partition && { partition }), ...(region && { region }) };
      const request = newRequest(definition, choices);
      const made = await scaffold(fs, root, { definition, request, name: "first" });
      const files = ["integration.json", ...Object.values(manifestOf(sample).documents)];
      assert.deepEqual([...fs.files.keys()].sort(), files.map((name) => `${root}/first/${name}`).sort());
      const loaded = await loadIntegration(fs, `${root}/first`, { vendors: catalog });
      assert.ok(!("broken" in loaded));
      assert.deepEqual(loaded.manifestFindings, []);
      assert.deepEqual(
        loaded.documents.flatMap(({ findings }) => findings),
        [],
      );
      assert.deepEqual({ ...loaded, definition: made.definition }, made);
    });
  }

  it("writes the manifest in the order in which people read it", async () => {
    const fs = memoryFileSystem();
    const definition = vendor("activeloop-deep-lake");
    await scaffold(fs, root, { definition, request: requestFor(definition), name: "deep-lake", id: "5f1c-the-id" });
    assert.equal(
      fs.files.get(`${root}/deep-lake/integration.json`),
      `{
  "id": "5f1c-the-id",
  "vendor": "activeloop-deep-lake",
  "accessLevel": "read-write",
  "account": "${customerAccount}",
  "region": "eu-central-1",
  "parameters": {
    "buckets": [
      "training-data"
    ]
  },
  "role": {
    "name": "VendorAccess-activeloop-deep-lake-training-data",
    "maxSessionDuration": 3600,
    "tags": {}
  },
  "documents": {
    "permissions": "permissions-policy.json",
    "trust": "trust-policy.json"
  }
}
`,
    );
  });

  it("gives every integration a random id of its own", async () => {
    const fs = memoryFileSystem();
    const definition = vendor("jfrog-ml");
    const input = { definition, request: requestFor(definition) };
    const first = await scaffold(fs, root, { ...input, name: "first" });
    const second = await scaffold(fs, root, { ...input, name: "second" });
    assert.match(first.manifest.id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.notEqual(first.manifest.id, second.manifest.id);
  });

  it("writes CORS rules only where they are asked for", async () => {
    const fs = memoryFileSystem();
    const definition = vendor("activeloop-deep-lake");
    const request = requestFor(definition, { parameters: { cors: true } });
    const { manifest } = await scaffold(fs, root, { definition, request, name: "deep-lake" });
    assert.equal(manifest.documents.cors, "cors-rules.json");
    const rules: unknown = JSON.parse(fs.files.get(`${root}/deep-lake/cors-rules.json`) ?? "");
    assert.ok(typeof rules === "object" && rules !== null && "CORSRules" in rules);
  });

  it("refuses a folder that exists, and leaves it as it is", async () => {
    const fs = memoryFileSystem({ [`${root}/jfrog/notes.txt`]: "mine" });
    const definition = vendor("jfrog-ml");
    await assert.rejects(
      scaffold(fs, root, { definition, request: requestFor(definition), name: "jfrog" }),
      (error) =>
        isUserError(error) && error.code === "file" && /workspace\/vendor-access\/jfrog exists/.test(error.message),
    );
    assert.deepEqual([...fs.files], [[`${root}/jfrog/notes.txt`, "mine"]]);
  });

  const outside = [
    "../evil",
    "..",
    ".",
    "",
    "a/b",
    "a\\b",
    "/etc",
    "C:evil",
    ".hidden",
    "con",
    "a\u0000b",
    "x".repeat(65),
  ];
  for (const name of outside) {
    it(`refuses the name ${JSON.stringify(name)} before it touches the disk`, async () => {
      const fs = memoryFileSystem();
      const definition = vendor("jfrog-ml");
      await assert.rejects(
        scaffold(fs, root, { definition, request: requestFor(definition), name }),
        (error) => isUserError(error) && error.code === "parameter-invalid",
      );
      assert.deepEqual(fs.calls, []);
    });
  }

  it("writes only below its own folder, whatever the name", async () => {
    const definition = vendor("jfrog-ml");
    const request = requestFor(definition);
    const name = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(".", "/", "\\", "a", "-") }));
    await fc.assert(
      fc.asyncProperty(name, async (candidate) => {
        const fs = memoryFileSystem();
        await scaffold(fs, root, { definition, request, name: candidate }).catch((error) => {
          if (!isUserError(error)) throw error;
        });
        for (const path of fs.files.keys())
          assert.match(path, /^vendor-access\/[A-Za-z0-9][A-Za-z0-9._-]*\/[a-z-]+\.json$/);
      }),
      { numRuns: 200 },
    );
  });

  describe("when a call fails", () => {
    const definition = vendor("activeloop-deep-lake");
    const request = requestFor(definition, { parameters: { cors: true } });
    const input = { definition, request, name: "deep-lake" };
    const deepRoot = "team/vendor-access";

    it("leaves nothing, whichever call it is", async () => {
      const whole = memoryFileSystem({ "README.md": "kept" });
      await scaffold(whole, deepRoot, input);
      assert.ok(whole.calls.length >= 10, "the calls of a success are the ones to fail");
      for (let failing = 1; failing <= whole.calls.length; failing++) {
        const fs = memoryFileSystem({ "README.md": "kept" }, (call, number) => {
          if (number === failing) throw new UserError("file", `disk full at ${call}`);
        });
        await assert.rejects(scaffold(fs, deepRoot, input), /disk full/, `call ${failing}`);
        assert.deepEqual(
          [...fs.files],
          [["README.md", "kept"]],
          `files after call ${failing}: ${whole.calls[failing - 1]}`,
        );
        assert.deepEqual([...fs.folders], [""], `folders after call ${failing}: ${whole.calls[failing - 1]}`);
      }
    });

    it("keeps a folder that it made and that somebody else uses by now", async () => {
      const fs = memoryFileSystem({}, (call) => {
        if (!call.startsWith("rename")) return;
        fs.files.set(`${root}/other.txt`, "of somebody else");
        throw new UserError("file", "disk full");
      });
      await assert.rejects(scaffold(fs, root, input), /disk full/);
      assert.deepEqual([...fs.files], [[`${root}/other.txt`, "of somebody else"]]);
    });

    it("reports the first error, not that of cleaning up", async () => {
      const fs = memoryFileSystem({}, (call) => {
        if (call.startsWith("write")) throw new UserError("file", "permission denied");
        if (call.startsWith("remove")) throw new UserError("file", "also no removing");
      });
      await assert.rejects(scaffold(fs, root, input), /permission denied/);
    });
  });
});
