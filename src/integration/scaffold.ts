import { formatJson } from "../policy/formatJson";
import type { JsonValue } from "../policy/json";
import { UserError } from "../policy/userError";
import type { VendorDefinition } from "../vendors/definition";
import {
  type DocumentRole,
  documentFiles,
  documentRoles,
  type IntegrationRequest,
  type Manifest,
} from "../vendors/manifest";
import { validateIntegrationName } from "../vendors/names";
import { renderDocuments } from "../vendors/render";
import { buildIntegration } from "./buildIntegration";
import { joinPath } from "./documentPath";
import type { FileSystem, Integration } from "./integration";
import { manifestName } from "./recogniseManifest";

export interface ScaffoldInput {
  readonly definition: VendorDefinition;
  readonly request: IntegrationRequest;
  /** The name of the new folder. */
  readonly name: string;
  /** Absent: a random UUID. */
  readonly id?: string;
  /** Documents to write in place of those that the definition renders: of an imported page, of what is live. */
  readonly documents?: ReadonlyMap<DocumentRole, JsonValue>;
}

/**
 * Writes a new integration, all or nothing: into a hidden folder beside its place, which is then renamed. When
 * anything fails, what was written is removed again.
 *
 * @param root the folder that holds the integrations; made when it is not there
 * @throws UserError `parameter-invalid` for a name that is no folder name, `file` when the folder exists or can't be written
 */
export async function scaffold(fs: FileSystem, root: string, input: ScaffoldInput): Promise<Integration> {
  const { definition, name } = input;
  const refusal = validateIntegrationName(name);
  if (refusal !== undefined) throw new UserError("parameter-invalid", refusal);
  const folder = joinPath(root, name);
  if (await fs.exists(folder)) {
    throw new UserError(
      "file",
      `${fs.display(folder)} exists already. Choose another name for the integration, or remove the folder.`,
    );
  }
  const texts = renderTexts(input);
  const integration = buildIntegration({ name, folder, ...texts }, { vendors: [definition] });
  if ("broken" in integration) {
    const [finding] = integration.manifestFindings;
    throw new UserError("parameter-invalid", finding?.message ?? `No integration can be made for ${definition.name}.`);
  }
  const partial = joinPath(root, `.${name}.${crypto.randomUUID().slice(0, 8)}.partial`);
  const madeFolders: string[] = [];
  try {
    await createMissingFolders(fs, root, madeFolders);
    madeFolders.push(partial);
    await fs.createDirectory(partial);
    await fs.write(joinPath(partial, manifestName), texts.manifestText);
    for (const [document, text] of texts.documentTexts) await fs.write(joinPath(partial, document), text);
    await fs.rename(partial, folder);
  } catch (error) {
    await removeFolders(fs, madeFolders);
    throw error;
  }
  return integration;
}

function renderTexts({ definition, request, id = crypto.randomUUID(), documents }: ScaffoldInput): {
  readonly manifestText: string;
  readonly documentTexts: ReadonlyMap<string, string>;
} {
  const rendered = renderDocuments(definition, request);
  const files = documentRoles.flatMap((document) => {
    const value = documents?.get(document) ?? rendered[document];
    return value === undefined ? [] : [{ document, name: documentFiles[document], text: formatJson(value) }];
  });
  const { accessLevel, account, region, partition, parameters, role } = request;
  // In the order in which a person reads it, who and what first.
  const manifest: Manifest = {
    id,
    vendor: definition.id,
    accessLevel,
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
    ...(partition !== undefined && { partition }),
    parameters,
    ...(role !== undefined && { role }),
    documents: Object.fromEntries(files.map(({ document, name }) => [document, name])),
  };
  return {
    manifestText: formatJson({ ...manifest }),
    documentTexts: new Map(files.map(({ name, text }) => [name, text])),
  };
}

/** Makes a folder and those above it, and notes in `made` which ones were missing, from the outside in. */
async function createMissingFolders(fs: FileSystem, folder: string, made: string[]): Promise<void> {
  const parts = folder === "" ? [] : folder.split("/");
  for (let length = 1; length <= parts.length; length++) {
    const path = parts.slice(0, length).join("/");
    if (await fs.exists(path)) continue;
    made.push(path);
    await fs.createDirectory(path);
  }
}

/** From the inside out. What can't be removed stays: the error that brought us here is the one to report. */
async function removeFolders(fs: FileSystem, folders: readonly string[]): Promise<void> {
  for (const [index, folder] of [...folders].reverse().entries()) {
    try {
      // Somebody else may have begun to use a folder that we made; only the innermost one is ours alone.
      const isPartial = index === 0 && folder.endsWith(".partial");
      if (isPartial || (await fs.list(folder)).length === 0) await fs.remove(folder);
    } catch {
      // Already gone, or never made: go on with the one above it.
    }
  }
}
