import { describeWho } from "./describeGrantees";
import { describeResource } from "./describeResources";
import type { Grant } from "./explanation";
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
    ...dangers.map(({ text }) => `⚠ ${escaped(text)}`),
    ...abilities.map(({ ability, actions }) => `**${ability}**: ${shownActions(actions)}`),
    `on ${resources.map((resource) => code(describeResource(resource))).join(", ")}`,
    ...conditions.map(({ text }) => escaped(text)),
  ];
  const [first = ""] = predicatesOf(grant);
  return [`**${escaped(describeWho(grant))}** may ${escaped(first)}:`, ...rows.map((row) => `- ${row}`)].join("\n");
}

/** More than a page can show, and more than anybody reads. */
const mostActions = 60;

function shownActions(actions: readonly string[]): string {
  const shown = actions.slice(0, mostActions).map(code).join(", ");
  return actions.length > mostActions ? `${shown} and ${actions.length - mostActions} more` : shown;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~&$-]/g, "\\$&");
}

/** A text with backticks needs a longer fence around it: https://spec.commonmark.org/0.31.2/#code-spans */
function code(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${space}${text.replace(/\s+/g, " ")}${space}${fence}`;
}
