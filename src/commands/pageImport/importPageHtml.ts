import type { PlannedImport } from "../../integration/importPagePlan";
import { type ImportField, importFields } from "../../integration/importPageValues";
import { describePage, documentTitle, repairTexts } from "../../integration/page/describePage";
import type { PageDocument, VendorPage } from "../../integration/page/readPage";
import type { VendorDefinition } from "../../vendors/definition";
import type { ImportForm } from "./importChoices";

export interface ImportPageResources {
  readonly script: string;
  readonly style: string;
  /** `webview.cspSource`. */
  readonly source: string;
}

/** The whole preview of a page. Nothing of the page is markup: all its text is escaped. */
export function importPageHtml(
  page: VendorPage,
  vendors: readonly VendorDefinition[],
  form: ImportForm,
  from: string,
  { script, style, source }: ImportPageResources,
): string {
  const [headline = "", ...notes] = describePage(page);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${source}; script-src ${source};">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Import Vendor Page</title>
</head>
<body>
<main>
<header>
<h1>${text(page.title ?? "Import Vendor Page")}</h1>
<p>${text(headline)} <span class="faint">Read from ${text(from)}.</span></p>
${notes.map((note) => `<p class="warning" role="note">${text(note)}</p>`).join("\n")}
</header>
${vendorSection(page, vendors, form)}
<section aria-labelledby="documents"><h2 id="documents">Documents</h2>
${page.documents.map((each, index) => documentCard(each, index + 1, form.documents.includes(index + 1))).join("\n")}
</section>
${unreadSection(page)}
<section aria-labelledby="values"><h2 id="values">Values</h2><div id="fields"></div></section>
<footer>
<label class="field">Name of the integration<input id="integrationName" type="text" spellcheck="false"></label>
<p id="problem" class="error" role="alert"></p>
<p id="hint" class="faint" role="status"></p>
<div class="buttons">
<button id="create" data-action="create">Create Integration</button>
<button id="definition" class="secondary" data-action="definition">Write Vendor Definition Only</button>
<button class="secondary" data-action="open">Open Documents</button>
</div>
</footer>
</main>
<script src="${script}"></script>
</body>
</html>`;
}

function vendorSection(
  { recognised }: VendorPage,
  vendors: readonly VendorDefinition[],
  { vendor, name }: ImportForm,
): string {
  const first = recognised?.vendor;
  const others = vendors.filter((each) => each !== first).sort((a, b) => a.name.localeCompare(b.name, "en"));
  const options = [
    ...(first ? [option(first.id, `${first.name} (recognised)`, vendor)] : []),
    option("", "A new vendor", vendor),
    ...others.map((each) => option(each.id, each.name, vendor)),
  ];
  return `<section aria-labelledby="vendorHeading"><h2 id="vendorHeading">Vendor</h2>
<label class="field">Whose page is it?<select id="vendor">${options.join("")}</select></label>
<label class="field" id="nameField">Name of the new vendor<input id="name" type="text" value="${text(name)}" aria-describedby="problem-name"><span class="error" id="problem-name" data-problem="name"></span></label>
<fieldset id="which"><legend>Which documents?</legend>
<label><input type="radio" name="which" value="catalog"> Those of the catalog, which is checked and kept up to date</label>
<label><input type="radio" name="which" value="page"> Those of this page, as they are below</label>
</fieldset>
</section>`;
}

function option(value: string, label: string, chosen: string): string {
  return `<option value="${text(value)}"${value === chosen ? " selected" : ""}>${text(label)}</option>`;
}

function documentCard(document: PageDocument, number: number, chosen: boolean): string {
  const { line, repairs, placeholders, source, within } = document;
  const facts = [
    `line ${line}${within === undefined ? "" : `, in ${within}`}`,
    counted(repairs.length, "repair"),
    counted(placeholders.length, "placeholder"),
  ];
  const list = repairTexts(repairs, source, line).map((each) => `<li>${text(each)}</li>`);
  return `<article aria-labelledby="document-${number}">
<div class="head">
<label><input type="checkbox" data-document="${number}"${chosen ? " checked" : ""}> <strong id="document-${number}">${text(documentTitle(document))}</strong></label>
<span class="faint">${text(facts.join(" · "))}</span>
<button class="link" data-action="diff" data-document="${number}"${repairs.length === 0 ? " hidden" : ""}>Compare</button>
</div>
${list.length === 0 ? "" : `<ul class="repairs">${list.join("")}</ul>`}
<pre tabindex="0" aria-label="${text(documentTitle(document))}, with its repairs">${markedSource(document)}</pre>
</article>`;
}

/** The document as on the page, with what was taken away and what was put in its place. */
function markedSource({ source, repairs, placeholders }: PageDocument): string {
  const tokens = placeholders.map(({ token }) => token);
  const parts: string[] = [];
  let position = 0;
  for (const { offset, length, replacement } of repairs) {
    parts.push(marked(source.slice(position, offset), tokens));
    if (length > 0) parts.push(`<del>${text(visible(source.slice(offset, offset + length)))}</del>`);
    if (replacement !== "") parts.push(`<ins>${text(replacement)}</ins>`);
    position = offset + length;
  }
  parts.push(marked(source.slice(position), tokens));
  return parts.join("");
}

function marked(plain: string, tokens: readonly string[]): string {
  if (tokens.length === 0) return text(plain);
  const pattern = new RegExp(tokens.map((token) => token.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
  let position = 0;
  let html = "";
  for (const { 0: token, index } of plain.matchAll(pattern)) {
    html += `${text(plain.slice(position, index))}<mark>${text(token)}</mark>`;
    position = index + token.length;
  }
  return html + text(plain.slice(position));
}

/** A no-break space that is taken away must be seen. */
function visible(removed: string): string {
  return removed.replace(/\u00a0/g, "⍽").replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, "¤");
}

function unreadSection({ unread }: VendorPage): string {
  if (unread.length === 0) return "";
  const blocks = unread.map(
    ({ line, reason, text: block }) =>
      `<article class="unread"><p class="warning">Line ${line}: ${text(reason)}</p><pre tabindex="0">${text(block)}</pre></article>`,
  );
  return `<section aria-labelledby="unread"><h2 id="unread">Not read</h2>
<p>This looks like documents, but reading it would be guessing. Repair it on the page, and import again.</p>
${blocks.join("\n")}</section>`;
}

/** One field for each value, with the sentence of the page. */
export function fieldsHtml(plan: PlannedImport, { values }: ImportForm): string {
  const fields = importFields(plan);
  if (fields.length === 0) return `<p class="faint">The documents have no placeholders.</p>`;
  return fields.map((field, index) => fieldHtml(field, values[field.key] ?? field.proposal ?? "", index)).join("\n");
}

function fieldHtml(field: ImportField, value: string, index: number): string {
  const { key, label, token, explanation, description, choices, required, isList } = field;
  const words =
    explanation === undefined ? text(description ?? "The page does not explain it.") : `“${text(explanation)}”`;
  const id = `value-${index}`;
  const list = choices.length === 0 || field.parameter?.type === "choice" ? "" : ` list="${id}-choices"`;
  const choiceList = choices.map((choice) => `<option value="${text(choice.value)}">${text(choice.label)}</option>`);
  const note = isList ? " (several with commas between them)" : required ? "" : " (optional)";
  const attributes = `id="${id}" data-key="${text(key)}" aria-describedby="${id}-explanation ${id}-problem"`;
  const input =
    field.parameter?.type === "choice"
      ? `<select ${attributes}>${choices.map((choice) => option(choice.value, choice.label, value)).join("")}</select>`
      : `<input type="text" spellcheck="false" ${attributes} value="${text(value)}"${list}>`;
  return `<div class="field">
<label for="${id}">${text(label)}${note}${token === undefined || token === label ? "" : ` <code>${text(token)}</code>`}</label>
${input}
${list === "" ? "" : `<datalist id="${id}-choices">${choiceList.join("")}</datalist>`}
<span class="explanation" id="${id}-explanation">${words}</span>
<span class="error" id="${id}-problem" data-problem="${text(key)}"></span>
</div>`;
}

function counted(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count === 0 ? "no" : count} ${word}s`;
}

function text(plain: string): string {
  return plain
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
