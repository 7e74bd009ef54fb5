import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "jsonc-parser";
import { type Snippet, vendorSnippets } from "../../../generate/snippets";
import { catalog } from "../../../src/vendors/catalog";
import type { Parameter, VendorDefinition } from "../../../src/vendors/definition";
import type { IntegrationRequest } from "../../../src/vendors/manifest";
import { renderDocuments } from "../../../src/vendors/render";

/** A value for every type of parameter, as a person would type it over the placeholder. */
const typed = {
  "bucket-list": "training-data",
  "kms-key-arn": "arn:aws:kms:eu-west-1:210987654321:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
  "account-id": "345678901234",
  "own-account": "210987654321",
  "user-name": "vendor-user",
  "external-id": "4f0a9c2b-e617-4d21-8a3b-1c2d3e4f5a6b",
  "principal-arn": "arn:aws:iam::345678901234:user/vendor",
  prefix: "exports",
  text: "some text",
} as const;

describe("snippets", () => {
  const path = join(__dirname, "../../../snippets/vendor-access.code-snippets");
  const contributed: Readonly<Record<string, Snippet>> = parse(readFileSync(path, "utf8"));

  const prefixes = Object.values(contributed).map(({ prefix }) => prefix);

  it("have prefixes of their own", () => {
    assert.deepEqual([...new Set(prefixes)], prefixes);
    for (const { id } of catalog)
      assert.ok(
        prefixes.some((prefix) => prefix.startsWith(`vendor-access-${id}-`)),
        id,
      );
  });

  it("have the short prefix for what is usual, and a longer one for each other form", () => {
    const ofVendor = (id: string) => prefixes.filter((prefix) => prefix.startsWith(`vendor-access-${id}-`));
    assert.deepEqual(ofVendor("activeloop-deep-lake"), [
      "vendor-access-activeloop-deep-lake-permissions",
      "vendor-access-activeloop-deep-lake-permissions-kms",
      "vendor-access-activeloop-deep-lake-trust",
      "vendor-access-activeloop-deep-lake-cors",
    ]);
    assert.deepEqual(ofVendor("dataloop"), [
      "vendor-access-dataloop-permissions",
      "vendor-access-dataloop-permissions-read-write-no-delete",
      "vendor-access-dataloop-trust",
    ]);
    assert.deepEqual(ofVendor("weights-and-biases"), [
      "vendor-access-weights-and-biases-bucket-policy",
      "vendor-access-weights-and-biases-bucket-policy-dedicated",
      "vendor-access-weights-and-biases-key-policy",
      "vendor-access-weights-and-biases-key-policy-dedicated",
      "vendor-access-weights-and-biases-cors",
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
        const role = { name: "roleName" };
        const page = { ...request, role, parameters: { ...request.parameters, ...pageValues(definition, request) } };
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
  if (text === "roleName") return "my-role";
  const parameter = definition.parameters.find(
    ({ placeholders, choices, name }) =>
      placeholders.includes(text) || choices?.some(({ value }) => value === text) || name === text,
  );
  assert.ok(parameter, text);
  return typedValue(parameter);
}

function typedValue({ type, name }: Parameter): string {
  assert.ok(type !== "boolean" && type !== "choice", name);
  return typed[type];
}

/** The request with a typed value for everything that has a tab stop. */
function withTyped(definition: VendorDefinition, request: IntegrationRequest): IntegrationRequest {
  const parameters = definition.parameters
    .filter(({ type, name }) => name in request.parameters || type === "bucket-list" || type === "user-name")
    .filter(({ type }) => type !== "own-account" && type !== "choice" && type !== "boolean")
    .map((parameter) => {
      const value = typedValue(parameter);
      return [parameter.name, parameter.type === "bucket-list" ? [value] : value] as const;
    });
  const role = { name: "my-role" };
  return {
    ...request,
    role,
    account: typed["own-account"],
    parameters: { ...request.parameters, ...Object.fromEntries(parameters) },
  };
}

/** What stands in the page where a default would be rendered. */
function pageValues(definition: VendorDefinition, request: IntegrationRequest): IntegrationRequest["parameters"] {
  return Object.fromEntries(
    definition.parameters
      .filter(({ type, name }) => type === "user-name" || name in request.parameters)
      .filter(({ type }) => type !== "choice" && type !== "boolean")
      .map(({ name, choices, placeholders }) => [name, choices?.[0]?.value ?? placeholders[0] ?? name]),
  );
}
