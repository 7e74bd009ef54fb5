import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { applySafeFixes } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import type { BucketFacts, CheckContext } from "../../../src/checks/finding";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import type { DocumentRole, Manifest } from "../../../src/vendors/manifest";

const key = "arn:aws:kms:us-east-1:234567890123:key/0f1e2d3c-aaaa-4bbb-8ccc-1234567890ab";

function integration(
  vendor: string,
  documentRole: DocumentRole,
  changes: Partial<Manifest> = {},
  buckets: readonly BucketFacts[] = [],
): CheckContext {
  const definition = findVendor(vendor);
  assert.ok(definition);
  const manifest: Manifest = {
    id: "5f1c2a9e-6d1b-4c0e-9c6f-2f4d8a7b3e10",
    vendor,
    accessLevel: definition.accessLevels[0]?.id ?? "",
    parameters: { buckets: ["training-data"] },
    role: { name: "vendor-access-test" },
    documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
    ...changes,
  };
  return { vendors: catalog, integration: { manifest, definition, documentRole }, buckets };
}

function permissions(
  resources: readonly string[],
  actions: readonly string[] = ["s3:ListBucket", "s3:GetObject"],
): string {
  const statement = { Effect: "Allow", Action: actions, Resource: resources };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2);
}

function trust(...statements: readonly object[]): string {
  const all = statements.map((statement) => ({ Effect: "Allow", Action: "sts:AssumeRole", ...statement }));
  return JSON.stringify({ Version: "2012-10-17", Statement: all }, null, 2);
}

/** `check: marked text` */
function found(text: string, context: CheckContext): readonly string[] {
  return checkDocument(text, context).map(
    ({ check, range }) => `${check}: ${text.slice(range.offset, range.offset + range.length)}`,
  );
}

function fixed(text: string, context: CheckContext): unknown {
  return JSON.parse(applySafeFixes(text, (current) => checkDocument(current, context)).text);
}

const keyActions = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];
const pair = ["arn:aws:s3:::training-data", "arn:aws:s3:::training-data/*"];
const anybody: CheckContext = { vendors: catalog };
const activeloop = (changes?: Partial<Manifest>, buckets?: readonly BucketFacts[]) =>
  integration("activeloop-deep-lake", "permissions", changes, buckets);

describe("placeholders in an integration", () => {
  it("takes a key that the integration names as it is, even one of an example account", () => {
    const exampleKey = key.replace("234567890123", "111122223333");
    const statement = { Effect: "Allow", Action: ["kms:Decrypt"], Resource: [exampleKey] };
    const text = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    const named = activeloop({ parameters: { buckets: ["training-data"], kmsKeyArn: exampleKey } });
    assert.ok(!found(text, named).includes("placeholder-unfilled: 111122223333"));
    assert.ok(found(text, activeloop()).includes("placeholder-unfilled: 111122223333"));
  });

  it("are filled with every bucket of the integration", () => {
    const context = activeloop({ parameters: { buckets: ["training-data", "labels"] } });
    const text = permissions(["arn:aws:s3:::BUCKET_NAME", "arn:aws:s3:::BUCKET_NAME/*"]);
    assert.deepEqual(fixed(text, context), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["s3:ListBucket", "s3:GetObject"],
          Resource: [
            "arn:aws:s3:::training-data",
            "arn:aws:s3:::labels",
            "arn:aws:s3:::training-data/*",
            "arn:aws:s3:::labels/*",
          ],
        },
      ],
    });
  });

  it("are filled in a string that has one twice", () => {
    const context = activeloop({ parameters: { buckets: ["training-data", "labels"] } });
    const text = permissions(["arn:aws:s3:::BUCKET_NAME/BUCKET_NAME/*"], ["s3:GetObject"]);
    const after = JSON.stringify(fixed(text, context));
    assert.ok(
      after.includes("arn:aws:s3:::labels/labels/*") && after.includes("arn:aws:s3:::training-data/training-data/*"),
    );
  });

  it("become a list when a single resource stands for several buckets", () => {
    const context = activeloop({ parameters: { buckets: ["training-data", "labels"] } });
    const text =
      '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::BUCKET_NAME/*"}}';
    assert.deepEqual(fixed(text, context), {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: ["arn:aws:s3:::training-data/*", "arn:aws:s3:::labels/*"],
      },
    });
  });

  it("are known in other brackets and letters than the page’s", () => {
    const text = permissions(["arn:aws:s3:::{bucket_name}", "arn:aws:s3:::{bucket_name}/*"]);
    assert.deepEqual(found(JSON.stringify(fixed(text, activeloop())), activeloop()), []);
  });

  it("take the KMS key that the account tells", () => {
    const facts = [{ name: "training-data", exists: true, kmsKeyArn: key }];
    const text = permissions(["YOUR_KMS_KEY_ARN"], ["kms:Decrypt"]);
    assert.ok(JSON.stringify(fixed(text, activeloop({}, facts))).includes(key));
  });

  it("take the customer’s own account and the user’s name", () => {
    const context = integration("dataloop", "trust", { account: "234567890123" });
    const text = trust({ Principal: { AWS: "arn:aws:iam::<AWSAccountId>:user/<IAMUserName>" } });
    assert.deepEqual(found(text, context), [
      "placeholder-unfilled: <AWSAccountId>",
      "placeholder-unfilled: <IAMUserName>",
    ]);
    assert.ok(JSON.stringify(fixed(text, context)).includes("arn:aws:iam::234567890123:user/vendor-access-test"));
  });

  it("ask for what is not known, at every place", () => {
    const context = integration("dataloop", "trust");
    const [finding] = checkDocument(
      trust({ Principal: { AWS: "arn:aws:iam::<AWSAccountId>:user/vendor-access-test" } }),
      context,
    );
    assert.equal(finding?.fill?.type, "account-id");
    assert.equal(finding?.fill?.placeholder, "<AWSAccountId>");
    assert.deepEqual(finding?.fill?.places, [finding?.range]);
    assert.deepEqual(finding?.fixes, []);
  });

  it("are not seen in an account that the integration names itself", () => {
    const context = integration("jfrog-ml", "trust", {
      parameters: { buckets: ["training-data"], accountId: "123456789012" },
    });
    const statement = (role: string) => ({
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
      Condition: { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::123456789012:role/${role}` } },
    });
    assert.deepEqual(
      found(trust(statement("eksctl-Qwak-EKS-Cluster-nodegroup-*"), statement("qwak-eks-base*")), context),
      [],
    );
  });

  it("leave the choice of JFrog ML’s account to the person without an integration", () => {
    const text = trust({
      Principal: { AWS: "arn:aws:iam::<account-id>:root" },
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::<account-id>:role/qwak-eks-base*" } },
    });
    const [finding] = checkDocument(text, anybody);
    assert.equal(finding?.fixes[0]?.title, "Replace <account-id> by 377488441568 (JFrog ML Cloud)");
    assert.equal(finding?.fixes[0]?.safe, false);
    assert.equal(finding?.fill?.places.length, 2);
  });
});

describe("partly filled placeholders", () => {
  it("are found between statements", () => {
    const text = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::training-data" },
        { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::BUCKET_NAME/*" },
      ],
    });
    assert.deepEqual(found(text, anybody), ["placeholder-partly-filled: BUCKET_NAME"]);
  });

  it("are not seen when a second bucket is wanted", () => {
    const text = permissions([...pair, "arn:aws:s3:::BUCKET_NAME", "arn:aws:s3:::BUCKET_NAME/*"]);
    assert.deepEqual(found(text, anybody), ["placeholder-unfilled: BUCKET_NAME", "placeholder-unfilled: BUCKET_NAME"]);
  });

  it("are found when only the condition has the account", () => {
    const text = trust({
      Principal: { AWS: "arn:aws:iam::<account-id>:root" },
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::377488441568:role/qwak-eks-base*" } },
    });
    assert.ok(found(text, anybody).includes("placeholder-partly-filled: <account-id>"));
    assert.ok(!found(text, anybody).includes("placeholder-unfilled: <account-id>"));
  });

  it("are found in a whole second statement", () => {
    const statement = (account: string, role: string) => ({
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Condition: { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/${role}` } },
    });
    const text = trust(
      statement("377488441568", "eksctl-Qwak-EKS-Cluster-nodegroup-*"),
      statement("<account-id>", "qwak-eks-base*"),
    );
    assert.deepEqual(found(text, anybody), [
      "placeholder-partly-filled: <account-id>",
      "placeholder-partly-filled: <account-id>",
    ]);
  });
});

describe("principals", () => {
  const context = integration("activeloop-deep-lake", "trust");
  const current = "arn:aws:iam::597713067985:role/activeloop_backend";
  const retired = [
    "arn:aws:iam::574987031486:role/activeloop_backend_dev",
    "arn:aws:iam::574987031486:role/activeloop_backend",
  ];
  const fixedPrincipal = (text: string) =>
    (fixed(text, context) as { Statement: { Principal: unknown }[] }).Statement[0]?.Principal;

  for (const [what, aws, expected] of [
    ["two retired ones alone become the current one", retired, [current]],
    ["retired ones around the current one are removed", [retired[0], current, retired[1]], [current]],
    ["a retired one alone as a text is replaced", retired[0], current],
  ] as const) {
    it(what, () => {
      assert.deepEqual(fixedPrincipal(trust({ Principal: { AWS: aws } })), { AWS: expected });
    });
  }

  it("of another type are replaced whole", () => {
    const text = trust({ Principal: { Service: "ec2.amazonaws.com" } });
    assert.deepEqual(found(text, context), ["principal-mismatch: ec2.amazonaws.com"]);
    assert.deepEqual(fixedPrincipal(text), { AWS: current });
  });

  it("must not be the vendor’s whole account", () => {
    const [finding, ...more] = checkDocument(trust({ Principal: { AWS: "597713067985" } }), context);
    assert.equal(finding?.check, "principal-mismatch");
    assert.match(finding?.message ?? "", /all of Activeloop Deep Lake’s account 597713067985/);
    assert.deepEqual(more, []);
  });

  it("that are public are only that", () => {
    assert.deepEqual(found(trust({ Principal: "*" }), context), ["principal-public: *"]);
    assert.deepEqual(found(trust({ Principal: { AWS: "arn:aws:iam::*:root" } }), context), [
      "principal-public: arn:aws:iam::*:root",
    ]);
  });

  it("of JFrog ML’s own deployments are the account of the integration", () => {
    const own = integration("jfrog-ml", "trust", {
      parameters: { buckets: ["training-data"], accountId: "345678901234" },
    });
    const text = trust({ Principal: { AWS: "arn:aws:iam::377488441568:root" } });
    assert.deepEqual(found(text, own), ["principal-mismatch: arn:aws:iam::377488441568:root"]);
  });

  it("of Dataloop are the user of the integration", () => {
    const own = integration("dataloop", "trust", { account: "234567890123" });
    const text = trust({ Principal: { AWS: "arn:aws:iam::234567890123:user/other" } });
    assert.deepEqual(found(text, own), ["principal-mismatch: arn:aws:iam::234567890123:user/other"]);
    assert.deepEqual(
      found(trust({ Principal: { AWS: "arn:aws:iam::234567890123:user/vendor-access-test" } }), own),
      [],
    );
    // Before the first apply the account is not known: any fits.
    assert.deepEqual(
      found(
        trust({ Principal: { AWS: "arn:aws:iam::987650123456:user/vendor-access-test" } }),
        integration("dataloop", "trust"),
      ),
      [],
    );
  });

  for (const [what, condition, narrow] of [
    ["no condition", undefined, false],
    ["an external ID", { StringEquals: { "sts:ExternalId": "b7c1e0d29f44" } }, false],
    ["an organization", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }, true],
    ["an organization, if there is one", { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }, false],
    ["everyone but an account", { StringNotEquals: { "aws:PrincipalAccount": "345678901234" } }, false],
    ["a pattern of every account", { ArnLike: { "aws:PrincipalArn": "*" } }, false],
    ["every address", { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }, false],
  ] as const) {
    it(`are public with ${what}: ${!narrow}`, () => {
      const text = trust({ Principal: { AWS: "*" }, ...(condition === undefined ? {} : { Condition: condition }) });
      assert.deepEqual(found(text, anybody), narrow ? [] : ["principal-public: *"]);
    });
  }
});

describe("conditions of JFrog ML", () => {
  const context = integration("jfrog-ml", "trust");
  const account = "377488441568";
  const patterns = ["eksctl-Qwak-EKS-Cluster-nodegroup-*", "qwak-eks-base*"].map(
    (role) => `arn:aws:iam::${account}:role/${role}`,
  );
  const statement = (values: unknown, operator = "ArnLike", name = "aws:PrincipalArn") => ({
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Condition: { [operator]: { [name]: values } },
  });

  for (const [what, statements] of [
    ["one statement with both patterns", [statement(patterns)]],
    ["ArnEquals, which AWS compares alike", [statement(patterns, "ArnEquals")]],
    ["the key in other letters", [statement(patterns, "ArnLike", "aws:principalarn")]],
  ] as const) {
    it(`may be ${what}`, () => {
      assert.deepEqual(found(trust(...statements), context), []);
    });
  }

  for (const [what, statements, expected] of [
    ["a missing second pattern", [statement(patterns[0])], [`condition-mismatch: ${patterns[0]}`]],
    ["another operator", [statement(patterns, "StringEquals")], ["condition-mismatch: StringEquals"]],
    [
      "another account",
      [statement(patterns[0]), statement(patterns[1]?.replace(account, "345678901234"))],
      [`condition-mismatch: arn:aws:iam::345678901234:role/qwak-eks-base*`],
    ],
    [
      "another pattern",
      [statement(patterns[0]), statement(`arn:aws:iam::${account}:role/*`)],
      [`condition-mismatch: arn:aws:iam::${account}:role/*`],
    ],
    ["another key", [statement(patterns, "ArnLike", "aws:SourceArn")], ["condition-mismatch: aws:SourceArn"]],
    [
      "something else under the same operator",
      [statement("arn:aws:s3:::x", "ArnLike", "aws:SourceArn")],
      [`condition-mismatch: arn:aws:iam::${account}:root`],
    ],
    ["no condition at all", [{ Principal: { AWS: account } }], [`condition-mismatch: ${account}`]],
  ] as const) {
    it(`are wrong with ${what}, and the fixes make them right`, () => {
      const text = trust(...statements);
      assert.deepEqual(found(text, context), expected);
      const after = JSON.stringify(fixed(text, context), null, 2);
      assert.deepEqual(found(after, context), []);
      for (const pattern of patterns) assert.ok(after.includes(pattern));
    });
  }
});

describe("buckets and keys of an integration", () => {
  it("name every bucket that is not the integration’s", () => {
    const text = permissions(["arn:aws:s3:::other", "arn:aws:s3:::other/*"]);
    assert.deepEqual(found(text, activeloop()), ["resource-bucket-mismatch: other", "resource-bucket-mismatch: other"]);
    // Which of the two is meant is the person's choice.
    assert.ok(checkDocument(text, activeloop()).every(({ fixes }) => fixes.every(({ safe }) => !safe)));
  });

  it("take wildcards for what they reach, not for a slip", () => {
    assert.deepEqual(found(permissions(["arn:aws:s3:::train*", "arn:aws:s3:::train*/*"]), activeloop()), [
      "resource-wildcard: arn:aws:s3:::train*",
      "resource-wildcard: arn:aws:s3:::train*/*",
    ]);
  });

  it("are silent about buckets without an integration, but for a slip", () => {
    assert.deepEqual(found(permissions(["arn:aws:s3:::a-bucket", "arn:aws:s3:::b-thing/*"]), anybody), []);
    assert.deepEqual(found(permissions(["arn:aws:s3:::training-data", "arn:aws:s3:::traning-data/*"]), anybody), [
      "resource-bucket-mismatch: traning-data",
    ]);
  });

  it("need a statement for the key that the integration names: a warning", () => {
    const context = activeloop({ parameters: { buckets: ["training-data"], kmsKeyArn: key } });
    const findings = checkDocument(permissions(pair), context);
    assert.deepEqual(
      findings.map(({ check, severity }) => [check, severity]),
      [["kms-statement-missing", "warning"]],
    );
    assert.deepEqual(found(JSON.stringify(fixed(permissions(pair), context)), context), []);
  });

  it("need a statement for the key that the account tells: an error, for any vendor", () => {
    const facts = [{ name: "training-data", exists: true, kmsKeyArn: key }];
    const context = integration("jfrog-ml", "permissions", {}, facts);
    const findings = checkDocument(permissions(pair), context);
    assert.deepEqual(
      findings.map(({ check, severity }) => [check, severity]),
      [["kms-statement-missing", "error"]],
    );
    const { Statement } = fixed(permissions(pair), context) as { Statement: unknown[] };
    assert.deepEqual(Statement[1], { Effect: "Allow", Action: ["kms:Decrypt"], Resource: key });
  });

  it("are content with any statement that allows decrypting", () => {
    const facts = [{ name: "training-data", exists: true, kmsKeyArn: key }];
    assert.deepEqual(found(permissions(["*"], ["s3:GetObject", "kms:*"]), activeloop({}, facts)), [
      "resource-wildcard: *",
    ]);
  });

  for (const [what, resource, expected] of [
    ["an alias ARN", "arn:aws:kms:us-east-1:234567890123:alias/training", true],
    ["a key id", "0f1e2d3c-aaaa-4bbb-8ccc-1234567890ab", true],
    ["an alias name", "alias/training", true],
    ["a key of another region", key.replace("us-east-1", "eu-west-1"), true],
    ["a key of another partition", key.replace("arn:aws:", "arn:aws-cn:"), true],
    ["another key than the account says", key.replace("0f1e", "ffff"), true],
    ["the key", key, false],
    ["a pattern of keys", "arn:aws:kms:*:234567890123:key/*", false],
  ] as const) {
    it(`tell ${what} ${expected ? "as wrong" : "as right"}`, () => {
      const facts = [{ name: "training-data", exists: true, region: "us-east-1", kmsKeyArn: key }];
      const text = permissions([resource], keyActions);
      assert.deepEqual(found(text, activeloop({}, facts)), expected ? [`kms-key-arn-invalid: ${resource}`] : []);
      if (expected) assert.ok(JSON.stringify(fixed(text, activeloop({}, facts))).includes(key));
    });
  }
});

describe("who is trusted in an integration", () => {
  const context = integration("activeloop-deep-lake", "trust");
  const role = "arn:aws:iam::597713067985:role/activeloop_backend";
  for (const [what, principal, expected] of [
    ["a group of the vendor", { AWS: role.replace(":role/", ":group/") }, ["principal-mismatch"]],
    ["a pattern of roles", { AWS: role.replace("backend", "*") }, ["principal-mismatch"]],
    ["an account with hyphens", { AWS: "5977-1306-7985" }, ["principal-mismatch"]],
    ["a kind in other letters", { Aws: role }, ["element-unknown"]],
    ["no kind", role, ["element-misplaced"]],
    ["a role that was deleted", { AWS: "AROAJQABLZS4A3QDU576Q" }, ["principal-orphaned"]],
    ["a role that was deleted beside the vendor's", { AWS: [role, "AROAJQABLZS4A3QDU576Q"] }, ["principal-orphaned"]],
    ["everyone", { AWS: "*" }, ["principal-public"]],
    ["the element in other letters", undefined, ["element-unknown"]],
  ] as const) {
    it(`is one finding: ${what}`, () => {
      const text = trust(principal === undefined ? { principal: { AWS: role } } : { Principal: principal });
      assert.deepEqual(
        checkDocument(text, context).map(({ check }) => check),
        expected,
      );
    });
  }
});

describe("the vendor’s KMS actions", () => {
  const named = activeloop({ parameters: { buckets: ["training-data"], kmsKeyArn: key } });
  for (const [what, actions, missing] of [
    ["all as the vendor writes them", keyActions, ""],
    ["every one", ["kms:*"], ""],
    [
      "a wildcard by each action that it matches",
      [...keyActions.filter((action) => action !== "kms:ReEncrypt*"), "kms:ReEncryptFrom", "kms:ReEncryptTo"],
      "",
    ],
    [
      "half of a wildcard",
      [...keyActions.filter((action) => action !== "kms:ReEncrypt*"), "kms:ReEncryptTo"],
      "kms:ReEncrypt*",
    ],
    ["one in other letters", keyActions.map((action) => action.toLowerCase()), ""],
    ["all but one", keyActions.slice(1), "kms:Encrypt"],
  ] as const) {
    it(`are allowed with ${what}: ${missing === ""}`, () => {
      const text = permissions([key], actions);
      const findings = checkDocument(text, named).filter(({ check }) => check === "kms-action-missing");
      assert.equal(findings.length, missing === "" ? 0 : 1);
      assert.ok(missing === "" || findings[0]?.message.includes(` ${missing} `), findings[0]?.message);
    });
  }

  it("are not asked of a vendor that has none, nor twice where there is no statement for them", () => {
    assert.deepEqual(found(permissions([key], ["kms:Decrypt"]), integration("jfrog-ml", "permissions")), []);
    assert.deepEqual(found(permissions(pair), named), ["kms-statement-missing: Statement"]);
  });

  it("are added to a single text, too", () => {
    const single = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "kms:Decrypt", Resource: key } };
    const { Statement } = fixed(JSON.stringify(single), named) as { Statement: { Action: readonly string[] } };
    assert.deepEqual([...Statement.Action].sort(), [...keyActions].sort());
  });
});

describe("documents in their places", () => {
  const trustText = trust({ Principal: { AWS: "arn:aws:iam::597713067985:role/activeloop_backend" } });

  it("are told when they are swapped", () => {
    assert.deepEqual(found(trustText, activeloop()), ["document-misplaced: Principal"]);
    assert.deepEqual(found(permissions(pair), integration("activeloop-deep-lake", "trust")), [
      "document-misplaced: Resource",
    ]);
  });

  it("are told when they are no policies", () => {
    assert.deepEqual(found('{"a": 1}', activeloop()), ["document-misplaced: {"]);
    assert.deepEqual(found('{"CORSRules": []}', integration("activeloop-deep-lake", "cors")), []);
  });

  it("are checked for their text in any place", () => {
    assert.deepEqual(found('{"CORSRules": [1,]}', integration("activeloop-deep-lake", "cors")), ["trailing-comma: ,"]);
  });

  it("are not called incomplete while they are broken", () => {
    const facts = [{ name: "training-data", exists: true, kmsKeyArn: key }];
    const text = permissions(pair).replace(/\]\s*\}\s*\]\s*\}$/, "");
    assert.deepEqual(
      found(text, activeloop({}, facts)).map((line) => line.split(":")[0]),
      ["json-syntax"],
    );
  });
});

describe("a permissions policy in an integration of a vendor that asks for none", () => {
  it("is checked all the same", () => {
    const definition = catalog.find(({ permissions }) => permissions === undefined);
    assert.ok(definition, "a vendor that comes by bucket policies");
    const context = integration(definition.id, "permissions", { parameters: { buckets: ["training-data", "labels"] } });
    const text = permissions(["arn:aws:s3:::training-data", "arn:aws:s3:::labels/*"]);
    assert.doesNotThrow(() => checkDocument(text, context));
  });
});

describe("JSON that is no policy and belongs to nothing", () => {
  for (const text of ['{"name": "x",}', "[1,]", "hello", "", '{"Statement": "BUCKET_NAME", "Effect": 1,}']) {
    it(`has no findings: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(checkDocument(text, anybody), []);
    });
  }
});
