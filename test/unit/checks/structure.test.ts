import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { applySafeFixes } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import type { CheckContext } from "../../../src/checks/finding";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import type { DocumentRole } from "../../../src/vendors/manifest";

const anybody: CheckContext = { vendors: catalog };

function within(documentRole: DocumentRole, vendor = "activeloop-deep-lake"): CheckContext {
  const definition = findVendor(vendor);
  assert.ok(definition, vendor);
  const manifest = {
    id: "5f1c2a9e-6d1b-4c0e-9c6f-2f4d8a7b3e10",
    vendor,
    accessLevel: definition.accessLevels[0]?.id ?? "",
    parameters: { buckets: ["training-data"] },
    role: { name: "vendor-access-test" },
    documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
  };
  return { vendors: catalog, integration: { manifest, definition, documentRole } };
}

const read = { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::training-data/*"] };
const trusted = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };

function policy(...statements: readonly unknown[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);
}

/** `severity check: marked text` */
function found(text: string, context = anybody): readonly string[] {
  return checkDocument(text, context).map(
    ({ check, severity, range: { offset, length } }) =>
      `${severity} ${check}: ${text.slice(offset, offset + length).replace(/\s+/g, " ")}`,
  );
}

function fixed(text: string, context = anybody): unknown {
  return JSON.parse(applySafeFixes(text, (current) => checkDocument(current, context)).text);
}

describe("elements of the policy language", () => {
  const { Effect: _, ...noEffect } = read;
  const { Action: __, ...noAction } = read;
  const { Resource: ___, ...noResource } = read;
  for (const [what, text, expected, repaired] of [
    [
      "an element beside Statement moves into the only statement",
      JSON.stringify({ Version: "2012-10-17", Effect: "Allow", Statement: [noEffect] }, null, 2),
      ["error element-misplaced: Effect"],
      { Version: "2012-10-17", Statement: [{ ...noEffect, Effect: "Allow" }] },
    ],
    [
      "one beside several statements stays for the person to move",
      JSON.stringify({ Version: "2012-10-17", Effect: "Allow", Statement: [noEffect, read] }),
      ["error element-misplaced: Effect"],
      undefined,
    ],
    [
      "a Version in a statement goes to the top",
      JSON.stringify({ Statement: [{ Version: "2012-10-17", ...read }] }, null, 2),
      ["error element-misplaced: Version"],
      { Version: "2012-10-17", Statement: [read] },
    ],
    [
      "a second Version in a statement goes",
      policy({ ...read, Version: "2012-10-17" }),
      ["error element-misplaced: Version"],
      { Version: "2012-10-17", Statement: [read] },
    ],
    [
      "a kind of principal outside of Principal",
      policy({ Effect: "Allow", Service: "ec2.amazonaws.com", Action: "sts:AssumeRole" }),
      ["error element-misplaced: Service"],
      { Version: "2012-10-17", Statement: [trusted] },
    ],
    [
      "Action beside NotAction",
      policy({ ...read, Effect: "Deny", NotAction: ["s3:PutObject"] }),
      ["error element-misplaced: NotAction"],
      undefined,
    ],
    [
      "NotPrincipal in a trust policy",
      policy({ Effect: "Allow", NotPrincipal: { AWS: "345678901234" }, Action: "sts:AssumeRole" }),
      ["error element-misplaced: NotPrincipal"],
      undefined,
    ],
    [
      "a principal without its kind",
      policy({ Effect: "Allow", Principal: "arn:aws:iam::345678901234:role/reader", Action: "sts:AssumeRole" }),
      ["error element-misplaced: arn:aws:iam::345678901234:role/reader"],
      undefined,
    ],
    ["a list as a Principal", policy({ ...trusted, Principal: ["*"] }), ["error element-misplaced: ["], undefined],
    ["a number as an Action", policy({ ...read, Action: 5 }), ["error element-misplaced: 5"], undefined],
    [
      "null among resources",
      policy({ ...read, Resource: [...read.Resource, null] }),
      ["error element-misplaced: null"],
      undefined,
    ],
    ["a Sid that is a number", policy({ Sid: 1, ...read }), ["error element-misplaced: 1"], undefined],
    ["a text as a statement", policy(read, "read"), ['error element-misplaced: "read"'], undefined],
    [
      "a Condition in a list",
      policy({ ...read, Condition: [{ Bool: { "aws:SecureTransport": "true" } }] }),
      ["error element-misplaced: ["],
      { Version: "2012-10-17", Statement: [{ ...read, Condition: { Bool: { "aws:SecureTransport": "true" } } }] },
    ],
    [
      "a text where the keys of an operator belong",
      policy({ ...read, Condition: { StringEquals: "x" } }),
      ['error element-misplaced: "x"'],
      undefined,
    ],
    [
      "an object where a value of a condition belongs",
      policy({ ...read, Condition: { StringEquals: { "s3:prefix": { a: "b" } } } }),
      ["error element-misplaced: {"],
      undefined,
    ],
    [
      "words that differ by letters or by their case",
      policy({ effect: "Allow", Actions: read.Action, Resources: read.Resource }),
      ["error element-unknown: effect", "error element-unknown: Actions", "error element-unknown: Resources"],
      { Version: "2012-10-17", Statement: [read] },
    ],
    ["a comment as an element", policy({ ...read, Comment: "x" }), ["error element-unknown: Comment"], undefined],
    [
      "an element of a document that does not exist",
      JSON.stringify({ $schema: "x", Version: "2012-10-17", Statement: [read] }),
      ["error element-unknown: $schema"],
      undefined,
    ],
    [
      "a kind of principal in other letters",
      policy({ Effect: "Allow", Principal: { service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }),
      ["error element-unknown: service"],
      { Version: "2012-10-17", Statement: [trusted] },
    ],
    ["no Effect", policy(noEffect), ["error element-missing: {"], undefined],
    ["no Action", policy(noAction), ["error element-missing: {"], undefined],
    ["no Resource in a permissions policy", policy(read, noResource), ["error element-missing: {"], undefined],
    ["nothing at all", policy({}), ["error element-missing: {"], undefined],
    ["no statement", policy(), ["error element-missing: Statement"], undefined],
    [
      "an Effect in other letters",
      policy({ ...read, Effect: "ALLOW" }),
      ["error effect-invalid: ALLOW"],
      { Version: "2012-10-17", Statement: [read] },
    ],
    ["another word as an Effect", policy({ ...read, Effect: "Permit" }), ["error effect-invalid: Permit"], undefined],
    ["no word as an Effect", policy({ ...read, Effect: true }), ["error effect-invalid: true"], undefined],
  ] as const) {
    it(`tells ${what}`, () => {
      assert.deepEqual(found(text), expected);
      if (repaired !== undefined) assert.deepEqual(fixed(text), repaired);
    });
  }

  it("tells a Resource in a trust policy and a Principal in a permissions policy by their places", () => {
    const both = { ...trusted, Resource: "*" };
    const use = { Effect: "Allow", Principal: "*", Action: ["kms:Decrypt", "s3:GetObject"], Resource: "*" };
    assert.deepEqual(found(policy(both), anybody), []);
    assert.ok(found(policy(both), within("trust")).includes("error element-misplaced: Resource"));
    assert.ok(found(policy(use), within("permissions")).includes("error element-misplaced: Principal"));
  });

  it("asks for a Resource or a Principal as the place says", () => {
    const neither = { Effect: "Allow", Action: "s3:GetObject" };
    assert.deepEqual(
      checkDocument(policy(neither), within("permissions")).map(({ message }) => message),
      ["This statement has no Resource, so AWS would refuse the document."],
    );
    assert.ok(
      checkDocument(policy(neither), anybody).every(({ message }) => message.includes("no Resource or Principal")),
    );
  });

  it("leaves what CloudFormation fills in alone", () => {
    const statement = { "Fn::If": ["Key", read, { Ref: "AWS::NoValue" }] };
    assert.deepEqual(found(policy(read, statement)), []);
    assert.deepEqual(found(policy({ ...read, Effect: { Ref: "Effect" }, Condition: { "Fn::If": [1, 2] } })), []);
  });
});

describe("the Version", () => {
  const variables = { ...read, Resource: ["arn:aws:s3:::home/${aws:username}/*"] };
  const documentOf = (version: unknown, statement: object = read) =>
    JSON.stringify({ ...(version === undefined ? {} : { Version: version }), Statement: [statement] });
  for (const [what, text, expected, safe] of [
    ["is missing", documentOf(undefined), ["warning version-missing: {"], true],
    ["is missing and variables are used", documentOf(undefined, variables), ["warning version-missing: {"], false],
    ["is that of 2008", documentOf("2008-10-17"), ["warning version-old: 2008-10-17"], true],
    [
      "is that of 2008 and variables are used",
      documentOf("2008-10-17", variables),
      ["warning version-old: 2008-10-17"],
      false,
    ],
    ["is another day", documentOf("2012-10-18"), ["error version-old: 2012-10-18"], true],
    ["is a number", documentOf(2012), ["error version-old: 2012"], true],
    ["is a template", documentOf("${version}"), [], false],
  ] as const) {
    it(`${what}`, () => {
      assert.deepEqual(found(text), expected);
      const fixes = checkDocument(text, anybody).flatMap((finding) => finding.fixes);
      assert.equal(
        fixes.some((fix) => fix.safe),
        safe,
      );
    });
  }

  it("is written in a line of its own where the others are", () => {
    const text = `{\n  "Statement": [${JSON.stringify(read)}]\n}\n`;
    const { text: after } = applySafeFixes(text, (current) => checkDocument(current, anybody));
    assert.equal(after, text.replace("{\n", '{\n  "Version": "2012-10-17",\n'));
  });
});

describe("Sids", () => {
  let number = 0;
  // Each about another bucket: of two that say the same, one is redundant.
  const named = (Sid: string) => ({ Sid, ...read, Resource: `arn:aws:s3:::bucket-${number++}/*` });
  for (const [what, text, expected, repaired] of [
    [
      "are letters and digits",
      policy(named("Read-all objects")),
      ["error sid-invalid: Read-all objects"],
      ["ReadAllObjects"],
    ],
    [
      "occur once",
      policy(named("A"), named("A"), named("A2"), named("A")),
      ["error sid-duplicate: A", "error sid-duplicate: A"],
      ["A", "A3", "A2", "A4"],
    ],
    ["may be empty, as Terraform writes them", policy(named(""), named("")), [], ["", ""]],
    ["are told apart by case", policy(named("a"), named("A")), [], ["a", "A"]],
    ["have no letter left to keep", policy(named("--")), ["error sid-invalid: --"], ["--"]],
  ] as const) {
    it(what, () => {
      assert.deepEqual(found(text), expected);
      const { Statement } = fixed(text) as { Statement: readonly { Sid: string }[] };
      assert.deepEqual(
        Statement.map(({ Sid }) => Sid),
        repaired,
      );
    });
  }

  it("are free in the policies of buckets and keys", () => {
    const text = policy({ ...named("Allow use of the bucket"), Principal: { AWS: "345678901234" } });
    assert.deepEqual(found(text), []);
  });
});

describe("condition operators", () => {
  for (const [operator, expected, repaired] of [
    ["StringEquals", [], "StringEquals"],
    ["ForAnyValue:StringLikeIfExists", [], "ForAnyValue:StringLikeIfExists"],
    ["Null", [], "Null"],
    ["stringequals", ["warning condition-operator-unknown: stringequals"], "StringEquals"],
    [
      "forallvalues:StringLike",
      ["warning condition-operator-unknown: forallvalues:StringLike"],
      "ForAllValues:StringLike",
    ],
    ["StringEqual", ["error condition-operator-unknown: StringEqual"], undefined],
    ["ForAnyValues:StringLike", ["error condition-operator-unknown: ForAnyValues:StringLike"], undefined],
    ["StringMatches", ["error condition-operator-unknown: StringMatches"], undefined],
    ["NullIfExists", ["error condition-operator-unknown: NullIfExists"], "Null"],
    ["", ['error condition-operator-unknown: ""'], undefined],
  ] as const) {
    it(`are known: ${JSON.stringify(operator)}`, () => {
      const value = operator.startsWith("Null") ? "true" : "a";
      const text = policy({ ...read, Condition: { [operator]: { "s3:prefix": value } } });
      assert.deepEqual(found(text), expected);
      if (repaired !== undefined) assert.ok(JSON.stringify(fixed(text)).includes(`"${repaired}":`), repaired);
    });
  }

  it("stand around the keys", () => {
    const text = policy({ ...read, Condition: { "aws:SecureTransport": "true", "aws:SourceArn": "arn:aws:s3:::x" } });
    assert.deepEqual(found(text), [
      "error condition-operator-unknown: aws:SecureTransport",
      "error condition-operator-unknown: aws:SourceArn",
    ]);
    const { Statement } = fixed(text) as { Statement: readonly { Condition: unknown }[] };
    assert.deepEqual(Statement[0]?.Condition, {
      Bool: { "aws:SecureTransport": "true" },
      ArnLike: { "aws:SourceArn": "arn:aws:s3:::x" },
    });
  });
});

describe("the size of a document", () => {
  /** A document of exactly so many characters that count. */
  function sized(statement: object, size: number): string {
    const empty = JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "", ...statement }] });
    return JSON.stringify(
      { Version: "2012-10-17", Statement: [{ Sid: "a".repeat(size - empty.length), ...statement }] },
      null,
      2,
    );
  }
  const bucket = { ...read, Principal: { AWS: "345678901234" } };
  const key = { ...bucket, Action: "kms:Decrypt", Resource: "*" };
  for (const [what, statement, context, size, expected] of [
    ["a managed policy nearly full", read, within("permissions"), 5530, "warning"],
    ["a managed policy with room", read, within("permissions"), 5529, undefined],
    ["a managed policy that is full", read, within("permissions"), 6144, "warning"],
    ["a managed policy too large", read, within("permissions"), 6145, "error"],
    ["an inline policy of the same size", read, within("permissions", "jfrog-ml"), 6145, undefined],
    ["an inline policy too large", read, within("permissions", "jfrog-ml"), 10_241, "error"],
    ["a policy that only fits inline", read, anybody, 6145, "warning"],
    ["a policy that fits nowhere", read, anybody, 10_241, "error"],
    ["a trust policy nearly full", trusted, anybody, 1844, "warning"],
    ["a trust policy too large", trusted, anybody, 2049, "error"],
    ["a bucket policy too large", bucket, anybody, 20_481, "error"],
    ["a bucket policy with room", bucket, anybody, 18_000, undefined],
    ["a key policy too large", key, anybody, 32_769, "error"],
  ] as const) {
    it(`is told: ${what}`, () => {
      const findings = checkDocument(sized(statement, size), context).filter(
        ({ check }) => check === "document-too-large",
      );
      assert.deepEqual(
        findings.map(({ severity }) => severity),
        expected === undefined ? [] : [expected],
      );
    });
  }

  it("counts blanks in texts and none between them", () => {
    const text = sized(trusted, 2048).replaceAll("aa", "a ");
    assert.ok(
      checkDocument(text, anybody).every(
        ({ check, severity }) => check !== "document-too-large" || severity === "warning",
      ),
    );
    const quotes = {
      ...trusted,
      Principal: { AWS: "345678901234" },
      Condition: { StringEquals: { "sts:ExternalId": `\\"${"  ".repeat(1000)}` } },
    };
    assert.ok(
      checkDocument(JSON.stringify({ Version: "2012-10-17", Statement: [quotes] }), anybody).some(
        ({ check }) => check === "document-too-large",
      ),
      "blanks behind an escaped quote count",
    );
    assert.ok(
      checkDocument(sized(trusted, 2049).replaceAll("\n", `\n${" ".repeat(500)}`), anybody).some(({ message }) =>
        message.includes("2,049"),
      ),
    );
  });
});

describe("documents of other clouds", () => {
  it("are let alone, but for one with ARNs of AWS", () => {
    const other = {
      Version: "1",
      Statement: [{ Effect: "allow", Action: "oss:GetObject", Resource: "acs:oss:*:*:b" }],
    };
    assert.deepEqual(found(JSON.stringify(other)), []);
    assert.deepEqual(found(JSON.stringify({ ...other, Statement: [read] })), ["error version-old: 1"]);
  });
});
