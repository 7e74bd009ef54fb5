import { iam } from "./pages";
import { proveConditions } from "./tables";

const page = iam("reference_policies_elements_condition_operators");
const team = (value: string) => ({ "aws:PrincipalTag/team": value });

proveConditions("Conditions: texts", `${page}#Conditions_String`, [
  ["StringEquals, the same", { StringEquals: team("blue") }, team("blue"), true],
  ["StringEquals, another", { StringEquals: team("blue") }, team("red"), false],
  ["StringEquals, another case", { StringEquals: team("blue") }, team("Blue"), false],
  ["StringEquals, no key", { StringEquals: team("blue") }, {}, false],
  ["StringEquals, no key and nothing asked for", { StringEquals: team("") }, {}, false],
  ["StringEquals, an empty value", { StringEquals: team("") }, team(""), true],
  ["StringEquals, no wildcards", { StringEquals: team("bl*") }, team("blue"), false],
  ["StringEquals, an asterisk is an asterisk", { StringEquals: team("bl*") }, team("bl*"), true],
  ["StringEquals, spaces count", { StringEquals: team("blue") }, team("blue "), false],
  ["StringNotEquals, the same", { StringNotEquals: team("blue") }, team("blue"), false],
  ["StringNotEquals, another", { StringNotEquals: team("blue") }, team("red"), true],
  ["StringNotEquals, another case", { StringNotEquals: team("blue") }, team("BLUE"), true],
  ["StringNotEquals, no key", { StringNotEquals: team("blue") }, {}, true],
  ["StringEqualsIgnoreCase, another case", { StringEqualsIgnoreCase: team("blue") }, team("BLUE"), true],
  ["StringEqualsIgnoreCase, another", { StringEqualsIgnoreCase: team("blue") }, team("red"), false],
  ["StringEqualsIgnoreCase, no wildcards", { StringEqualsIgnoreCase: team("bl*") }, team("BLUE"), false],
  ["StringEqualsIgnoreCase, no key", { StringEqualsIgnoreCase: team("blue") }, {}, false],
  ["StringNotEqualsIgnoreCase, another case", { StringNotEqualsIgnoreCase: team("blue") }, team("BLUE"), false],
  ["StringNotEqualsIgnoreCase, another", { StringNotEqualsIgnoreCase: team("blue") }, team("red"), true],
  ["StringNotEqualsIgnoreCase, no key", { StringNotEqualsIgnoreCase: team("blue") }, {}, true],
  ["StringLike, no wildcard", { StringLike: team("blue") }, team("blue"), true],
  ["StringLike, more than the pattern", { StringLike: team("blue") }, team("blue-green"), false],
  ["StringLike, an asterisk", { StringLike: team("bl*") }, team("blue"), true],
  ["StringLike, an asterisk for nothing", { StringLike: team("blue*") }, team("blue"), true],
  ["StringLike, only an asterisk", { StringLike: team("*") }, team("blue"), true],
  ["StringLike, only an asterisk and no key", { StringLike: team("*") }, {}, false],
  ["StringLike, a question mark", { StringLike: team("bl?e") }, team("blue"), true],
  ["StringLike, a question mark not for nothing", { StringLike: team("blue?") }, team("blue"), false],
  ["StringLike, another case", { StringLike: team("bl*") }, team("BLUE"), false],
  ["StringLike, across slashes and colons", { StringLike: team("a*z") }, team("a/b:c/z"), true],
  ["StringNotLike, a match", { StringNotLike: team("bl*") }, team("blue"), false],
  ["StringNotLike, no match", { StringNotLike: team("bl*") }, team("red"), true],
  ["StringNotLike, no key", { StringNotLike: team("*") }, {}, true],
]);

const keys = (value: string | number) => ({ "s3:max-keys": value });
const asked = (value: string) => ({ "s3:max-keys": value });

proveConditions("Conditions: numbers", `${page}#Conditions_Numeric`, [
  ["NumericEquals, the same", { NumericEquals: keys("10") }, asked("10"), true],
  ["NumericEquals, another", { NumericEquals: keys("10") }, asked("11"), false],
  ["NumericEquals, a number without quotation marks", { NumericEquals: keys(10) }, asked("10"), true],
  ["NumericEquals, written otherwise", { NumericEquals: keys("10.0") }, asked("10"), true],
  ["NumericEquals, decimals", { NumericEquals: keys("0.5") }, asked("0.50"), true],
  ["NumericEquals, no number in the request", { NumericEquals: keys("10") }, asked("ten"), false],
  ["NumericEquals, no number in the policy", { NumericEquals: keys("ten") }, asked("10"), false],
  ["NumericEquals, an empty value is not zero", { NumericEquals: keys("0") }, asked(""), false],
  ["NumericEquals, no key", { NumericEquals: keys("0") }, {}, false],
  ["NumericNotEquals, the same", { NumericNotEquals: keys("10") }, asked("10.0"), false],
  ["NumericNotEquals, another", { NumericNotEquals: keys("10") }, asked("9"), true],
  ["NumericNotEquals, no key", { NumericNotEquals: keys("10") }, {}, true],
  ["NumericLessThan, less", { NumericLessThan: keys("10") }, asked("9"), true],
  ["NumericLessThan, as numbers, not as texts", { NumericLessThan: keys("10") }, asked("9.5"), true],
  ["NumericLessThan, the same", { NumericLessThan: keys("10") }, asked("10"), false],
  ["NumericLessThan, negative", { NumericLessThan: keys("0") }, asked("-1"), true],
  ["NumericLessThan, no key", { NumericLessThan: keys("10") }, {}, false],
  ["NumericLessThanEquals, the same", { NumericLessThanEquals: keys("10") }, asked("10"), true],
  ["NumericLessThanEquals, more", { NumericLessThanEquals: keys("10") }, asked("10.01"), false],
  ["NumericGreaterThan, more", { NumericGreaterThan: keys("9") }, asked("10"), true],
  ["NumericGreaterThan, the same", { NumericGreaterThan: keys("10") }, asked("10"), false],
  ["NumericGreaterThanEquals, the same", { NumericGreaterThanEquals: keys("10") }, asked("10"), true],
  ["NumericGreaterThanEquals, less", { NumericGreaterThanEquals: keys("10") }, asked("9.99"), false],
  ["NumericGreaterThanEquals, no key", { NumericGreaterThanEquals: keys("10") }, {}, false],
]);

const day = (value: string) => ({ "aws:CurrentTime": value });
const now = (value: string) => ({ "aws:CurrentTime": value });
const noon = "2024-05-01T12:00:00Z";

proveConditions("Conditions: dates", `${page}#Conditions_Date`, [
  ["DateEquals, the same", { DateEquals: day(noon) }, now(noon), true],
  ["DateEquals, a second later", { DateEquals: day(noon) }, now("2024-05-01T12:00:01Z"), false],
  ["DateEquals, in another time zone", { DateEquals: day("2024-05-01T14:00:00+02:00") }, now(noon), true],
  ["DateEquals, in seconds since 1970", { DateEquals: day("1714564800") }, now(noon), true],
  [
    "DateEquals, in seconds in the request",
    { DateEquals: { "aws:EpochTime": noon } },
    { "aws:EpochTime": "1714564800" },
    true,
  ],
  ["DateEquals, a day is its first second", { DateEquals: day("2024-05-01") }, now("2024-05-01T00:00:00Z"), true],
  ["DateEquals, fractions of a second", { DateEquals: day("2024-05-01T12:00:00.000Z") }, now(noon), true],
  ["DateEquals, no wildcards", { DateEquals: day("2024-05-*") }, now(noon), false],
  ["DateEquals, no date", { DateEquals: day("noon") }, now(noon), false],
  ["DateNotEquals, the same", { DateNotEquals: day(noon) }, now(noon), false],
  ["DateNotEquals, another", { DateNotEquals: day(noon) }, now("2024-05-02T12:00:00Z"), true],
  ["DateNotEquals, no key", { DateNotEquals: { "aws:TokenIssueTime": noon } }, {}, true],
  ["DateLessThan, before", { DateLessThan: day(noon) }, now("2024-05-01T11:59:59Z"), true],
  ["DateLessThan, then", { DateLessThan: day(noon) }, now(noon), false],
  ["DateLessThan, no key", { DateLessThan: { "aws:TokenIssueTime": noon } }, {}, false],
  ["DateLessThanEquals, then", { DateLessThanEquals: day(noon) }, now(noon), true],
  ["DateLessThanEquals, after", { DateLessThanEquals: day(noon) }, now("2024-05-01T12:00:01Z"), false],
  ["DateGreaterThan, after", { DateGreaterThan: day(noon) }, now("2025-01-01T00:00:00Z"), true],
  ["DateGreaterThan, then", { DateGreaterThan: day(noon) }, now(noon), false],
  [
    "DateGreaterThan, after by the clock and before by the time zone",
    { DateGreaterThan: day(noon) },
    now("2024-05-01T13:00:00+02:00"),
    false,
  ],
  ["DateGreaterThan, in seconds since 1970", { DateGreaterThan: day("1714564799") }, now(noon), true],
  ["DateGreaterThanEquals, then", { DateGreaterThanEquals: day(noon) }, now(noon), true],
  ["DateGreaterThanEquals, before", { DateGreaterThanEquals: day(noon) }, now("2024-05-01T11:00:00Z"), false],
  [
    "NumericLessThan, for seconds since 1970",
    { NumericLessThan: { "aws:EpochTime": "1714564801" } },
    { "aws:EpochTime": "1714564800" },
    true,
  ],
]);

const secure = { "aws:SecureTransport": "true" };
const insecure = { "aws:SecureTransport": "false" };

proveConditions("Conditions: true and false, bytes", `${page}#Conditions_Boolean`, [
  ["Bool, true", { Bool: secure }, secure, true],
  ["Bool, false", { Bool: secure }, insecure, false],
  ["Bool, false asked for", { Bool: insecure }, insecure, true],
  ["Bool, without quotation marks", { Bool: { "aws:SecureTransport": true } }, secure, true],
  ["Bool, false without quotation marks", { Bool: { "aws:SecureTransport": false } }, insecure, true],
  ["Bool, no key", { Bool: { "aws:MultiFactorAuthPresent": "true" } }, {}, false],
  ["Bool, no key is not false", { Bool: { "aws:MultiFactorAuthPresent": "false" } }, {}, false],
  [
    "BinaryEquals, the same",
    { BinaryEquals: { "x:key": "QmluYXJ5VmFsdWVJbkJhc2U2NA==" } },
    { "x:key": "QmluYXJ5VmFsdWVJbkJhc2U2NA==" },
    true,
  ],
  [
    "BinaryEquals, other bytes",
    { BinaryEquals: { "x:key": "QmluYXJ5VmFsdWVJbkJhc2U2NA==" } },
    { "x:key": "QmluYXJ5" },
    false,
  ],
  [
    "BinaryEquals, another case is other bytes",
    { BinaryEquals: { "x:key": "QmluYXJ5" } },
    { "x:key": "qMLUyxj5" },
    false,
  ],
  ["BinaryEquals, no key", { BinaryEquals: { "x:key": "QmluYXJ5" } }, {}, false],
]);
