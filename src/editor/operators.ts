/** What a condition operator compares, in words, and the types of keys that it is for. */
export interface OperatorWords {
  readonly name: string;
  /** A sentence without its end: "The value is exactly one of these". */
  readonly compares: string;
  /** As AWS writes types of keys. */
  readonly family: "String" | "ARN" | "Bool" | "Null" | "IPAddress" | "Numeric" | "Date" | "Binary";
  /** True when the key is absent from the request: the operators that deny. */
  readonly negated: boolean;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const operators: readonly OperatorWords[] = [
  words("StringEquals", "String", "The value is exactly one of these"),
  words("StringLike", "String", "The value matches one of these patterns: `*` is any text, `?` one character"),
  words("StringNotEquals", "String", "The value is none of these"),
  words("StringNotLike", "String", "The value matches none of these patterns"),
  words("StringEqualsIgnoreCase", "String", "The value is one of these, upper and lower case alike"),
  words("StringNotEqualsIgnoreCase", "String", "The value is none of these, upper and lower case alike"),
  words("ArnLike", "ARN", "The ARN matches one of these patterns, each of its six parts on its own"),
  words("ArnEquals", "ARN", "The ARN matches one of these patterns, each of its six parts on its own, as with ArnLike"),
  words("ArnNotLike", "ARN", "The ARN matches none of these patterns"),
  words("ArnNotEquals", "ARN", "The ARN matches none of these patterns, as with ArnNotLike"),
  words("Bool", "Bool", "The value is `true`, or `false`"),
  words("Null", "Null", "`true`: the key is absent from the request. `false`: it is there"),
  words("IpAddress", "IPAddress", "The address is in one of these ranges (CIDR)"),
  words("NotIpAddress", "IPAddress", "The address is in none of these ranges (CIDR)"),
  words("NumericEquals", "Numeric", "The number is one of these"),
  words("NumericNotEquals", "Numeric", "The number is none of these"),
  words("NumericLessThan", "Numeric", "The number is less than this"),
  words("NumericLessThanEquals", "Numeric", "The number is at most this"),
  words("NumericGreaterThan", "Numeric", "The number is greater than this"),
  words("NumericGreaterThanEquals", "Numeric", "The number is at least this"),
  words("DateEquals", "Date", "The time is this (ISO 8601)"),
  words("DateNotEquals", "Date", "The time is not this"),
  words("DateLessThan", "Date", "The time is before this"),
  words("DateLessThanEquals", "Date", "The time is this or before"),
  words("DateGreaterThan", "Date", "The time is after this"),
  words("DateGreaterThanEquals", "Date", "The time is this or after"),
  words("BinaryEquals", "Binary", "The bytes are exactly these (base64)"),
];

function words(name: string, family: OperatorWords["family"], compares: string): OperatorWords {
  return { name, family, compares, negated: name.includes("Not") };
}

/**
 * Is the operator one for keys of this type? A list's type says what its items are. Text operators compare ARNs, accounts
 * and addresses, too, letter by letter; what is read as a number, a time or an address has operators of its own.
 */
export function fitsType({ family }: OperatorWords, type: string): boolean {
  const item = type.replace(/^ArrayOf/, "").toLowerCase();
  if (family === "Null") return true;
  if (family === "String") return item === "string" || item === "arn";
  if (family === "IPAddress") return item === "ipaddress" || item === "ip address";
  return item === family.toLowerCase();
}

/** A key with several values in one request, which `ForAllValues:` and `ForAnyValue:` are for. */
export function hasManyValues(type: string): boolean {
  return type.startsWith("ArrayOf");
}
