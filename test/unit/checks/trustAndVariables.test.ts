import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { applySafeFixes } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { catalog } from "../../../src/vendors/catalog";

let reference: ServiceReference;
before(async () => {
  reference = await loadServiceReference();
});

type JsonStatement = Readonly<Record<string, unknown>>;

function policy(statement: JsonStatement): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2);
}

/** `severity check: marked text` */
function found(statement: JsonStatement): readonly string[] {
  const text = policy(statement);
  return checkDocument(text, { vendors: catalog, reference }).map(
    ({ check, severity, range: { offset, length } }) => `${severity} ${check}: ${text.slice(offset, offset + length)}`,
  );
}

function repaired(statement: JsonStatement): unknown {
  const { text } = applySafeFixes(policy(statement), (current) =>
    checkDocument(current, { vendors: catalog, reference }),
  );
  return JSON.parse(text).Statement[0];
}

const account = "arn:aws:iam::234567890123:";
const github = "token.actions.githubusercontent.com";

describe("trust in an OIDC provider", () => {
  const trust = (provider: string, Condition?: unknown) => ({
    Effect: "Allow",
    Principal: { Federated: provider.includes("/") ? `${account}oidc-provider/${provider}` : provider },
    Action: "sts:AssumeRoleWithWebIdentity",
    ...(Condition !== undefined && { Condition }),
  });
  const ofGithub = (Condition?: unknown) => ({
    ...trust("x/", Condition),
    Principal: { Federated: `${account}oidc-provider/${github}` },
  });
  const like = (...subjects: readonly string[]) => ofGithub({ StringLike: { [`${github}:sub`]: subjects } });
  const everyone = `error principal-public: ${account}oidc-provider/${github}`;

  for (const [what, statement, expected] of [
    ["without a condition", ofGithub(), [everyone]],
    ["by the audience alone", ofGithub({ StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" } }), [everyone]],
    ["by any subject", like("*"), ["error principal-public: *"]],
    ["by any subject beside one of one's own", like("repo:octo-org/*", "*"), ["error principal-public: *"]],
    ["by the word that all subjects begin with", like("repo:*"), ["error principal-public: repo:*"]],
    [
      "by the beginning of an organization",
      like("repo:octo*/pipeline:*"),
      ["error principal-public: repo:octo*/pipeline:*"],
    ],
    ["by one organization", like("repo:octo-org/*"), []],
    [
      "by a template's organization",
      like("repo:${organization}*:ref:refs/heads/main"),
      ["error placeholder-unfilled: ${organization}"],
    ],
    [
      "by any subject and one owner",
      ofGithub({
        StringLike: { [`${github}:sub`]: "repo:*" },
        StringEquals: { [`${github}:repository_owner_id`]: "1234" },
      }),
      [],
    ],
    ["not by what is excluded", ofGithub({ StringNotLike: { [`${github}:sub`]: "repo:evil/*" } }), [everyone]],
    ["by the tags of the session", ofGithub({ StringEquals: { "aws:RequestTag/team": "data" } }), []],
    ["by a template's key", ofGithub({ StringEquals: { "${provider}:sub": "repo:octo-org/x" } }), []],
    ["denied", { ...ofGithub(), Effect: "Deny" }, []],
    [
      "of one's own, without a condition",
      trust("login.example.com/realm"),
      [`warning principal-public: ${account}oidc-provider/login.example.com/realm`],
    ],
    [
      "of one's own, by the audience",
      trust("login.example.com/realm", { StringEquals: { "login.example.com/realm:aud": "data" } }),
      [],
    ],
    ["Google's without a condition", trust("accounts.google.com"), ["error principal-public: accounts.google.com"]],
    [
      "Google's by the application",
      trust("accounts.google.com", { StringEquals: { "accounts.google.com:aud": "x" } }),
      [],
    ],
    [
      "Cognito's without a condition",
      trust("cognito-identity.amazonaws.com"),
      ["error principal-public: cognito-identity.amazonaws.com"],
    ],
    [
      "of one enterprise of GitHub, by the audience alone",
      trust(`${github}/octo-enterprise`, { StringEquals: { [`${github}/octo-enterprise:aud`]: "x" } }),
      [`${everyone}/octo-enterprise`],
    ],
  ] as const) {
    it(what, () => assert.deepEqual(found(statement), expected));
  }
});

describe("actions of a trust policy", () => {
  const saml = `${account}saml-provider/corporate`;
  const oidc = `${account}oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0F1E2D3C`;
  const sub = { StringLike: { "oidc.eks.eu-west-1.amazonaws.com/id/0F1E2D3C:sub": "system:serviceaccount:data:*" } };
  for (const [what, Principal, Action, expected, Condition] of [
    ["SAML’s for a service", { Service: "ec2.amazonaws.com" }, "sts:AssumeRoleWithSAML", ["sts:AssumeRoleWithSAML"]],
    ["SAML’s for an OIDC provider", { Federated: oidc }, "sts:AssumeRoleWithSAML", ["sts:AssumeRoleWithSAML"], sub],
    [
      "OIDC’s for a SAML provider",
      { Federated: saml },
      "sts:AssumeRoleWithWebIdentity",
      ["sts:AssumeRoleWithWebIdentity"],
    ],
    ["one that some can call", { Federated: [saml, oidc] }, "sts:AssumeRoleWithSAML", [], sub],
    ["all by a wildcard", { Federated: saml }, "sts:*", []],
    ["what goes with it", { Federated: saml }, ["sts:AssumeRoleWithSAML", "sts:SetSourceIdentity"], []],
    ["whatever a placeholder stands for", { Federated: "<provider>" }, "sts:AssumeRole", undefined],
    ["what is no service", { Service: "ec2.amazonaws.com" }, ["sts:AssumeRole", "sst:TagSession"], undefined],
    ["of others, alone", { Service: "ec2.amazonaws.com" }, ["s3:GetObject"], []],
  ] as const) {
    it(what, () => {
      const statement = { Effect: "Allow", Principal, Action, ...(Condition && { Condition }) };
      const misplaced = found(statement).filter((line) => line.includes(" action-misplaced: "));
      assert.deepEqual(
        misplaced,
        (expected ?? []).map((action) => `error action-misplaced: ${action}`),
      );
      if (expected !== undefined) assert.equal(found(statement).length, expected.length, found(statement).join());
    });
  }

  it("removes what another one does, and nothing else without being asked", () => {
    const both = {
      Effect: "Allow",
      Principal: { Federated: saml },
      Action: ["sts:AssumeRole", "sts:AssumeRoleWithSAML"],
    };
    assert.deepEqual(repaired(both), { ...both, Action: ["sts:AssumeRoleWithSAML"] });
    const one = { ...both, Action: "sts:AssumeRole" };
    assert.deepEqual(repaired(one), one);
  });
});

describe("services and providers as principals", () => {
  for (const [Principal, becomes] of [
    [{ Service: "LAMBDA.amazonaws.com" }, { Service: "lambda.amazonaws.com" }],
    [{ Service: " ec2.amazonaws.com" }, { Service: "ec2.amazonaws.com" }],
    [{ Service: "arn:aws:iam::345678901234:role/etl" }, { AWS: "arn:aws:iam::345678901234:role/etl" }],
    [{ Federated: "arn:aws:iam::345678901234:role/etl" }, { AWS: "arn:aws:iam::345678901234:role/etl" }],
    // What was meant is a guess.
    [{ Service: "lambda" }, { Service: "lambda" }],
    [{ Service: "lambda.amazonaws" }, { Service: "lambda.amazonaws" }],
    [{ Service: "lambda.amazonaws.co" }, { Service: "lambda.amazonaws.co" }],
    [{ Service: "amazonaws.com" }, { Service: "amazonaws.com" }],
    [{ Service: "*.amazonaws.com" }, { Service: "*.amazonaws.com" }],
    [{ Federated: "corporate" }, { Federated: "corporate" }],
  ] as const) {
    it(JSON.stringify(Principal), () => {
      const statement = { Effect: "Allow", Principal, Action: "sts:AssumeRole" };
      const [line = ""] = found(statement);
      assert.match(line, /^error principal-invalid: /);
      assert.deepEqual((repaired(statement) as { Principal: unknown }).Principal, becomes);
    });
  }

  for (const service of [
    "ec2.amazonaws.com",
    "ec2.amazonaws.com.cn",
    "logs.eu-west-1.amazonaws.com",
    "ecs.application-autoscaling.amazonaws.com",
    "alexa-appkit.amazon.com",
    "s3.amazonaws.eu",
    "${service}.amazonaws.com",
  ]) {
    it(`takes ${service}`, () => {
      const lines = found({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" });
      assert.deepEqual(
        lines.filter((line) => line.includes("principal-invalid")),
        [],
      );
    });
  }
});

describe("services in the policies of buckets and keys", () => {
  const put = {
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: "arn:aws:s3:::trail-logs/*",
  };
  const warning = ["warning service-source-missing: cloudtrail.amazonaws.com"];
  for (const [what, statement, expected] of [
    ["without a source", put, warning],
    [
      "with a condition that says nothing about it",
      { ...put, Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } } },
      warning,
    ],
    [
      "with the source in other letters",
      { ...put, Condition: { StringEquals: { "AWS:SourceAccount": "234567890123" } } },
      [],
    ],
    ["with the organization", { ...put, Condition: { StringEquals: { "aws:SourceOrgID": "o-a1b2c3d4e5" } } }, []],
    ["in the path of one account", { ...put, Resource: "arn:aws:s3:::trail-logs/AWSLogs/234567890123/*" }, []],
    ["in the path of all accounts", { ...put, Resource: "arn:aws:s3:::trail-logs/AWSLogs/*" }, warning],
    ["that only looks at the bucket", { ...put, Action: "s3:GetBucketAcl", Resource: "arn:aws:s3:::trail-logs" }, []],
    ["that is denied", { ...put, Effect: "Deny" }, []],
    ["that has no source", { ...put, Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" } }, []],
    ["in a trust policy", { Effect: "Allow", Principal: put.Principal, Action: "sts:AssumeRole" }, []],
    [
      "in the policy of a queue",
      { ...put, Action: "sqs:SendMessage", Resource: "arn:aws:sqs:eu-west-1:234567890123:q" },
      [],
    ],
  ] as const) {
    it(what, () => assert.deepEqual(found(statement), expected));
  }
});

describe("types and regions in ARNs", () => {
  const key = "0f1e2d3c-aaaa-4bbb-8ccc-1234567890ab";
  for (const [resource, marked, becomes] of [
    [`arn:aws:kms:us-esat-1:234567890123:key/${key}`, "us-esat-1", `arn:aws:kms:us-east-1:234567890123:key/${key}`],
    [`arn:aws:kms:eu-wesd-1:234567890123:key/${key}`, "eu-wesd-1", undefined],
    [`arn:aws:kms:eu-west-1:234567890123:Keys/${key}`, "Keys/", `arn:aws:kms:eu-west-1:234567890123:key/${key}`],
    [`arn:aws:kms:eu-west-1:234567890123:key:${key}`, "key:", `arn:aws:kms:eu-west-1:234567890123:key/${key}`],
    [`arn:aws:kms:eu-west-1:234567890123:${key}`, key, `arn:aws:kms:eu-west-1:234567890123:key/${key}`],
    [`arn:aws:kms::234567890123:key/${key}`, `arn:aws:kms::234567890123:key/${key}`, undefined],
    [
      "arn:aws:s3:eu-west-1:234567890123:accesspoints/data",
      "accesspoints/",
      "arn:aws:s3:eu-west-1:234567890123:accesspoint/data",
    ],
    ["arn:aws:s3:eu-west-1:234567890123:data", "eu-west-1:234567890123", "arn:aws:s3:::data"],
    ["arn:aws:sqs:nz-south-2:234567890123:q", undefined, undefined],
    [`arn:aws:kms:eusc-de-east-1:234567890123:key/${key}`, undefined, undefined],
    ["arn:aws:kms:*:234567890123:key/*", undefined, undefined],
    ["arn:aws:kms:${region}:234567890123:keys/x", undefined, undefined],
  ] as const) {
    it(resource, () => {
      const statement = { Effect: "Allow", Action: "cloudwatch:GetMetricData", Resource: resource };
      const lines = found(statement).filter((line) => line.includes(" arn-invalid: "));
      assert.deepEqual(lines, marked === undefined ? [] : [`error arn-invalid: ${marked}`]);
      if (marked !== undefined) assert.deepEqual(repaired(statement), { ...statement, Resource: becomes ?? resource });
    });
  }
});

describe("variables", () => {
  const read = (key: string) => ({
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: `arn:aws:s3:::training-data/${key}/*`,
  });
  for (const [key, expected] of [
    ["${aws:username}", undefined],
    ["${aws:PrincipalTag/cost center}", undefined],
    ["${aws:PrincipalTag/team, 'a b'}", undefined],
    ["${*}${?}${$}", undefined],
    ["${AWS::AccountId}", undefined],
    ["${self:custom.stage, opt:stage}", undefined],
    ["${opt:stage, 'dev'}", undefined],
    ["${var.team == 1 ? 2 : 3}", undefined],
    ["${aws:username", "${aws:username"],
    ["${aws:userid${aws:username}", "${aws:userid"],
    ["${aws:user name}", "${aws:user name}"],
    ["${aws:username }", "${aws:username }"],
    ["${aws:PrincipalTag/team, 'a}", "${aws:PrincipalTag/team, 'a}"],
    ["${}", "${}"],
  ] as const) {
    it(key, () => {
      const lines = found(read(key)).filter((line) => line.includes(" variable-invalid: "));
      assert.deepEqual(lines, expected === undefined ? [] : [`error variable-invalid: ${expected}`]);
    });
  }

  it("are plain text in the language of 2008, which version-old says", () => {
    const text = JSON.stringify({ Version: "2008-10-17", Statement: [read("${aws:username")] });
    const checks = checkDocument(text, { vendors: catalog, reference }).map(({ check }) => check);
    assert.deepEqual(checks, ["version-old"]);
  });

  it("are repaired where nothing else can be meant", () => {
    assert.deepEqual(repaired(read("${ aws:username}")), read("${aws:username}"));
    assert.deepEqual(repaired(read("${aws:PrincipalTag/team,'all}")), read("${aws:PrincipalTag/team, 'all'}"));
    assert.deepEqual(repaired(read("${aws:username")), read("${aws:username"));
  });

  it("are not replaced in an action", () => {
    const statement = {
      Effect: "Deny",
      Action: "s3:${aws:PrincipalTag/action}",
      Resource: "arn:aws:s3:::training-data/*",
    };
    assert.deepEqual(found(statement), ["error variable-invalid: ${aws:PrincipalTag/action}"]);
  });
});

describe("items that another one of their list covers", () => {
  const statement = (Action: unknown, Resource: unknown = "arn:aws:s3:::training-data/*") => ({
    Effect: "Allow",
    Action,
    Resource,
  });
  for (const [what, document, expected] of [
    ["in other letters", statement(["S3:get*", "s3:GetObject"]), ["s3:GetObject"]],
    ["twice", statement(["s3:GetObject", "s3:PutObject", "s3:GetObject"]), ["s3:GetObject"]],
    ["of two patterns the narrower one", statement(["s3:GetObject*", "s3:Get*"]), ["s3:GetObject*"]],
    ["of two that are the same the later one", statement(["s3:GetObject*", "s3:GetObject**"]), ["s3:GetObject**"]],
    ["one letter is no text", statement(["s3:GetObjec?", "s3:GetObject*"]), []],
    ["patterns that only overlap", statement(["s3:Get*Tagging", "s3:GetObject*"]), []],
    ["buckets beside their objects", statement("s3:*", ["arn:aws:s3:::data-*", "arn:aws:s3:::data-*/*"]), []],
    ["a bucket beside its objects", statement("s3:*", ["arn:aws:s3:::data", "arn:aws:s3:::data/*"]), []],
    [
      "a variable below a prefix",
      statement("s3:GetObject", ["arn:aws:s3:::data/*", "arn:aws:s3:::data/${aws:username}/*"]),
      ["arn:aws:s3:::data/${aws:username}/*"],
    ],
    [
      "what a variable may stand for",
      statement("s3:GetObject", ["arn:aws:s3:::data/${aws:username}/*", "arn:aws:s3:::data/jane/*"]),
      [],
    ],
  ] as const) {
    it(what, () => {
      const lines = found(document).filter((line) => line.includes("statement-redundant"));
      assert.deepEqual(
        lines,
        expected.map((item) => `information statement-redundant: ${item}`),
      );
    });
  }

  it("go when they are fixed, all of them", () => {
    const actions = ["s3:GetObject", "s3:GetObjectTagging", "s3:Get*", "s3:GetObjectAcl", "s3:GetObjectVersion"];
    assert.deepEqual(repaired(statement(actions)), statement(["s3:Get*"]));
  });

  it("stay beside everything, which may be what is wrong", () => {
    const document = statement("s3:GetObject", ["*", "arn:aws:s3:::training-data/*"]);
    assert.deepEqual(repaired(document), document);
  });

  it("are not looked for without end", () => {
    const actions = Array.from({ length: 400 }, (_, index) => `s3:${"*?a".repeat(40)}${index}*`);
    assert.ok(found(statement(actions)).length > 0, "patterns without an action");
  });
});

describe("handing on roles, and services by a wildcard", () => {
  const everyRole = ["warning resource-wildcard: *"];
  for (const [action, resource, condition, expected] of [
    ["iam:PassRole", "*", undefined, everyRole],
    ["iam:*", "*", undefined, everyRole],
    ["iam:Pass*", "*", { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } }, everyRole],
    ["iam:PassRole", "*", { StringEquals: { "iam:PassedToService": "glue.amazonaws.com" } }, []],
    ["iam:*", "*", { StringEquals: { "iam:PermissionsBoundary": `${account}policy/limits` } }, []],
    ["iam:PassRole", `${account}role/*`, undefined, [`warning resource-wildcard: ${account}role/*`]],
    ["iam:PassRole", `${account}role/glue-*`, undefined, []],
    ["iam:GetRole", "*", undefined, []],
    ["*", "*", undefined, everyRole],
    ["ec?:DescribeImages", "*", undefined, ["warning action-unknown: ec?"]],
  ] as const) {
    it(`${action} on ${resource} ${JSON.stringify(condition ?? {})}`, () => {
      const statement = {
        Effect: "Allow",
        Action: action,
        Resource: resource,
        ...(condition && { Condition: condition }),
      };
      assert.deepEqual(found(statement), expected);
    });
  }

  it("is fine where it denies", () => {
    assert.deepEqual(found({ Effect: "Deny", Action: ["iam:PassRole", "s*:Put*"], Resource: "*" }), []);
  });
});
