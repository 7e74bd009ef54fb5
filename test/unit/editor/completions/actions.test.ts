import assert from "node:assert/strict";
import { allow, completions, found, labels, statement, taken } from "./completionCases";

describe("completion of actions", () => {
  it("offers the services first, those of buckets before the others, then their actions", async () => {
    const offered = await labels(statement(allow, '"Action": "|"'));
    assert.deepEqual(offered.slice(0, 4), ["s3:", "kms:", "sts:", "a2c:"]);
    assert.ok(offered.indexOf("dynamodb:") < offered.indexOf("s3:GetObject"), "services come before actions");
    assert.ok(!offered.includes("dynamodb:GetItem"), "not the actions of every service");
  });

  it("asks again behind the colon, with the cursor there", async () => {
    assert.equal(await taken(statement('"Action": "|"'), "s3:"), statement('"Action": "s3:|"'));
    assert.equal(await taken(statement('"Action": [|]'), "s3:"), statement('"Action": ["s3:|"]'));
    const { items } = await completions(statement('"Action": "|"'));
    assert.equal(items.find(({ label }) => label === "s3:")?.asksAgain, true);
  });

  it("offers all actions of the service that is typed, whatever it is", async () => {
    const offered = await labels(statement('"Action": ["dynamodb:|"]'));
    assert.ok(offered.includes("dynamodb:GetItem"), offered.join());
    assert.ok(
      offered.every((label) => label.startsWith("dynamodb:")),
      offered.join(),
    );
  });

  it("says how far an action goes and what it works on", async () => {
    const { items } = await completions(statement('"Action": ["s3:|"]'));
    const of = (label: string) => items.find((item) => item.label === label);
    assert.equal(of("s3:GetObject")?.detail, "Read · object, accesspointobject");
    assert.equal(of("s3:ListAllMyBuckets")?.detail, "List · only *");
    assert.equal(of("s3:GetObject")?.describes, "s3:GetObject");
  });

  for (const [typed, expected] of [
    ["getob", "s3:GetObject"],
    ["s3:getob", "s3:GetObject"],
    ["GetObject", "s3:GetObject"],
    ["decr", "kms:Decrypt"],
    ["s3:lb", "s3:ListBucket"],
  ] as const) {
    it(`finds ${expected} for ${typed}`, async () => {
      const before = typed.slice(0, typed.indexOf(":") + 1);
      const { items, text } = await completions(statement(`"Action": "${before}|"`));
      assert.ok(found(items, typed).includes(expected), expected);
      const [item] = items;
      assert.equal(text.slice(item?.range.offset).slice(0, item?.range.length), before, "the quotes are kept");
    });
  }

  it("offers the patterns that match the fewest first, after the actions, with what they match", async () => {
    const { items } = await completions(statement('"Action": "s3:|"'));
    const patterns = found(items, "s3:getobject").filter((label) => label.endsWith("*"));
    const counts = patterns.map((label) => Number(/\d+/.exec(items.find((i) => i.label === label)?.detail ?? "")?.[0]));
    assert.deepEqual(
      counts,
      [...counts].sort((a, b) => a - b),
    );
    assert.ok(
      counts.every((count) => count >= 2),
      counts.join(),
    );
    assert.ok(patterns.includes("s3:GetObject*"), patterns.join());
    assert.ok(patterns.indexOf("s3:GetObjectTagging*") < 0, "a pattern of one action is no pattern");
    const all = await labels(statement('"Action": "s3:|"'));
    assert.ok(all.indexOf("s3:PutObject") < all.indexOf("s3:Get*"), "actions come first");
    assert.ok(!all.includes("s3:*"), "the whole service is nothing to offer");
  });

  it("offers for a pattern that is typed the actions that it matches", async () => {
    const { items, incomplete } = await completions(statement('"Action": "s3:Get*Acl|"'));
    assert.deepEqual(items.map(({ label }) => label).sort(), [
      "s3:GetBucketAcl",
      "s3:GetObjectAcl",
      "s3:GetObjectVersionAcl",
    ]);
    assert.ok(incomplete && items.every(({ filterText }) => filterText === "s3:Get*Acl"), "VS Code keeps them");
  });

  it("does not offer what the statement has, but what is being replaced", async () => {
    const offered = await labels(statement('"Action": ["s3:GetObject", "s3:PutOb|ject", "S3:DELETEOBJECT"]'));
    assert.ok(!offered.includes("s3:GetObject") && !offered.includes("s3:DeleteObject"), "what is there is left out");
    assert.ok(offered.includes("s3:PutObject"), "what is at the cursor stays");
  });

  for (const [what, elements, services] of [
    ["a trust policy", ['"Principal": {"AWS": "x"}', '"Action": ["sts:AssumeRole", "|"]'], ["sts"]],
    ["a bucket policy", ['"Principal": "*"', '"Resource": "x"', '"Action": ["s3:GetObject", "|"]'], ["s3"]],
    ["a key policy", ['"Principal": "*"', '"Resource": "*"', '"Action": ["kms:Decrypt", "|"]'], ["kms"]],
  ] as const) {
    it(`offers in ${what} only what it can be about`, async () => {
      const offered = await labels(statement(allow, ...elements));
      assert.deepEqual([...new Set(offered.map((label) => label.split(":")[0]))], services);
    });
  }

  it("offers in a trust policy nothing that a role does not grant", async () => {
    const offered = await labels(statement('"Action": "sts:|"'), { kind: "trust" });
    assert.deepEqual(offered, [
      "sts:AssumeRole",
      "sts:AssumeRoleWithSAML",
      "sts:AssumeRoleWithWebIdentity",
      "sts:SetContext",
      "sts:SetSourceIdentity",
      "sts:TagSession",
    ]);
  });

  for (const [what, marked, expected] of [
    ["a string", '{"Action": "s3:ge|tob", "Resource": "*"}', '{"Action": "s3:GetObject", "Resource": "*"}'],
    ["an empty string", '{"Action": "|"}', '{"Action": "s3:GetObject"}'],
    ["no quote", '{"Action": |}', '{"Action": "s3:GetObject"}'],
    ["a word without quotes", '{"Action": getob|}', '{"Action": "s3:GetObject"}'],
    ["a list", '{"Action": ["s3:PutObject", |]}', '{"Action": ["s3:PutObject", "s3:GetObject"]}'],
    ["a missing comma before", '{"Action": ["s3:PutObject" "|"]}', '{"Action": ["s3:PutObject", "s3:GetObject"]}'],
    ["a missing comma behind", '{"Action": [| "s3:PutObject"]}', '{"Action": ["s3:GetObject", "s3:PutObject"]}'],
    ["a missing quote", '{"Action": ["s3:ge|, "s3:PutObject"]}', '{"Action": ["s3:GetObject", "s3:PutObject"]}'],
    [
      "a missing quote at the end of a line",
      '{"Action": "s3:ge|\n"Resource": "*"}',
      '{"Action": "s3:GetObject",\n"Resource": "*"}',
    ],
    [
      "a missing quote and comma earlier",
      '{"Effect": "Allow\n"Action": "s3:ge|"}',
      '{"Effect": "Allow\n"Action": "s3:GetObject"}',
    ],
    ["everything missing behind", '{"Action": ["s3:ge|', '{"Action": ["s3:GetObject"'],
  ] as const) {
    it(`puts an action where there is ${what}`, async () => {
      const document = (text: string) => `{"Version": "2012-10-17", "Statement": [${text}`;
      const result = await taken(document(marked), "s3:GetObject");
      assert.equal(result, document(expected));
    });
  }
});
