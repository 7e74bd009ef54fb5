import assert from "node:assert/strict";
import { firstForm, planOfForm, problemsOf, requestOfForm } from "../../../src/commands/pageImport/importChoices";
import { fieldsHtml, importPageHtml } from "../../../src/commands/pageImport/importPageHtml";
import { readPage } from "../../../src/integration/page/readPage";
import { formatJson } from "../../../src/policy/formatJson";
import { catalog } from "../../../src/vendors/catalog";

const policy = formatJson({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::<bucket>/*"] }],
});
const trust = formatJson({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "arn:aws:iam::381492011245:role/nimbus" }, Action: "sts:AssumeRole" },
  ],
});
const page = readPage(
  `# <script>alert(1)</script>\n\nReplace <bucket> with "your" bucket & mine.\n\n${policy.replace('*"', "*”")}\n${trust}\n${trust.slice(0, trust.indexOf(`"Action"`))}`,
  catalog,
);
const html = importPageHtml(page, catalog, firstForm(page), "the <clipboard>", {
  script: "https://resources/importPage.js",
  style: "https://resources/importPage.css",
  source: "https://resources",
});
const plan = (changes = {}) => planOfForm(page, catalog, { ...firstForm(page), ...changes }, "2026-11-22");

describe("the preview of a page", () => {
  it("lets nothing of the page be markup", () => {
    assert.ok(html.includes("&lt;script&gt;alert(1)&lt;/script&gt;"), "the title is text");
    assert.ok(html.includes("the &lt;clipboard&gt;"), "so is where it is from");
    assert.equal(html.match(/<script/g)?.length, 1, "the only script is the extension's");
    assert.ok(
      fieldsHtml(plan(), firstForm(page)).includes("“Replace &lt;bucket&gt; with &quot;your&quot; bucket &amp; mine.”"),
    );
  });

  it("loads and runs nothing but what the extension brings", () => {
    const [, directives] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    assert.equal(directives, "default-src 'none'; style-src https://resources; script-src https://resources;");
    assert.doesNotMatch(html, /\son\w+=|\sstyle=/);
  });

  it("shows repairs within the document, placeholders, and what is unread", () => {
    assert.ok(html.includes("<del>”</del><ins>&quot;</ins>"), "the repaired quote");
    assert.ok(html.includes("<mark>&lt;bucket&gt;</mark>"), "the placeholder");
    assert.match(html, /Not read[\s\S]*Its end is missing/);
  });

  it("labels every field and every document", () => {
    const fields = fieldsHtml(plan(), firstForm(page));
    const ids = Array.from((html + fields).matchAll(/<label for="([^"]+)"/g), ([, id]) => id);
    for (const id of ids) assert.ok(fields.includes(`id="${id}"`), id);
    for (const [, id] of html.matchAll(/aria-labelledby="([^"]+)"/g)) assert.ok(html.includes(`id="${id}"`), id);
  });
});

describe("the form of the preview", () => {
  const filled = { ...firstForm(page), name: "Nimbus", values: { buckets: "a-data, b-data" } };

  it("says what is missing and what can't be", () => {
    assert.deepEqual([...problemsOf(plan(), firstForm(page)).keys()], ["name", "buckets"]);
    const wrong = { ...filled, values: { buckets: "a-data,B" } };
    assert.match(problemsOf(plan(wrong), wrong).get("buckets") ?? "", /3 to 63 characters/);
    assert.deepEqual([...problemsOf(plan(filled), filled)], []);
  });

  it("takes several values with commas between them", () => {
    assert.deepEqual(requestOfForm(plan(filled), filled).request.parameters.buckets, ["a-data", "b-data"]);
  });

  it("refuses the name of a vendor of the catalog", () => {
    assert.throws(() => plan({ name: "Activeloop deep lake" }), /is Activeloop Deep Lake \(activeloop-deep-lake\)/);
  });
});
