import { iam } from "./pages";
import { proveConditions } from "./tables";

const page = iam("reference_policies_elements_condition_operators");
const team = (value: string) => ({ "aws:PrincipalTag/team": value });
const from = (value: string) => ({ "aws:SourceIp": value });
const source = (value: string) => ({ "aws:SourceArn": value });
const topic = "arn:aws:sns:us-east-2:111122223333:alarms";
const secure = { "aws:SecureTransport": "true" };
const insecure = { "aws:SecureTransport": "false" };
const noon = "2024-05-01T12:00:00Z";

proveConditions("Conditions: IfExists", `${page}#Conditions_IfExists`, [
  ["StringEqualsIfExists, no key", { StringEqualsIfExists: team("blue") }, {}, true],
  ["StringEqualsIfExists, the same", { StringEqualsIfExists: team("blue") }, team("blue"), true],
  ["StringEqualsIfExists, another", { StringEqualsIfExists: team("blue") }, team("red"), false],
  ["StringNotEqualsIfExists, no key", { StringNotEqualsIfExists: team("blue") }, {}, true],
  ["StringNotEqualsIfExists, the same", { StringNotEqualsIfExists: team("blue") }, team("blue"), false],
  [
    "StringLikeIfExists, a match, as for instance types",
    { StringLikeIfExists: { "ec2:InstanceType": ["t1.*", "t2.*", "m3.*"] } },
    { "ec2:InstanceType": "t2.micro" },
    true,
  ],
  [
    "StringLikeIfExists, no match",
    { StringLikeIfExists: { "ec2:InstanceType": ["t1.*", "t2.*", "m3.*"] } },
    { "ec2:InstanceType": "c5.large" },
    false,
  ],
  [
    "StringLikeIfExists, no key, as for images",
    { StringLikeIfExists: { "ec2:InstanceType": ["t1.*", "t2.*", "m3.*"] } },
    {},
    true,
  ],
  ["NumericLessThanIfExists, no key", { NumericLessThanIfExists: { "aws:MultiFactorAuthAge": "3600" } }, {}, true],
  [
    "NumericLessThanIfExists, more",
    { NumericLessThanIfExists: { "aws:MultiFactorAuthAge": "3600" } },
    { "aws:MultiFactorAuthAge": "4000" },
    false,
  ],
  [
    "DateGreaterThanIfExists, no key",
    { DateGreaterThanIfExists: { "aws:TokenIssueTime": "2020-01-01T00:00:00Z" } },
    {},
    true,
  ],
  ["BoolIfExists, no key", { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }, {}, true],
  [
    "BoolIfExists, another",
    { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    { "aws:MultiFactorAuthPresent": "true" },
    false,
  ],
  ["IpAddressIfExists, no key", { IpAddressIfExists: from("203.0.113.0/24") }, {}, true],
  ["NotIpAddressIfExists, in the range", { NotIpAddressIfExists: from("203.0.113.0/24") }, from("203.0.113.1"), false],
  ["ArnEqualsIfExists, no key", { ArnEqualsIfExists: source(topic) }, {}, true],
  ["ArnNotLikeIfExists, a match", { ArnNotLikeIfExists: source("arn:aws:sns:*:*:*") }, source(topic), false],
  ["other conditions still count", { StringEqualsIfExists: team("blue"), Bool: secure }, insecure, false],
]);

proveConditions("Conditions: Null", `${page}#Conditions_Null`, [
  ["true, no key", { Null: { "aws:TokenIssueTime": "true" } }, {}, true],
  ["true, a key", { Null: { "aws:TokenIssueTime": "true" } }, { "aws:TokenIssueTime": noon }, false],
  ["false, no key", { Null: { "aws:TokenIssueTime": "false" } }, {}, false],
  ["false, a key", { Null: { "aws:TokenIssueTime": "false" } }, { "aws:TokenIssueTime": noon }, true],
  ["without quotation marks, true", { Null: { "aws:TokenIssueTime": true } }, {}, true],
  ["without quotation marks, false", { Null: { "aws:TokenIssueTime": false } }, {}, false],
  ["the key in another case", { Null: { "aws:tokenissuetime": "false" } }, { "aws:TokenIssueTime": noon }, true],
]);
