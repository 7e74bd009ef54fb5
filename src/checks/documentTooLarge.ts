import type { CheckedDocument, Finding } from "./finding";

interface Limit {
  /** Characters without white space. */
  readonly most: number;
  readonly what: string;
}

/** Of the limit: a document that is nearly full leaves no room for the next bucket. */
const nearlyFull = 0.9;

/**
 * A document that is larger than AWS takes, or nearly. White space between the words does not count.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 */
export function documentTooLarge(document: CheckedDocument): Finding[] {
  const { text, policy } = document;
  const limits = limitsOf(document);
  if (policy === undefined || limits.every(({ most }) => text.length <= most * nearlyFull)) return [];
  const size = sizeOf(text);
  const [hard] = limits;
  const soft = limits.at(-1);
  if (hard === undefined || soft === undefined) return [];
  const range = { offset: policy.root.offset, length: 1 };
  const check = "document-too-large";
  if (size > hard.most) {
    const message = `The document has ${counted(size)} and ${hard.what} at most ${counted(hard.most)}, so AWS would refuse it: name fewer things, or split it.`;
    return [{ check, severity: "error", message, range, fixes: [] }];
  }
  if (size <= soft.most * nearlyFull) return [];
  const message =
    size > soft.most
      ? `The document has ${counted(size)} and ${soft.what} at most ${counted(soft.most)}, so it would only fit as an inline policy, which shares ${counted(hard.most)} with the role’s other inline policies.`
      : `The document has ${counted(size)} and ${soft.what} at most ${counted(soft.most)}, so AWS would soon refuse it when more is added.`;
  return [{ check, severity: "warning", message, range, fixes: [] }];
}

const managed: Limit = { most: 6144, what: "a managed policy" };
const inline: Limit = { most: 10_240, what: "the inline policies of a role together" };
/** By default; the quota can be raised. */
const trust: Limit = { most: 2048, what: "a trust policy" };
const bucket: Limit = { most: 20_480, what: "a bucket policy" };
const key: Limit = { most: 32_768, what: "a key policy" };

/** From what is certainly too large to what may be. */
function limitsOf({ policy, context: { integration } }: CheckedDocument): readonly Limit[] {
  if (integration?.documentRole === "permissions") {
    return [integration.definition.permissions?.attach === "managed" ? managed : inline];
  }
  if (integration?.documentRole === "trust") return [trust];
  if (integration?.documentRole === "bucketPolicy") return [bucket];
  if (integration?.documentRole === "keyPolicy") return [key];
  switch (policy?.kind) {
    case "permissions":
      return [inline, managed];
    case "trust":
      return [trust];
    case "bucket":
      return [bucket];
    case "key":
      return [key];
    default:
      return [];
  }
}

function counted(characters: number): string {
  return `${characters.toLocaleString("en-US")} characters`;
}

/** Characters without the white space outside of texts. */
function sizeOf(text: string): number {
  let size = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      size += 1;
      if (code === 92) {
        size += 1;
        index += 1;
      } else if (code === 34) {
        inString = false;
      }
    } else if (code > 32) {
      size += 1;
      inString = code === 34;
    }
  }
  return size;
}
