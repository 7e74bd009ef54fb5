import * as vscode from "vscode";
import type { Diagnostics } from "./diagnostics";
import type { DocumentKinds } from "./documentKinds";
import { registerCodeLenses } from "./registerCodeLenses";
import { registerCompletions } from "./registerCompletions";
import type { EditorOptions } from "./registerEditor";
import { registerHovers } from "./registerHovers";
import { registerKindStatus } from "./registerKindStatus";
import { registerLinks } from "./registerLinks";
import { registerSymbols } from "./registerSymbols";

/** Help at the cursor, in the outline and over a document. A bundle of its own: findings don't wait for it. */
export function registerHelp(
  options: EditorOptions & { readonly kinds: DocumentKinds },
  diagnostics: Pick<Diagnostics, "of">,
  selector: vscode.DocumentSelector,
): vscode.Disposable {
  return vscode.Disposable.from(
    registerCompletions(options, selector),
    registerHovers(options, selector),
    registerLinks(options.vendors, selector),
    registerSymbols(selector),
    registerCodeLenses(options, diagnostics, selector),
    registerKindStatus(options.kinds, selector),
  );
}
