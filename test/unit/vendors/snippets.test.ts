import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "jsonc-parser";
import { type Snippet, vendorSnippets } from "../../../generate/snippets";
import { catalog } from "../../../src/vendors/catalog";
import type { VendorDefinition } from "../../../src/vendors/definition";
import type { IntegrationRequest } from "../../../src/vendors/manifest";
import { renderDocuments } from "../../../src/vendors/render";

/** A value for every type of parameter, as a person would type it over the placeholder. */
const typed = {
  "bucket-list": "training-data",
  "kms-key-arn": "arn:aws:kms:eu-west-1:210987654321:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
  "account-id": "345678901234",
  "own-account": "210987654321",
  "user-name": "vendor-user",
  boolean: "true",
} as const;

describe("snippets", () => {
  const path = join(__dirname, "../../../snippets/vendor-access.code-snippets");
  const contributed: Readonly<Record<string, Snippet>> = parse(readFileSync(path, "utf8"));

  it("have prefixes of their own", () => {
    const prefixes = Object.values(contributed).map(({ prefix }) => prefix);
    assert.deepEqual(prefixes, [
      "vendor-access-activeloop-deep-lake-permissions",
      "vendor-access-activeloop-deep-lake-permissions-kms",
      "vendor-access-activeloop-deep-lake-trust",
      "vendor-access-activeloop-deep-lake-cors",
      "vendor-access-jfrog-ml-permissions",
      "vendor-access-jfrog-ml-trust",
      "vendor-access-dataloop-permissions",
      "vendor-access-dataloop-permissions-read-write-no-delete",
      "vendor-access-dataloop-trust",
    ]);
  });

  for (const definition of catalog) {
    for (const { name, request, document } of vendorSnippets(definition)) {
      it(`${name}: with every tab stop filled it is the document rendered with these values`, () => {
        const snippet = contributed[name];
        assert.ok(snippet);
        const filled = expand(snippet.body.join("\n"), (text) => valueFor(definition, text));
        assert.deepEqual(JSON.parse(filled), renderDocuments(definition, withTyped(definition, request))[document]);
      });

      it(`${name}: as inserted it has the placeholders of the vendor's page`, () => {
        const inserted = expand(contributed[name]?.body.join("\n") ?? "", (text) => text);
        const page = { ...request, parameters: { ...request.parameters, ...pageValues(definition, request) } };
        assert.deepEqual(JSON.parse(inserted), renderDocuments(definition, page)[document]);
      });
    }
  }

  it("fill the same placeholder in every place at once", () => {
    const text = contributed["JFrog ML: trust policy"]?.body.join("\n") ?? "";
    assert.equal(text.match(/\$\{1[|:}]/g)?.length, 4);
    assert.ok(!text.includes("${2"));
  });
});

/** The snippet's text; `fill` gives what is typed over a default text. The first of several choices is the default. */
function expand(body: string, fill: (placeholder: string) => string): string {
  const filled = new Map<string, string>();
  return body.replace(
    /\\([\\$}])|\$\{(\d+):((?:\\.|[^\\}])*)\}|\$\{(\d+)\|((?:\\.|[^\\|])*)\|\}|\$\{(\d+)\}|\$0/g,
    (_, escaped, stop, text: string, choiceStop, choices: string, mirror) => {
      if (escaped !== undefined) {
        return escaped;
      }
      if (stop !== undefined || choiceStop !== undefined) {
        const [first = ""] = (text ?? choices).split(/(?<!\\),/);
        const value = fill((text ?? first).replace(/\\(.)/g, "$1"));
        filled.set(stop ?? choiceStop, value);
        return value;
      }
      return mirror === undefined ? "" : (filled.get(mirror) ?? assert.fail(`tab stop ${mirror} comes first`));
    },
  );
}

function valueFor(definition: VendorDefinition, text: string): string {
  const parameter = definition.parameters.find(
    ({ placeholders, choices }) => placeholders.includes(text) || choices?.some(({ value }) => value === text),
  );
  assert.ok(parameter, text);
  return typed[parameter.type];
}

function withTyped(definition: VendorDefinition, request: IntegrationRequest): IntegrationRequest {
  const parameters = Object.fromEntries(
    definition.parameters
      .filter(({ type, name }) => type !== "own-account" && (name in request.parameters || required(type)))
      .map(({ name, type }) => [
        name,
        type === "boolean" ? true : type === "bucket-list" ? [typed[type]] : typed[type],
      ]),
  );
  return { ...request, account: typed["own-account"], parameters };
}

function required(type: string): boolean {
  return type !== "kms-key-arn" && type !== "boolean";
}

/** What stands in the page where a default would be rendered. */
function pageValues(definition: VendorDefinition, request: IntegrationRequest): IntegrationRequest["parameters"] {
  return Object.fromEntries(
    definition.parameters.flatMap(({ name, type, choices, placeholders }) =>
      type === "user-name" || name in request.parameters
        ? placeholders.slice(0, 1).map((placeholder) => [name, placeholder])
        : (choices ?? []).slice(0, 1).map(({ value }) => [name, value]),
    ),
  );
}
