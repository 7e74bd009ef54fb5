import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { parseTree } from "jsonc-parser";
import { getLanguageService, TextDocument } from "vscode-json-languageservice";
import { checkDocument } from "../../src/checks/checkDocument";
import type { CheckContext } from "../../src/checks/finding";
import { formatJson } from "../../src/policy/formatJson";
import { loadServiceReference } from "../../src/policy/serviceReference/loadServiceReference";
import { catalog, findVendor } from "../../src/vendors/catalog";
import { renderedRole } from "../unit/vendors/renderedRole";
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

  // With all that the checks can know, as in the editor once the reference is read.
  const reference = await loadServiceReference();
  const small = policyOfTeams("vision");
  const large = policyOfTeams("vision", "speech", "maps", "search");
  for (const { check } of checkDocument(large, { ...outside, reference }))
    throw new Error(`The large policy has ${check}.`);

  // Alternating, so that what else the machine does meets all alike.
  const times = {
    check: [] as number[],
    outside: [] as number[],
    parse: [] as number[],
    tree: [] as number[],
    service: [] as number[],
    small: [] as number[],
    large: [] as number[],
  };
  for (let round = 0; round <= rounds; round++) {
    const check = time(() => checkDocument(text, context));
    const alone = time(() => checkDocument(text, outside));
    const parse = time(() => JSON.parse(text));
    const tree = time(() => parseTree(text));
    const service = await timeAsync(validate);
    const all = time(() => checkDocument(small, { ...outside, reference }));
    const allOfLarge = time(() => checkDocument(large, { ...outside, reference }), runs / 5);
    if (round === 0) continue; // warming up
    times.check.push(check);
    times.outside.push(alone);
    times.parse.push(parse);
    times.tree.push(tree);
    times.service.push(service);
    times.small.push(all);
    times.large.push(allOfLarge);
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
      what: `all checks of a policy of ${small.length} characters, warm`,
      measured: ms(median(times.small)),
      asked: "≤ 0.25 ms",
    },
    {
      what: `all checks of a policy of ${large.length} characters, warm`,
      measured: ms(median(times.large)),
      asked: "≤ 1.2 ms",
    },
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
    text: formatJson(renderedRole(definition, manifest).permissions),
    context: { vendors: catalog, integration: { manifest, definition, documentRole: "permissions" } },
  };
}

/** Several teams' access to a bucket each: everything that a policy of the largest size mostly has. */
function policyOfTeams(...teams: readonly string[]): string {
  const Statement = teams.flatMap((team, index) => {
    const bucket = `arn:aws:s3:::data-of-${team}`;
    const key = `arn:aws:kms:eu-west-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890a${index}`;
    return [
      {
        Sid: `List${team}`,
        Effect: "Allow",
        Action: ["s3:ListBucket", "s3:ListBucketVersions"],
        Resource: bucket,
        Condition: { StringLike: { "s3:prefix": ["", "images/*", "labels/${aws:PrincipalTag/team}/*"] } },
      },
      {
        Sid: `Objects${team}`,
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
        Resource: [`${bucket}/images/*`, `${bucket}/labels/*`],
        Condition: { Bool: { "aws:SecureTransport": "true" }, IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } },
      },
      {
        Sid: `Key${team}`,
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:DescribeKey"],
        Resource: key,
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
      },
      {
        Sid: `Keep${team}`,
        Effect: "Deny",
        Action: ["s3:DeleteObjectVersion", "s3:PutBucketPolicy", "s3:Put*Acl"],
        Resource: [bucket, `${bucket}/*`],
        Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::210987654321:role/admin-*" } },
      },
    ];
  });
  return formatJson({ Version: "2012-10-17", Statement });
}

function time(work: () => unknown, times = runs): number {
  const start = performance.now();
  for (let run = 0; run < times; run++) work();
  return (performance.now() - start) / times;
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
