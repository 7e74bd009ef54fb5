import assert from "node:assert/strict";
import { catalog } from "../../../src/vendors/catalog";
import { jsonService } from "./jsonService";

const service = jsonService("integration.schema.json");

const manifest = (changes: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({
    id: "5f1c2d3e-0000-4000-8000-000000000000",
    vendor: "dataloop",
    accessLevel: "read-write",
    parameters: { buckets: ["training-data"] },
    role: { name: "my-role" },
    documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
    ...changes,
  });

describe("the schema of integration.json in VS Code's JSON service", () => {
  it("finds nothing in a good manifest, of the catalog or not", async () => {
    assert.deepEqual(await service.problems(manifest()), []);
    assert.deepEqual(
      await service.problems(manifest({ vendor: "acme", accessLevel: "any", parameters: { x: [] } })),
      [],
    );
  });

  const broken: readonly (readonly [Readonly<Record<string, unknown>>, RegExp])[] = [
    [{ accessLevel: "read-only" }, /Valid values: "read-write", "read-write-no-delete"/],
    [{ parameters: {} }, /Missing property "buckets"/],
    [{ parameters: { buckets: ["BUCKET_NAME"] } }, /S3 refuses this/],
    [{ parameters: { buckets: ["data-a", "data-b"] } }, /too many items/],
    [{ parameters: { buckets: ["data-a"], kmsKeyArn: "x" } }, /kmsKeyArn is not allowed/],
    [{ vendor: "JFrog ML" }, /lower-case words/],
    [{ account: "12" }, /12 digits/],
    [{ documents: { permissions: "../p.json", trust: "t.json" } }, /in this folder or below it/],
  ];
  for (const [changes, message] of broken) {
    it(`${JSON.stringify(changes)}: one problem`, async () => {
      const problems = await service.problems(manifest(changes));
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", message);
    });
  }

  it("completes the vendors, and then what this vendor takes", async () => {
    assert.deepEqual(
      (await service.completions('{"vendor": |}')).sort(),
      catalog.map(({ id }) => JSON.stringify(id)).sort(),
    );
    assert.deepEqual(await service.completions('{"vendor": "dataloop", "accessLevel": |}'), [
      '"read-write"',
      '"read-write-no-delete"',
    ]);
    assert.deepEqual((await service.completions('{"vendor": "activeloop-deep-lake", "parameters": {|}}')).sort(), [
      "buckets",
      "cors",
      "kmsKeyArn",
      "literalPageForm",
    ]);
    const accounts = await service.completions('{"vendor": "jfrog-ml", "parameters": {"accountId": |}}');
    assert.ok(accounts.includes('"377488441568"'));
  });

  it("explains vendors, access levels and parameters", async () => {
    assert.match(await service.hover('{"vendor": "jfrog|-ml"}'), /JFrog ML.*reads files/);
    assert.match(await service.hover('{"vendor": "dataloop", "accessLevel": "read-write-no|-delete"}'), /no deletion/);
    assert.match(
      await service.hover('{"vendor": "dataloop", "parameters": {"create|Bucket": true}}'),
      /public access blocked/,
    );
  });
});
