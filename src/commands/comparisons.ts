import * as vscode from "vscode";
import { alignPolicy } from "../policy/alignPolicy";
import { formatJson } from "../policy/formatJson";
import { isObject, type JsonValue } from "../policy/json";

/** What is live and what we have of one thing; undefined where there is nothing. */
export interface Compared {
  /** Of the thing, as a tab and a list show it: "role training-data". */
  readonly name: string;
  readonly live: JsonValue | undefined;
  readonly ours: JsonValue | undefined;
}

/** Why two texts are compared: the scheme of their addresses, by which package.json offers what can be done about it. */
export type Purpose = "plan" | "drift" | "adopt";

/** The folder of the integration that a compared text belongs to, and the text's name. */
export interface ComparedPlace {
  readonly integration: string;
  readonly name: string;
}

/** Read-only texts, compared in VS Code's own difference editors. Newer texts replace those of the same name. */
export class Comparisons implements vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly disposables: readonly vscode.Disposable[];

  constructor() {
    const provider: vscode.TextDocumentContentProvider = {
      onDidChange: this.changed.event,
      provideTextDocumentContent: (uri) => this.texts.get(uri.toString()) ?? "",
    };
    const schemes = (["plan", "drift", "adopt"] as const).map(schemeOf);
    this.disposables = [
      this.changed,
      ...schemes.map((scheme) => vscode.workspace.registerTextDocumentContentProvider(scheme, provider)),
    ];
  }

  /** One difference: what is live on the left, ours on the right. */
  async show(purpose: Purpose, integration: string, compared: Compared): Promise<void> {
    const [label, left, right] = this.sides(purpose, integration, compared);
    const title = `${label.path
      .split("/")
      .at(-1)
      ?.replace(/\.json$/, "")}: live ↔ ${purpose === "adopt" ? "the vendor’s page" : "documents"}`;
    await vscode.commands.executeCommand("vscode.diff", left, right, title, { preview: true });
  }

  /** All differences below each other, in one editor. */
  async showAll(purpose: Purpose, integration: string, title: string, all: readonly Compared[]): Promise<void> {
    const sides = all.map((compared) => {
      const [label, left, right] = this.sides(purpose, integration, compared);
      // Without a left side it is shown as new, without a right one as gone.
      return [label, compared.live === undefined ? undefined : left, compared.ours === undefined ? undefined : right];
    });
    await vscode.commands.executeCommand("vscode.changes", title, sides);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private sides(purpose: Purpose, integration: string, { name, live, ours }: Compared) {
    const [left, right] = comparable(live, ours).map((value, index) => {
      // One path for both sides: else the editor takes it for a renaming. Names of AWS resources may have a slash.
      const path = `/${name.replaceAll("/", "∕")}.json`;
      const fragment = index === 0 ? "live" : "ours";
      const uri = vscode.Uri.from({ scheme: schemeOf(purpose), path, query: integration, fragment });
      this.texts.set(uri.toString(), value === undefined ? "" : formatJson(value));
      this.changed.fire(uri);
      return uri;
    });
    if (!left || !right) throw new Error("A comparison has two sides.");
    return [right, left, right] as const;
  }
}

/** The integration and the name in the address of a compared text; undefined for any other address. */
export function comparedPlace(uri: vscode.Uri): ComparedPlace | undefined {
  if (!uri.scheme.startsWith(schemePrefix)) return undefined;
  const name = uri.path
    .split("/")
    .at(-1)
    ?.replace(/\.json$/, "")
    .replaceAll("∕", "/");
  return name === undefined ? undefined : { integration: uri.query, name };
}

/** Both sides in the form in which only meaning differs: what says the same is written the same way. */
export function comparable(
  live: JsonValue | undefined,
  ours: JsonValue | undefined,
): readonly [live: JsonValue | undefined, ours: JsonValue | undefined] {
  if (!isObject(live) || !isObject(ours)) return [live, ours];
  if (live.Statement !== undefined) return [alignPolicy(live, ours), ours];
  const keys = Object.keys(ours).filter((key) => live[key] !== undefined);
  const rest = Object.keys(live).filter((key) => !keys.includes(key));
  const aligned = [...keys, ...rest].map((key): [string, JsonValue] => {
    const [value = null] = comparable(live[key], ours[key]);
    return [key, value];
  });
  return [Object.fromEntries(aligned), ours];
}

const schemePrefix = "vendor-access-";

function schemeOf(purpose: Purpose): string {
  return `${schemePrefix}${purpose}`;
}
