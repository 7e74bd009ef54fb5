import { type IpRange, inRange, readIpRange } from "../policy/evaluate/ipAddress";
import type { StringNode } from "../policy/json";
import type { ConditionEntry, Statement } from "../policy/policyDocument";
import { useKey, valueFinding } from "./conditionParts";
import { allows } from "./documentFacts";
import type { Finding } from "./finding";
import type { ReadOperator } from "./policyElements";
import { removeItem, replaceNode } from "./textEdits";

/**
 * A part of condition-value-invalid: addresses that aws:SourceIp never holds, and ranges whose address says more than
 * counts. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
 */
export function addressFindings(
  text: string,
  statement: Statement,
  condition: ConditionEntry,
  operator: ReadOperator,
): readonly Finding[] {
  const { key, values } = condition;
  const ofSource = key.value.toLowerCase() === "aws:sourceip" && operator.set === "";
  const isNotPublic = (range: IpRange) => ofSource && neverPublic.some((other) => inRange(range, other));
  const ranges = values.map((node) => (node.kind === "string" ? readIpRange(node.value) : undefined));
  if (ranges.every((range) => range !== undefined && isNotPublic(range)) && values.length > 0)
    return [allNotPublic(text, statement, condition, operator)];
  return values.flatMap((node, index) => {
    const range = ranges[index];
    if (node.kind !== "string" || range === undefined) return [];
    if (isNotPublic(range)) return notPublic(text, condition, node);
    const network = networkOf(range);
    return network === undefined ? [] : hostBits(text, node, network);
  });
}

/** https://www.iana.org/assignments/iana-ipv4-special-registry/ and the same of version 6. */
const neverPublic: readonly IpRange[] = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "fc00::/7",
  "fe80::/10",
  "::1",
].flatMap((range) => readIpRange(range) ?? []);

function allNotPublic(
  text: string,
  statement: Statement,
  condition: ConditionEntry,
  { base, ifExists }: ReadOperator,
): Finding {
  const { key } = condition;
  const allow = allows(statement);
  const always = base.includes("Not");
  const result = always
    ? `the condition holds for every request and the statement ${allow ? "keeps nobody out" : "denies your own network, too"}`
    : ifExists
      ? `the condition only holds for requests without ${key.value}`
      : `this statement never ${allow ? "allows" : "denies"} anything`;
  const message = `${key.value} only ever holds public addresses, and none of these is one, so ${result}.`;
  const fixes = useKey(statement, condition, "aws:VpcSourceIp");
  return valueFinding(text, key, ifExists && !always ? "warning" : "error", message, fixes);
}

function notPublic(text: string, { key, values }: ConditionEntry, node: StringNode): Finding {
  const edit = removeItem(values, node);
  const fixes = edit === undefined ? [] : [{ title: `Remove ${node.value}`, edits: [edit], safe: false }];
  const message = `${key.value} only ever holds public addresses, so ${node.value} matches no request.`;
  return valueFinding(text, node, "warning", message, fixes);
}

function hostBits(text: string, node: StringNode, network: string): Finding {
  const bits = network.slice(network.indexOf("/") + 1);
  const message = `Behind the first ${bits} bits nothing counts, so ${node.value} stands for all of ${network}.`;
  const fix = { title: `Replace by ${network}`, edits: [replaceNode(node, network)], safe: true };
  return valueFinding(text, node, "information", message, [fix]);
}

/** The range in AWS's own form; undefined when it is written so that all of its address counts. */
function networkOf({ version, groups, prefix }: IpRange): string | undefined {
  const width = version === 4 ? 8 : 16;
  const kept = groups.map((group, index) => {
    const ignored = Math.min(Math.max((index + 1) * width - prefix, 0), width);
    return (group >>> ignored) << ignored;
  });
  if (kept.every((group, index) => group === groups[index])) return undefined;
  const address =
    version === 4
      ? kept.join(".")
      : kept
          .map((group) => group.toString(16))
          .join(":")
          .replace(/(^|:)0(:0)+(:|$)/, "::");
  return `${address}/${prefix}`;
}
