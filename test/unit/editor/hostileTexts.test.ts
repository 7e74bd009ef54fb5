import assert from "node:assert/strict";
import { verificationPage } from "../../../src/commands/verificationPage";
import { completionsAt } from "../../../src/editor/completions/completionsAt";
import { manifestCompletionsAt } from "../../../src/editor/completions/manifestCompletions";
import { hoverAt } from "../../../src/editor/hovers/hoverAt";
import { explanationPage } from "../../../src/editor/lenses/explanationPage";
import { buildIntegration } from "../../../src/integration/buildIntegration";
import { formatJson } from "../../../src/policy/formatJson";
import { codeSpan, escapeMarkdown, markdownLink, withoutLinks } from "../../../src/policy/markdownText";
import { loadServiceReference } from "../../../src/policy/serviceReference/loadServiceReference";
import { findVendor } from "../../../src/vendors/catalog";
import type { VendorDefinition } from "../../../src/vendors/definition";

/** Each is something else than text where Markdown is shown, unless it is escaped. */
const hostile =
  "*b* _i_ `c` [x](command:evil) ![y](http://evil.example/i.png) <img src=z> $(alert) https://evil.example www.evil.example a@evil.example\n\n# H\n\n- l\n1. n | ~~s~~ &lt;";
const proseKeys = new Set(["name", "title", "description", "summary", "note", "label", "version", "says", "checked"]);

/** A definition whose every text for people is hostile. */
function hostileDefinition(id: string): VendorDefinition {
  const definition = findVendor(id);
  if (!definition) throw new Error(`No vendor ${id}`);
  const change = (value: unknown, key: string, depth: number): unknown => {
    if (typeof value === "string") {
      // The names of parameters and values that are handed back are no texts.
      if (key === "url") return "https://example.com/(a) [x](command:evil)";
      return proseKeys.has(key) && !(key === "name" && depth > 1) ? `${hostile} ${key}` : value;
    }
    if (Array.isArray(value)) return value.map((item) => change(item, key, depth));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, change(item, name, depth + 1)]));
  };
  const changed = change(definition, "", 0) as VendorDefinition;
  const principals = changed.principals.map((principal) => ({ ...principal, note: hostile }));
  return { ...changed, principals };
}

/** What is left of Markdown without code, escaped signs, our headings and the links to the definition's page or AWS's. */
function markupOf(markdown: string): string {
  return markdown
    .replace(/\\[!-/:-@[-`{-~]|(`+)[\s\S]*?\1(?!`)/g, "·")
    .replace(/^#{1,2} (?!H)/gm, "")
    .replace(/\]\(https:\/\/(?:example\.com|docs\.aws\.amazon\.com)\/[^\s()<>[\]"\\`*]*\)/g, "·");
}

const markup =
  /!\[|\]\(|<|`|(?<![\w*])_|\$\(|https?:\/\/|www\.|\w@\w|~~|&\w+;|^\s*[#>]|^\s*- l|^\s*\d+\.|(?<!\*)\*(?!\*)/m;

function assertText(markdown: string, what: string): void {
  assert.doesNotMatch(markupOf(markdown), markup, `${what}: ${markdown}`);
}

const hostileName = `x${hostile.replaceAll("\n", " ")}`;
const permissions = formatJson({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Data",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:*Object*", hostileName],
      Resource: [
        "arn:aws:s3:::BUCKET_NAME/*",
        `arn:aws:${hostileName.replaceAll(":", "")}:::*`,
        `arn:aws:s3:::a/${hostileName}`,
        "arn:aws:s3:::own/*",
      ],
      Condition: { StringEquals: { "aws:ResourceTag/team": hostileName, [hostileName]: "a" } },
    },
  ],
});
const trust = formatJson({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Trust",
      Effect: "Allow",
      Principal: {
        AWS: [
          "arn:aws:iam::597713067985:role/activeloop_backend",
          "arn:aws:iam::574987031486:role/activeloop_backend",
          "arn:aws:iam::597713067985:role/another",
          `arn:aws:iam::271828182845:role/${hostileName}`,
        ],
        Federated: hostileName,
      },
      Action: "sts:AssumeRole",
    },
  ],
});
const manifest = {
  id: "5f1c2a34-7b6d-4e8f-9a0b-1c2d3e4f5a6b",
  vendor: "activeloop-deep-lake",
  accessLevel: "read-write",
  parameters: { buckets: ["own"] },
  role: { name: "deep-lake" },
  documents: { permissions: "permissions-policy.json", trust: "trust-policy.json" },
};

describe("texts of a hostile definition, a hostile document and of AWS", () => {
  const definition = hostileDefinition("activeloop-deep-lake");
  const vendors = [definition];
  const request = {
    accessLevel: "read-write",
    account: "314159265358",
    parameters: { buckets: ["own"] },
    role: { name: "r" },
  };
  const integration = { definition, request };
  const buckets = [{ name: "own", exists: true, region: hostile, kmsKeyArn: hostile }];

  it("are text in every hover", async () => {
    const reference = await loadServiceReference();
    const context = {
      vendors,
      reference,
      integration,
      ownAccount: "314159265358",
      integrationBuckets: ["own"],
      buckets,
    };
    const seen = new Set<string>();
    for (const text of [permissions, trust]) {
      for (let offset = 0; offset < text.length; offset += 1) {
        const markdown = hoverAt(text, offset, context)?.markdown;
        if (markdown !== undefined) seen.add(markdown);
      }
    }
    for (const markdown of seen) assertText(markdown, "a hover");
    const all = [...seen].join("\n\n");
    const shown = escapeMarkdown(hostile);
    for (const part of [`⚠ ${shown}`, `**${escapeMarkdown(`${hostile} title`)}**: ${shown}`, `${shown} description`])
      assert.ok(all.includes(part), `a hover has ${part}`);
    assert.match(all, /\]\(https:\/\/example\.com\/%28a%29%20%5Bx%5D%28command:evil%29\)/);
  });

  it("are text in the documentation of every completion", async () => {
    const reference = await loadServiceReference();
    const seen = new Set<string>();
    for (const [text, kind] of [
      [permissions, "permissions"],
      [trust, "trust"],
    ] as const) {
      for (let offset = 0; offset < text.length; offset += 5) {
        const { items } = completionsAt(text, offset, { reference, vendors, integration, buckets, kind });
        for (const { documentation } of items) if (documentation !== undefined) seen.add(documentation);
      }
    }
    const manifestText = JSON.stringify({ ...manifest, parameters: { a: "" } });
    for (let offset = 0; offset < manifestText.length; offset += 1) {
      const context = { vendors, buckets, accounts: new Map(), hasSchema: false };
      for (const { documentation } of manifestCompletionsAt(manifestText, offset, context))
        if (documentation !== undefined) seen.add(documentation);
    }
    for (const markdown of seen) assertText(markdown, "a completion");
    for (const part of ["summary", "description"])
      assert.ok(seen.has(escapeMarkdown(`${hostile} ${part}`)), `a completion has the ${part}`);
  });

  it("are text on the pages that explain and verify an integration", async () => {
    const documentTexts = new Map([
      ["permissions-policy.json", permissions],
      ["trust-policy.json", trust],
    ]);
    const texts = { name: hostileName, folder: "lake", manifestText: JSON.stringify(manifest), documentTexts };
    const built = buildIntegration(texts, { vendors });
    if ("broken" in built) throw new Error("The manifest can be used.");
    assertText(explanationPage(built, await loadServiceReference()), "the explanation");
    const need = {
      on: "resource",
      action: "s3:GetObject",
      resource: hostileName,
      allowed: false,
      decidedBy: [hostile],
    };
    const page = verificationPage(
      built,
      { identity: { account: "314159265358", profile: hostile } } as never,
      {
        access: [need],
        guards: [],
        unread: [hostile],
        awsFindings: [{ document: hostile, type: hostile, message: hostile, url: "command:evil" }],
        unanswered: [hostile],
      } as never,
      undefined,
    );
    assertText(page, "the verification");
    const row = page.split("\n").find((line) => line.startsWith("| ✗"));
    assert.equal(row?.replace(/\\\|/g, "").split("|").length, 6, "a line in a resource ends no cell of the table");
  });
});

describe("texts in Markdown", () => {
  for (const [text, escaped] of [
    ["1. first", "1\\. first"],
    ["version 1.2.3 of data.csv", "version 1.2.3 of data.csv"],
    ["a\n\n    code", "a code"],
    ["https://a.example and www.a.example", "https\\://a.example and www\\.a.example"],
    ["arn:aws:s3:::a/b", "arn:aws:s3:::a/b"],
  ] as const)
    it(`escapes ${JSON.stringify(text)}`, () => assert.equal(escapeMarkdown(text), escaped));

  it("makes no link in a message", () => {
    // What VS Code takes for a link in a notification.
    const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+\)/;
    const name = "[Sign in](command:workbench.action.terminal.new)";
    assert.match(name, link);
    assert.doesNotMatch(withoutLinks(`${name} is applied.`), link);
    assert.equal(withoutLinks("a [1] (b) is applied."), "a [1] (b) is applied.");
  });
  it("links only to pages of the web", () => {
    assert.equal(markdownLink("a [b]", "https://a.example/#x"), "[a \\[b\\]](https://a.example/#x)");
    for (const url of ["", "command:evil", "javascript:x", "file:///etc"]) assert.equal(markdownLink("a", url), "a");
  });

  it("puts text with backticks into longer ones", () => assert.equal(codeSpan("a``b"), "```a``b```"));
});
