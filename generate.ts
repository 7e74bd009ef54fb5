// Writes what is generated from the catalog, the schemas and AWS's service reference. With --check: says what is stale and exits with 1.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generatedFiles } from "./generate/files";

/** Paths of generated files whose text on disk is not what would be generated now. */
export async function staleFiles(root: string): Promise<readonly string[]> {
  return staleOf(root, await generatedFiles());
}

function staleOf(root: string, files: ReadonlyMap<string, string>): readonly string[] {
  return Array.from(files)
    .filter(([path, text]) => read(join(root, path)) !== text)
    .map(([path]) => path);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined; // Missing is stale.
  }
}

async function main(root: string, check: boolean): Promise<void> {
  const files = await generatedFiles();
  const stale = staleOf(root, files);
  if (check) {
    if (stale.length > 0) {
      console.error(`Stale: ${stale.join(", ")}. Run npm run generate.`);
      process.exitCode = 1;
    }
    return;
  }
  for (const path of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path) ?? "");
    console.log(`Wrote ${path}`);
  }
}

if (require.main === module) {
  void main(__dirname, process.argv.includes("--check"));
}
