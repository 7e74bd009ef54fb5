import { readDate } from "../policy/evaluate/readValues";
import type { JsonNode } from "../policy/json";
import { valueFinding } from "./conditionParts";
import type { Finding } from "./finding";
import { replaceNode } from "./textEdits";

/** No policy is about a year after 5138: what looks so counts milliseconds. */
const milliseconds = /^\d{12,13}$/;

/**
 * A part of condition-value-invalid: a moment that AWS reads as another one, because it takes every number for seconds
 * since 1970, and one that nobody can read.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function dateFinding(text: string, key: string, node: JsonNode): Finding | undefined {
  const written = node.kind === "string" ? node.value : node.kind === "number" ? String(node.value) : "";
  if (!/^\d{8,13}$/.test(written)) return undefined;
  const day = written.replace(/^((?:19|20)\d\d)(\d\d)(\d\d)$/, "$1-$2-$3");
  const isDay = day !== written && readDate(day) !== undefined;
  const isEpochKey = key.toLowerCase() === "aws:epochtime";
  const isWrong = isDay || milliseconds.test(written);
  if (isEpochKey && !isWrong) return undefined;
  const meant = isDay ? day : moment(Number(written) * (isWrong ? 1 : 1000));
  const wanted = isEpochKey ? String((readDate(meant) ?? 0) / 1000) : meant;
  const message = isWrong
    ? `AWS counts a number in seconds since 1970, so ${written} is ${isDay ? "in the year 1970" : "thousands of years away"} and not ${meant}.`
    : `AWS advises against seconds since 1970, which it may take for another moment than ${meant}.`;
  const fix = { title: `Replace by ${wanted}`, edits: [replaceNode(node, wanted)], safe: !isWrong };
  return valueFinding(text, node, isWrong ? "error" : "information", message, [fix]);
}

/** `2027-01-31T00:00:00Z` */
function moment(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+/, "");
}
