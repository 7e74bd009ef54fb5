import type { ResourceKind, ResourceState, ResourceStatus } from "../account/account";
import type { Finding } from "../checks/finding";
import { bucketsOf } from "../integration/newRequest";
import type { DocumentRole } from "../vendors/manifest";
import type { ShownHandBack } from "./handBackValues";
import { type IntegrationState, integrationState } from "./integrationState";
import { isUsable, type StoredIntegration } from "./integrationStore";

/** The words and signs of one row. `icon` is a codicon, `color` a VS Code theme color. */
export interface RowLabel {
  readonly label: string;
  readonly description: string;
  readonly icon?: string;
  readonly color?: string;
  /** Paragraphs of the tooltip; plain text. */
  readonly tooltip: readonly string[];
  /** What a screen reader says. */
  readonly accessibility: string;
}

/** `others`: those beside it, from which its name must tell it apart. */
export function integrationLabel(stored: StoredIntegration, others: readonly StoredIntegration[] = []): RowLabel {
  const { integration } = stored;
  const state = integrationState(stored);
  const words = stateWords(state);
  const [icon, color] = stateIcons[state.id];
  if (!isUsable(stored)) {
    const [first] = integration.manifestFindings;
    return {
      label: integration.name,
      description: words,
      icon,
      color,
      tooltip: [`integration.json can’t be used: ${first?.message ?? "it is empty."}`],
      accessibility: `${integration.name}, integration.json can’t be used`,
    };
  }
  const { manifest, definition } = stored.integration;
  return {
    label: others.some((other) => other.key !== stored.key && shownName(other) === shownName(stored))
      ? integration.name
      : shownName(stored),
    // The state first: in a narrow side bar the end is cut off.
    description: `${words} · ${definition.name}`,
    icon,
    color,
    tooltip: [
      integration.name,
      `${definition.name}: ${bucketsOf(definition, manifest).join(", ") || "no bucket chosen"}`,
      [manifest.account && `Account ${manifest.account}`, manifest.role && `Role ${manifest.role.name}`]
        .filter(Boolean)
        .join(", "),
      stateSentence(state),
    ],
    accessibility: `${integration.name}, ${definition.name}, ${words}`,
  };
}

/** The vendor has its place in the description: "activeloop-deep-lake-training-data" is "training-data". */
function shownName(stored: StoredIntegration): string {
  const { name } = stored.integration;
  if (!isUsable(stored)) return name;
  const vendor = stored.integration.definition.id;
  return name.startsWith(`${vendor}-`) ? name.slice(vendor.length + 1) : name;
}

const documentTitles: Record<DocumentRole | "manifest", string> = {
  manifest: "What was asked for: the vendor, the bucket, the names.",
  permissions: "The permissions policy: what the role may do.",
  trust: "The trust policy: who may assume the role.",
  bucketPolicy: "What the vendor may do by the bucket’s own policy. Its other statements stay.",
  keyPolicy: "What the vendor may do by the KMS key’s own policy. Its other statements stay.",
  cors: "The bucket’s CORS rules: which web pages may read it.",
};

export function documentLabel(role: DocumentRole | "manifest", name: string, findings: readonly Finding[]): RowLabel {
  return {
    label: name,
    // VS Code itself colours the row and counts its problems, as it does everywhere.
    description: "",
    tooltip: [documentTitles[role], ...findings.map(({ message }) => message)],
    accessibility: `${name}, ${findingCount(findings) || "no findings"}`,
  };
}

/** "2 errors, 1 warning"; empty for none. What only informs is not counted. */
function findingCount(findings: readonly Finding[]): string {
  const count = (severity: Finding["severity"]): number => findings.filter((each) => each.severity === severity).length;
  return [plural(count("error"), "error"), plural(count("warning"), "warning")].filter(Boolean).join(", ");
}

const resourceWords: Record<ResourceKind, readonly [words: string, icon: string]> = {
  bucket: ["bucket", "database"],
  "public-access-block": ["public access block", "lock"],
  cors: ["CORS rules", "globe"],
  "bucket-policy": ["bucket policy", "law"],
  "key-policy": ["key policy", "law"],
  user: ["user", "account"],
  "access-key": ["access key", "key"],
  "managed-policy": ["policy", "law"],
  role: ["role", "shield"],
  "inline-policy": ["inline policy", "law"],
  "policy-attachment": ["attached policy", "link"],
};

/** "role qwak-access-role", within a sentence. */
export function resourceName({ kind, name }: { readonly kind: ResourceKind; readonly name: string }): string {
  return `${resourceWords[kind][0]} ${name}`;
}

interface StatusWords {
  readonly now: string;
  /** When the documents changed since. */
  readonly before: string;
  readonly sentence: string;
  readonly color: string;
}

const statusWords: Record<ResourceStatus, StatusWords> = {
  "in-sync": {
    now: "in sync",
    before: "was in sync",
    sentence: "It is as the documents say.",
    color: "testing.iconPassed",
  },
  differs: {
    now: "differs",
    before: "differed",
    sentence: "It is not as the documents say.",
    color: "list.warningForeground",
  },
  missing: {
    now: "missing",
    before: "was missing",
    sentence: "It does not exist yet.",
    color: "disabledForeground",
  },
  foreign: {
    now: "not ours",
    before: "was not ours",
    sentence: "It was not made by this integration, and is never touched.",
    color: "list.errorForeground",
  },
};

/** `isOutdated`: the documents changed since the account was read, so that its state is one of the past. */
export function resourceLabel(resource: ResourceState, isOutdated: boolean): RowLabel {
  const [kind, icon] = resourceWords[resource.kind];
  const label = kind.charAt(0).toUpperCase() + kind.slice(1);
  const status = statusWords[resource.status];
  const words = isOutdated ? status.before : status.now;
  const color = isOutdated ? "disabledForeground" : status.color;
  const sentence = isOutdated ? "As the account was before the documents changed: compare again." : status.sentence;
  return {
    label,
    description: `${words} · ${resource.name}`,
    icon,
    color,
    tooltip: [resource.arn ?? `${label} ${resource.name}`, sentence, ...resource.differences],
    accessibility: `${label} ${resource.name}, ${words}`,
  };
}

export function handBackLabel(value: ShownHandBack): RowLabel {
  const [description, icon, sentence] = handBackWords(value);
  // "Key (the user's access key ID)": what it is in full is for the tooltip, so that the value has room.
  const label = value.label.replace(/ \(.*\)$/, "");
  return {
    label,
    description,
    icon,
    tooltip: [value.label, sentence],
    accessibility: `${value.label}, ${description}`,
  };
}

function handBackWords(value: ShownHandBack): readonly [description: string, icon: string, sentence: string] {
  switch (value.state) {
    case "known":
      return [value.value, "copy", `${value.value} – a click copies it.`];
    case "secret":
      return [
        "hidden, click to copy",
        "lock",
        `The secret of ${value.accessKeyId}. A click copies it for a short time.`,
      ];
    case "not-yet":
      return ["known after Apply", "circle-outline", "Apply makes it."];
    case "elsewhere":
      return [
        "not on this machine",
        "lock",
        "AWS shows a secret once, and it was not shown to this machine. Remove the access and apply again to get a new key.",
      ];
  }
}

function stateWords(state: IntegrationState): string {
  switch (state.id) {
    case "broken":
      return "can’t be read";
    case "errors":
      return plural(state.count, "error");
    case "not-applied":
      return "not applied";
    case "gone":
      return "gone";
    case "not-compared":
      return "not compared yet";
    case "edited":
      return "edited, not applied";
    case "in-sync":
      return "in sync";
    case "pending":
      return "to be completed";
    case "differs":
      return "differs";
    case "foreign":
      return "name is taken";
  }
}

function stateSentence(state: IntegrationState): string {
  switch (state.id) {
    case "broken":
      return "Repair integration.json.";
    case "errors":
      return "Repair the errors in the documents: they block Apply.";
    case "not-applied":
      return "Nothing of this exists in AWS. Apply makes it.";
    case "gone":
      return "It was in AWS, and somebody has taken it away. Apply makes it again; Remove Access makes that final.";
    case "not-compared":
      return "Not compared with the account in this window. Refresh compares it.";
    case "edited":
      return "The documents were edited and are not applied yet. Plan shows what Apply would change.";
    case "in-sync":
      return "What is in the account is what the documents say.";
    case "pending":
      return "The role is made, and nobody can assume it yet: give the vendor its ARN, and complete the integration with what the vendor shows.";
    case "differs":
      return `In the account ${plural(state.count, "resource")} ${state.count === 1 ? "is" : "are"} not as the documents say.`;
    case "foreign":
      return "A name in the account belongs to something that this integration did not make.";
  }
}

const stateIcons: Record<IntegrationState["id"], readonly [icon: string, color: string]> = {
  broken: ["error", "list.errorForeground"],
  errors: ["error", "list.errorForeground"],
  "not-applied": ["circle-large-outline", "disabledForeground"],
  gone: ["warning", "list.warningForeground"],
  "not-compared": ["question", "disabledForeground"],
  edited: ["edit", "list.warningForeground"],
  "in-sync": ["pass-filled", "testing.iconPassed"],
  pending: ["clockface", "list.warningForeground"],
  differs: ["warning", "list.warningForeground"],
  foreign: ["error", "list.errorForeground"],
};

/** "1 error", "2 errors", and nothing for none. */
function plural(count: number, word: string): string {
  return count === 0 ? "" : `${count} ${word}${count === 1 ? "" : "s"}`;
}
