import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { catalog } from "../../../src/vendors/catalog";
import { jsonService } from "./jsonService";

const schemas = join(__dirname, "../../../schemas");
const folder = join(__dirname, "../../../src/vendors/catalog");
const files = readdirSync(folder);
const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));
// Not strict: titles for editors (markdownDescription, enumDescriptions) are no keywords of Ajv's.
const validate = new Ajv({ allErrors: true, strict: false }).compile(read(join(schemas, "vendor.schema.json")));

describe("the schema of vendor definitions", () => {
  it("there is a file of the catalog for every vendor", () => {
    assert.deepEqual([...files].sort(), catalog.map(({ id }) => `${id}.json`).sort());
  });

  for (const file of files) {
    it(`accepts ${file}`, async () => {
      assert.ok(validate(read(join(folder, file))), JSON.stringify(validate.errors, undefined, 2));
      // Its $schema is a path in this repository, which the service would have to read.
      const text = readFileSync(join(folder, file), "utf8").replace(/^ *"\$schema".*\n/m, "");
      const problems = await jsonService("vendor.schema.json").problems(text);
      assert.deepEqual(problems, []);
    });
  }

  it("accepts the made-up vendor whose role trusts itself", () => {
    const definition = read(join(__dirname, "../../fixtures/vendors/self-trusting-vendor.json"));
    assert.ok(validate(definition), JSON.stringify(validate.errors, undefined, 2));
  });

  it("accepts the made-up vendor of the tests, and refuses a rule for external IDs that says too little", () => {
    const definition = () => read(join(__dirname, "../../fixtures/vendors/example-vendor.json"));
    assert.ok(validate(definition()), JSON.stringify(validate.errors, undefined, 2));
    assert.ok(!validate({ ...definition(), externalId: { required: true } }), "who chooses it is missing");
    const loose = { required: true, chosenBy: "vendor", pattern: "[0-9]+" };
    assert.ok(!validate({ ...definition(), externalId: loose }), "the pattern must fit the whole value");
  });

  const changes: readonly (readonly [string, (definition: Record<string, unknown>) => void, string])[] = [
    ["no source", (definition) => delete definition.sources, ""],
    ["an unknown key", (definition) => Object.assign(definition, { secret: 1 }), ""],
    ["an id in capitals", (definition) => Object.assign(definition, { id: "Acme" }), "/id"],
    ["no access level", (definition) => Object.assign(definition, { accessLevels: [] }), "/accessLevels"],
    [
      "a principal that is no ARN",
      (definition) => Object.assign(definition, { principals: [{ value: "*", status: "current", source: "x" }] }),
      "/principals/0/value",
    ],
    [
      "a statement without its source",
      (definition) => Object.assign(definition, { trust: [{ statement: { Effect: "Allow", Action: "x" } }] }),
      "/trust/0",
    ],
    [
      "an address that is not encrypted",
      (definition) => Object.assign(definition, { handBackTo: { label: "x", url: "http://example.com" } }),
      "/handBackTo/url",
    ],
  ];
  for (const [name, change, path] of changes) {
    it(`refuses ${name}`, () => {
      const definition = read(join(folder, "jfrog-ml.json"));
      change(definition);
      assert.ok(!validate(definition));
      assert.deepEqual(
        validate.errors?.map(({ instancePath }) => instancePath),
        [path],
      );
    });
  }
});

describe("every contributed schema", () => {
  const contributed: readonly { readonly url: string }[] = read(join(__dirname, "../../../package.json")).contributes
    .jsonValidation;

  it("is there, and none is forgotten", () => {
    // VS Code gets those of what we check as ones that explain and complete: the checks report.
    assert.deepEqual(
      contributed.map(({ url }) => url).sort(),
      readdirSync(schemas)
        .filter((name) => name === "vendor.schema.json" || name.endsWith(".editor.schema.json"))
        .map((name) => `./schemas/${name}`)
        .sort(),
    );
  });

  for (const name of readdirSync(schemas)) {
    it(`${name} is a draft-07 schema that refers only to itself`, () => {
      const schema = read(join(schemas, name));
      assert.equal(new Ajv({ strict: false }).validateSchema(schema), true);
      for (const [, reference] of JSON.stringify(schema).matchAll(/"\$ref":"([^"]*)"/g)) {
        assert.match(reference ?? "", /^#\/definitions\//);
      }
      assert.doesNotThrow(() => new Ajv({ strict: false }).compile(schema));
    });
  }
});
