import { iam } from "./pages";
import { proveConditions } from "./tables";

const sets = iam("reference_policies_condition-single-vs-multi-valued-context-keys");
const logic = iam("reference_policies_condition-logic-multiple-context-keys-or-values");
const team = (value: string) => ({ "aws:PrincipalTag/team": value });
const from = (value: string) => ({ "aws:SourceIp": value });

proveConditions("Conditions: several operators, keys and values", logic, [
  ["one of several values", { StringEquals: { "aws:PrincipalTag/team": ["blue", "red"] } }, team("red"), true],
  ["none of several values", { StringEquals: { "aws:PrincipalTag/team": ["blue", "red"] } }, team("green"), false],
  ["a list of one value", { StringEquals: { "aws:PrincipalTag/team": ["blue"] } }, team("blue"), true],
  [
    "negated: one of several values",
    { StringNotEquals: { "aws:PrincipalTag/team": ["blue", "red"] } },
    team("red"),
    false,
  ],
  [
    "negated: none of several values",
    { StringNotEquals: { "aws:PrincipalTag/team": ["blue", "red"] } },
    team("green"),
    true,
  ],
  [
    "two keys of an operator, both",
    { StringEquals: { ...team("blue"), "aws:PrincipalTag/job": "dev" } },
    { ...team("blue"), "aws:PrincipalTag/job": "dev" },
    true,
  ],
  [
    "two keys of an operator, one",
    { StringEquals: { ...team("blue"), "aws:PrincipalTag/job": "dev" } },
    { ...team("blue"), "aws:PrincipalTag/job": "ops" },
    false,
  ],
  [
    "two keys of an operator, one absent",
    { StringEquals: { ...team("blue"), "aws:PrincipalTag/job": "dev" } },
    team("blue"),
    false,
  ],
  [
    "two operators, both",
    { StringEquals: team("blue"), IpAddress: from("203.0.113.0/24") },
    { ...team("blue"), ...from("203.0.113.1") },
    true,
  ],
  [
    "two operators, one",
    { StringEquals: team("blue"), IpAddress: from("203.0.113.0/24") },
    { ...team("blue"), ...from("192.0.2.1") },
    false,
  ],
  [
    "negated: two keys, one the same",
    { StringNotEquals: { ...team("blue"), "aws:PrincipalTag/job": "dev" } },
    { ...team("blue"), "aws:PrincipalTag/job": "ops" },
    false,
  ],
  ["no condition in the element", {}, {}, true],
  [
    "the documentation’s block, all",
    {
      StringEqualsIgnoreCase: {
        "aws:PrincipalTag/department": ["finance", "hr", "legal"],
        "aws:PrincipalTag/role": ["audit", "security"],
      },
      StringEquals: { "aws:PrincipalAccount": "111122223333" },
    },
    { "aws:PrincipalTag/department": "HR", "aws:PrincipalTag/role": "Audit" },
    true,
  ],
  [
    "the documentation’s block, another account",
    {
      StringEqualsIgnoreCase: {
        "aws:PrincipalTag/department": ["finance", "hr", "legal"],
        "aws:PrincipalTag/role": ["audit", "security"],
      },
      StringEquals: { "aws:PrincipalAccount": "444455556666" },
    },
    { "aws:PrincipalTag/department": "HR", "aws:PrincipalTag/role": "Audit" },
    false,
  ],
  ["the key in another case", { StringEquals: { "AWS:principaltag/Team": "blue" } }, team("blue"), true],
]);

const tags = (values: readonly string[]) => ({ "aws:TagKeys": values });

proveConditions("Conditions: several values in the request", sets, [
  ["ForAllValues, all", { "ForAllValues:StringEquals": tags(["a", "b", "c"]) }, tags(["a", "c"]), true],
  ["ForAllValues, one is not among them", { "ForAllValues:StringEquals": tags(["a", "b"]) }, tags(["a", "x"]), false],
  ["ForAllValues, none is", { "ForAllValues:StringEquals": tags(["a", "b"]) }, tags(["x"]), false],
  ["ForAllValues, no key", { "ForAllValues:StringEquals": tags(["a"]) }, {}, true],
  ["ForAllValues, no values", { "ForAllValues:StringEquals": tags(["a"]) }, tags([]), true],
  ["ForAllValues, an empty text is no value", { "ForAllValues:StringEquals": tags(["a"]) }, tags([""]), true],
  ["ForAllValues, a single value", { "ForAllValues:StringEquals": tags(["a"]) }, { "aws:TagKeys": "a" }, true],
  ["ForAllValues:StringLike", { "ForAllValues:StringLike": tags(["key-*"]) }, tags(["key-1", "key-2"]), true],
  [
    "ForAllValues:StringLike, one does not match",
    { "ForAllValues:StringLike": tags(["key-*"]) },
    tags(["key-1", "other"]),
    false,
  ],
  [
    "ForAllValues:StringNotEquals, none is among them",
    { "ForAllValues:StringNotEquals": tags(["a", "b"]) },
    tags(["x", "y"]),
    true,
  ],
  [
    "ForAllValues:StringNotEquals, one is",
    { "ForAllValues:StringNotEquals": tags(["a", "b"]) },
    tags(["x", "a"]),
    false,
  ],
  ["ForAllValues:StringNotEquals, no key", { "ForAllValues:StringNotEquals": tags(["a"]) }, {}, true],
  [
    "ForAllValues with Null, no key",
    { "ForAllValues:StringEquals": tags(["a"]), Null: { "aws:TagKeys": "false" } },
    {},
    false,
  ],
  [
    "ForAllValues with Null, all",
    { "ForAllValues:StringEquals": tags(["a"]), Null: { "aws:TagKeys": "false" } },
    tags(["a"]),
    true,
  ],
  ["ForAnyValue, one", { "ForAnyValue:StringEquals": tags(["a", "b"]) }, tags(["x", "b"]), true],
  ["ForAnyValue, all", { "ForAnyValue:StringEquals": tags(["a", "b"]) }, tags(["a", "b"]), true],
  ["ForAnyValue, none", { "ForAnyValue:StringEquals": tags(["a", "b"]) }, tags(["x", "y"]), false],
  ["ForAnyValue, no key", { "ForAnyValue:StringEquals": tags(["a"]) }, {}, false],
  ["ForAnyValue, no values", { "ForAnyValue:StringEquals": tags(["a"]) }, tags([]), false],
  ["ForAnyValue, an empty text is no value", { "ForAnyValue:StringEquals": tags([""]) }, tags([""]), false],
  [
    "ForAnyValue:StringLike, a path of an organisation",
    { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1/r-ab12/*" } },
    { "aws:PrincipalOrgPaths": ["o-a1/r-ab12/ou-1/"] },
    true,
  ],
  [
    "ForAnyValue:StringLike, another organisation",
    { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1/r-ab12/*" } },
    { "aws:PrincipalOrgPaths": ["o-b2/r-ab12/ou-1/"] },
    false,
  ],
  [
    "ForAnyValue:StringNotEquals, one is not among them",
    { "ForAnyValue:StringNotEquals": tags(["a", "b"]) },
    tags(["a", "x"]),
    true,
  ],
  [
    "ForAnyValue:StringNotEquals, all are",
    { "ForAnyValue:StringNotEquals": tags(["a", "b"]) },
    tags(["a", "b"]),
    false,
  ],
  [
    "ForAnyValue:StringEqualsIgnoreCase",
    { "ForAnyValue:StringEqualsIgnoreCase": tags(["CostCenter"]) },
    tags(["costcenter"]),
    true,
  ],
  [
    "ForAnyValue:ArnLike",
    { "ForAnyValue:ArnLike": { "x:arns": "arn:aws:iam::*:role/a" } },
    { "x:arns": ["arn:aws:iam::1:role/b", "arn:aws:iam::1:role/a"] },
    true,
  ],
  [
    "ForAllValues:ArnLike, one does not match",
    { "ForAllValues:ArnLike": { "x:arns": "arn:aws:iam::*:role/a" } },
    { "x:arns": ["arn:aws:iam::1:role/b", "arn:aws:iam::1:role/a"] },
    false,
  ],
  [
    "ForAllValues:NumericLessThan",
    { "ForAllValues:NumericLessThan": { "x:sizes": "10" } },
    { "x:sizes": ["1", "9"] },
    true,
  ],
  [
    "ForAnyValue:IpAddress",
    { "ForAnyValue:IpAddress": { "x:addresses": "192.0.2.0/24" } },
    { "x:addresses": ["203.0.113.1", "192.0.2.1"] },
    true,
  ],
  ["ForAnyValue:StringEqualsIfExists, no key", { "ForAnyValue:StringEqualsIfExists": tags(["a"]) }, {}, true],
  ["ForAnyValue:StringEqualsIfExists, none", { "ForAnyValue:StringEqualsIfExists": tags(["a"]) }, tags(["x"]), false],
]);
