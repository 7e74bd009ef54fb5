import { UserError } from "../policy/userError";
import { buildIntegration, type IntegrationOptions } from "./buildIntegration";
import { joinPath } from "./documentPath";
import type { BrokenIntegration, FileSystem, Integration } from "./integration";
import { mentionedDocuments } from "./mentionedDocuments";
import { manifestName } from "./recogniseManifest";

/**
 * Reads an integration from its folder and checks it.
 *
 * @returns a `BrokenIntegration` when integration.json can't be used at all; its findings say why
 * @throws UserError `file` when the folder has no integration.json, or a file can't be read
 */
export async function loadIntegration(
  fs: FileSystem,
  folder: string,
  options: IntegrationOptions,
): Promise<Integration | BrokenIntegration> {
  const manifestPath = joinPath(folder, manifestName);
  if (!(await fs.exists(manifestPath))) {
    throw new UserError(
      "file",
      `There is no integration in ${fs.display(folder)}: it has no ${manifestName}. Name the folder of an integration.`,
    );
  }
  const manifestText = await fs.read(manifestPath);
  const documentTexts = new Map<string, string>();
  await Promise.all(
    mentionedDocuments(manifestText).map(async (name) => {
      const path = joinPath(folder, name);
      if (await fs.exists(path)) documentTexts.set(name, await fs.read(path));
    }),
  );
  const name = folder.split("/").at(-1) || fs.display(folder);
  return buildIntegration({ name, folder, manifestText, documentTexts }, options);
}
