import { inRange, readIpAddress, readIpRange } from "./ipAddress";
import { matches, matchesArnParts } from "./matchArn";
import { readBase64, readBool, readDate, readNumber } from "./readValues";
import type { Pattern } from "./variables";

/**
 * Is a value of the request like one of the policy's? Undefined when it is like none, but one of them can't be read as what
 * the operator compares: `ten` as a number.
 */
type Comparison = (requestValue: string) => boolean | undefined;

export interface ConditionOperator {
  /** True when no value of the policy may match. */
  readonly negated: boolean;
  /** May the policy's values hold variables? */
  readonly takesVariables: boolean;
  /** Reads the policy's values once for all of the request's. */
  readonly prepare: (values: readonly Pattern[]) => Comparison;
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

type Prepare = ConditionOperator["prepare"];

/** Each side is read as what is compared, or can't be. */
function comparing<Request, Value>(
  readRequest: (text: string) => Request | undefined,
  readValue: (value: Pattern) => Value | undefined,
  test: (request: Request, value: Value) => boolean | undefined,
): Prepare {
  return (patterns) => {
    const values = patterns.map(readValue);
    return (requestValue) => {
      const request = readRequest(requestValue);
      if (request === undefined) return undefined;
      let result: boolean | undefined = false;
      for (const value of values) {
        const isMatch = value === undefined ? undefined : test(request, value);
        if (isMatch === true) return true;
        if (isMatch === undefined) result = undefined;
      }
      return result;
    };
  };
}

/** Both sides are of one kind. */
function comparingAs<T>(read: (text: string) => T | undefined, test: (request: T, value: T) => boolean): Prepare {
  return comparing(read, ({ text }) => read(text), test);
}

const same = (text: string) => text;
const lowerCase = (text: string) => text.toLowerCase();
const isEqual = <T>(a: T, b: T) => a === b;

const equals = comparingAs(same, isEqual);
const equalsIgnoreCase = comparingAs(lowerCase, isEqual);
const like = comparing(
  same,
  (value) => value,
  (request, value) => matches(value, request),
);
const arnLike = comparing(
  same,
  (value) => value,
  (request, value) => matchesArnParts(value, request),
);
const inIpRange = comparing(readIpAddress, ({ text }) => readIpRange(text), inRange);

const operators: { readonly [name: string]: ConditionOperator } = {
  StringEquals: withVariables(equals),
  StringNotEquals: not(withVariables(equals)),
  StringEqualsIgnoreCase: withVariables(equalsIgnoreCase),
  StringNotEqualsIgnoreCase: not(withVariables(equalsIgnoreCase)),
  StringLike: withVariables(like),
  StringNotLike: not(withVariables(like)),
  ...comparisons("Numeric", readNumber),
  ...comparisons("Date", readDate),
  Bool: withVariables(comparingAs(readBool, isEqual)),
  BinaryEquals: withoutVariables(comparingAs(readBase64, isEqual)),
  IpAddress: withoutVariables(inIpRange),
  NotIpAddress: not(withoutVariables(inIpRange)),
  // ArnEquals and ArnLike behave identically.
  ArnEquals: withVariables(arnLike),
  ArnLike: withVariables(arnLike),
  ArnNotEquals: not(withVariables(arnLike)),
  ArnNotLike: not(withVariables(arnLike)),
};

/** As AWS writes them, without prefixes and suffix. */
export const operatorNames: readonly string[] = [...Object.keys(operators), "Null"];

function withVariables(prepare: Prepare): ConditionOperator {
  return { negated: false, takesVariables: true, prepare };
}

function withoutVariables(prepare: Prepare): ConditionOperator {
  return { negated: false, takesVariables: false, prepare };
}

function not(operator: ConditionOperator): ConditionOperator {
  return { ...operator, negated: true };
}

function comparisons(type: string, read: (text: string) => number | undefined): { [name: string]: ConditionOperator } {
  return {
    [`${type}Equals`]: withoutVariables(comparingAs(read, (a, b) => a === b)),
    [`${type}NotEquals`]: not(withoutVariables(comparingAs(read, (a, b) => a === b))),
    [`${type}LessThan`]: withoutVariables(comparingAs(read, (a, b) => a < b)),
    [`${type}LessThanEquals`]: withoutVariables(comparingAs(read, (a, b) => a <= b)),
    [`${type}GreaterThan`]: withoutVariables(comparingAs(read, (a, b) => a > b)),
    [`${type}GreaterThanEquals`]: withoutVariables(comparingAs(read, (a, b) => a >= b)),
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
