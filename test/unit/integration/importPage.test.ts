import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { filledDocuments } from "../../../src/integration/importPage";
import { planImport } from "../../../src/integration/importPagePlan";
import { importFields, importRequest, unfilledTokens } from "../../../src/integration/importPageValues";
import { readOwnDefinitions } from "../../../src/integration/ownDefinitions";
import { readPage, type VendorPage } from "../../../src/integration/page/readPage";
import { formatJson } from "../../../src/policy/formatJson";
import type { JsonValue } from "../../../src/policy/json";
import { samePolicy } from "../../../src/policy/normalizePolicy";
import { catalog } from "../../../src/vendors/catalog";
import { renderDocuments } from "../../../src/vendors/render";
import { goldenPages } from "../../pages/goldenPages";

const folder = join(__dirname, "../../fixtures/pages");
const fixture = (name: string) => readPage(readFileSync(join(folder, name), "utf8"), catalog);
const today = "2026-11-22";
/** The one account that a sentence of these pages gives. */
const given = (value: JsonValue) => JSON.stringify(value).replaceAll("<ACCOUNT-ID>", "730118264955");
const settings = (values: { readonly [key: string]: string }) =>
  new Map(Object.entries(values).map(([key, value]) => [key, value.split(",")]));

describe("a definition that is made from a page", () => {
  for (const { vendor, opening, documents } of goldenPages) {
    const text = [...opening, ...documents.flatMap(({ intro, value }) => [intro, formatJson(value)])].join("\n\n");

    it(`is one that is obeyed (${vendor})`, () => {
      const { definition, isNew } = planImport(readPage(text, catalog), catalog, { vendor, today });
      assert.equal(isNew, true);
      assert.deepEqual(readOwnDefinitions(new Map([["own.json", JSON.stringify(definition)]]), catalog).refused, []);
    });

    it(`renders the page's documents again (${vendor})`, () => {
      const { definition } = planImport(readPage(text, catalog), catalog, { vendor, today });
      const role = { name: "role", maxSessionDuration: 3600, tags: {} };
      const [level] = definition.accessLevels;
      const rendered = renderDocuments(definition, { accessLevel: level?.id ?? "", parameters: {}, role });
      const keys = { permissions: "permissions", trust: "trust", bucket: "bucketPolicy", key: "keyPolicy" } as const;
      for (const { kind, value } of documents) {
        if (kind === "cors") continue;
        const { Id: _, ...expected } = { Id: "", ...Object(JSON.parse(given(value))) };
        // An account of AWS's examples is the reader's own, and nobody gave it.
        if (given(expected).includes("111122223333")) continue;
        const ours = rendered[keys[kind]];
        assert.ok(ours && samePolicy(ours, expected), `${kind}: ${JSON.stringify(ours)}\n${JSON.stringify(expected)}`);
      }
    });
  }

  it("has one parameter for each placeholder, with the page's sentence and value", () => {
    const text = `Our account 730118264955 is the <ACCOUNT-ID>.\nReplace <bucket> with your bucket.\nYou choose the <ext> yourself, it is the external ID.\n${formatJson(
      {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::<ACCOUNT-ID>:root" },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "sts:ExternalId": "<ext>" } },
          },
        ],
      },
    )}${formatJson({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::<bucket>/*" }],
    })}`;
    const { definition } = planImport(readPage(text, catalog), catalog, { vendor: "Nimbus", today });
    assert.deepEqual(
      definition.parameters.map(({ name, type, chosenBy, default: preset, placeholders }) => [
        name,
        type,
        chosenBy,
        preset,
        ...placeholders,
      ]),
      [
        ["accountId", "account-id", undefined, "730118264955", "<ACCOUNT-ID>"],
        ["externalId", "external-id", "customer", undefined, "<ext>"],
        ["buckets", "bucket-list", undefined, undefined, "<bucket>"],
      ],
    );
    assert.equal(definition.parameters[2]?.description, "Replace <bucket> with your bucket.");
    assert.deepEqual(
      definition.principals.map(({ value }) => value),
      ["arn:aws:iam::{{accountId}}:root"],
    );
  });

  it("asks whom to trust when the page says so only in words", () => {
    const page = fixture("lightly-two-spellings.txt");
    const { definition } = planImport({ ...page, recognised: undefined }, [], { vendor: "Firefly", today });
    const [, principal, externalId] = definition.parameters;
    assert.deepEqual([principal?.type, principal?.default], ["principal-arn", "arn:aws:iam::311530292373:root"]);
    assert.deepEqual([externalId?.type, externalId?.chosenBy], ["external-id", "customer"]);
  });

  it("makes additions of the page options that are off", () => {
    const page = fixture("kestrel.md");
    const plan = planImport(page, catalog, { vendor: "Kestrel", today });
    assert.deepEqual(
      importFields(plan).map(({ key }) => key),
      ["buckets", "externalId"],
    );
    const statements = (chosen: typeof plan, values: { readonly [key: string]: string }) => {
      const { request } = importRequest(chosen, settings({ buckets: "images", externalId: "kes-1", ...values }));
      const { Statement: list } = renderDocuments(chosen.definition, request).permissions ?? {};
      return Array.isArray(list) ? list.length : 0;
    };
    assert.equal(statements(plan, {}), 1);
    const all = planImport(page, catalog, { vendor: "Kestrel", documents: [1, 2, 3], today });
    const kmsKeyArn = "arn:aws:kms:eu-west-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    assert.equal(statements(all, { kmsKeyArn }), 2);
  });
});

describe("the import of a page of a vendor of the catalog", () => {
  it("takes values by parameters and by placeholders in any spelling", () => {
    const plan = planImport(fixture("jfrog-ml.txt"), catalog, { today });
    for (const key of ["bucket", "buckets", "BUCKET_NAME", "<bucket_name>"]) {
      assert.deepEqual(
        importRequest(plan, settings({ [key]: "a-data,b-data" })).request.parameters.buckets,
        ["a-data", "b-data"],
        key,
      );
    }
    assert.throws(
      () => importRequest(plan, settings({ bukket: "x" })),
      /Nothing is called "bukket" here. There are: bucket, accountId/,
    );
  });

  it("fills the page's own documents", () => {
    const plan = planImport(fixture("activeloop-unversioned.txt"), catalog, { asOnPage: true, today });
    const request = importRequest(plan, settings({ BUCKET_NAME: "a-data,b-data" }));
    assert.deepEqual(unfilledTokens(plan, request), []);
    const filled = filledDocuments(plan, request.request, request.tokens);
    assert.deepEqual([...filled.keys()], ["permissions", "trust"]);
    const text = JSON.stringify(filled.get("permissions"));
    for (const name of ["a-data", "a-data/*", "b-data", "b-data/*"])
      assert.ok(text.includes(`"arn:aws:s3:::${name}"`), name);
    assert.equal(plan.unused.length, 1, "the second permissions policy is for another case");
  });

  it("says which placeholders of the page would stay", () => {
    const plan = planImport(fixture("activeloop-unversioned.txt"), catalog, { asOnPage: true, documents: [3], today });
    const request = importRequest(plan, settings({ bucket: "a-data" }));
    assert.deepEqual(
      unfilledTokens(plan, request).map(({ token }) => token),
      ["YOUR_KMS_KEY_ARN"],
    );
  });

  it("keeps the page's documents when the catalog does not know whom they trust", () => {
    const page = fixture("dataloop.txt");
    const of = (changes: object): VendorPage => ({
      ...page,
      ...(page.recognised && { recognised: { ...page.recognised, ...changes } }),
    });
    assert.equal(planImport(page, catalog, { today }).asOnPage, false);
    assert.equal(planImport(of({ unknown: ["arn:aws:iam::381492011245:root"] }), catalog, { today }).asOnPage, true);
    assert.equal(planImport(of({ by: "name" }), catalog, { today }).asOnPage, true);
  });

  it("refuses a page without documents, and a new vendor without a name", () => {
    assert.throws(
      () => planImport(readPage("Nothing here.", catalog), catalog, { today }),
      /No document of AWS was found/,
    );
    assert.throws(() => planImport(fixture("kestrel.md"), catalog, { today }), /of no vendor that is known here/);
  });

  for (const name of readdirSync(folder).filter((each) => !each.endsWith(".json"))) {
    it(`has fields for the placeholders of ${name}`, () => {
      const page = fixture(name);
      const plan = planImport(page, catalog, {
        vendor: page.recognised?.vendor.id ?? "New One",
        asOnPage: true,
        today,
      });
      const keys = importFields(plan).map(({ key }) => key);
      assert.equal(new Set(keys).size, keys.length, keys.join());
    });
  }
});
