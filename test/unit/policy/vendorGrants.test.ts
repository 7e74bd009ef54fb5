import assert from "node:assert/strict";
import { evaluate } from "../../../src/policy/evaluate/evaluate";
import { compare } from "../../../src/policy/explain/compare";
import { holds } from "../../../src/policy/explain/language";
import { resourceFormsOf } from "../../../src/policy/explain/resourceForms";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { findVendor } from "../../../src/vendors/catalog";
import { renderedRole } from "../vendors/renderedRole";
import { allow, policy, policyOf, whole } from "./explain/documents";
import {
  contexts,
  mayDo,
  ownAccount,
  principals,
  resources,
  roleName,
  type VendorExpectation,
  vendorExpectations,
} from "./vendorExpectations";

const role = `arn:aws:iam::${ownAccount}:role/${roleName}`;
const everything = [policy({ Effect: "Allow", Action: "*", Resource: "*" })];
const keyPolicy = policy({ Effect: "Allow", Principal: { AWS: ownAccount }, Action: "kms:*", Resource: "*" });

function documentsOf({ vendor, request }: VendorExpectation) {
  const definition = findVendor(vendor);
  assert.ok(definition, vendor);
  const { permissions, trust } = renderedRole(definition, request);
  return { permissions: policyOf(permissions), trust: policyOf(trust) };
}

describe("what a vendor is granted", () => {
  let reference: ServiceReference;
  before(async () => {
    reference = await loadServiceReference();
  });

  for (const expected of vendorExpectations) {
    describe(`${expected.vendor}, ${expected.title}`, () => {
      it("lets the vendor's principals assume the role, and nobody else", () => {
        const { trust } = documentsOf(expected);
        let allowed = 0;
        let denied = 0;
        for (const principal of principals) {
          for (const context of contexts) {
            for (const action of ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:TagSession"]) {
              const request = { principal, action, resource: { arn: role, account: ownAccount }, context };
              const { result } = evaluate(request, { identity: everything, resource: trust });
              const wanted = action === "sts:AssumeRole" && expected.mayAssume(principal);
              assert.equal(result === "Allowed", wanted, JSON.stringify(request));
              if (wanted) allowed += 1;
              else denied += 1;
            }
          }
        }
        assert.ok(allowed > 0 && denied > 2000, `${allowed} allowed, ${denied} denied`);
      });

      it("lets the role do what the vendor's page asks for on the chosen buckets, and nothing else", () => {
        const { permissions } = documentsOf(expected);
        const formsOf = resourceFormsOf(reference);
        const actions = ["s3", "kms", "sts", "iam"].flatMap((service) => reference.actionsOf(service));
        let allowed = 0;
        let denied = 0;
        for (const action of [...actions, "ec2:RunInstances", "lambda:InvokeFunction", "s3:NotYetKnown"]) {
          const { types } = formsOf(action);
          for (const resource of resources) {
            const fits = types?.some(({ language }) => holds(language, resource)) ?? true;
            if (!fits && resource !== "*") continue;
            const request = { principal: { kind: "role", arn: role } as const, action };
            const policies = { identity: [permissions], ...(action.startsWith("kms:") && { resource: keyPolicy }) };
            const owner = { arn: resource, account: ownAccount };
            const { result } = evaluate({ ...request, resource: owner }, policies);
            const wanted = mayDo(expected, action, resource);
            assert.equal(result === "Allowed", wanted, `${action} on ${resource}`);
            if (wanted) allowed += 1;
            else denied += 1;
          }
        }
        assert.ok(allowed > 0 && denied > 2000, `${allowed} allowed, ${denied} denied`);
      });

      it("means exactly what its page says, written as plainly as can be", () => {
        const { permissions } = documentsOf(expected);
        const { buckets, onBuckets, onObjects, key } = expected;
        const plain = policy(
          ...buckets.map((bucket) => allow(onBuckets, whole(bucket)[0] ?? "")),
          ...buckets.map((bucket) => allow(onObjects, whole(bucket)[1] ?? "")),
          ...(key ? [allow(key.actions, key.arn)] : []),
        );
        assert.deepEqual(compare({ permissions: [permissions] }, { permissions: [plain] }, reference), {
          result: "unchanged",
          widened: [],
          narrowed: [],
        });
      });
    });
  }
});
