import assert from "node:assert/strict";
import type { JsonObject } from "../../../src/policy/json";
import { parseJson } from "../../../src/policy/parseJson";
import { catalog } from "../../../src/vendors/catalog";
import type { Parameter, VendorDefinition } from "../../../src/vendors/definition";
import {
  documentFiles,
  type IntegrationRequest,
  type Manifest,
  type ParameterValue,
} from "../../../src/vendors/manifest";
import { validateParameterValue } from "../../../src/vendors/parameterRules";
import { applicableParameters, withDefaults } from "../../../src/vendors/parameters";
import { documentsFor, hasRole } from "../../../src/vendors/render";

/** What a customer may ask a vendor for, and what it is called: a folder of the golden documents. */
export interface SampleRequest {
  readonly definition: VendorDefinition;
  readonly name: string;
  readonly request: IntegrationRequest & { readonly account: string };
}

export const sampleKey = "arn:aws:kms:eu-west-1:210987654321:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
const uuid = "4f0a9c2b-e617-4d21-8a3b-1c2d3e4f5a6b";

/** Where a vendor says how its own look; everything else is by type. */
const samples: Readonly<Record<string, string>> = {
  "clickhouse-cloud serviceRoleArn": "arn:aws:iam::345678901234:role/CH-S3-service-7",
  "estuary tenant": "acme-analytics",
  "grafana-cloud externalId": "482913",
  "materialize externalId": `mz_${uuid}_u12`,
  "sumo-logic externalId": "us1:0000000000000131",
  "svix externalId": "source:sink_2f6a:id:7",
  "tigerdata externalId": "p4x9w2/s7k1m3",
  "vanta externalId": "A1B2C3D4E5F6071",
  "mongodb-atlas atlasAccountArn": "arn:aws:iam::536727724300:root",
  "mongodb-atlas atlasRoleId": "65f0a1b2c3d4e5f607182930",
};

function sampleValue({ id }: VendorDefinition, parameter: Parameter): ParameterValue {
  const known = samples[`${id} ${parameter.name}`];
  if (known !== undefined) return known;
  switch (parameter.type) {
    case "bucket-list":
      return parameter.maxItems === 1 ? ["training-data"] : ["training-data", "raw-images"];
    case "kms-key-arn":
      return sampleKey;
    case "external-id":
      return uuid;
    case "account-id":
      return "345678901234";
    case "principal-arn":
      return "arn:aws:iam::345678901234:user/vendor-user";
    case "prefix":
      return "exports/daily";
    case "boolean":
      return true;
    default:
      return assert.fail(`${id} ${parameter.name}: no sample of type ${parameter.type}`);
  }
}

/** Every access level with every closed choice, bare and with all options, and as long as the vendor has not answered. */
export function sampleRequests(definition: VendorDefinition): readonly SampleRequest[] {
  const partitions = ["aws", "aws-us-gov"] as const;
  const found = new Map<string, SampleRequest>();
  for (const { id: accessLevel } of definition.accessLevels) {
    for (const partition of definition.principals.some(({ when }) => when?.partition) ? partitions : ["aws" as const]) {
      for (const choices of closedChoices(definition)) {
        for (const extent of ["bare", "all-options", "pending"] as const) {
          const request = sampleRequest(definition, accessLevel, partition, choices, extent);
          const name = [
            accessLevel,
            ...(partition === "aws" ? [] : [partition]),
            ...Object.values(choices),
            ...(extent === "bare" ? [] : [extent]),
          ].join("-");
          const key = JSON.stringify(request);
          if (!found.has(key)) found.set(key, { definition, name, request });
        }
      }
    }
  }
  return [...found.values()];
}

/** Of one vendor and level: what most customers ask for. */
export function sampleOf(definition: VendorDefinition, accessLevel: string): SampleRequest {
  const [first] = sampleRequests(definition).filter(({ request }) => request.accessLevel === accessLevel);
  assert.ok(first, `${definition.id} ${accessLevel}`);
  return first;
}

function closedChoices({ parameters }: VendorDefinition): readonly Record<string, string>[] {
  let all: readonly Record<string, string>[] = [{}];
  for (const { type, name, choices = [], default: first } of parameters) {
    if (type !== "choice") continue;
    const values = choices.map(({ value }) => value).sort((a, b) => Number(b === first) - Number(a === first));
    all = all.flatMap((chosen) => values.map((value) => ({ ...chosen, [name]: value })));
  }
  return all;
}

function sampleRequest(
  definition: VendorDefinition,
  accessLevel: string,
  partition: "aws" | "aws-us-gov",
  choices: Readonly<Record<string, string>>,
  extent: "bare" | "all-options" | "pending",
): SampleRequest["request"] {
  const role = { name: definition.role?.fixedName ?? definition.role?.suggestedName ?? "vendor-access-test" };
  let request: SampleRequest["request"] = {
    accessLevel,
    account: "210987654321",
    region: "eu-west-1",
    ...(partition !== "aws" && { partition }),
    parameters: choices,
    role,
  };
  for (const parameter of definition.parameters) {
    const applies = applicableParameters(definition, request).includes(parameter);
    if (!applies || parameter.type === "own-account" || parameter.type === "choice" || parameter.type === "user-name")
      continue;
    if (parameter.phase === 2 && extent === "pending") continue;
    if (!parameter.required && (extent === "bare" || extent === "pending")) continue;
    if (parameter.default !== undefined && parameter.type !== "boolean") continue;
    if (parameter.name === "createBucket") continue;
    const inAws = sampleValue(definition, parameter);
    const value = parameter.type === "kms-key-arn" ? String(inAws).replace("arn:aws:", `arn:${partition}:`) : inAws;
    for (const item of [value].flat()) {
      assert.equal(validateParameterValue(parameter, String(item)), undefined, `${definition.id} ${parameter.name}`);
    }
    request = { ...request, parameters: { ...request.parameters, [parameter.name]: value } };
  }
  const complete = withDefaults(definition, request);
  if (hasRole(definition, complete)) return { ...complete, account: request.account };
  const { role: _, ...without } = complete;
  return { ...without, account: request.account };
}

/** An integration.json for a request. */
export function manifestOf({ definition, request }: SampleRequest): Manifest {
  const roles = documentsFor(definition, withDefaults(definition, request));
  return {
    ...request,
    id: "5f1c2a9e-6d1b-4c0e-9c6f-2f4d8a7b3e10",
    vendor: definition.id,
    documents: Object.fromEntries(roles.map((role) => [role, documentFiles[role]])),
  };
}

export const allSamples: readonly SampleRequest[] = catalog.flatMap(sampleRequests);

export function textOf(document: JsonObject): string {
  const text = JSON.stringify(document, undefined, 2);
  assert.deepEqual(parseJson(text).problems, []);
  return text;
}
