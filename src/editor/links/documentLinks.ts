import { embeddedPolicies } from "../../policy/embedded/embeddedPolicies";
import { outerRange } from "../../policy/embedded/embeddedText";
import type { JsonNode, Range, StringNode } from "../../policy/json";
import { visitNodes } from "../../policy/jsonNodes";
import { parseJson } from "../../policy/parseJson";
import { mayBePolicy, readPolicy, readStatement } from "../../policy/readPolicy";
import { contentRange } from "../../policy/stringRange";
import type { VendorDefinition } from "../../vendors/definition";
import { actionsPage } from "../actionsPage";

export interface TextLink {
  readonly range: Range;
  /** An address, or a file beside the document. */
  readonly target: { readonly url: string } | { readonly file: string };
  readonly tooltip: string;
}

/** In a policy document: every action, and every pattern of one service's actions, to AWS's list of them. */
export function policyLinks(text: string): readonly TextLink[] {
  if (!mayBePolicy(text)) return [];
  const links: TextLink[] = [];
  const json = parseJson(text);
  for (const policy of readPolicy(json) === undefined ? embeddedPolicies(json) : []) {
    if (!policy.inString) continue;
    const embedded = policy.textWith("named");
    for (const link of policyLinks(embedded.text)) {
      const range = outerRange(embedded, link.range);
      if (range) links.push({ ...link, range });
    }
  }
  visitNodes(json.root, {
    object: (node) => {
      // Wherever the policy is: also within a template.
      if (!node.properties.some(({ key }) => key.value === "Effect")) return;
      const { actions, notActions } = readStatement(node);
      for (const action of [...actions, ...notActions]) links.push(...actionLink(text, action));
    },
  });
  return links.sort((a, b) => a.range.offset - b.range.offset);
}

function actionLink(text: string, node: StringNode): readonly TextLink[] {
  const service = node.value.slice(0, Math.max(node.value.indexOf(":"), 0)).toLowerCase();
  const page = actionsPage(service);
  if (page === undefined) return [];
  return [{ range: contentRange(text, node), target: { url: page.url }, tooltip: `The actions of ${page.name}` }];
}

/** In an integration.json: the vendor to the page that its definition is from, the documents to their files. */
export function manifestLinks(text: string, vendors: readonly VendorDefinition[]): readonly TextLink[] {
  const { root } = parseJson(text);
  if (root?.kind !== "object") return [];
  return root.properties.flatMap(({ key, value }): readonly TextLink[] => {
    if (key.value === "vendor") return vendorLink(text, value, vendors);
    if (key.value !== "documents" || value?.kind !== "object") return [];
    return value.properties.flatMap(({ value: file }) => fileLink(text, file));
  });
}

function vendorLink(
  text: string,
  node: JsonNode | undefined,
  vendors: readonly VendorDefinition[],
): readonly TextLink[] {
  if (node?.kind !== "string") return [];
  const sources = vendors.find(({ id }) => id === node.value)?.sources ?? [];
  const source = sources.find(({ url, status }) => url !== undefined && status === "current");
  if (source?.url === undefined) return [];
  return [{ range: contentRange(text, node), target: { url: source.url }, tooltip: source.title }];
}

function fileLink(text: string, node: JsonNode | undefined): readonly TextLink[] {
  // Only below the folder, as the loader reads it; no address of another scheme.
  if (node?.kind !== "string" || !/^[\w.-]+(\/[\w.-]+)*$/.test(node.value) || node.value.split("/").includes(".."))
    return [];
  return [{ range: contentRange(text, node), target: { file: node.value }, tooltip: "Open the document" }];
}
