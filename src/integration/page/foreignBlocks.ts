import type { Range } from "../../policy/json";
import type { UnreadBlock } from "./pageDocuments";
import { countBefore, searchIn } from "./pageSearch";
import type { PageText } from "./pageText";

interface Language {
  readonly begins: RegExp;
  readonly reason: string;
}

/** Other languages in which pages give the same documents. They are shown as such: what they make is not known before they run. */
const languages: readonly Language[] = [
  {
    begins: /^[ \t]*data\s+"aws_iam_policy_document"\s+"[^"]+"\s*\{/gm,
    reason: "It is Terraform (an aws_iam_policy_document): run it through terraform, and import what it makes.",
  },
  {
    begins: /^[ \t]*(?:-\s+)?(?:AssumeRolePolicyDocument|PolicyDocument|KeyPolicy):[ \t]*(?:\n|$)/gm,
    reason: "It is YAML of CloudFormation: import the role that the stack makes, or the template as JSON.",
  },
  {
    begins: /^[ \t]*Statement:[ \t]*\n[ \t]*-[ \t]/gm,
    reason: "It is a policy in YAML, which AWS takes only as JSON.",
  },
  {
    begins: /\bnew\s+(?:iam\.|aws_iam\.)?PolicyStatement\s*\(|\biam\.PolicyStatement\s*\(/g,
    reason: "It is code of the AWS CDK: import what it makes.",
  },
  {
    begins: /["“”'`](?:Statement|Effect)["“”'`]\s*[:=]/g,
    reason: "It looks like a part of a policy, and its beginning was not found.",
  },
  {
    begins: /<CORSConfiguration\b/g,
    reason: "It is CORS rules in XML, as S3 took them formerly: the console takes JSON.",
  },
];

/** More than anybody reads. */
const mostFound = 1000;

/** One entry for each place where a policy is written in another language than JSON, outside of the blocks. */
export function foreignBlocks({ text }: PageText, blocks: readonly Range[]): readonly UnreadBlock[] {
  const found: UnreadBlock[] = [];
  const endOfCode = searchIn(text, /\n[ \t]*\n|\n[ \t]*(?:```|~~~)/g);
  const covers = (offset: number, range: Range | undefined) =>
    range !== undefined && range.offset <= offset && offset < range.offset + range.length;
  for (const { begins, reason } of languages) {
    for (const { index } of text.matchAll(begins)) {
      const offset = index + (/^\s*/.exec(text.slice(index))?.[0].length ?? 0);
      if (covers(offset, blocks[countBefore(blocks, offset + 1, (block) => block.offset) - 1])) continue;
      // Up to the next empty line or fence.
      const end = endOfCode(offset)?.index ?? text.length;
      if (found.some((other) => offset < other.offset + other.text.length && other.offset < end)) continue;
      found.push({ text: text.slice(offset, end), offset, reason });
      if (found.length === mostFound) return found;
    }
  }
  return found;
}
