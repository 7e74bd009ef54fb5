import * as vscode from "vscode";
import type { BucketFacts } from "../checks/finding";
import { mayBePolicy } from "../policy/readPolicy";
import { loadServiceReference } from "../policy/serviceReference/loadServiceReference";
import type { VendorDefinition } from "../vendors/definition";
import { isTooLarge } from "./checkedDocuments";
import { parameterValues } from "./completions/completionContext";
import { documentIntegration, isManifestOf } from "./documentIntegration";
import type { DocumentKinds } from "./documentKinds";
import { type HoverContext, hoverAt } from "./hovers/hoverAt";
import { manifestHoverAt } from "./hovers/manifestHover";
import { textPositions } from "./textPositions";

export interface HoverOptions {
  readonly vendors: readonly VendorDefinition[];
  readonly buckets: () => readonly BucketFacts[];
  readonly kinds: Pick<DocumentKinds, "of">;
}

/** Help at the cursor: what each word of a policy document means, grants or reaches. */
export function registerHovers(
  { vendors, buckets, kinds }: HoverOptions,
  selector: vscode.DocumentSelector,
): vscode.Disposable {
  async function context(document: vscode.TextDocument): Promise<HoverContext> {
    const [reference, found] = await Promise.all([loadServiceReference(), documentIntegration(document, vendors)]);
    const kind = kinds.of(document.uri);
    const known = { vendors, reference, buckets: buckets(), ownAccount: found?.request.account, ...(kind && { kind }) };
    if (!found?.definition) return known;
    const integration = { definition: found.definition, request: found.request };
    return { ...known, integration, integrationBuckets: parameterValues({ integration }, "bucket-list") };
  }

  return vscode.languages.registerHoverProvider(selector, {
    async provideHover(document, position, token) {
      if (isTooLarge(document)) return undefined;
      const text = document.getText();
      const isManifest = isManifestOf(document);
      if (!isManifest && !mayBePolicy(text)) return undefined;
      const known = await context(document);
      if (token.isCancellationRequested || document.getText() !== text) return undefined;
      const offset = document.offsetAt(position);
      const hover = isManifest ? manifestHoverAt(text, offset, known) : hoverAt(text, offset, known);
      if (!hover) return undefined;
      return new vscode.Hover(new vscode.MarkdownString(hover.markdown), textPositions(text)(hover.range));
    },
  });
}
