import * as vscode from "vscode";
import type { activate as start } from "./extension";

type Chunk = Readonly<Record<string, unknown>>;

/**
 * The start of a window that is a browser and nothing else (vscode.dev, github.dev). Its extension host runs this one
 * file and can't `require` another, so that this file does: the rest are the very bundles of the desktop.
 */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const require = chunkLoader(vscode.Uri.joinPath(context.extensionUri, "dist"));
  const extension = await (require("./extension.js") as Promise<{ readonly activate: typeof start }>);
  await extension.activate(context);
}

/** What bundles share, in the text of one that needs it: that can't wait for it. */
const shared = /\brequire\("(\.\/shared-\w+\.js)"\)/g;

/**
 * @param folder where the bundles are: on a web server as a rule
 * @returns the `require` of the bundles. What it gives for a bundle is a promise, which esbuild's
 *   `Promise.resolve().then(() => require("./a.js"))`, its form of `import("./a.js")`, waits for; what bundles share was
 *   loaded before them.
 */
function chunkLoader(folder: vscode.Uri): (id: string) => unknown {
  const chunks = new Map<string, PromiseLike<Chunk>>();
  const loaded = new Map<string, Chunk>();

  function require(id: string): unknown {
    return id === "vscode" ? vscode : (loaded.get(id) ?? chunk(id));
  }

  function chunk(id: string): PromiseLike<Chunk> {
    const known = chunks.get(id);
    if (known) return known;
    const loading = load(id);
    const promised = thenable(loading);
    chunks.set(id, promised);
    // A web server can be out of reach for a moment: the next need tries again.
    loading.catch(() => chunks.delete(id));
    return promised;
  }

  async function load(id: string): Promise<Chunk> {
    const uri = vscode.Uri.joinPath(folder, id);
    const source = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const needed = Array.from(source.matchAll(shared), ([, name = ""]) => name);
    await Promise.all(needed.map(async (name) => loaded.set(name, await chunk(name))));
    const module: { readonly exports: Chunk } = { exports: {} };
    // As the extension host itself runs an extension's file.
    new Function("module", "exports", "require", `${source}\n//# sourceURL=${uri.toString(true)}`)(
      module,
      module.exports,
      require,
    );
    return module.exports;
  }

  return require;
}

/** A promise in an own property: esbuild's wrapper of a CommonJS module copies own properties. */
function thenable<Value>(promise: Promise<Value>): PromiseLike<Value> {
  // biome-ignore lint/suspicious/noThenProperty: it is what makes it thenable
  return { then: (resolve, reject) => promise.then(resolve, reject) };
}
