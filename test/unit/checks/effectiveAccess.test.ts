import assert from "node:assert/strict";
import { applySafeFixes } from "../../../src/checks/applyFixes";
import { checkDocument } from "../../../src/checks/checkDocument";
import type { CheckContext } from "../../../src/checks/finding";
import { formatJson } from "../../../src/policy/formatJson";
import type { JsonObject } from "../../../src/policy/json";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import type { ServiceReference } from "../../../src/policy/serviceReference/serviceReference";
import { catalog, findVendor } from "../../../src/vendors/catalog";
import { renderedRole } from "../vendors/renderedRole";

const both = ["arn:aws:s3:::images", "arn:aws:s3:::images/*"];
const five = ["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:GetBucketLocation"];
const allow = (Action: unknown, Resource: unknown, more: object = {}) =>
  ({ Effect: "Allow", Action, Resource, ...more }) as JsonObject; // plain JSON
const policy = (...Statement: readonly JsonObject[]): string => formatJson({ Version: "2012-10-17", Statement });

function integrationContext(parameters: {
  readonly [name: string]: boolean | string | readonly string[];
}): CheckContext {
  const definition = findVendor("activeloop-deep-lake");
  assert.ok(definition, "the vendor is in the catalog");
  const manifest = {
    id: "5f1c0000-0000-4000-8000-000000000000",
    vendor: definition.id,
    accessLevel: "read-write",
    parameters,
    role: { name: "deep-lake" },
    documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
  };
  return { vendors: catalog, integration: { manifest, definition, documentRole: "permissions" } };
}

const ids = ["action-missing", "action-beyond-request", "statement-redundant"];
const images = integrationContext({ buckets: ["images"] });
const two = integrationContext({ buckets: ["images", "labels"] });
const anybody: CheckContext = { vendors: catalog };

const cases: readonly (readonly [
  what: string,
  context: CheckContext,
  text: string,
  expected: readonly string[],
  /** After the safe fixes: what is still found. */
  left?: readonly string[],
])[] = [
  ["what the vendor asks for", images, policy(allow(five, both)), []],
  ["an absent action", images, policy(allow(five.slice(1), both)), ["action-missing s3:GetBucketLocation"], []],
  ["several, said once", images, policy(allow(five.slice(0, 2), both)), ["action-missing s3:GetObject"], []],
  [
    "an absent action beside a single text",
    images,
    policy(allow("s3:GetObject", both)),
    ["action-missing s3:GetObject"],
    [],
  ],
  [
    "a denied action, where it is denied",
    images,
    policy(allow(five, both), { ...allow("s3:Delete*", "*"), Effect: "Deny" }),
    ["action-missing s3:Delete*"],
  ],
  [
    "an action that a wildcard covers",
    images,
    policy(allow(["s3:List*", "s3:*Object", "s3:GetBucketLocation"], both)),
    ["action-beyond-request s3:List*", "action-beyond-request s3:*Object"],
    [],
  ],
  [
    "an action that only one of two buckets has",
    two,
    policy(allow(five, both), allow(five.slice(1), ["arn:aws:s3:::labels", "arn:aws:s3:::labels/*"])),
    ["action-missing s3:GetBucketLocation"],
    [],
  ],
  ["everything of S3", images, policy(allow("s3:*", both)), ["action-beyond-request s3:*"], []],
  [
    "an added action, which stays until it is chosen",
    images,
    policy(allow([...five, "s3:PutObjectAcl"], both)),
    ["action-beyond-request s3:PutObjectAcl"],
    ["action-beyond-request"],
  ],
  [
    "what the literal form of the page has, when it is asked for",
    integrationContext({
      buckets: ["images"],
      kmsKeyArn: "arn:aws:kms:us-east-1:314159265358:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      literalPageForm: true,
    }),
    "",
    [],
  ],
  ["nothing where nobody asks", anybody, policy(allow("s3:*", both)), []],
  [
    "a covered statement",
    anybody,
    policy(allow("s3:Get*", "arn:aws:s3:::b/*"), allow("s3:GetObject", "arn:aws:s3:::b/x/*")),
    ["statement-redundant Effect"],
    [],
  ],
  [
    "the later one of two alike",
    anybody,
    policy(
      allow("s3:GetObject", "arn:aws:s3:::b/*", { Sid: "A" }),
      allow("s3:GetObject", "arn:aws:s3:::b/*", { Sid: "B" }),
    ),
    ["statement-redundant B"],
    [],
  ],
  [
    "not one with fewer conditions",
    anybody,
    policy(
      allow("s3:GetObject", "arn:aws:s3:::b/*"),
      allow("s3:*", "arn:aws:s3:::b/*", { Condition: { Bool: { "aws:SecureTransport": "true" } } }),
    ),
    [],
  ],
  [
    "not one of another effect",
    anybody,
    policy(allow("s3:*", "arn:aws:s3:::b/*"), { ...allow("s3:DeleteObject", "arn:aws:s3:::b/*"), Effect: "Deny" }),
    [],
  ],
  [
    "a pattern that stands for one character only",
    anybody,
    policy(allow("s3:GetObject", "arn:aws:s3:::b/?"), allow("s3:GetObject", "arn:aws:s3:::b/*")),
    ["statement-redundant Effect"],
    [],
  ],
  [
    "not what two others cover only in part",
    anybody,
    policy(allow("s3:GetObject", "arn:aws:s3:::b/a*"), allow("s3:GetObject", "arn:aws:s3:::b/*a")),
    [],
  ],
];

describe("the checks of effective access", () => {
  let reference: ServiceReference;
  before(async () => {
    reference = await loadServiceReference();
  });
  const check = (text: string, context: CheckContext) =>
    checkDocument(text, { ...context, reference }).filter((finding) => ids.includes(finding.check));
  const literal = () => {
    const { integration } = cases.find(([what]) => what.includes("literal"))?.[1] ?? {};
    assert.ok(integration, "the case is there");
    return formatJson(renderedRole(integration.definition, integration.manifest).permissions);
  };

  for (const [what, context, given, expected, left] of cases) {
    it(`find ${what}`, () => {
      const text = given || literal();
      const found = check(text, context).map(({ check: id, range }) => {
        const place = text.slice(range.offset, range.offset + range.length);
        return `${id} ${place.replaceAll('"', "")}`;
      });
      assert.deepEqual(found, expected);
      if (left === undefined) return;
      const { text: repaired } = applySafeFixes(text, (changed) => check(changed, context));
      assert.deepEqual(
        check(repaired, context).map((finding) => finding.check),
        left,
      );
    });
  }

  it("name the dangerous actions of a wildcard first", () => {
    const [finding] = check(policy(allow("s3:*", both)), images);
    assert.match(finding?.message ?? "", /grants \d{3} actions .* among them the dangerous s3:\w+/);
  });

  it("are silent without the reference, which is loaded after the first look", () => {
    assert.deepEqual(checkDocument(policy(allow("s3:*", both)), images), []);
  });
});
