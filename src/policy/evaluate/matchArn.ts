import { matchesPattern } from "../wildcards";
import type { Pattern } from "./variables";
import { slicePattern } from "./variables";

/**
 * Compares a pattern with an ARN as condition operators do: each of the six parts on its own, so that a wildcard stays
 * within its part; the last holds all further colons. Undefined when one of them has fewer than six parts.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function matchesArnParts(pattern: Pattern, arn: string): boolean | undefined {
  let patternStart = 0;
  let start = 0;
  let isMatch = true;
  for (let part = 0; part < 5; part += 1) {
    const patternColon = pattern.text.indexOf(":", patternStart);
    const colon = arn.indexOf(":", start);
    if (patternColon < 0 || colon < 0) return undefined;
    isMatch &&= matches(slicePattern(pattern, patternStart, patternColon), arn.slice(start, colon));
    patternStart = patternColon + 1;
    start = colon + 1;
  }
  return isMatch && matches(slicePattern(pattern, patternStart, pattern.text.length), arn.slice(start));
}

export function matches(pattern: Pattern, text: string): boolean {
  return matchesPattern(pattern.text, text, pattern.plain);
}
