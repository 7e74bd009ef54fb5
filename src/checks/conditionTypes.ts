import { readIpRange } from "../policy/evaluate/ipAddress";
import { readBase64, readBool, readDate, readNumber } from "../policy/evaluate/readValues";

/** What a condition operator compares, and what AWS says of a condition key. */
export type ConditionType = "String" | "Numeric" | "Date" | "Bool" | "Binary" | "IpAddress" | "Arn";

/** `NotIpAddress` → IpAddress; undefined for `Null`, which compares nothing. */
export function typeOfOperator(base: string): ConditionType | undefined {
  if (base === "Null") return undefined;
  if (base.includes("IpAddress")) return "IpAddress";
  return operatorTypes.find((type) => base.startsWith(type));
}

const operatorTypes = ["String", "Numeric", "Date", "Bool", "Binary", "Arn"] as const;

/** AWS's "ArrayOfARN", "IPAddress" … as what operators compare. */
export function typeOfKey(type: string): ConditionType | undefined {
  return keyTypes[type.replace(/^ArrayOf/, "")];
}

const keyTypes: { readonly [type: string]: ConditionType } = {
  String: "String",
  Numeric: "Numeric",
  Date: "Date",
  Bool: "Bool",
  Binary: "Binary",
  IPAddress: "IpAddress",
  ARN: "Arn",
};

/** The operator of another type that compares in the same way, without prefix and suffix; undefined where there is none. */
export function operatorOfType(base: string, type: ConditionType): string | undefined {
  const not = base.includes("Not");
  switch (type) {
    case "IpAddress":
      return not ? "NotIpAddress" : "IpAddress";
    case "Bool":
      return not ? undefined : "Bool";
    case "Arn":
      return not ? "ArnNotLike" : "ArnLike";
    case "String":
      return not ? "StringNotEquals" : "StringEquals";
    case "Binary":
      return not ? undefined : "BinaryEquals";
    default: {
      const order = /(LessThan|GreaterThan)(Equals)?$/.exec(base)?.[0];
      return `${type}${order ?? (not ? "NotEquals" : "Equals")}`;
    }
  }
}

/** Can the operator compare this value with anything? What is wrong, as the end of a sentence; undefined when it can. */
export function valueProblem(type: ConditionType, value: string): string | undefined {
  switch (type) {
    case "Bool":
      return readBool(value) === undefined ? "neither true nor false" : undefined;
    case "Numeric":
      return readNumber(value) === undefined ? "no number" : undefined;
    case "Date":
      return readDate(value) === undefined ? "no date such as 2026-01-31T00:00:00Z" : undefined;
    case "IpAddress":
      return readIpRange(value) === undefined ? "no IP address or range such as 203.0.113.0/24" : undefined;
    case "Binary":
      return readBase64(value) === undefined ? "no Base64" : undefined;
    case "Arn":
      // AWS does not say whether a * may stand for the rest of an ARN.
      return value.split(":", 6).length < 6 && !value.includes("*") ? "no ARN of six parts" : undefined;
    default:
      return undefined;
  }
}
