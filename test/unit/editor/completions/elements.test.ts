import assert from "node:assert/strict";
import type { CompletionContext } from "../../../../src/editor/completions/completionContext";
import { allow, completions, integration, labels, statement, taken } from "./completionCases";

describe("completion of elements", () => {
  const cases: readonly (readonly [
    what: string,
    marked: string,
    change: Partial<CompletionContext>,
    expected: readonly string[],
  ])[] = [
    ["the keys of an empty document of a known kind", "{|}", { kind: "trust" }, ["Version", "Statement"]],
    ["those that are not there yet", '{"Version": "2012-10-17", |}', {}, ["Statement", "Id"]],
    ["no Id where nothing reads it", '{"Statement": [], |}', { kind: "permissions" }, ["Version"]],
    ["the one version", '{"Version": "|", "Statement": []}', {}, ["2012-10-17"]],
    ["effects", statement('"Effect": "|"'), {}, ["Allow", "Deny"]],
    [
      "what a permissions policy has",
      statement(allow, '"Action": "s3:GetObject"', '"Resource": "*"', "|"),
      {},
      ["Sid", "Condition"],
    ],
    [
      "what a new statement of a permissions policy has",
      '{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, {|}]}',
      {},
      ["Sid", "Effect", "Action", "Resource", "Condition", "NotAction", "NotResource"],
    ],
    [
      "what a trust policy has",
      statement(allow, "|"),
      { kind: "trust" },
      ["Sid", "Principal", "Action", "Condition", "NotPrincipal"],
    ],
    [
      "what a bucket policy has",
      statement(allow, '"Principal": "*"', '"|"'),
      { kind: "bucket" },
      ["Sid", "Action", "Resource", "Condition", "NotAction", "NotResource"],
    ],
    [
      "whole statements in an empty list",
      '{"Version": "2012-10-17", "Statement": [|]}',
      {},
      ["Allow statement", "Deny statement"],
    ],
    ["types of principals", statement('"Principal": {|}'), { kind: "trust" }, ["AWS", "Service", "Federated"]],
    [
      "types of principals of a bucket policy, without those that are there",
      statement('"Principal": {"AWS": "x", "|"}'),
      { kind: "bucket" },
      ["Service", "CanonicalUser"],
    ],
    [
      "an object for a principal, not everyone, in a trust policy",
      statement('"Principal": |'),
      { kind: "trust" },
      ['{ "AWS": … }', '{ "Service": … }', '{ "Federated": … }'],
    ],
    ["everyone in a bucket policy", statement('"Principal": "|"'), { kind: "bucket" }, ["*"]],
    ["nothing for a Sid", statement('"Sid": "|"'), {}, []],
    ["nothing behind a value", statement('"Effect": "Allow"|'), {}, []],
    ["nothing between a key and its colon", statement('"Effect" |: "Allow"'), {}, []],
    ["nothing in a comment", '{"Statement": [{"Effect": "Allow", // "|"\n}]}', {}, []],
    ["nothing in other JSON", '{"Effect": "|"}', {}, []],
    ["nothing in an object of another kind", statement('"Sid": {"|": 1}'), {}, []],
    [
      "a policy within a template",
      '{"Resources": {"Role": {"Properties": {"PolicyDocument": {"Statement": [{"Effect": "|"}]}}}}}',
      {},
      ["Allow", "Deny"],
    ],
    [
      "no keys of a policy at the top of a template",
      '{"Resources": {"P": {"Statement": [{"Effect": "Allow"}]}}, |}',
      {},
      [],
    ],
  ];
  for (const [what, marked, change, expected] of cases) {
    it(`offers ${what}`, async () => assert.deepEqual(await labels(marked, change), expected));
  }

  for (const [what, marked, label, expected] of [
    ["an object", "{|}", "Effect", '{"Effect": "|"}'],
    ["quotes that stand there", '{"|"}', "Effect", '{"Effect": "|"}'],
    ["a word without quotes", "{Eff|}", "Effect", '{"Effect": "|"}'],
    ["an opening quote", '{"Eff|\n}', "Effect", '{"Effect": "|"\n}'],
    ["an element before, without its comma", '{"Sid": "a"\n|}', "Effect", '{"Sid": "a",\n"Effect": "|"}'],
    ["an element behind, without a comma", '{|\n"Sid": "a"}', "Effect", '{"Effect": "|",\n"Sid": "a"}'],
    ["a key that has its value", '{"Eff|": "Deny"}', "Effect", '{"Effect": "Deny"}'],
    ["a list", "{|}", "Action", '{"Action": ["|"]}'],
  ] as const) {
    it(`puts a key into ${what}`, async () => {
      const document = (text: string) => `{"Version": "2012-10-17", "Statement": [${text}]}`;
      assert.equal(await taken(document(marked), label), document(expected));
    });
  }

  it("puts a whole statement that asks for its action next", async () => {
    const result = await taken('{"Statement": [|], "Version": "2012-10-17"}', "Allow statement");
    assert.match(result, /"Statement": \[\{\n\t"Effect": "Allow",\n\t"Action": \["\|"\],\n\t"Resource"/);
  });
});

describe("completion of principals", () => {
  const principal = statement(allow, '"Principal": {"AWS": "|"}', '"Action": "sts:AssumeRole"');

  it("offers who the vendors are now, saying who, and nobody whom only older pages name", async () => {
    const { items } = await completions(principal);
    const current = items.find(({ label }) => label === "arn:aws:iam::597713067985:role/activeloop_backend");
    assert.match(current?.documentation ?? "", /Activeloop Deep Lake uses it/);
    assert.equal(current?.detail, "Activeloop Deep Lake");
    assert.ok(
      items.every(({ label }) => !label.includes("574987031486")),
      "no retired principal",
    );
  });

  it("offers the integration's vendor first, as this integration has it, then the own account", async () => {
    const context = integration("jfrog-ml", { partition: "aws-us-gov" });
    const offered = await labels(principal, context);
    assert.equal(offered[0], "arn:aws-us-gov:iam::377488441568:root");
    assert.equal(offered[1], "arn:aws-us-gov:iam::314159265358:root");
  });

  it("finds a vendor's principal by the vendor's name", async () => {
    const { items } = await completions(principal);
    const named = items.filter(({ filterText }) => /JFrog/.test(filterText)).map(({ label }) => label);
    assert.deepEqual(named, ["arn:aws:iam::377488441568:root"]);
  });

  it("offers the forms of a principal with tab stops", async () => {
    const result = await taken(principal, "arn:aws:iam::account:role/name");
    assert.ok(result.includes('"AWS": "arn:aws:iam::‹account›:role/‹name›"'), result);
  });

  it("offers services and identity providers", async () => {
    const services = await labels(statement('"Principal": {"Service": "|"}'), { kind: "trust" });
    assert.ok(services.includes("lambda.amazonaws.com"), services.join());
    const providers = await labels(statement('"Principal": {"Federated": ["|"]}'), {
      kind: "trust",
      ...integration("dataloop"),
    });
    assert.ok(
      providers.includes("arn:aws:iam::314159265358:oidc-provider/token.actions.githubusercontent.com"),
      providers.join(),
    );
  });
});
