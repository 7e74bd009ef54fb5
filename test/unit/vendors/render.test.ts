import assert from "node:assert/strict";
import fc from "fast-check";
import { statementsOf } from "../../../src/account/policyStatements";
import type { JsonObject } from "../../../src/policy/json";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import type { VendorDefinition } from "../../../src/vendors/definition";
import type { IntegrationRequest } from "../../../src/vendors/manifest";
import { renderDocuments, renderText } from "../../../src/vendors/render";
import { matchesWhen } from "../../../src/vendors/when";
import { allSamples, sampleOf } from "./sampleRequests";

function vendor(id: string): VendorDefinition {
  const definition = findVendor(id);
  assert.ok(definition);
  return definition;
}

const request: IntegrationRequest = { accessLevel: "read-write", parameters: {}, role: { name: "my-role" } };

describe("renderDocuments", () => {
  const bucketNames = fc.uniqueArray(fc.stringMatching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/), {
    minLength: 1,
    maxLength: 12,
  });

  for (const definition of catalog.filter(hasBuckets)) {
    it(`${definition.name}: every bucket is there, and no other one`, () => {
      fc.assert(
        fc.property(
          bucketNames,
          fc.constantFrom(...definition.accessLevels),
          fc.constantFrom("aws", "aws-cn", "aws-us-gov"),
          (buckets, { id: accessLevel }, partition) => {
            const sample = sampleOf(definition, accessLevel).request;
            const parameters = { ...sample.parameters, buckets };
            const documents = renderDocuments(definition, { ...sample, partition, parameters });
            const arns = [...resources(documents.permissions), ...resources(documents.bucketPolicy)];
            const named = arns.filter((arn) => arn.includes(":s3:")).map((arn) => arn.replace(/\/.*$/, ""));
            const expected = buckets.map((name) => `arn:${partition}:s3:::${name}`);
            assert.deepEqual([...new Set(named)].sort(), expected.sort());
          },
        ),
      );
    });

    it(`${definition.name}: without a bucket the placeholder is the page's own`, () => {
      const open = { accessLevel: definition.accessLevels[0]?.id ?? "", parameters: {}, role: { name: "my-role" } };
      const text = JSON.stringify(renderDocuments(definition, open));
      const [bucket] = definition.parameters.find(({ type }) => type === "bucket-list")?.placeholders ?? [];
      assert.ok(bucket && text.includes(`arn:aws:s3:::${bucket}`), text);
    });

    it(`${definition.name}: an empty list is no value`, () => {
      assert.deepEqual(
        renderDocuments(definition, { ...request, parameters: { buckets: [], kmsKeyArn: "" } }),
        renderDocuments(definition, request),
      );
    });
  }

  for (const { definition, name, request: sample } of allSamples) {
    it(`${definition.name}, ${name}: nothing is left open, and nothing changed but the result`, () => {
      const before = JSON.stringify([definition, sample]);
      const text = JSON.stringify(renderDocuments(definition, sample));
      assert.ok(!/\{\{|<[a-z]/.test(text), text);
      assert.equal(JSON.stringify([definition, sample]), before);
    });
  }

  it("takes JFrog ML Cloud's account when none is named", () => {
    const { trust } = renderDocuments(vendor("jfrog-ml"), request);
    assert.match(JSON.stringify(trust), /arn:aws:iam::377488441568:role\/qwak-eks-base\*/);
  });

  it("renders CORS rules only when they are asked for", () => {
    const definition = vendor("activeloop-deep-lake");
    assert.equal(renderDocuments(definition, request).cors, undefined);
    assert.equal(renderDocuments(definition, { ...request, parameters: { cors: false } }).cors, undefined);
    assert.ok(renderDocuments(definition, { ...request, parameters: { cors: true } }).cors);
  });
});

describe("renderText", () => {
  it("names Dataloop's user like the role unless another name is chosen", () => {
    const definition = vendor("dataloop");
    assert.equal(renderText("{{userName}}", definition, request), "my-role");
    assert.equal(renderText("{{userName}}", definition, { ...request, parameters: { userName: "u" } }), "u");
  });

  it("joins the values of a list", () => {
    const buckets = { ...request, parameters: { buckets: ["a", "b"] } };
    assert.equal(
      renderText("Reads {{buckets}} in {{region}}.", vendor("jfrog-ml"), buckets),
      "Reads a, b in <region>.",
    );
  });
});

describe("matchesWhen", () => {
  const set = { ...request, parameters: { key: "arn", flag: true, off: false, list: ["a"], none: [] as string[] } };
  const cases: readonly (readonly [Parameters<typeof matchesWhen>[0], boolean])[] = [
    [undefined, true],
    [{}, true],
    [{ accessLevel: "read-write" }, true],
    [{ accessLevel: "read-only" }, false],
    [{ accessLevel: ["read-only", "read-write"] }, true],
    [{ key: true }, true],
    [{ key: false }, false],
    [{ key: "arn" }, true],
    [{ flag: true, key: true }, true],
    [{ flag: true, off: true }, false],
    [{ off: false, none: false, absent: false }, true],
    [{ none: true }, false],
    [{ list: true }, true],
    [{ list: "a" }, true],
    [{ list: ["b", "c"] }, false],
    [{ absent: "a" }, false],
  ];
  for (const [when, expected] of cases) {
    it(`${JSON.stringify(when) ?? "no condition"}: ${expected}`, () => assert.equal(matchesWhen(when, set), expected));
  }
});

function hasBuckets({ parameters }: VendorDefinition): boolean {
  return parameters.some(({ type }) => type === "bucket-list");
}

function resources(policy: JsonObject | undefined): readonly string[] {
  return statementsOf(policy).flatMap(({ Resource }) => [Resource ?? []].flat().map(String));
}
