import { inRange, readIpAddress, readIpRange } from "./ipAddress";
import { matches, matchesArnParts } from "./matchArn";
import { readBase64, readBool, readDate, readNumber } from "./readValues";
import type { Pattern } from "./variables";

/** How a value of a policy is compared with one of the request. */
export interface ConditionOperator {
  /** True when no value of the policy may match. */
  readonly negated: boolean;
  /** May the policy's values hold variables? */
  readonly takesVariables: boolean;
  /** Undefined when one of them can't be read as what the operator compares: `ten` as a number. */
  readonly matches: (value: Pattern, requestValue: string) => boolean | undefined;
}

/** An operator's name taken apart: `ForAnyValue:StringLikeIfExists`. */
export interface OperatorUse {
  readonly set: "all" | "any" | undefined;
  readonly ifExists: boolean;
  /** Undefined: `Null`, which compares no values. */
  readonly operator: ConditionOperator | undefined;
}

/**
 * Undefined for a name that is no operator. Upper and lower case are the same.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function readOperator(name: string): OperatorUse | undefined {
  return uses.get(name.toLowerCase());
}

type Test = ConditionOperator["matches"];

const equals: Test = (value, requestValue) => value.text === requestValue;
const equalsIgnoreCase: Test = (value, requestValue) => value.text.toLowerCase() === requestValue.toLowerCase();
const sameBool = comparing(readBool, (request, value) => request === value);
const sameBytes = comparing(readBase64, (request, value) => request === value);
const isInRange: Test = (value, requestValue) => {
  const [address, range] = [readIpAddress(requestValue), readIpRange(value.text)];
  return address === undefined || range === undefined ? undefined : inRange(address, range);
};

function comparing<T>(read: (text: string) => T | undefined, test: (request: T, value: T) => boolean): Test {
  return (value, requestValue) => {
    const [left, right] = [read(requestValue), read(value.text)];
    return left === undefined || right === undefined ? undefined : test(left, right);
  };
}

const operators: { readonly [name: string]: ConditionOperator } = {
  StringEquals: withVariables(equals),
  StringNotEquals: not(withVariables(equals)),
  StringEqualsIgnoreCase: withVariables(equalsIgnoreCase),
  StringNotEqualsIgnoreCase: not(withVariables(equalsIgnoreCase)),
  StringLike: withVariables(matches),
  StringNotLike: not(withVariables(matches)),
  // ArnEquals and ArnLike behave identically.
  ArnEquals: withVariables(matchesArnParts),
  ArnLike: withVariables(matchesArnParts),
  ArnNotEquals: not(withVariables(matchesArnParts)),
  ArnNotLike: not(withVariables(matchesArnParts)),
  ...comparisons("Numeric", readNumber),
  ...comparisons("Date", readDate),
  Bool: withVariables(sameBool),
  BinaryEquals: withoutVariables(sameBytes),
  IpAddress: withoutVariables(isInRange),
  NotIpAddress: not(withoutVariables(isInRange)),
};

function withVariables(test: Test): ConditionOperator {
  return { negated: false, takesVariables: true, matches: test };
}

function withoutVariables(test: Test): ConditionOperator {
  return { negated: false, takesVariables: false, matches: test };
}

function not(operator: ConditionOperator): ConditionOperator {
  return { ...operator, negated: true };
}

function comparisons(type: string, read: (text: string) => number | undefined): { [name: string]: ConditionOperator } {
  return {
    [`${type}Equals`]: withoutVariables(comparing(read, (a, b) => a === b)),
    [`${type}NotEquals`]: not(withoutVariables(comparing(read, (a, b) => a === b))),
    [`${type}LessThan`]: withoutVariables(comparing(read, (a, b) => a < b)),
    [`${type}LessThanEquals`]: withoutVariables(comparing(read, (a, b) => a <= b)),
    [`${type}GreaterThan`]: withoutVariables(comparing(read, (a, b) => a > b)),
    [`${type}GreaterThanEquals`]: withoutVariables(comparing(read, (a, b) => a >= b)),
  };
}

const sets = [
  ["", undefined],
  ["forallvalues:", "all"],
  ["foranyvalue:", "any"],
] as const;

/** Every name with its prefixes and suffix, in lower case. Null takes no IfExists, and a set makes no difference to it. */
const uses = new Map<string, OperatorUse>();
for (const [prefix, set] of sets) {
  uses.set(`${prefix}null`, { set, ifExists: false, operator: undefined });
  for (const [name, operator] of Object.entries(operators)) {
    uses.set(`${prefix}${name.toLowerCase()}`, { set, ifExists: false, operator });
    uses.set(`${prefix}${name.toLowerCase()}ifexists`, { set, ifExists: true, operator });
  }
}
