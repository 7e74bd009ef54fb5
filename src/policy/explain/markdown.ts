import { codeSpan, escapeMarkdown } from "../markdownText";
import { describeWho } from "./describeGrantees";
import { describeResource } from "./describeResources";
import type { Grant, GrantedResource } from "./explanation";
import { predicatesOf } from "./predicates";
import { limitSentence } from "./sentences";

/**
 * The grants as Markdown for a hover or a page: who may do what, with every action by its name, the dangers first. Texts of
 * the documents are shown as they are and never read as markup.
 */
export function grantsMarkdown(grants: readonly Grant[]): string {
  if (grants.length === 0) return "Nobody may do anything.";
  const limit = limitSentence(grants);
  return [...grants.map(grantMarkdown), ...(limit === undefined ? [] : [limit])].join("\n\n");
}

function grantMarkdown(grant: Grant): string {
  const { abilities, resources, conditions, dangers } = grant;
  const rows = [
    ...dangers.map(({ text }) => `⚠ ${escapeMarkdown(text)}`),
    ...abilities.map(({ ability, actions }) => `**${ability}**: ${shownActions(actions)}`),
    `on ${[...new Set(resources.map(resourceMarkdown))].join(", ")}`,
    ...conditions.map(({ text }) => escapeMarkdown(text)),
  ];
  const [first = ""] = predicatesOf(grant);
  return [
    `**${escapeMarkdown(describeWho(grant))}** may ${escapeMarkdown(first)}:`,
    ...rows.map((row) => `- ${row}`),
  ].join("\n");
}

/** A bucket and its objects have one name in a sentence; here each is shown as it is written. */
function resourceMarkdown(resource: GrantedResource): string {
  const { kind, pattern, except } = resource;
  if (kind !== "bucket" && kind !== "objects") return codeSpan(describeResource(resource));
  return except === undefined ? codeSpan(pattern) : `${codeSpan(pattern)} except ${except.map(codeSpan).join(", ")}`;
}

/** More than a page can show, and more than anybody reads. */
const mostActions = 60;

function shownActions(actions: readonly string[]): string {
  const shown = actions.slice(0, mostActions).map(codeSpan).join(", ");
  return actions.length > mostActions ? `${shown} and ${actions.length - mostActions} more` : shown;
}
