import fc from "fast-check";
import type { JsonObject, JsonValue } from "../../src/policy/json";
import type { Case } from "./cases";

/** A condition key, values that a request may have for it and values that a policy may ask for. */
interface ConditionKey {
  readonly key: string;
  readonly type: "String" | "Arn" | "Numeric" | "Date" | "Bool" | "IpAddress" | "Binary";
  readonly isList?: true;
  readonly told: readonly string[];
  readonly asked: readonly string[];
}

const tagValues = ["red", "Red", "blue", "r*d", "", "${aws:username}"];
const conditionKeys: readonly ConditionKey[] = [
  {
    key: "aws:PrincipalTag/team",
    type: "String",
    told: ["red", "Red", "blue", "alice"],
    asked: [...tagValues, "r?d", "*", "${aws:PrincipalTag/none}", "${aws:PrincipalTag/none, 'red'}", "${*}", "re${$}d"],
  },
  {
    key: "s3:prefix",
    type: "String",
    told: ["home/", "home/alice/", ""],
    asked: ["", "home/", "home/${aws:username}/", "home/*"],
  },
  {
    key: "aws:TagKeys",
    type: "String",
    isList: true,
    told: ["red", "Red", "blue"],
    asked: [...tagValues.slice(0, 4), "*"],
  },
  {
    key: "aws:SourceArn",
    type: "Arn",
    told: ["arn:aws:s3:::data", "arn:aws:sns:eu-west-1:111111111111:topic", "arn:aws:sns:eu-west-1:111111111111:a:b"],
    asked: [
      "arn:aws:s3:::data",
      "arn:aws:s3:::*",
      "arn:aws:s*:*:*:*",
      "arn:aws:sns:*:111111111111:t?pic",
      "arn:aws:sns:eu-west-1:${aws:PrincipalAccount}:*",
      "arn:*",
      "*",
      "arn:aws:SNS:*:*:*",
    ],
  },
  {
    key: "aws:MultiFactorAuthAge",
    type: "Numeric",
    told: ["0", "10", "10.5", "-3", "3600"],
    asked: ["0", "10", "10.0", "10.5", "3600", "-3"],
  },
  {
    key: "aws:CurrentTime",
    type: "Date",
    told: ["2024-05-06T07:08:09Z", "2024-05-06T00:00:00Z", "2023-01-01T00:00:00Z"],
    asked: [
      "2024-05-06T07:08:09Z",
      "2024-05-06",
      "2024-05-06T09:08:09+02:00",
      "2024",
      "1714979289",
      "2023-01-01T00:00:00Z",
    ],
  },
  {
    key: "aws:SecureTransport",
    type: "Bool",
    told: ["true", "false"],
    asked: ["true", "false", "TRUE", "${aws:SecureTransport}", "yes"],
  },
  { key: "aws:userid", type: "Binary", told: ["QUJD", "QUI="], asked: ["QUJD", "QUI=", "QUE=", "not base64!"] },
  {
    key: "aws:SourceIp",
    type: "IpAddress",
    told: ["203.0.113.7", "198.51.100.1", "2001:db8:1234:5678::1", "2001:DB8::1"],
    asked: [
      "203.0.113.0/24",
      "203.0.113.7",
      "203.0.113.7/32",
      "0.0.0.0/0",
      "2001:db8:1234:5678::/64",
      "2001:db8::/32",
      "2001:DB8:0::1",
    ],
  },
];

const operatorsOf: { readonly [Type in ConditionKey["type"]]: readonly string[] } = {
  String: [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
  ],
  Arn: ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "StringLike", "StringEquals"],
  Numeric: ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map(
    (name) => `Numeric${name}`,
  ),
  Date: ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map(
    (name) => `Date${name}`,
  ),
  Bool: ["Bool"],
  IpAddress: ["IpAddress", "NotIpAddress"],
  Binary: ["BinaryEquals"],
};

/** One operator with one key, now and then with a set operator, `IfExists`, or `Null` instead. */
const conditionBlock: fc.Arbitrary<readonly [string, string, JsonValue]> = fc
  .constantFrom(...conditionKeys)
  .chain((one) => {
    const name = fc
      .tuple(
        one.isList === true
          ? fc.constantFrom("ForAllValues:", "ForAnyValue:", "ForAllValues:", "ForAnyValue:", "")
          : fc.constantFrom("", "", "", "", "", "ForAllValues:", "ForAnyValue:"),
        fc.constantFrom(...operatorsOf[one.type]),
        fc.constantFrom("", "", "IfExists"),
      )
      .map((parts) => parts.join(""));
    const values = fc.oneof(
      fc.constantFrom(...one.asked),
      fc.array(fc.constantFrom(...one.asked), { minLength: 1, maxLength: 3 }),
    );
    const isNull = fc.constantFrom("true", "false", true, false).map((value): [string, JsonValue] => ["Null", value]);
    return fc
      .oneof({ weight: 9, arbitrary: fc.tuple(name, values) }, { weight: 1, arbitrary: isNull })
      .chain(([operator, value]) =>
        fc.constantFrom(one.key, one.key, one.key.toLowerCase()).map((key) => [operator, key, value] as const),
      );
  });

/** A Condition with one or two operators. */
export const condition: fc.Arbitrary<JsonObject> = fc
  .array(conditionBlock, { minLength: 1, maxLength: 2 })
  .map((blocks) => {
    const operators: { [operator: string]: { [key: string]: JsonValue } } = {};
    for (const [operator, key, value] of blocks) operators[operator] = { [key]: value };
    return { Condition: operators };
  });

/** What a request tells of the keys: now and then nothing. */
export const toldContext: fc.Arbitrary<Case["context"]> = fc
  .tuple(
    ...conditionKeys.map((one) => {
      const value: fc.Arbitrary<string | string[]> =
        one.isList === true ? fc.array(fc.constantFrom(...one.told), { maxLength: 3 }) : fc.constantFrom(...one.told);
      return fc.option(value, { nil: undefined, freq: 4 }).map((told) => [one.key, told] as const);
    }),
  )
  .map((entries) => {
    const context: { [key: string]: string | readonly string[] } = {};
    for (const [key, told] of entries) if (told !== undefined) context[key] = told;
    return context;
  });
