import assert from "node:assert/strict";
import path from "node:path";
import { transformSync } from "esbuild";
import { makeFolder, removeFolder, writeFiles } from "./cli/testContext";

/** What is written here must do the same when it is rewritten. `rewritten`: no iterator is left in it. */
const samples: { readonly [name: string]: { readonly code: string; readonly rewritten?: false } } = {
  "an array": { code: "const seen: number[] = []; for (const item of [1, 2, 3]) seen.push(item); return seen;" },
  "a readonly array": {
    code: "const items: readonly string[] = ['a', 'b']; let text = ''; for (const item of items) { text += item; } return text;",
  },
  "an array that may be absent": {
    code: "const items = [['a']].find(() => true); let text = ''; for (const item of items ?? []) text += item; return text;",
  },
  "a tuple or an array": {
    code: "const items: readonly [string] | number[] = Math.random() < 2 ? ['a'] : [1]; const seen = []; for (const item of items) seen.push(item); return seen;",
  },
  "an array that grows": {
    code: "const items = [3]; for (const item of items) if (item > 0) items.push(item - 1); return items;",
  },
  "the expression, once": {
    code: "let calls = 0; const items = () => { calls++; return [1, 2]; }; for (const item of items()) calls += item * 10; return calls;",
  },
  "functions that keep their item": {
    code: "const all: (() => number)[] = []; for (const item of [1, 2]) all.push(() => item); return all.map((one) => one());",
  },
  "break and continue, with labels": {
    code: "const seen: number[] = []; rows: for (const row of [[1, 2], [3, 4], [5]]) { for (const item of row) { if (item === 2) continue rows; if (item === 5) break rows; seen.push(item); } } return seen;",
  },
  "a loop within a loop's expression": {
    code: "const seen: number[] = []; for (const item of [1, 2].map((one) => { let sum = 0; for (const two of [one, one]) sum += two; return sum; })) seen.push(item); return seen;",
  },
  "a name that stands for something else outside": {
    code: "const item = 'outside'; const seen = []; for (const item of [1]) { seen.push(item); } seen.push(item); return seen;",
  },
  "an item that changes": { code: "let sum = 0; for (let item of [1, 2]) { item *= 2; sum += item; } return sum;" },
  "items that are taken apart": {
    code: "const seen: string[] = []; for (const { a } of [{ a: 'x' }, { a: 'y' }]) seen.push(a); return seen;",
  },
  "pairs that are taken apart": {
    code: "const pairs: [string, number | undefined][] = [['a', 1], ['b', undefined]]; const seen: string[] = []; for (const [key, value = 7] of pairs) seen.push(key + value); return seen;",
  },
  "the first ones of an array": {
    code: "const [first, , third = 'none', fourth = `${first}!`] = ['a', 'b']; return [first, third, fourth];",
  },
  "the parts of a text": {
    code: "const [service = '', action = '*'] = 's3:Get'.split(':'); return [service, action];",
  },
  "a match": { code: "const [, name = ''] = /a(.)/.exec('ab') ?? []; return name;" },
  "a set that grows": {
    code: "const items = new Set([3]); for (const item of items) if (item > 0) items.add(item - 1); return [...items];",
    rewritten: false,
  },
  "a map, of whose entries only the parts are taken by index": {
    code: "const seen: string[] = []; for (const [key, value] of new Map([['a', 1], ['b', 2]])) seen.push(key + value); return seen;",
    rewritten: false,
  },
  "a text": { code: "const seen = []; for (const letter of 'a😀') seen.push(letter); return seen;", rewritten: false },
  "a generator that is left": {
    code: "const seen: string[] = []; function* all() { try { yield 1; yield 2; } finally { seen.push('closed'); } } for (const item of all()) { seen.push(String(item)); break; } return seen;",
    rewritten: false,
  },
  "the parts of what can be anything": {
    code: "const [first] = JSON.parse('\"text\"'); return first;",
    rewritten: false,
  },
  "the rest of an array": { code: "const [first, ...rest] = [1, 2, 3]; return [first, rest];", rewritten: false },
};

describe("arrays walked by index", () => {
  let folder: string;
  let texts: ReadonlyMap<string, string>;
  const fileOf = (index: number) => path.join(folder, "src", `sample${index}.ts`);
  const sourceOf = (code: string) => `export function sample() { ${code} }\n`;
  before(async () => {
    folder = makeFolder();
    const files = Object.values(samples).map(({ code }, index) => [`src/sample${index}.ts`, sourceOf(code)] as const);
    const compilerOptions = { target: "ES2023", lib: ["ES2023"], module: "preserve", strict: true, types: [] };
    const config = { compilerOptions, include: ["src"] };
    writeFiles(folder, { ...Object.fromEntries(files), "tsconfig.json": JSON.stringify(config) });
    const { walkArraysByIndex } = await import("../../arrayLoops.mjs");
    texts = await walkArraysByIndex(path.join(folder, "tsconfig.json"), path.join(folder, "src"));
  });
  after(() => removeFolder(folder));

  for (const [index, [name, { code, rewritten = true }]] of Object.entries(samples).entries()) {
    it(`does the same with ${name}`, () => {
      const text = texts.get(fileOf(index)) ?? "";
      assert.deepEqual(run(text), run(sourceOf(code)));
      const iterates = /\bof\b|(const|let) \[/.test(text);
      assert.equal(iterates, !rewritten, text);
    });
  }
});

function run(source: string): unknown {
  const { code } = transformSync(source, { loader: "ts", format: "cjs" });
  const module = { exports: {} as { sample?: () => unknown } };
  new Function("module", "exports", code)(module, module.exports);
  return module.exports.sample?.();
}
