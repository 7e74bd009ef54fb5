import * as vscode from "vscode";
import type { ResourceState } from "../account/account";
import { UserError } from "../policy/userError";
import { isUsable, type UsableIntegration } from "../sidebar/integrationStore";
import { resourceName } from "../sidebar/labels";
import { chooseIntegration, nodeOf } from "./chooseIntegration";
import type { CommandContext } from "./commandContext";
import { comparedResource } from "./comparedContents";
import { comparedPlace } from "./comparisons";

/** How what is in the account differs from the documents: of the row's resource, or of all of an integration. */
export async function showDrift(context: CommandContext, argument: unknown): Promise<void> {
  const { comparisons } = context;
  const node = nodeOf(context, argument);
  if (node?.kind === "resource" && isUsable(node.stored)) {
    await comparisons.show("drift", node.stored.key, comparedResource(node.resource, node.stored.integration));
    return;
  }
  const stored = await chooseIntegration(context, argument, "Compare with AWS");
  const different = (stored.live?.resources ?? []).filter(({ status }) => status === "differs");
  if (different.length === 0)
    throw new UserError(
      "usage",
      stored.live
        ? `Nothing of ${stored.integration.name} differs.`
        : `${stored.integration.name} was not compared with the account yet. Refresh first.`,
    );
  await comparisons.showAll(
    "drift",
    stored.key,
    `${stored.integration.name}: live ↔ documents`,
    different.map((resource) => comparedResource(resource, stored.integration)),
  );
}

/** The integration and, where one was meant, the resource that a command was run on: a row, a comparison, a folder. */
export async function chooseDrifted(
  context: CommandContext,
  argument: unknown,
  what: string,
): Promise<{ readonly stored: UsableIntegration; readonly resource: ResourceState | undefined }> {
  const place = argument instanceof vscode.Uri ? comparedPlace(argument) : undefined;
  const node = nodeOf(context, argument);
  const stored = await chooseIntegration(context, argument, what);
  const resources = stored.live?.resources ?? [];
  const resource =
    node?.kind === "resource" ? node.resource : resources.find((each) => resourceName(each) === place?.name);
  return { stored, resource };
}
