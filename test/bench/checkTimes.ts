import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { parseTree } from "jsonc-parser";
import { getLanguageService, TextDocument } from "vscode-json-languageservice";
import { checkDocument } from "../../src/checks/checkDocument";
import type { CheckContext } from "../../src/checks/finding";
import { formatJson } from "../../src/policy/formatJson";
import { catalog, findVendor } from "../../src/vendors/catalog";
import { renderDocuments } from "../../src/vendors/render";
import type { Figure } from "./figures";

const rounds = 9;
const runs = 3000;

/** The figures of `check.ts`, printed as JSON: a program of its own, so that it can be bundled as the product is. */
async function measure(): Promise<readonly Figure[]> {
  const { text, context } = activeloopKmsPolicy();
  const outside: CheckContext = { vendors: catalog };
  const service = getLanguageService({});
  service.configure({
    validate: true,
    schemas: [
      {
        uri: "policy",
        fileMatch: ["*"],
        schema: JSON.parse(readFileSync("schemas/permissions-policy.schema.json", "utf8")),
      },
    ],
  });
  const validate = async () => {
    const document = TextDocument.create("file:///policy.json", "json", 1, text);
    return service.doValidation(document, service.parseJSONDocument(document));
  };
  if (checkDocument(text, context).length > 0) throw new Error("The policy to measure with has findings.");
  if ((await validate()).length > 0) throw new Error("The policy to measure with does not satisfy its schema.");

  // Alternating, so that what else the machine does meets all alike.
  const times = {
    check: [] as number[],
    outside: [] as number[],
    parse: [] as number[],
    tree: [] as number[],
    service: [] as number[],
  };
  for (let round = 0; round <= rounds; round++) {
    const check = time(() => checkDocument(text, context));
    const alone = time(() => checkDocument(text, outside));
    const parse = time(() => JSON.parse(text));
    const tree = time(() => parseTree(text));
    const service = await timeAsync(validate);
    if (round === 0) continue; // warming up
    times.check.push(check);
    times.outside.push(alone);
    times.parse.push(parse);
    times.tree.push(tree);
    times.service.push(service);
  }
  const [check, alone, parse, tree, serviceTime] = [
    times.check,
    times.outside,
    times.parse,
    times.tree,
    times.service,
  ].map(median) as [number, number, number, number, number]; // five lists give five medians
  return [
    {
      what: `check of the Activeloop KMS policy (${text.length} characters), warm`,
      measured: ms(check),
      asked: "≤ 0.12 ms",
    },
    { what: "  of the same outside an integration", measured: ms(alone) },
    { what: "  JSON.parse of it", measured: ms(parse) },
    { what: "  jsonc-parser's tree of it", measured: ms(tree) },
    { what: "  vscode-json-languageservice validating it", measured: ms(serviceTime) },
    { what: "  check / JSON.parse", measured: (check / parse).toFixed(1) },
    { what: "  check / vscode-json-languageservice", measured: (check / serviceTime).toFixed(2), asked: "≤ 2" },
  ];
}

function activeloopKmsPolicy(): { readonly text: string; readonly context: CheckContext } {
  const definition = findVendor("activeloop-deep-lake");
  if (!definition) throw new Error("The catalog has no Activeloop Deep Lake.");
  const manifest = {
    id: "5f1c0000-0000-4000-8000-000000000000",
    vendor: definition.id,
    accessLevel: "read-write",
    account: "210987654321",
    region: "us-east-1",
    parameters: {
      buckets: ["training-data"],
      kmsKeyArn: "arn:aws:kms:us-east-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
    role: { name: "VendorAccess-activeloop-training-data" },
    documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
  };
  return {
    text: formatJson(renderDocuments(definition, manifest).permissions),
    context: { vendors: catalog, integration: { manifest, definition, documentRole: "permissions" } },
  };
}

function time(work: () => unknown): number {
  const start = performance.now();
  for (let run = 0; run < runs; run++) work();
  return (performance.now() - start) / runs;
}

async function timeAsync(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let run = 0; run < runs; run++) await work();
  return (performance.now() - start) / runs;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(4)} ms`;
}

measure().then(
  (figures) => console.log(JSON.stringify(figures)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
