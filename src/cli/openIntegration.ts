import nodePath from "node:path";
import { findingsOf } from "../integration/blockingFindings";
import type { FileSystem, Integration } from "../integration/integration";
import { loadIntegration } from "../integration/loadIntegration";
import { manifestName } from "../integration/recogniseManifest";
import { UserError } from "../policy/userError";
import type { CliContext } from "./context";
import { locate } from "./report/locate";

export interface OpenedIntegration {
  readonly fs: FileSystem;
  readonly integration: Integration;
  /** The folder as the person would write it. */
  readonly shown: string;
}

/**
 * The integration of a folder; its integration.json may be named instead.
 *
 * @throws UserError `file` when there is none, `manifest-invalid` when its integration.json can't be used
 */
export async function openIntegration(path: string, context: CliContext): Promise<OpenedIntegration> {
  const named = nodePath.resolve(context.currentDirectory, path);
  const absolute = nodePath.basename(named) === manifestName ? nodePath.dirname(named) : named;
  const fs = context.fileSystem(nodePath.dirname(absolute));
  const integration = await loadIntegration(fs, nodePath.basename(absolute), context);
  const shown = fs.display(integration.folder);
  if ("broken" in integration) {
    const reasons = findingsOf(integration, "error").flatMap(({ path: file, text, finding }) =>
      locate({ text, findings: [finding] }).map(
        ({ line, column, message, check }) => `  ${fs.display(file)}:${line}:${column} ${message} (${check})`,
      ),
    );
    const ways = integration.manifestFindings.some(({ check }) => check === "manifest-vendor-unknown")
      ? ["A vendor that you have defined yourselves is named before the command: vendor-access --vendors DIR …"]
      : [];
    throw new UserError(
      "manifest-invalid",
      [`The ${manifestName} of ${shown} can't be used. Correct it:`, ...reasons, ...ways].join("\n"),
    );
  }
  return { fs, integration, shown };
}
