import { iam } from "./pages";
import { proveConditions } from "./tables";

const page = iam("reference_policies_variables");
const sameTeam = { "s3:ExistingObjectTag/Team": "${aws:PrincipalTag/Team}" };

proveConditions("Policy variables in conditions", `${page}#policy-vars-conditionelement`, [
  [
    "StringEquals, the same",
    { StringEquals: sameTeam },
    { "s3:ExistingObjectTag/Team": "a", "aws:PrincipalTag/Team": "a" },
    true,
  ],
  [
    "StringEquals, another",
    { StringEquals: sameTeam },
    { "s3:ExistingObjectTag/Team": "a", "aws:PrincipalTag/Team": "b" },
    false,
  ],
  ["StringEquals, no value of the variable", { StringEquals: sameTeam }, { "s3:ExistingObjectTag/Team": "a" }, false],
  ["StringEquals, no value of both", { StringEquals: sameTeam }, {}, false],
  [
    "StringEquals, no value of the variable, a key with its text",
    { StringEquals: sameTeam },
    { "s3:ExistingObjectTag/Team": "${aws:PrincipalTag/Team}" },
    false,
  ],
  [
    "StringNotEquals, the same",
    { StringNotEquals: sameTeam },
    { "s3:ExistingObjectTag/Team": "a", "aws:PrincipalTag/Team": "a" },
    false,
  ],
  [
    "StringNotEquals, another",
    { StringNotEquals: sameTeam },
    { "s3:ExistingObjectTag/Team": "a", "aws:PrincipalTag/Team": "b" },
    true,
  ],
  [
    "StringNotEquals, no value of the variable",
    { StringNotEquals: sameTeam },
    { "s3:ExistingObjectTag/Team": "a" },
    true,
  ],
  ["StringNotLike, no value of the variable", { StringNotLike: sameTeam }, { "s3:ExistingObjectTag/Team": "a" }, true],
  [
    "StringLike beside an asterisk",
    { StringLike: { "s3:prefix": "${aws:username}/*" } },
    { "s3:prefix": "alice/raw/" },
    true,
  ],
  [
    "StringLike beside an asterisk, another’s",
    { StringLike: { "s3:prefix": "${aws:username}/*" } },
    { "s3:prefix": "bob/raw/" },
    false,
  ],
  ["StringLike, an asterisk itself", { StringLike: { "s3:prefix": "a${*}" } }, { "s3:prefix": "a*" }, true],
  [
    "StringLike, an asterisk itself is no wildcard",
    { StringLike: { "s3:prefix": "a${*}" } },
    { "s3:prefix": "ab" },
    false,
  ],
  ["StringLike, a question mark itself", { StringLike: { "s3:prefix": "a${?}" } }, { "s3:prefix": "a?" }, true],
  [
    "StringLike, a question mark itself is no wildcard",
    { StringLike: { "s3:prefix": "a${?}" } },
    { "s3:prefix": "ab" },
    false,
  ],
  ["StringEquals, an asterisk itself", { StringEquals: { "s3:prefix": "a${*}" } }, { "s3:prefix": "a*" }, true],
  ["StringEquals, a dollar sign itself", { StringEquals: { "s3:prefix": "${$}5" } }, { "s3:prefix": "$5" }, true],
  [
    "StringEquals, a default",
    { StringEquals: { "s3:prefix": "${aws:PrincipalTag/team, 'all'}" } },
    { "s3:prefix": "all" },
    true,
  ],
  [
    "StringEquals, a value before the default",
    { StringEquals: { "s3:prefix": "${aws:PrincipalTag/team, 'all'}" } },
    { "s3:prefix": "all", "aws:PrincipalTag/team": "blue" },
    false,
  ],
  [
    "ArnLike",
    { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:${aws:username}" } },
    { "aws:SourceArn": "arn:aws:sns:us-east-1:1:alice" },
    true,
  ],
  [
    "ArnLike, another’s",
    { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:${aws:username}" } },
    { "aws:SourceArn": "arn:aws:sns:us-east-1:1:bob" },
    false,
  ],
  [
    "NumericEquals has none",
    { NumericEquals: { "s3:max-keys": "${aws:PrincipalTag/keys}" } },
    { "s3:max-keys": "10", "aws:PrincipalTag/keys": "10" },
    false,
  ],
  [
    "IpAddress has none",
    { IpAddress: { "aws:SourceIp": "${aws:PrincipalTag/ip}" } },
    { "aws:SourceIp": "192.0.2.1", "aws:PrincipalTag/ip": "192.0.2.1" },
    false,
  ],
  [
    "DateEquals has none",
    { DateEquals: { "aws:CurrentTime": "${aws:PrincipalTag/day}" } },
    { "aws:CurrentTime": "2024-05-01T00:00:00Z", "aws:PrincipalTag/day": "2024-05-01T00:00:00Z" },
    false,
  ],
]);
