import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/**
 * Writes the licences of what the bundles contain, as their authors ask for: one text for all packages that share it.
 *
 * @param {readonly import("esbuild").Metafile[]} metafiles
 * @param {readonly string[]} derivedFrom packages whose data is in generated files
 * @param {string} file
 */
export function writeNotices(metafiles, derivedFrom, file) {
  const names = new Set(derivedFrom);
  for (const { inputs } of metafiles) {
    for (const input of Object.keys(inputs)) {
      const name = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
      if (name) names.add(name);
    }
  }
  const packagesByText = new Map();
  for (const name of [...names].sort()) {
    const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
    if (typeof license !== "string" || /GPL/.test(license)) throw new Error(`${name} must not ship: ${license}`);
    const text = licenceText(name) ?? license;
    packagesByText.set(text, [...(packagesByText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...packagesByText].map(([text, packages]) => `${packages.join("\n")}\n\n${text.trim()}\n`);
  writeFileSync(file, `Vendor Access contains these packages.\n\n${parts.join(`\n${"-".repeat(80)}\n\n`)}`);
}

function licenceText(name) {
  const folder = `node_modules/${name}`;
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.\w+)?$/i.test(entry));
  const path = file && `${folder}/${file}`;
  return path ? readFileSync(path, "utf8").replaceAll("\r\n", "\n") : undefined;
}
