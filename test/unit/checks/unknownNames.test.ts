import assert from "node:assert/strict";
import fc from "fast-check";
import { before, describe, it } from "mocha";
import { applyEdits, applySafeFixes } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import type { Finding } from "../../../src/checks/finding";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { catalog } from "../../../src/vendors/catalog";

let reference: ServiceReference;
before(async () => {
  reference = await loadServiceReference();
});

const pair = ["arn:aws:s3:::training-data", "arn:aws:s3:::training-data/*"];

function policy(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Resource: pair, ...statement }] });
}

function findings(text: string): readonly Finding[] {
  return checkDocument(text, { vendors: catalog, reference });
}

function found(text: string): readonly string[] {
  return findings(text).map(
    ({ check, severity, range }) => `${severity} ${check}: ${text.slice(range.offset, range.offset + range.length)}`,
  );
}

describe("action-unknown", () => {
  it("is silent until AWS's actions are known", () => {
    assert.deepEqual(checkDocument(policy({ Action: ["s3:HeadBucket"] }), { vendors: catalog }), []);
  });

  it("accepts every action of every service, in any letters", () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (number, lower) => {
        const service = reference.services[number % reference.services.length] ?? "s3";
        const actions = reference.actionsOf(service);
        const action = actions[number % Math.max(actions.length, 1)] ?? "s3:GetObject";
        const text = policy({ Action: lower ? action.toLowerCase() : action.toUpperCase(), Resource: "*" });
        assert.ok(!findings(text).some(({ check }) => check === "action-unknown"), action);
      }),
    );
  });

  it("says the same of a wildcard as a list of all that it matches", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^s3:[GPLDA*?][a-zA-Z*?]{0,6}\*$/), (pattern) => {
        const isUnknown = findings(policy({ Action: [pattern] })).some(({ check }) => check === "action-unknown");
        assert.equal(isUnknown, reference.expand(pattern).length === 0, pattern);
      }),
    );
  });

  for (const [action, fix, safe] of [
    ["s3:HeadObject", "s3:GetObject", false],
    ["s3:GetObjct", "s3:GetObject", false],
    ["s3: GetObject", "s3:GetObject", true],
    ["GetObject", "s3:GetObject", true],
    ["s3:GetObjets*", "s3:GetObject*", false],
    ["s3:CopyObject", "s3:GetObject,s3:PutObject", false],
    ["kms:ReEncrypt", "kms:ReEncryptFrom,kms:ReEncryptTo", false],
    ["s3:Anything", undefined, false],
    ["nowhere:GetObject", undefined, false],
  ] as const) {
    it(`offers for ${action}: ${fix ?? "nothing"}`, () => {
      const text = policy({ Action: [action], Resource: "*" });
      const finding = findings(text).find(({ check }) => check === "action-unknown");
      assert.ok(finding, "found");
      const [offered] = finding.fixes;
      assert.equal(offered?.safe ?? false, safe);
      const after = offered && JSON.parse(applyEdits(text, offered.edits)).Statement[0].Action.join();
      assert.equal(after, fix);
    });
  }

  it("goes by itself when what it stands for is there", () => {
    const text = policy({ Action: ["s3:HeadBucket", "s3:ListBucket", "s3:GetObject", "s3:HeadObject"] });
    const { Statement } = JSON.parse(applySafeFixes(text, findings).text);
    assert.deepEqual(Statement[0].Action, ["s3:ListBucket", "s3:GetObject"]);
  });

  it("is a warning for a service that may be younger than the list", () => {
    assert.deepEqual(found(policy({ Action: ["brandnew:GetThing"] })), ["warning action-unknown: brandnew:GetThing"]);
  });

  it("leaves placeholders and templates alone", () => {
    assert.deepEqual(found(policy({ Action: ["${actions}", "s3:${verb}Object"] })), []);
  });
});

describe("condition keys", () => {
  const withKey = (key: string, more: object = { Action: "s3:ListBucket" }) =>
    policy({ ...more, Condition: { StringLike: { [key]: "a*" } } });
  for (const [what, key, expected] of [
    ["a key of S3 in other letters", "S3:Prefix", []],
    ["a tag of the customer's choice", "aws:ResourceTag/team", []],
    ["a key of an identity provider", "token.actions.githubusercontent.com:sub", []],
    ["a key of another service", "dynamodb:LeadingKeys", []],
    ["a key of SAML", "saml:namequalifier", []],
    ["a template", "${provider}:sub", []],
    ["another service's name", "s3:SourceIp", ["error condition-key-unknown: s3:SourceIp"]],
    ["no service", "prefix", ["error condition-key-unknown: prefix"]],
    ["a service that AWS does not have", "amazon:SourceIp", ["error condition-key-unknown: amazon:SourceIp"]],
    [
      "a service that the list does not have",
      "deepracer:UserToken",
      ["warning condition-key-unknown: deepracer:UserToken"],
    ],
    ["a service whose keys begin with something else", "catalog:ChangeType", []],
    ["the same of another service", "identitycenter:InstanceArn", []],
  ] as const) {
    it(`are known: ${what}`, () => {
      assert.deepEqual(found(withKey(key)), expected);
    });
  }

  it("are looked for among the actions of the statement, where these are written out", () => {
    const objects = { Action: ["s3:GetObject"] };
    assert.deepEqual(found(withKey("s3:prefix", objects)), ["error condition-key-unknown: s3:prefix"]);
    assert.deepEqual(found(withKey("s3:prefix", { Action: ["s3:Get*"] })), []);
    const beside = ["warning condition-key-unknown: s3:prefix"];
    assert.deepEqual(found(withKey("s3:prefix", { Action: ["s3:GetObject", "s3:ListBucket"] })), beside);
    assert.deepEqual(found(withKey("s3:prefix", { Action: ["s3:GetObject", "s3:List*"] })), beside);
    assert.deepEqual(found(withKey("s3:prefix", { Action: ["s3:Get*", "s3:ListBucket"] })), []);
    const ifExists = policy({ ...objects, Condition: { StringLikeIfExists: { "s3:prefix": "a*" } } });
    assert.deepEqual(found(ifExists), []);
    // The way in which a bucket leaves the decision to its access points.
    assert.deepEqual(found(withKey("s3:DataAccessPointArn", objects)), []);
    const ofKeys = (Action: string) =>
      policy({ Action, Resource: "*", Condition: { "ForAnyValue:StringLike": { "kms:ResourceAliases": "alias/a*" } } });
    assert.deepEqual(found(ofKeys("kms:Encrypt")), []);
    assert.deepEqual(found(ofKeys("kms:ListKeys")), ["error condition-key-unknown: kms:ResourceAliases"]);
  });

  it("that only some actions have: not where the condition is met without the key", () => {
    const Action = ["s3:GetObject", "s3:ListBucket"];
    for (const [operator, value] of [
      ["StringLikeIfExists", "a*"],
      ["StringNotLike", "a*"],
      ["Null", "false"],
      ["ForAllValues:StringLike", "a*"],
    ] as const) {
      const text = policy({ Action, Condition: { [operator]: { "s3:prefix": value } } });
      assert.ok(!findings(text).some(({ check }) => check === "condition-key-unknown"), operator);
    }
  });

  it("that only some actions have: what the requests of STS bring along with the role has its keys", () => {
    const trust = (Action: readonly string[]) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: {
            AWS: "arn:aws:iam::345678901234:role/reader",
            Federated: "arn:aws:iam::345678901234:saml-provider/directory",
          },
          Action,
          Condition: { StringEquals: { "sts:ExternalId": "8fK2mQ4xZ7pL9w" } },
        },
      });
    assert.deepEqual(found(trust(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"])), []);
    assert.deepEqual(found(trust(["sts:AssumeRole", "sts:AssumeRoleWithSAML"])), [
      "warning condition-key-unknown: sts:ExternalId",
    ]);
  });

  it("that only some actions have: the fix gives the others a statement with the rest of the conditions", () => {
    const text = JSON.stringify(
      JSON.parse(
        policy({
          Sid: "Read",
          Effect: "Deny",
          Action: ["s3:GetObject", "s3:ListBucket", "s3:PutObject", "s3:DeleteObject"],
          Condition: {
            StringLike: { "s3:prefix": "a*", "aws:username": "b*" },
            Bool: { "aws:SecureTransport": "false" },
          },
        }),
      ),
      null,
      2,
    );
    const [finding] = findings(text);
    assert.match(finding?.message ?? "", /never denies one\.$/);
    const { Statement } = JSON.parse(applyEdits(text, finding?.fixes[0]?.edits ?? []));
    assert.deepEqual(
      Statement.map(({ Sid, Action, Condition }: { [element: string]: unknown }) => ({ Sid, Action, Condition })),
      [
        {
          Sid: "Read",
          Action: ["s3:ListBucket"],
          Condition: {
            StringLike: { "s3:prefix": "a*", "aws:username": "b*" },
            Bool: { "aws:SecureTransport": "false" },
          },
        },
        {
          Sid: undefined,
          Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
          Condition: { StringLike: { "aws:username": "b*" }, Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    );
  });
});

describe("condition-type-mismatch", () => {
  for (const [operator, key, value, expected] of [
    ["StringEquals", "aws:SourceIp", "203.0.113.0/24", "error: StringEquals"],
    ["StringLike", "aws:SourceIp", "203.0.113.*", "warning: StringLike"],
    ["ArnLike", "aws:SourceIp", "203.0.113.7", "error: ArnLike"],
    ["StringEquals", "aws:SecureTransport", "true", ""],
    ["NumericEquals", "aws:SecureTransport", "1", "error: NumericEquals"],
    ["StringEquals", "aws:CurrentTime", "2027-01-01", "warning: StringEquals"],
    ["NumericLessThan", "aws:EpochTime", "1798761600", ""],
    ["StringEquals", "aws:PrincipalArn", "arn:aws:iam::234567890123:role/a", ""],
    ["ArnEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5", "error: ArnEquals"],
    ["ArnEquals", "aws:SourceVpcArn", "arn:aws:ec2:eu-west-1:234567890123:vpc/vpc-1", ""],
    ["NumericLessThan", "aws:PrincipalTag/level", "3", ""],
    ["Bool", "aws:SecureTransport", "TRUE", ""],
    ["Bool", "aws:SecureTransport", "on", "error: on"],
    ["Null", "aws:TokenIssueTime", "never", "error: never"],
    ["IpAddress", "aws:SourceIp", "203.0.113.0/33", "error: 203.0.113.0/33"],
    ["IpAddress", "aws:SourceIp", "2001:db8::/32", ""],
    ["DateLessThan", "aws:CurrentTime", "tomorrow", "error: tomorrow"],
    ["ArnLike", "aws:PrincipalArn", "*", ""],
    ["ArnLike", "aws:PrincipalArn", "role/a", "error: role/a"],
    ["StringEquals", "aws:username", "data-*", "warning: data-*"],
    ["StringEquals", "aws:username", "${aws:PrincipalTag/name}*", ""],
    ["ForAllValues:StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5", "warning: ForAllValues:StringEquals"],
    ["ForAllValues:StringEquals", "aws:TagKeys", "team", ""],
    ["ForAnyValue:StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5", ""],
    ["StringEquals", "aws:TagKeys", "team", "warning: StringEquals"],
    ["StringNotLikeIfExists", "aws:PrincipalOrgPaths", "o-1/r-1/*", "warning: StringNotLikeIfExists"],
    ["Null", "aws:TagKeys", "true", ""],
    ["ForAnyValue:Null", "aws:TagKeys", "true", "warning: ForAnyValue:Null"],
    ["ForAllValues:Null", "aws:username", "true", "warning: ForAllValues:Null"],
    ["NumericLessThan", "s3:max-keys", "${aws:PrincipalTag/max}", "error: ${aws:PrincipalTag/max}"],
    ["IpAddress", "aws:SourceIp", "${aws:PrincipalTag/range}", "error: ${aws:PrincipalTag/range}"],
    ["Bool", "aws:SecureTransport", "${aws:PrincipalTag/tls}", "error: ${aws:PrincipalTag/tls}"],
    ["IpAddress", "aws:SourceIp", "${var.range}", ""],
    ["IpAddress", "aws:SourceIp", "${AWS::Range}", ""],
    ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::234567890123:role/${aws:PrincipalTag/name}", ""],
  ] as const) {
    it(`is told for ${operator} of ${key} and ${value}: ${expected || "nothing"}`, () => {
      const text = policy({ Action: "s3:ListBucket", Condition: { [operator]: { [key]: value } } });
      const mismatches = found(text).filter((line) => line.includes(" condition-type-mismatch"));
      assert.deepEqual(
        mismatches.map((line) => line.replace(" condition-type-mismatch", "")),
        expected === "" ? [] : [expected],
      );
    });
  }

  it("offers both prefixes to a key of several values, and neither where others are compared beside it", () => {
    const offered = (keys: object) =>
      findings(policy({ Action: "s3:PutBucketTagging", Condition: { StringEquals: keys } }))
        .flatMap(({ fixes }) => fixes)
        .map(({ title, safe }) => `${title}${safe ? " by itself" : ""}`);
    assert.deepEqual(offered({ "aws:TagKeys": "team" }), [
      "Replace by ForAnyValue:StringEquals",
      "Replace by ForAllValues:StringEquals",
    ]);
    assert.deepEqual(offered({ "aws:TagKeys": "team", "aws:username": "reader" }), []);
  });

  it("gives the operator that compares the value, with its prefix and suffix", () => {
    const condition = { "ForAnyValue:StringNotEqualsIfExists": { "aws:SourceIp": "203.0.113.0/24" } };
    const text = policy({ Action: "s3:ListBucket", Condition: condition });
    const { Statement } = JSON.parse(applySafeFixes(text, findings).text);
    assert.deepEqual(Object.keys(Statement[0].Condition), ["ForAnyValue:NotIpAddressIfExists"]);
  });
});
