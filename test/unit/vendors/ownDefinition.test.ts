import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { definitionFromIntegration } from "../../../src/integration/definitionFromIntegration";
import { newRequest } from "../../../src/integration/newRequest";
import { readOwnDefinitions } from "../../../src/integration/ownDefinitions";
import { scaffold } from "../../../src/integration/scaffold";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import type { VendorDefinition } from "../../../src/vendors/definition";
import { readOwnDefinition } from "../../../src/vendors/ownDefinition";
import { renderDocuments } from "../../../src/vendors/render";
import { memoryFileSystem } from "../integration/memoryFileSystem";
import { allSamples } from "./sampleRequests";

const example = readFileSync(join(__dirname, "../../fixtures/vendors/example-vendor.json"), "utf8");

function changed(change: (definition: Record<string, unknown>) => void): string {
  const definition = JSON.parse(example);
  change(definition);
  return JSON.stringify(definition);
}

function refusals(text: string, others: readonly VendorDefinition[] = []): string {
  const read = readOwnDefinition(text, catalog, others);
  return "refused" in read ? read.refused.join(" ") : "";
}

describe("a vendor definition of one's own", () => {
  it("adds a vendor that is seen to be none of the catalog wherever it is named", () => {
    const read = readOwnDefinition(example, catalog);
    assert.ok("definition" in read);
    assert.equal(read.definition.name, "Example Vendor (workspace definition)");
    assert.equal(read.definition.id, "example-vendor");
  });

  const cases: readonly (readonly [string, string, RegExp])[] = [
    ["is no JSON", "{", /no JSON/],
    ["is a list", "[]", /must be an object/],
    ["lacks its sources", changed((own) => delete own.sources), /"sources" is missing/],
    ["has a key that does not exist", changed((own) => Object.assign(own, { code: "x" })), /"code" is not known here/],
    [
      "takes the id of an official vendor",
      changed((own) => Object.assign(own, { id: "snowflake" })),
      /The id snowflake is that of Snowflake in the catalog/,
    ],
    [
      "takes the name of an official vendor, in other letters",
      changed((own) => Object.assign(own, { name: "JFROG-ML (official)" })),
      /is that of JFrog ML in the catalog/,
    ],
    [
      "lets in an official vendor's principal under another name",
      changed((own) => {
        own.principals = [
          { value: "arn:aws:iam::597713067985:role/activeloop_backend", status: "current", source: "page" },
        ];
      }),
      /account 597713067985, which is that of Activeloop Deep Lake, under another name/,
    ],
    [
      "lets in an official vendor's account in its trust policy alone",
      changed((own) => {
        own.trust = [
          {
            source: "page",
            statement: { Effect: "Allow", Principal: { AWS: ["834469178297"] }, Action: "sts:AssumeRole" },
          },
        ];
      }),
      /834469178297/,
    ],
    [
      "offers an official vendor's account as the value of a parameter",
      changed((own) => {
        (own.parameters as unknown[]).push({
          name: "vendorAccount",
          title: "Account",
          description: "The account.",
          type: "account-id",
          required: true,
          default: "464622532012",
          placeholders: [],
          source: "page",
        });
      }),
      /464622532012, which is that of Datadog/,
    ],
    [
      "names a source that is not there",
      changed((own) => Object.assign((own.accessLevels as object[])[0] ?? {}, { source: "nowhere" })),
      /There is no source nowhere/,
    ],
    [
      "has a token that is no parameter",
      changed((own) => Object.assign(own, { role: { description: "For {{nobody}}." } })),
      /{{nobody}} is no parameter/,
    ],
    [
      "has a pattern that is none",
      changed((own) => Object.assign((own.parameters as object[])[1] ?? {}, { pattern: "^(x$" })),
      /no regular expression/,
    ],
    ...["^(a+)+$", "^(?:a|aa)*$", "^(a{1,9}){2,}$", "^(a)\\1$"].map((pattern): (typeof cases)[number] => [
      `has the pattern ${pattern}, which can take forever`,
      changed((own) => Object.assign((own.parameters as object[])[1] ?? {}, { pattern })),
      /can take forever/,
    ]),
    ["has a trust policy without a role", changed((own) => delete own.role), /A role needs a trust policy/],
  ];
  for (const [what, text, reason] of cases) {
    it(`is refused when it ${what}`, () => assert.match(refusals(text), reason));
  }

  it("is refused when another one has its id", () => {
    const { definitions, refused } = readOwnDefinitions(
      new Map([
        ["b.json", example],
        ["a.json", example],
      ]),
      catalog,
    );
    assert.equal(definitions.length, 1);
    assert.deepEqual(
      refused.map(({ path }) => path),
      ["b.json"],
    );
  });

  it("never throws, whatever the text", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readOwnDefinition(text, catalog)));
  });

  it("reads every definition of the catalog, but for being one", () => {
    for (const definition of catalog) {
      const text = JSON.stringify(definition);
      const read = readOwnDefinition(text, []);
      assert.ok("definition" in read, `${definition.id}: ${"refused" in read ? read.refused.join(" ") : ""}`);
      assert.match(refusals(text), /in the catalog/);
    }
  });
});

describe("a vendor definition from an integration", () => {
  for (const id of ["jfrog-ml", "snowflake", "segments-ai", "weights-and-biases", "lightly", "databricks"]) {
    it(`of ${id} gives another customer the same documents`, async () => {
      const found = allSamples.find(({ definition }) => definition.id === id);
      assert.ok(found);
      const { definition, request } = found;
      const integration = await scaffold(memoryFileSystem(), "vendor-access", { definition, request, name: "first" });
      const own = definitionFromIntegration(integration, { id: "acme", name: "Acme", today: "2026-11-22" });
      // The vendor is an official one, so that only a catalog without it lets it be read.
      const read = readOwnDefinition(JSON.stringify(own), []);
      assert.ok("definition" in read, "refused" in read ? read.refused.join(" ") : "");
      const { parameters, account, region } = request;
      const known = own.parameters.map(({ name }) => name);
      const values = Object.fromEntries(Object.entries(parameters).filter(([name]) => known.includes(name)));
      const again = newRequest(own, {
        account,
        ...(region && { region }),
        ...(request.role && { roleName: request.role.name }),
        parameters: values,
      });
      assert.deepEqual(renderDocuments(own, again), renderDocuments(definition, request));
      const official = findVendor(id);
      assert.ok(official);
    });
  }
});
