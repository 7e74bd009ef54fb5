import { accountOffset, bucketOf, isAccountId, parseArn, resourceOffset } from "../policy/arn";

/** A piece of a string that stands for a value the customer must put there. */
export interface PlaceholderToken {
  /** Within the string's value. */
  readonly start: number;
  readonly text: string;
  /** The part of an ARN that it stands in, or the whole of a principal; `none` elsewhere. */
  readonly place: "bucket" | "account" | "none";
  /** An account id of AWS's own examples, and not a made-up word. */
  readonly exampleAccount: boolean;
}

/** Most strings have nothing that could be a placeholder: this is looked at first. Every placeholder of `shapes` has it. */
const suspicious = /[<{[$]|[xX]{3}|[Yy]our|[A-Z]{2}|amzn-s3-demo|:(?=[A-Za-z-]*[Aa]ccount)/;
const accountId = /\d{12}/;

const shapes = new RegExp(
  [
    "<[A-Za-z][^<>]*>",
    "\\{\\{[^{}]+\\}\\}",
    "\\$\\{[^{}]*\\}",
    "\\{[A-Za-z][^{}]*\\}",
    "\\[[A-Z][A-Z0-9 _-]*\\]",
    "\\$[A-Za-z_]\\w*",
    "(?<![A-Za-z0-9])[xX]{3,}(?:-[xX]{3,})*(?![A-Za-z0-9])",
    "(?<![A-Za-z0-9])(?:your|Your|YOUR)(?=[-_A-Z])[A-Za-z0-9_-]*[A-Za-z0-9]",
    "(?<![A-Za-z0-9_-])(?:[A-Z][A-Z0-9]*[_-])+[A-Z0-9]+(?![A-Za-z0-9_-])",
    "(?<![A-Za-z0-9.-])amzn-s3-demo-[a-z0-9-]*[a-z0-9]",
  ].join("|"),
  "g",
);

/** BUCKET_NAME, ACCOUNT-ID, MY_ROLE: capitals whose words say what to put there. */
const nameWords =
  /^(?:YOUR|MY|REPLACE|INSERT|CHANGE|ENTER|EXAMPLE|DOC-EXAMPLE)[_-]|[_-](?:NAME|ID|ARN|ACCOUNT|NUMBER|BUCKET|REGION|KEY|HERE|ROLE|USER|PREFIX|PATH|PRINCIPAL|ORG|TOKEN)$/;

/** `literals`: the placeholders of the vendor's page that stand in this document. */
export function placeholderTokens(value: string, literals: readonly string[]): readonly PlaceholderToken[] {
  const marked = suspicious.test(value);
  if (!marked && !accountId.test(value) && !literals.some((literal) => value.includes(literal))) return none;
  const arn = parseArn(value);
  const spans: { start: number; text: string }[] = [];
  const add = (start: number, text: string) => {
    const end = start + text.length;
    if (text !== "" && !spans.some((span) => start < span.start + span.text.length && span.start < end)) {
      spans.push({ start, text });
    }
  };
  // A shape may hold a literal: {BUCKET_NAME}.
  if (marked && value.search(shapes) >= 0) {
    for (const match of value.matchAll(shapes)) {
      if (isPlaceholder(match[0])) add(match.index, match[0]);
    }
  }
  for (const literal of literals) {
    for (let at = value.indexOf(literal); at >= 0; at = value.indexOf(literal, at + literal.length)) {
      if (isWhole(value, at, literal)) add(at, literal);
    }
  }
  if (arn !== undefined) {
    const account = accountOffset(arn);
    if (isWrittenAccount(arn.account) && arn.partition !== "") add(account, arn.account);
    if (/^[A-Z]+$/.test(arn.region)) add(account - 1 - arn.region.length, arn.region);
    const bucket = bucketOf(arn);
    if (bucket !== undefined && /[A-Z]/.test(bucket) && !/[${}<>[\]*?:]/.test(bucket)) add(resourceOffset(arn), bucket);
  }
  if (spans.length === 0 && (arn === undefined ? !isExampleAccount(value) : !isExampleAccount(arn.account)))
    return none;
  const tokens = spans.map(({ start, text }): PlaceholderToken => {
    return { start, text, place: placeOf(value, start, text), exampleAccount: false };
  });
  if (arn !== undefined && isExampleAccount(arn.account)) {
    tokens.push({ start: accountOffset(arn), text: arn.account, place: "account", exampleAccount: true });
  } else if (isExampleAccount(value)) {
    tokens.push({ start: 0, text: value, place: "account", exampleAccount: true });
  }
  return tokens.sort((a, b) => a.start - b.start);
}

const none: readonly PlaceholderToken[] = [];

/** A literal that is part of a longer word is not that placeholder: BUCKET_NAME in MY_BUCKET_NAME_2. */
function isWhole(value: string, start: number, literal: string): boolean {
  const word = /[A-Za-z0-9_]/;
  const before = value[start - 1] ?? "";
  const after = value[start + literal.length] ?? "";
  return !(word.test(literal[0] ?? "") && word.test(before)) && !(word.test(literal.at(-1) ?? "") && word.test(after));
}

function isPlaceholder(text: string): boolean {
  if (text.startsWith("${")) {
    // ${aws:username}, ${*}: policy variables. ${aws_s3_bucket.data.arn}, ${AWS::AccountId}: other tools' templates.
    return /^\$\{[A-Za-z_][\w -]*\}$/.test(text);
  }
  if (text.startsWith("{{")) return !text.includes("resolve:");
  // Versions of EC2 launch templates.
  if (/^\$(default|latest)$/i.test(text)) return false;
  if (/^[A-Z]/.test(text)) return nameWords.test(text) || /^YOUR|^Your/.test(text);
  return true;
}

/** In the account's place of an ARN: words. `aws` and `cloudfront` are AWS's own. */
function isWrittenAccount(account: string): boolean {
  return /^[A-Za-z][A-Za-z_-]*$/.test(account) && account !== "aws" && account !== "cloudfront";
}

function placeOf(value: string, start: number, text: string): PlaceholderToken["place"] {
  const arn = parseArn(value);
  if (arn === undefined) return "none";
  const account = accountOffset(arn);
  if (start === account && text.length === arn.account.length) return "account";
  const bucket = bucketOf(arn);
  const resource = resourceOffset(arn);
  return bucket !== undefined && start >= resource && start < resource + Math.max(bucket.length, 1) ? "bucket" : "none";
}

/** The account ids that AWS's documentation uses: 123456789012, 111122223333, 444455556666, 999999999999 … */
export function isExampleAccount(account: string): boolean {
  if (!isAccountId(account)) return false;
  return exampleAccounts.has(account) || /^(\d)\1{3}(\d)\2{3}(\d)\3{3}$/.test(account);
}

const exampleAccounts = new Set(["123456789012", "012345678901", "987654321098", "109876543210", "123456789123"]);

/** Does this text hold a placeholder? Other checks leave it to the placeholder checks then. */
export function hasPlaceholder(value: string, literals: readonly string[] = noLiterals): boolean {
  return placeholderTokens(value, literals).length > 0;
}

const noLiterals: readonly string[] = [];
