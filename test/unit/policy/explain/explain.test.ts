import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { explain } from "../../../../src/policy/explain/explain";
import type { AccessDocuments, ExplainContext, Grant } from "../../../../src/policy/explain/explanation";
import { grantsMarkdown } from "../../../../src/policy/explain/markdown";
import { grantSentences, notificationText } from "../../../../src/policy/explain/sentences";
import type { JsonObject } from "../../../../src/policy/json";
import { loadServiceReference } from "../../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../../src/policy/serviceReference/serviceReference";
import { allow, deny, policy, trusts, whole } from "./documents";

const vendorRole = "arn:aws:iam::597713067985:role/activeloop_backend";
const key = "arn:aws:kms:eu-west-1:210987654321:key/k";
const context: ExplainContext = {
  role: "deep-lake",
  account: "210987654321",
  ownerOf: (_, account) => (account === "597713067985" ? "Activeloop" : undefined),
};

describe("explain", () => {
  let reference: ServiceReference;
  before(async () => {
    reference = await loadServiceReference();
  });

  const explained = (documents: AccessDocuments, of = context): readonly Grant[] => explain(documents, of, reference);
  const permitted = (...statements: readonly JsonObject[]) => explained({ permissions: [policy(...statements)] });
  const actionsOf = (grant: Grant | undefined) =>
    Object.fromEntries(grant?.abilities.map(({ ability, actions }) => [ability, actions]) ?? []);

  it("puts a bucket and its objects into one line, with who, role, abilities, resources and dangers", () => {
    const documents = {
      trust: policy(trusts({ AWS: vendorRole })),
      permissions: [policy(allow(["s3:GetObject", "s3:ListBucket", "s3:DeleteObject"], whole("training-data")))],
    };
    assert.deepEqual(explained(documents), [
      {
        who: [
          {
            principal: vendorRole,
            kind: "role",
            account: "597713067985",
            name: "activeloop_backend",
            owner: "Activeloop",
          },
        ],
        role: "deep-lake",
        abilities: [
          { ability: "delete", actions: ["s3:DeleteObject"] },
          { ability: "read", actions: ["s3:GetObject"] },
          { ability: "list", actions: ["s3:ListBucket"] },
        ],
        everyActionOf: [],
        resources: [
          { kind: "bucket", pattern: "arn:aws:s3:::training-data", bucket: "training-data" },
          { kind: "objects", pattern: "arn:aws:s3:::training-data/*", bucket: "training-data" },
        ],
        conditions: [],
        dangers: [
          {
            code: "no-external-id",
            text: "No external ID is asked for: who can make the trusted party act for them could reach this role, too (the confused deputy).",
          },
        ],
      },
    ]);
  });

  for (const [action, ability] of [
    ["s3:PutObjectAcl", "manage permissions"],
    ["s3:PutBucketPolicy", "manage permissions"],
    ["s3:PutBucketOwnershipControls", "manage permissions"],
    ["kms:PutKeyPolicy", "manage permissions"],
    ["kms:CreateGrant", "manage permissions"],
    ["iam:PassRole", "manage permissions"],
    ["iam:AttachRolePolicy", "manage permissions"],
    ["sts:AssumeRole", "assume"],
    ["s3:DeleteObjectVersion", "delete"],
    ["s3:PutLifecycleConfiguration", "delete"],
    ["kms:ScheduleKeyDeletion", "delete"],
    ["s3:PutObject", "write"],
    ["s3:DeleteObjectTagging", "write"],
    ["s3:PutObjectTagging", "write"],
    ["kms:GenerateDataKeyWithoutPlaintext", "encrypt"],
    ["kms:ReEncryptTo", "encrypt"],
    ["kms:Decrypt", "decrypt"],
    ["kms:ReEncryptFrom", "decrypt"],
    ["s3:GetBucketLocation", "read"],
    ["s3:ListBucketVersions", "list"],
    ["dynamodb:DeleteItem", "delete"],
    ["newservice:DoThings", "other"],
  ] as const) {
    it(`calls ${action} ${ability}`, () => {
      assert.deepEqual(actionsOf(permitted(allow(action, "*"))[0]), { [ability]: [action] });
    });
  }

  it("says a thing once that several statements grant", () => {
    const grants = permitted(
      allow("s3:GetObject", whole("b")),
      allow("s3:Get*", "arn:aws:s3:::b/raw/*", { StringEquals: { "aws:RequestedRegion": "eu-west-1" } }),
      allow("s3:GetObject", ["arn:aws:s3:::b/raw/*", "arn:aws:s3:::b/*"]),
    );
    const reading = grants.filter((grant) => grant.abilities.some(({ actions }) => actions.includes("s3:GetObject")));
    assert.deepEqual(
      reading.map(({ resources, conditions }) => [resources.map(({ pattern }) => pattern), conditions.length]),
      [[["arn:aws:s3:::b/*"], 0]],
    );
  });

  it("keeps apart what is granted on different prefixes", () => {
    const grants = permitted(
      allow("s3:GetObject", "arn:aws:s3:::b/in/*"),
      allow("s3:PutObject", "arn:aws:s3:::b/out/*"),
    );
    assert.deepEqual(
      grants.map((grant) => [actionsOf(grant), grant.resources.map(({ prefix }) => prefix)]),
      [
        [{ write: ["s3:PutObject"] }, ["out/"]],
        [{ read: ["s3:GetObject"] }, ["in/"]],
      ],
    );
  });

  it("leaves of an Allow what a Deny spares", () => {
    const grants = permitted(allow("s3:GetObject", "*"), {
      Effect: "Deny",
      Action: "*",
      NotResource: [...whole("b"), "arn:aws:s3:::c/x"],
    });
    assert.deepEqual(
      grants.map(({ resources }) => resources.map(({ pattern }) => pattern)),
      [["arn:aws:s3:::b/*", "arn:aws:s3:::c/x"]],
    );
  });

  it("tells a Deny with conditions as what ends access, for its part of the resources", () => {
    const [grant] = permitted(
      allow("s3:GetObject", whole("b")),
      deny("s3:GetObject", "arn:aws:s3:::b/secret/*", {
        StringNotEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] },
        Bool: { "aws:ViaAWSService": "false" },
      }),
    );
    assert.deepEqual(
      grant?.conditions.map(({ effect, resources, text }) => [effect, resources, text]),
      [
        [
          "unless",
          ["arn:aws:s3:::b/secret/*"],
          "unless it is about arn:aws:s3:::b/secret/* and aws:SourceVpce is not vpce-1 nor vpce-2 and aws:ViaAWSService is false",
        ],
      ],
    );
  });

  for (const [what, documents, dangers] of [
    [
      "everyone",
      { trust: policy(trusts("*")), permissions: [policy(allow("s3:GetObject", whole("b")))] },
      ["everyone"],
    ],
    [
      "every action, and whatever changes permissions",
      { permissions: [policy(allow("s3:*", whole("b")))] },
      ["all-actions", "manage-permissions"],
    ],
    ["all resources", { permissions: [policy(allow("s3:GetObject", "*"))] }, ["all-resources"]],
    ["all buckets", { permissions: [policy(allow("s3:GetObject", "arn:aws:s3:::*"))] }, ["all-resources"]],
    [
      "NotResource",
      { permissions: [policy({ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::b/*" })] },
      ["all-resources", "not-element"],
    ],
    [
      "no external ID",
      { trust: policy(trusts({ AWS: "345678901234" })), permissions: [policy(allow("s3:GetObject", whole("b")))] },
      ["no-external-id"],
    ],
    [
      "nothing where an external ID is asked for",
      {
        trust: policy(trusts({ AWS: "345678901234" }, { StringEquals: { "sts:ExternalId": "x" } })),
        permissions: [policy(allow("s3:GetObject", whole("b")))],
      },
      [],
    ],
    [
      "nothing in the customer's own account",
      { trust: policy(trusts({ AWS: "210987654321" })), permissions: [policy(allow("s3:GetObject", whole("b")))] },
      [],
    ],
  ] as const) {
    it(`names the danger of ${what}`, () => {
      const found = explained(documents).flatMap((grant) => grant.dangers.map(({ code }) => code));
      assert.deepEqual(found, dangers);
    });
  }

  it("puts the dangerous first", () => {
    const grants = permitted(
      allow("s3:ListBucket", "arn:aws:s3:::a"),
      allow("s3:GetObject", "arn:aws:s3:::a/*"),
      allow("s3:DeleteObject", "arn:aws:s3:::c/*"),
      allow("s3:PutBucketPolicy", "arn:aws:s3:::d"),
      allow("kms:Decrypt", key),
    );
    assert.deepEqual(
      grants.map(({ abilities }) => abilities[0]?.ability),
      ["manage permissions", "delete", "decrypt", "read"],
    );
  });

  it("explains a bucket policy for each who is named", () => {
    const grants = explained({
      resource: policy(
        { ...allow("s3:GetObject", "arn:aws:s3:::b/*"), Principal: { AWS: ["345678901234", vendorRole] } },
        { ...allow("s3:PutObject", "arn:aws:s3:::b/*"), Principal: { AWS: vendorRole } },
        { ...deny("s3:*", "arn:aws:s3:::b/*"), Principal: { AWS: "arn:aws:iam::345678901234:role/former" } },
      ),
    });
    assert.deepEqual(grantSentences(grants), [
      "Activeloop (role activeloop_backend of account 597713067985) may read and write objects in b.",
      "Any role or user of account 345678901234 may read objects in b, unless it is arn:aws:iam::345678901234:role/former.",
    ]);
  });

  it("knows whom a Deny with NotPrincipal spares", () => {
    const grants = explained({
      resource: policy(
        {
          ...allow("s3:GetObject", "arn:aws:s3:::b/*"),
          Principal: { AWS: ["arn:aws:iam::345678901234:user/a", "arn:aws:iam::345678901234:user/b", vendorRole] },
        },
        {
          ...deny("s3:*", "arn:aws:s3:::b/*"),
          NotPrincipal: { AWS: ["arn:aws:iam::345678901234:user/a", "345678901234", vendorRole] },
        },
      ),
    });
    // Of the vendor's role a session and its account would have to be named, too.
    assert.deepEqual(grantSentences(grants), ["User a of account 345678901234 may read objects in b."]);
  });

  it("gives nobody anything who may only tag sessions", () => {
    const trust = policy(trusts({ AWS: vendorRole }, undefined, "sts:TagSession"));
    const grants = explained({ trust, permissions: [policy(allow("s3:GetObject", whole("b")))] });
    assert.deepEqual(grants.map(actionsOf), [{ other: ["sts:TagSession"] }]);
  });

  it("takes * in a key policy for the key that has it", () => {
    const [grant, ...others] = explained({
      resource: policy({ ...allow("kms:*", "*"), Principal: { AWS: "210987654321" } }),
    });
    assert.deepEqual(
      [grant?.resources, grant?.everyActionOf, others.length],
      [[{ kind: "key", pattern: "*" }], ["kms"], 0],
    );
  });

  it("gives nobody anything when a Deny takes the role from all who are trusted", () => {
    const trust = policy(trusts({ AWS: vendorRole }), { ...trusts({ AWS: "597713067985" }), Effect: "Deny" });
    assert.deepEqual(explained({ trust, permissions: [policy(allow("s3:GetObject", whole("b")))] }), []);
  });

  describe("for a notification", () => {
    it("is one plain sentence, and what is not granted", () => {
      const documents = {
        trust: policy(trusts({ AWS: vendorRole })),
        permissions: [
          policy(allow(["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"], whole("training-data"))),
        ],
      };
      assert.equal(
        notificationText(explained(documents)),
        "Activeloop (role activeloop_backend of account 597713067985) may list, read, write and delete objects in training-data. It may not change permissions or reach any other bucket.",
      );
    });

    it("counts what there is no room for, after the dangerous", () => {
      const statements = Array.from({ length: 12 }, (_, index) =>
        allow("s3:GetObject", `arn:aws:s3:::bucket/p${index}`, { StringEquals: { "aws:x": `${index}` } }),
      );
      const text = notificationText(permitted(...statements, allow("s3:PutBucketAcl", "arn:aws:s3:::bucket")));
      assert.match(
        text,
        /^The role deep-lake may change who may do what \(s3:PutBucketAcl\) on bucket\..* And \d+ more\.$/,
      );
      assert.ok(text.length < 500, text);
    });

    it("says so when nobody may do anything", () => assert.equal(notificationText([]), "Nobody may do anything."));
  });

  describe("as Markdown", () => {
    it("names every action, the dangers and the conditions", () => {
      const markdown = grantsMarkdown(
        permitted(allow("s3:*Object", whole("b"), { StringEquals: { "aws:RequestedRegion": "eu-west-1" } })),
      );
      assert.match(markdown, /^\*\*The role deep\\-lake\*\* may read, write and delete objects in b/);
      for (const action of ["GetObject", "PutObject", "DeleteObject", "RestoreObject"]) {
        assert.ok(markdown.includes(`\`s3:${action}\``), markdown);
      }
      assert.match(markdown, /- only if aws:RequestedRegion is eu\\-west\\-1/);
    });

    it("shows texts of documents as they are", () => {
      const markdown = grantsMarkdown(
        explained({
          resource: policy({
            ...allow("s3:GetObject", "arn:aws:s3:::b/`x`[y](command:z)"),
            Principal: { AWS: "arn:aws:iam::345678901234:role/<img src=x>*[a](b)" },
          }),
        }),
      );
      assert.doesNotMatch(markdown.replace(/``.*``/, ""), /(?<!\\)[<[(]/);
      assert.ok(markdown.includes("``arn:aws:s3:::b/`x`[y](command:z)``"), markdown);
    });
  });
});
