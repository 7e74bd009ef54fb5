import assert from "node:assert/strict";
import { findVendor } from "../../src/vendors/catalog";
import {
  contexts,
  mayDo,
  ownAccount,
  principals,
  resources,
  roleName,
  vendorExpectations,
} from "../unit/policy/vendorExpectations";
import { renderedRole } from "../unit/vendors/renderedRole";
import type { Case } from "./cases";
import { simulate } from "./simulate";

const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const role = `arn:aws:iam::${ownAccount}:role/${roleName}`;
const nothingElse = {
  resourcePolicy: undefined,
  session: undefined,
  boundary: undefined,
  serviceControl: [],
  resourceControl: [],
} satisfies Partial<Case>;

/** Neighbours of what the vendors ask for, with the resources that they act on. */
const actions = [
  ...["GetObject", "PutObject", "DeleteObject", "GetObjectVersion", "DeleteObjectVersion", "PutObjectAcl"],
  ...["ListBucket", "GetBucketLocation", "PutBucketPolicy", "DeleteBucket", "ListBucketVersions"],
].map((name) => `s3:${name}`);

describe("an independent opinion on the vendors' documents", () => {
  for (const expected of vendorExpectations) {
    const definition = findVendor(expected.vendor);
    if (definition === undefined) throw new Error(`no vendor ${expected.vendor}`);
    const { permissions, trust } = renderedRole(definition, expected.request);

    it(`${expected.vendor}, ${expected.title}: who may assume the role`, async () => {
      let judged = 0;
      const named = principals.filter((principal) => expected.mayAssume(principal));
      // Every vendor's principal, and every fifth of the others.
      for (const principal of [...named, ...principals.filter((_, index) => index % 5 === 0)]) {
        if (principal.kind === "federated" || principal.kind === "anonymous") continue;
        const opinion = await simulate({
          ...nothingElse,
          principal,
          action: "sts:AssumeRole",
          resource: role,
          owner: ownAccount,
          context: contexts[1] ?? {},
          identity: principal.kind === "service" ? [] : [everything],
          resourcePolicy: trust,
        });
        if (opinion === undefined) continue;
        judged += 1;
        assert.equal(opinion === "Allowed", expected.mayAssume(principal), JSON.stringify(principal));
      }
      assert.ok(judged > 40, `${judged} judged`);
    });

    it(`${expected.vendor}, ${expected.title}: what the role may do`, async () => {
      let judged = 0;
      for (const resource of resources.filter((each) => each.startsWith("arn:aws:s3:::"))) {
        for (const action of actions) {
          if (/Bucket/.test(action) === resource.includes("/")) continue;
          const opinion = await simulate({
            ...nothingElse,
            principal: { kind: "role", arn: role },
            action,
            resource,
            owner: ownAccount,
            context: {},
            identity: [permissions],
          });
          if (opinion === undefined) continue;
          judged += 1;
          assert.equal(opinion === "Allowed", mayDo(expected, action, resource), `${action} on ${resource}`);
        }
      }
      assert.ok(judged > 100, `${judged} judged`);
    });
  }
});
