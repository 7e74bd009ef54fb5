import { describePage, documentTitle, repairTexts } from "../../integration/page/describePage";
import type { PageDocument, PagePlaceholder, VendorPage } from "../../integration/page/readPage";
import type { Style } from "../style";

/** A page for a person: whose it is, each document with its repairs and placeholders, and what could not be read. */
export function pageReport(page: VendorPage, style: Style): string {
  const lines = [...describePage(page), ""];
  for (const [index, document] of page.documents.entries())
    lines.push(...describeDocument(document, index + 1, style), "");
  for (const { line, reason, text } of page.unread) {
    lines.push(`${style.error("Unread")}, line ${line}: ${reason}`, `  ${style.faint(firstLine(text))}`, "");
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

function describeDocument(document: PageDocument, number: number, style: Style): readonly string[] {
  const { line, repairs, placeholders, source, within } = document;
  return [
    `${style.strong(`${number}  ${documentTitle(document)}`)}, line ${line}${within === undefined ? "" : `, in ${within}`}`,
    ...repairTexts(repairs, source, line).map((text) => `   ${style.warning("~")} ${text}`),
    ...placeholders.flatMap((placeholder) => describePlaceholder(placeholder, style)),
  ];
}

function describePlaceholder(
  { token, places, suggestedValue, choices, explanation, sample, parameter }: PagePlaceholder,
  style: Style,
): readonly string[] {
  const value = suggestedValue === undefined ? "" : ` = ${suggestedValue}`;
  const name = parameter === undefined ? "" : style.faint(` (${parameter})`);
  const what = sample ? style.faint(" an example of the page") : "";
  return [
    `   ${style.strong(token)} ×${places.length}${value}${name}${what}`,
    `     ${explanation === undefined ? style.faint("The page does not explain it.") : `“${explanation}”`}`,
    ...(choices ?? []).map((choice) => `     ${choice.value}  ${style.faint(choice.sentence)}`),
  ];
}

function firstLine(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}
