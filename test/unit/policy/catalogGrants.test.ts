import assert from "node:assert/strict";
import { evaluate } from "../../../src/policy/evaluate/evaluate";
import type { RequestContext, RequestPrincipal } from "../../../src/policy/evaluate/evaluation";
import { holds } from "../../../src/policy/explain/language";
import { resourceFormsOf } from "../../../src/policy/explain/resourceForms";
import type { JsonObject } from "../../../src/policy/json";
import { allowsEverything, policyOf } from "../../../src/policy/policyOf";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { matchesAction } from "../../../src/policy/wildcards";
import { catalog } from "../../../src/vendors/catalog";
import { renderDocuments } from "../../../src/vendors/render";
import { allSamples, sampleKey } from "../vendors/sampleRequests";
import { type CatalogExpectation, catalogExpectations } from "./catalogExpectations";
import { vendorExpectations } from "./vendorExpectations";

const own = "210987654321";
const keyPolicyOfAccount = policyOf({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { AWS: own }, Action: "kms:*", Resource: "*" },
});

/** Everybody whom some vendor names, somebody else in each of their accounts, and strangers. */
const named = [...new Set(catalogExpectations.flatMap(({ from }) => from))];
const accounts = [...new Set(named.map((arn) => arn.split(":")[4] ?? "")), own, "999988887777"];
const callers: readonly RequestPrincipal[] = [
  ...named.filter((arn) => !arn.endsWith(":root")).map(principalOf),
  ...accounts.map((account) => principalOf(`arn:aws:iam::${account}:role/somebody-else`)),
  ...accounts.map((account) => principalOf(`arn:aws:iam::${account}:user/s3-copies`)),
];

function principalOf(arn: string): RequestPrincipal {
  return { kind: arn.includes(":user/") ? "user" : "role", arn };
}

function isFrom({ from }: CatalogExpectation, caller: RequestPrincipal): boolean {
  const arn = "arn" in caller ? caller.arn : "";
  return from.some((one) => one === arn || (one.endsWith(":root") && one.split(":")[4] === arn.split(":")[4]));
}

function documentsOf({ vendor, sample }: CatalogExpectation) {
  const found = allSamples.find(({ definition, name }) => definition.id === vendor && name === sample);
  assert.ok(found, `${vendor} ${sample}`);
  const documents = renderDocuments(found.definition, found.request);
  const read = (document: JsonObject | undefined) => document && policyOf(document);
  const { permissions, trust, bucketPolicy, keyPolicy } = documents;
  return {
    roleArn: `arn:aws:iam::${own}:role/${found.request.role?.name}`,
    permissions: read(permissions),
    trust: read(trust),
    bucketPolicy: read(bucketPolicy),
    keyPolicy: read(keyPolicy),
  };
}

describe("what the vendors of the catalog are granted", () => {
  let reference: ServiceReference;
  before(async () => {
    reference = await loadServiceReference();
  });

  it("is written down for every vendor and access level", () => {
    const levels = catalog.flatMap(({ id, accessLevels }) => accessLevels.map((level) => `${id} ${level.id}`));
    const known = [
      ...vendorExpectations.map(({ vendor, request }) => `${vendor} ${request.accessLevel}`),
      ...catalogExpectations.flatMap(({ vendor, sample }) =>
        allSamples
          .filter(({ definition, name }) => definition.id === vendor && name === sample)
          .map(({ request }) => `${vendor} ${request.accessLevel}`),
      ),
    ];
    assert.deepEqual([...new Set(known)].sort(), levels.sort());
  });

  for (const expected of catalogExpectations) {
    const { vendor, sample, externalId, alsoExternalId, direct, itself } = expected;
    if (!direct) {
      it(`${vendor}, ${sample}: only the vendor may assume the role, with its external ID`, () => {
        const { trust, roleArn } = documentsOf(expected);
        assert.ok(trust);
        const ids = [externalId, alsoExternalId, "another-one", "0000", undefined];
        let allowed = 0;
        for (const caller of [...callers, principalOf(roleArn)]) {
          for (const id of ids) {
            const context: RequestContext = id === undefined ? {} : { "sts:ExternalId": id };
            const request = {
              principal: caller,
              action: "sts:AssumeRole",
              resource: { arn: roleArn, account: own },
              context,
            };
            const { result } = evaluate(request, { identity: allowsEverything, resource: trust });
            const right = externalId === undefined || id === externalId || (id !== undefined && id === alsoExternalId);
            const isRole = "arn" in caller && caller.arn === roleArn;
            const wanted = right && (isFrom(expected, caller) || (isRole && itself === true));
            assert.equal(result === "Allowed", wanted, JSON.stringify(request));
            if (wanted) allowed += 1;
          }
        }
        assert.equal(allowed > 0, expected.from.length > 0, `${allowed} allowed`);
      });
    }

    it(`${vendor}, ${sample}: exactly what the page asks for may be done`, () => {
      const { permissions, trust, bucketPolicy, keyPolicy, roleArn } = documentsOf(expected);
      const vendorCaller = callers.find((caller) => isFrom(expected, caller));
      const caller = direct ? vendorCaller : principalOf(roleArn);
      assert.ok(caller);
      const mine = (name: string) => ["training-data"].includes(name);
      const { bucket = [], objects = [], key = [], anywhere = [], under } = expected;
      const formsOf = resourceFormsOf(reference);
      const services = ["s3", "kms", "sts", "cloudwatch", "logs", "tag"];
      let allowed = 0;
      const judge = (action: string, arn: string, context: RequestContext, wanted: boolean) => {
        const resourcePolicy = action.startsWith("kms:")
          ? direct
            ? arn === sampleKey
              ? keyPolicy
              : undefined
            : keyPolicyOfAccount
          : arn === roleArn
            ? trust
            : bucketPolicy;
        const policies = {
          identity: direct ? allowsEverything : permissions ? [permissions] : [],
          ...(resourcePolicy && { resource: resourcePolicy }),
        };
        const { result } = evaluate({ principal: caller, action, resource: { arn, account: own }, context }, policies);
        assert.equal(result === "Allowed", wanted, `${action} on ${arn} with ${JSON.stringify(context)}`);
        if (wanted) allowed += 1;
      };
      for (const action of services.flatMap((service) => reference.actionsOf(service))) {
        const asked = (patterns: readonly string[]) => patterns.some((pattern) => matchesAction(pattern, action));
        const { types } = formsOf(action);
        const fits = (arn: string) => types?.some(({ language }) => holds(language, arn)) ?? false;
        for (const name of ["training-data", "training-data-2", "another-bucket"]) {
          const arn = `arn:aws:s3:::${name}`;
          if (fits(arn)) {
            const limited =
              under !== undefined && action === "s3:ListBucket" && !["datadog", "segment"].includes(vendor);
            const open = limited ? {} : { "s3:prefix": "anything" };
            const listed = asked(bucket) && mine(name);
            judge(action, arn, open, (listed || asked(anywhere)) && !limited);
            if (limited) judge(action, arn, { "s3:prefix": `${under}/x` }, listed);
            if (limited) judge(action, arn, { "s3:prefix": `${under}-other/x` }, false);
          }
          for (const objectKey of [`${under ?? "a"}/file`, `${under ?? "a"}-other/file`, "file"]) {
            const object = `${arn}/${objectKey}`;
            if (!fits(object)) continue;
            const inside = under === undefined || objectKey.startsWith(`${under}/`);
            judge(action, object, {}, (asked(objects) && mine(name) && inside) || asked(anywhere));
          }
        }
        for (const arn of [sampleKey, sampleKey.replace("0f1e2d3c", "1f1e2d3c")]) {
          if (fits(arn)) judge(action, arn, {}, asked(key) && arn === sampleKey);
        }
        const isSelf = itself === true && action === "sts:AssumeRole";
        if (fits(roleArn)) judge(action, roleArn, { "sts:ExternalId": externalId ?? "" }, isSelf);
        if (types === undefined || types.length === 0) judge(action, "*", {}, asked(anywhere));
      }
      const asks = [...bucket, ...objects, ...key, ...anywhere].length > 0;
      assert.equal(allowed > 0, asks, `${allowed} allowed`);
    });
  }
});
