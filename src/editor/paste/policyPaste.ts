import * as vscode from "vscode";

const kind = vscode.DocumentDropOrPasteEditKind.Text.append("vendorAccess", "repairedPolicy");
const plainText = "text/plain";

/** A document of AWS has at most 32 KB; this leaves room for the page around it. */
const largest = 200_000;

/**
 * A policy that is pasted as a web page or a PDF shows it comes as JSON, with the text as it was copied as the other way
 * to paste. What repairs it is loaded for the first text that looks like a policy and is no JSON.
 */
export function registerPolicyPaste(selector: vscode.DocumentSelector): vscode.Disposable {
  const provider: vscode.DocumentPasteEditProvider = {
    async provideDocumentPasteEdits(document, ranges, dataTransfer, context, token) {
      const [range] = ranges;
      if (!range || ranges.length > 1 || (context.only && !context.only.intersects(kind))) return undefined;
      const pasted = await dataTransfer.get(plainText)?.asString();
      if (pasted === undefined || !mayNeedRepair(pasted)) return undefined;
      const { repairPaste } = await import("./repairPaste");
      if (token.isCancellationRequested) return undefined;
      const text = document.getText();
      const repaired = repairPaste(pasted, {
        before: text.slice(0, document.offsetAt(range.start)),
        after: text.slice(document.offsetAt(range.end)),
        comments: document.languageId === "jsonc",
      });
      if (repaired === undefined) return undefined;
      const edit = new vscode.DocumentPasteEdit(repaired.text, repaired.title, kind);
      // Where something was left out or guessed the copied text is pasted, and this is offered beside it.
      if (!repaired.certain) edit.yieldTo = [vscode.DocumentDropOrPasteEditKind.Text];
      return [edit];
    },
  };
  return vscode.languages.registerDocumentPasteEditProvider(selector, provider, {
    providedPasteEditKinds: [kind],
    pasteMimeTypes: [plainText],
  });
}

/** A look at the text: the words of the language, and no JSON already. */
function mayNeedRepair(text: string): boolean {
  if (text.length > largest || !/\b(Statement|Effect|Action|Principal)\b/.test(text)) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}
