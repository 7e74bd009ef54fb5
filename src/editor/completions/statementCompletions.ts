import type { DocumentKind } from "../../policy/policyDocument";
import { type Completion, keyCompletion, stringCompletion, valueCompletion } from "./completion";
import type { PolicyCursor } from "./policyCursor";

interface Element {
  readonly documentation: string;
  /** What stands behind the colon, as a snippet. */
  readonly value: string;
  readonly asksAgain: boolean;
  /** Not beside these. */
  readonly excludes?: readonly string[];
}

const list = '["$1"]';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
const statementElements: { readonly [name: string]: Element } = {
  Sid: {
    documentation: "A name of the statement: letters and digits, unique in the document.",
    value: '"$1"',
    asksAgain: false,
  },
  Effect: {
    documentation: "Whether the statement allows or denies. A denial wins over every permission.",
    value: '"$1"',
    asksAgain: true,
  },
  Principal: {
    documentation: "Who: accounts, roles, users or AWS services.",
    value: '{ "$1" }',
    asksAgain: true,
    excludes: ["NotPrincipal"],
  },
  Action: {
    documentation: "The actions, as `service:Action`. `*` is a wildcard.",
    value: list,
    asksAgain: true,
    excludes: ["NotAction"],
  },
  Resource: {
    documentation: "The ARNs of what the actions reach. A bucket and its objects are two ARNs.",
    value: list,
    asksAgain: true,
    excludes: ["NotResource"],
  },
  Condition: {
    documentation: "What must also hold: operator, key, values. All operators and all keys must hold.",
    value: '{ "$1" }',
    asksAgain: true,
  },
  NotAction: {
    documentation: "Every action of every service **but these**: with `Allow` nearly everything.",
    value: list,
    asksAgain: true,
    excludes: ["Action"],
  },
  NotResource: {
    documentation: "Everything **but these** ARNs: with `Allow` nearly everything.",
    value: list,
    asksAgain: true,
    excludes: ["Resource"],
  },
  NotPrincipal: {
    documentation: "Everyone **but these**: with `Allow` nearly everyone.",
    value: '{ "$1" }',
    asksAgain: true,
    excludes: ["Principal"],
  },
};

/** What a statement of this kind of document has; a trust policy takes no NotAction without letting in too much. */
const elementsOf: { readonly [Kind in DocumentKind]: readonly string[] } = {
  permissions: ["Sid", "Effect", "Action", "Resource", "Condition", "NotAction", "NotResource"],
  trust: ["Sid", "Effect", "Principal", "Action", "Condition", "NotPrincipal"],
  bucket: Object.keys(statementElements),
  key: Object.keys(statementElements),
  unknown: Object.keys(statementElements),
};

export function statementKeys({ place, kind, siblings }: PolicyCursor): readonly Completion[] {
  return elementsOf[kind].flatMap((name, order) => {
    const element = statementElements[name];
    if (element === undefined || siblings.has(name) || element.excludes?.some((other) => siblings.has(other)))
      return [];
    const { documentation, value, asksAgain } = element;
    return [keyCompletion(place, { label: name, kind: "element", group: 0, order, documentation, asksAgain }, value)];
  });
}

export function effects({ place }: PolicyCursor): readonly Completion[] {
  return [
    stringCompletion(place, { label: "Allow", kind: "word", group: 0, documentation: "Allow the actions." }),
    stringCompletion(place, {
      label: "Deny",
      kind: "word",
      group: 1,
      documentation: "Deny the actions, whatever else allows them.",
    }),
  ];
}

/** The keys of the document. Only policies of resources make use of an Id. */
export function documentKeys({ place, kind, siblings }: PolicyCursor): readonly Completion[] {
  const keys = [
    [
      "Version",
      "The version of the policy language: 2012-10-17. Only that one knows policy variables.",
      '"2012-10-17"',
    ],
    ["Statement", "What is allowed or denied: a list of statements.", "[\n\t{\n\t\t$1\n\t}\n]"],
    ["Id", "A name for the policy. Some AWS services need one.", '"$1"'],
  ] as const;
  return keys.flatMap(([label, documentation, value], order) => {
    if (siblings.has(label) || (label === "Id" && (kind === "permissions" || kind === "trust"))) return [];
    const asksAgain = label === "Statement";
    return [keyCompletion(place, { label, kind: "element", group: 0, order, documentation, asksAgain }, value)];
  });
}

export function versions({ place }: PolicyCursor): readonly Completion[] {
  const documentation = "The current version of the policy language: what every new policy has.";
  return [stringCompletion(place, { label: "2012-10-17", kind: "word", group: 0, documentation })];
}

/** A statement where none is yet. */
export function newStatements({ place, kind }: PolicyCursor): readonly Completion[] {
  if (place.quotes !== "none") return [];
  const resource = ['"Action": ["$1"]', '"Resource": ["$2"]'];
  const principal = '"Principal": { "AWS": "$1" }';
  const bodies: { readonly [Kind in DocumentKind]: readonly string[] } = {
    permissions: resource,
    trust: [principal, '"Action": "sts:AssumeRole"'],
    bucket: [principal, '"Action": ["$2"]', '"Resource": ["$3"]'],
    key: [principal, '"Action": ["$2"]', '"Resource": "*"'],
    unknown: resource,
  };
  return (["Allow", "Deny"] as const).map((effect, group) => {
    const body = [`"Effect": "${effect}"`, ...bodies[kind]].map((line) => `\t${line}`).join(",\n");
    const snippet = `{\n${body}\n}`;
    return valueCompletion(place, {
      label: `${effect} statement`,
      kind: "element",
      group,
      snippet,
      documentation: "A statement to fill in.",
      asksAgain: true,
    });
  });
}
