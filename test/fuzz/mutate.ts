import type { JsonNode, Property, Range } from "../../src/policy/json";
import { parseJson } from "../../src/policy/parseJson";
import { principalTypes, statementElements } from "../../src/policy/policyWords";
import type { Random } from "./random";

/** As long as a document may become: the largest that AWS takes, twice. */
const longest = 64_000;

type Mutation = (text: string, random: Random, others: readonly string[]) => string;

/** A document with one to eight changes: of its letters, as of a bad copy, and of its structure, as of a bad edit. */
export function mutate(text: string, random: Random, others: readonly string[]): string {
  let mutated = text;
  for (let left = 1 + random.below(8); left > 0; left -= 1) {
    const next = random.pick(mutations)(mutated, random, others);
    if (next.length <= longest) mutated = next;
  }
  return mutated;
}

function replace(text: string, { offset, length }: Range, by: string): string {
  return text.slice(0, offset) + by + text.slice(offset + length);
}

function someRange(text: string, random: Random, most: number): Range {
  const offset = random.below(text.length + 1);
  return { offset, length: Math.min(random.below(most + 1), text.length - offset) };
}

const characters: readonly [string, ...string[]] = [
  ...['"', "“", "”", "'", "[", "]", "{", "}", ",", ":", "\\", "\\u0041", "\\ud800", "\n", "\r\n", "\t", " ", "\u00a0"],
  ...["\u200b", "\ufeff", "\u2028", "\0", "//", "/*", "*/", "#", "<", ">", "<x>", "*", "?", "$", "${", "{{", "1e999"],
  ...["-", "...", "…", "null", "true", "[]", "{}", "😀", "é", "arn:", "::", "/", "NaN", "０"],
] as [string, ...string[]]; // is written out above

const onLetters: readonly Mutation[] = [
  (text, random) => replace(text, someRange(text, random, 12), ""),
  (text, random) => replace(text, someRange(text, random, 0), random.pick(characters)),
  (text, random) => replace(text, someRange(text, random, 3), random.pick(characters)),
  (text, random) => {
    const range = someRange(text, random, 200);
    return replace(text, { ...range, length: 0 }, text.slice(range.offset, range.offset + range.length));
  },
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => text.slice(random.below(text.length + 1)),
  (text, random) => {
    const range = someRange(text, random, 3);
    const at = text.charCodeAt(range.offset) || 32;
    return replace(text, { offset: range.offset, length: 1 }, String.fromCharCode(at ^ (1 << random.below(8))));
  },
  (text, random) => {
    const from = random.pick(['"', ",", ":", " ", "\n", "}", "]"]);
    return text.replaceAll(from, random.pick(characters));
  },
  (text, random, others) => {
    const other = random.pick(others) ?? "";
    return text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1));
  },
];

const words: readonly [string, ...string[]] = [
  ...[
    "s3:GetObject",
    "s3:*",
    "*",
    "s3:Get*Object?",
    "S3:getobject",
    "kms:Decrypt",
    "sts:AssumeRole",
    "GetObject",
    "x:y",
  ],
  ...[
    "arn:aws:s3:::training-data",
    "arn:aws:s3:::training-data/*",
    "arn:aws:s3:::*",
    "arn:aws:s3:::",
    "s3://x/",
    "arn:aws",
  ],
  ...[
    "arn:aws:iam::345678901234:root",
    "345678901234",
    "arn:aws:iam::597713067985:role/activeloop_backend",
    "AROAJQABLZS4A3QDU576Q",
  ],
  ...[
    "arn:aws:kms:us-east-1:234567890123:alias/a",
    "BUCKET_NAME",
    "<account-id>",
    "${aws:username}",
    "${x}",
    "{{x}}",
    "123456789012",
  ],
  ...[
    "Allow",
    "allow",
    "Deny",
    "2012-10-17",
    "2008-10-17",
    "",
    "a b",
    "0000",
    "203.0.113.0/24",
    "true",
    "2026-01-01",
    "x".repeat(300),
  ],
] as [string, ...string[]]; // is written out above

const keys: readonly [string, ...string[]] = [
  "Version",
  "Statement",
  ...statementElements,
  ...principalTypes,
  ...["StringEquals", "StringLike", "ArnLike", "Bool", "IpAddress", "Null"],
  ...["ForAllValues:StringEquals", "StringEqualsIfExists", "NumericLessThan", "DateGreaterThan", "sts:ExternalId"],
  ...[
    "aws:PrincipalArn",
    "aws:SourceIp",
    "s3:prefix",
    "aws:ExternalId",
    "effect",
    "Actions",
    "Ref",
    "Fn::Sub",
    "",
    "__proto__",
  ],
  ...[
    "vendor",
    "parameters",
    "buckets",
    "constructor",
    "Resources",
    "Properties",
    "PolicyDocument",
    "AssumeRolePolicyDocument",
  ],
] as [string, ...string[]]; // is written out above

const onStructure: readonly Mutation[] = [
  onNode((random) => JSON.stringify(random.pick(words))),
  onNode((random) => random.pick(["null", "true", "false", "0", "-1.5e3", "[]", "{}", '""', "[[]]", '[{"a": 1}]'])),
  onNode((_, node) => `[${node}]`),
  onNode((_, node) => `[${node}, ${node}]`),
  onNode((random, node) => `{${JSON.stringify(random.pick(keys))}: ${node}}`),
  onNode((random, node) => Array.from({ length: 2 + random.below(30) }, () => node).join(", ")),
  onNode((_, node) => node.toUpperCase()),
  onNode((_, node) => node.toLowerCase()),
  onNode((random, node) => node.replace(/[*?]|\w(?=\W*$)/, random.pick(["*", "?", "**", " ", "/*", ":", "{x}"]))),
  // A statement, a principal or a value of another document.
  (text, random, others) => {
    const { nodes } = partsOf(text);
    const other = random.pick(others) ?? "";
    const [target, source] = [random.pick(nodes), random.pick(partsOf(other).nodes)];
    if (target === undefined || source === undefined) return text;
    return replace(text, target, other.slice(source.offset, source.offset + source.length));
  },
  onProperty((random, { key }, text) => replace(text, key, JSON.stringify(random.pick(keys)))),
  onProperty((_, property, text) => replace(text, property, "")),
  onProperty((random, property, text) => {
    const copy = text.slice(property.offset, property.offset + property.length);
    return replace(text, { ...property, length: 0 }, `${copy}${random.pick([",", ", ", ""])}`);
  }),
  onProperty((random, property, text) => {
    const added = `${JSON.stringify(random.pick(keys))}: ${JSON.stringify(random.pick(words))}, `;
    return replace(text, { ...property, length: 0 }, added);
  }),
];

const mutations = [...onLetters, ...onStructure] as [Mutation, ...Mutation[]]; // is written out above

function onNode(change: (random: Random, node: string) => string): Mutation {
  return (text, random) => {
    const node = random.pick(partsOf(text).nodes);
    return node === undefined
      ? text
      : replace(text, node, change(random, text.slice(node.offset, node.offset + node.length)));
  };
}

function onProperty(change: (random: Random, property: Property, text: string) => string): Mutation {
  return (text, random) => {
    const property = random.pick(partsOf(text).properties);
    return property === undefined ? text : change(random, property, text);
  };
}

function partsOf(text: string): { readonly nodes: readonly JsonNode[]; readonly properties: readonly Property[] } {
  const nodes: JsonNode[] = [];
  const properties: Property[] = [];
  const { root } = parseJson(text);
  const left = root === undefined ? [] : [root];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    nodes.push(node);
    if (node.kind === "array") for (const item of node.items) left.push(item);
    if (node.kind !== "object") continue;
    for (const property of node.properties) {
      properties.push(property);
      if (property.value !== undefined) left.push(property.value);
    }
  }
  return { nodes, properties };
}
