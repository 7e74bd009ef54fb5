import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../src/policy/json";
import { catalog } from "../src/vendors/catalog";
import { editorSchema, integrationSchema } from "./integrationSchema";
import { type PolicyKind, policySchema } from "./policySchemas";
import { resourceTypeTable } from "./resourceTypes";
import { schemaValidator, schemaValidatorTypes } from "./schemaValidator";
import { readDate, readGlobalConditionKeys, readServices } from "./serviceAuthorization";
import { serviceReferenceModule, serviceReferenceTypes } from "./serviceReference";
import { packageWithSettings } from "./severitySetting";
import { snippetFile } from "./snippets";
import { vendorsPage } from "./vendorsPage";

const vendorSchemaFile = "schemas/vendor.schema.json";

function vendorSchema(): JsonObject {
  // A JSON Schema is an object.
  return JSON.parse(readFileSync(join(__dirname, "..", vendorSchemaFile), "utf8")) as JsonObject;
}

/** Everything that is generated: path below the repository's root → text. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const date = await readDate();
  const services = await readServices();
  const integration = integrationSchema(catalog);
  const kinds: readonly PolicyKind[] = ["permissions", "trust", "bucket"];
  return new Map([
    ...kinds.flatMap((kind) => [
      [`schemas/${kind}-policy.schema.json`, json(policySchema(kind))] as const,
      [`schemas/${kind}-policy.editor.schema.json`, json(editorSchema(policySchema(kind)))] as const,
    ]),
    ["schemas/integration.schema.json", json(integration)],
    ["schemas/integration.editor.schema.json", json(editorSchema(integration))],
    [
      "src/vendors/validateManifest.generated.js",
      schemaValidator(integrationSchema([]), "schemas/integration.schema.json"),
    ],
    ["src/vendors/validateManifest.generated.d.ts", schemaValidatorTypes],
    ["src/vendors/validateDefinition.generated.js", schemaValidator(vendorSchema(), vendorSchemaFile)],
    ["src/vendors/validateDefinition.generated.d.ts", schemaValidatorTypes],
    ["docs/vendors.md", vendorsPage(catalog)],
    ["src/policy/resourceTypes.generated.ts", resourceTypeTable(date, services)],
    [
      "src/policy/serviceReference/serviceReference.generated.mjs",
      serviceReferenceModule(date, services, readGlobalConditionKeys()),
    ],
    ["src/policy/serviceReference/serviceReference.generated.d.mts", serviceReferenceTypes],
    ["snippets/vendor-access.code-snippets", snippetFile(catalog)],
    ["package.json", packageWithSettings()],
  ]);
}

/** As the formatter of this repository writes it: short lists of plain values stand on one line. */
function json(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2).replace(
    /^( *)("(?:[^"\\]|\\.)*": )?\[\n((?: *(?:"(?:[^"\\]|\\.)*"|[\w.-]+),?\n)+) *\](,?)$/gm,
    (lines, indent: string, key: string | undefined, items: string, comma: string) => {
      const line = `${indent}${key ?? ""}[${items.trim().split(/\n */).join(" ")}]${comma}`;
      return line.length <= 120 ? line : lines;
    },
  );
  return `${text}\n`;
}
