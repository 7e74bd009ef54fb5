/**
 * What stands for a value that is not known. `named` says what it is; `anything` matches whatever the value could be.
 * What is found with both holds for any value.
 */
export type StandIn = "named" | "anything";

/**
 * Of the values that CloudFormation knows by itself, those that are nearly always the same.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
const usualValues: ReadonlyMap<string, string> = new Map([
  ["AWS::Partition", "aws"],
  ["AWS::URLSuffix", "amazonaws.com"],
]);

export function usualValue(name: string): string | undefined {
  return usualValues.get(name);
}

/** Checks take text in two braces for what another tool fills in. */
export function standFor(name: string, standIn: StandIn): string {
  return standIn === "anything" ? "*" : `{{${name.replace(/[^\w.:[\]*-]+/g, " ").trim()}}}`;
}
