import { formatJson } from "../policy/formatJson";
import type { JsonNode, StringNode } from "../policy/json";
import { parseJson } from "../policy/parseJson";
import type { DocumentRole, IntegrationRequest } from "../vendors/manifest";
import { renderDocuments } from "../vendors/render";
import { type IntegrationOptions, rebuild } from "./buildIntegration";
import { joinPath } from "./documentPath";
import { setProperty } from "./editManifest";
import type { FileSystem, Integration, IntegrationDocument } from "./integration";
import { manifestName } from "./recogniseManifest";

type Partition = NonNullable<IntegrationRequest["partition"]>;

/**
 * The integration as `bindAccount` would write it; nothing is written. One that names its account comes back as it is.
 *
 * @param options what to check the new texts with; absent: the integration's own vendor
 */
export function withAccount(
  integration: Integration,
  account: string,
  partition: Partition,
  options: IntegrationOptions = { vendors: [integration.definition] },
): Integration {
  const { manifest, manifestText, documents } = integration;
  if (manifest.account !== undefined) return integration;
  let boundManifest = setProperty(manifestText, "account", account, "accessLevel");
  const namesPartition = manifest.partition === undefined && partition !== "aws";
  if (namesPartition) boundManifest = setProperty(boundManifest, "partition", partition, "account");
  const untouched = namesPartition ? renderTexts(integration, manifest) : undefined;
  const inPartition = renderTexts(integration, { ...manifest, account, ...(namesPartition && { partition }) });
  const boundTexts = new Map(
    documents.map((document) => {
      // A document that nobody edited is written anew for the partition: every ARN in it names one.
      const anew = document.text === untouched?.[document.role] ? inPartition[document.role] : undefined;
      return [document.path, anew ?? fillAccount(integration, document, account)];
    }),
  );
  return rebuild(integration, boundManifest, boundTexts, options);
}

/**
 * The first apply: writes the account into the manifest, and into the documents where they name the customer's own
 * account. The manifest comes last: as long as it names no account, the next apply does it again.
 *
 * @throws UserError `file` when a file can't be written; the files are then as they were
 */
export async function bindAccount(
  fs: FileSystem,
  integration: Integration,
  account: string,
  partition: Partition,
  options?: IntegrationOptions,
): Promise<Integration> {
  const bound = withAccount(integration, account, partition, options);
  const before = textsByPath(integration);
  const written: string[] = [];
  try {
    for (const [path, text] of textsByPath(bound)) {
      if (before.get(path) === text) continue;
      await fs.write(path, text);
      written.push(path);
    }
  } catch (error) {
    for (const path of written) {
      // What can't be put back stays: the error that brought us here is the one to report.
      await fs.write(path, before.get(path) ?? "").catch(() => undefined);
    }
    throw error;
  }
  return bound;
}

function textsByPath({ documents, folder, manifestText }: Integration): ReadonlyMap<string, string> {
  return new Map([
    ...documents.map(({ path, text }) => [path, text] as const),
    [joinPath(folder, manifestName), manifestText] as const,
  ]);
}

function renderTexts(
  { definition }: Integration,
  request: IntegrationRequest,
): { readonly [role in DocumentRole]?: string } {
  const rendered = Object.entries(renderDocuments(definition, request));
  return Object.fromEntries(rendered.map(([role, document]) => [role, formatJson(document)]));
}

/** Replaces the vendor's placeholders of the customer's own account, only inside strings, and keeps the rest. */
function fillAccount({ definition }: Integration, { text }: IntegrationDocument, account: string): string {
  const placeholders = definition.parameters
    .filter(({ type }) => type === "own-account")
    .flatMap((parameter) => parameter.placeholders);
  if (!placeholders.some((placeholder) => text.includes(placeholder))) return text;
  // Longest first, and never as a part of a longer word: ACCOUNT_ID must leave VENDOR_ACCOUNT_ID alone.
  const alternatives = [...placeholders].sort((a, b) => b.length - a.length).map(escapeForRegExp);
  const placeholder = new RegExp(`(?<![A-Za-z0-9_])(?:${alternatives.join("|")})(?![A-Za-z0-9_])`, "g");
  let filled = "";
  let end = 0;
  for (const { offset, length } of stringsOf(parseJson(text).root)) {
    filled += text.slice(end, offset) + text.slice(offset, offset + length).replace(placeholder, account);
    end = offset + length;
  }
  return filled + text.slice(end);
}

function stringsOf(node: JsonNode | undefined): readonly StringNode[] {
  switch (node?.kind) {
    case "string":
      return [node];
    case "array":
      return node.items.flatMap(stringsOf);
    case "object":
      return node.properties.flatMap(({ value }) => stringsOf(value));
    default:
      return [];
  }
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
