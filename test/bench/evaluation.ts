import { performance } from "node:perf_hooks";
import { runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import { evaluate } from "../../src/policy/evaluate/evaluate";
import type { AccessRequest } from "../../src/policy/evaluate/evaluation";
import { compare } from "../../src/policy/explain/compare";
import { explain } from "../../src/policy/explain/explain";
import { formatJson } from "../../src/policy/formatJson";
import type { JsonObject } from "../../src/policy/json";
import { parseJson } from "../../src/policy/parseJson";
import type { PolicyDocument } from "../../src/policy/policyDocument";
import { readPolicy } from "../../src/policy/readPolicy";
import { loadServiceReference } from "../../src/policy/serviceReference/loadServiceReference";
import { findVendor } from "../../src/vendors/catalog";
import { renderedRole } from "../unit/vendors/renderedRole";
import type { Figure } from "./figures";

const rounds = 9;
const account = "210987654321";
const role = `arn:aws:iam::${account}:role/deep-lake`;
const vendorRole = "arn:aws:iam::597713067985:role/activeloop_backend";
const allowAll: JsonObject = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

/** The evaluator and the explainer on the Activeloop pair with a KMS key, alternating with iam-simulate. */
export async function measureEvaluation(): Promise<readonly Figure[]> {
  const definition = findVendor("activeloop-deep-lake");
  if (!definition) throw new Error("The catalog has no Activeloop Deep Lake.");
  const { permissions, trust } = renderedRole(definition, {
    accessLevel: "read-write",
    account,
    region: "us-east-1",
    parameters: {
      buckets: ["training-data"],
      kmsKeyArn: `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
    },
    role: { name: "deep-lake" },
  });
  const [permissionsPolicy, trustPolicy, everything] = [permissions, trust, allowAll].map(read) as [
    PolicyDocument,
    PolicyDocument,
    PolicyDocument,
  ]; // three documents give three
  const reference = await loadServiceReference();
  const act: AccessRequest = {
    principal: { kind: "role", arn: role },
    action: "s3:PutObject",
    resource: { arn: "arn:aws:s3:::training-data/folder/file", account },
  };
  const assume: AccessRequest = {
    principal: { kind: "role", arn: vendorRole },
    action: "sts:AssumeRole",
    resource: { arn: role, account },
  };
  const pair = () => [
    evaluate(assume, { identity: [everything], resource: trustPolicy }).result,
    evaluate(act, { identity: [permissionsPolicy] }).result,
  ];
  const simulated = async () => {
    const results = await Promise.all([
      runSimulation(simulation(vendorRole, "sts:AssumeRole", role, allowAll, trust), {}),
      runSimulation(simulation(role, "s3:PutObject", act.resource.arn, permissions, undefined), {}),
    ]);
    return results.map((found) => (found.resultType === "single" ? found.result.analysis.result : found.resultType));
  };
  for (const results of [pair(), await simulated()])
    if (results.join() !== "Allowed,Allowed") throw new Error(`The pair to measure with is ${results.join()}.`);

  const documents = { permissions: [permissionsPolicy], trust: trustPolicy };
  const explained = () => explain(documents, { account, role: "deep-lake" }, reference);
  const compared = () => compare(documents, documents, reference);
  const times = {
    pair: [] as number[],
    simulated: [] as number[],
    explained: [] as number[],
    compared: [] as number[],
  };
  for (let round = 0; round <= rounds; round++) {
    const ours = await time(2000, pair);
    const theirs = await time(100, simulated);
    const words = await time(50, explained);
    const difference = await time(20, compared);
    if (round === 0) continue; // warming up
    times.pair.push(ours / 2);
    times.simulated.push(theirs / 2);
    times.explained.push(words);
    times.compared.push(difference);
  }
  const [ours, theirs] = [median(times.pair), median(times.simulated)];
  return [
    {
      what: "one evaluation of the Activeloop pair, warm",
      measured: `${(ours * 1000).toFixed(1)} µs`,
      asked: "≤ 20 µs",
    },
    { what: "  iam-simulate deciding the same", measured: `${(theirs * 1000).toFixed(0)} µs` },
    { what: "  iam-simulate / ours", measured: (theirs / ours).toFixed(0), asked: "≥ 10" },
    { what: "explaining the integration", measured: `${median(times.explained).toFixed(2)} ms`, asked: "≤ 2 ms" },
    { what: "  comparing it with itself", measured: `${median(times.compared).toFixed(2)} ms` },
  ];
}

function simulation(
  principal: string,
  action: string,
  resource: string,
  identity: JsonObject,
  resourcePolicy: JsonObject | undefined,
): Simulation {
  return {
    request: { principal, action, resource: { resource, accountId: account }, contextVariables: {} },
    identityPolicies: [{ name: "identity", policy: identity }],
    resourcePolicy,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
}

function read(value: JsonObject): PolicyDocument {
  const policy = readPolicy(parseJson(formatJson(value)));
  if (!policy) throw new Error("The document to measure with is no policy.");
  return policy;
}

/** Milliseconds of one run. */
async function time(runs: number, run: () => unknown): Promise<number> {
  const start = performance.now();
  for (let each = 0; each < runs; each++) await run();
  return (performance.now() - start) / runs;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
