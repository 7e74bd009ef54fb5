import nodePath from "node:path";
import { writeImport } from "../integration/importPage";
import { type PlannedImport, planImport } from "../integration/importPagePlan";
import { type ImportRequest, importRequest, unfilledTokens } from "../integration/importPageValues";
import { bucketsOf } from "../integration/newRequest";
import { readPage, type VendorPage } from "../integration/page/readPage";
import { manifestName } from "../integration/recogniseManifest";
import { UserError } from "../policy/userError";
import { defaultIntegrationName } from "../vendors/names";
import { askForMissing } from "./askForMissing";
import { type Arguments, type Command, type ExitCode, exitCode, jsonFlag } from "./command";
import type { CliContext } from "./context";
import { splitAtExisting } from "./nodeFileSystem";
import { pageJson } from "./report/pageJson";
import { pageReport } from "./report/pageReport";
import { settingsOf } from "./settings";
import { shellWord } from "./shellWord";

export const importCommand: Command = {
  name: "import",
  summary: "Read a vendor's page as copied, and make an integration of it.",
  usage: "<file|->",
  positionals: { name: "file of the page, or - for standard input", least: 1, most: 1 },
  description: [
    "Finds the documents in a page of HTML, Markdown or plain text, repairs what copying did to them, and shows each with its repairs and its placeholders, in the page's own words. What can't be read without guessing is listed as unread. Nothing is written without --out, and nothing ever reaches AWS.",
    "With --out an integration is written. For a vendor of the catalog it gets the catalog's documents, filled in with --set; with --as-on-page, or when the page names principals that the catalog does not know, those of the page. For another vendor, give its name with --vendor: its definition is made from the page and written to .vendor-access/vendors.",
    "--set takes the name of a parameter or the page's placeholder: --set bucket=images, --set BUCKET_NAME=images, --set '<account-id>=…'. What is missing is asked for, when standard input is a terminal.",
  ],
  flags: [
    {
      name: "vendor",
      value: "VENDOR",
      description: "The vendor's id in the catalog, or the name of a new one. Absent: recognised from the page.",
    },
    {
      name: "set",
      value: "KEY=VALUE",
      repeatable: true,
      description: "A value for a parameter or a placeholder. Repeat it for several, and for several buckets.",
    },
    {
      name: "document",
      value: "N",
      repeatable: true,
      description:
        "Take only this document of the page, by its number. Repeat it for several. Absent: all but what the page adds to another document.",
    },
    { name: "as-on-page", description: "Write the page's documents, not those of the catalog." },
    { name: "out", value: "DIR", description: "Write an integration into this folder of integrations." },
    {
      name: "name",
      value: "NAME",
      description: "The name of the integration. Absent: made of the vendor and the bucket.",
    },
    jsonFlag,
  ],
  exitCodes: [
    { code: 0, meaning: "Every document of the page was read; with --out, the integration was written." },
    { code: 1, meaning: "Something that looks like a document could not be read, or there is none." },
    { code: 2, meaning: "Wrong usage, a missing value, or a file could not be read or written. Nothing was." },
  ],
  examples: [
    "vendor-access import page.html",
    "pbpaste | vendor-access import - --set BUCKET_NAME=training-data --out vendor-access",
    'vendor-access import page.md --vendor "Acme Labs" --set bucket=images --out vendor-access --json',
  ],
  run: importPage,
};

async function importPage(args: Arguments, context: CliContext): Promise<ExitCode> {
  const page = readPage(await pageSource(args.positionals[0] ?? "-", context), context.vendors);
  const out = args.text("out");
  const written = out === undefined ? undefined : await writePage(page, out, args, context);
  if (args.is("json")) {
    context.print(`${JSON.stringify({ ...pageJson(page), ...(written && { written }) }, null, 2)}\n`);
  } else {
    context.print(pageReport(page, context.style.output));
    if (written !== undefined) sayWhatIsNext(written, context);
  }
  return page.unread.length > 0 || page.documents.length === 0 ? exitCode.findings : exitCode.fine;
}

async function pageSource(path: string, context: CliContext): Promise<string> {
  if (path === "-") return context.readStandardInput();
  const absolute = nodePath.resolve(context.currentDirectory, path);
  return await context.fileSystem(nodePath.dirname(absolute)).read(nodePath.basename(absolute));
}

interface WrittenImport {
  readonly vendor: string;
  readonly folder: string;
  readonly files: readonly string[];
  /** The file of the new definition. */
  readonly definition?: string;
  /** Values that the page itself gave. */
  readonly suggested: { readonly [parameter: string]: string };
  readonly documents: "catalog" | "page";
  /** Numbers of documents that were not needed. */
  readonly unused: readonly number[];
}

async function writePage(page: VendorPage, out: string, args: Arguments, context: CliContext): Promise<WrittenImport> {
  const vendor = args.text("vendor");
  const plan = planImport(page, context.vendors, {
    ...(vendor !== undefined && { vendor }),
    documents: args.list("document").map(documentNumber),
    ...(args.is("as-on-page") && { asOnPage: true }),
    today: new Date().toISOString().slice(0, 10),
  });
  const { definition, isNew, asOnPage, unused } = plan;
  const given = settingsOf(args.list("set"));
  const asked = await askForMissing(definition, importRequest(plan, given).request, context);
  const request = importRequest(plan, given, asked);
  refuseUnfilled(plan, request);
  const name = args.text("name") ?? defaultIntegrationName(definition, bucketsOf(definition, request.request));
  const { root, rest } = await splitAtExisting(nodePath.resolve(context.currentDirectory, out));
  const files = context.fileSystem(root);
  const workspace = context.fileSystem(context.currentDirectory);
  const written = await writeImport(plan, request, {
    files,
    folder: rest,
    name,
    workspace,
    readOwn: context.readVendors,
  });
  const { integration, definitionPath } = written;
  const paths = [`${integration.folder}/${manifestName}`, ...integration.documents.map(({ path }) => path)];
  return {
    vendor: definition.id,
    folder: files.display(integration.folder),
    files: paths.map(files.display),
    ...(definitionPath !== undefined && { definition: workspace.display(definitionPath) }),
    suggested: Object.fromEntries(request.suggested),
    documents: asOnPage || isNew ? "page" : "catalog",
    unused: unused.map((document) => page.documents.indexOf(document) + 1),
  };
}

/** A placeholder that stays would be a document that AWS refuses. */
function refuseUnfilled(plan: PlannedImport, request: ImportRequest): void {
  const unfilled = unfilledTokens(plan, request);
  if (unfilled.length === 0) return;
  const lines = unfilled.map(({ key, explanation = "" }) => `  --set ${shellWord(key)}=…  ${explanation}`.trimEnd());
  throw new UserError("usage", `Placeholders of the page have no value. Give them with:\n${lines.join("\n")}`);
}

function documentNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new UserError("usage", `--document takes the number of a document, not "${text}".`);
}

function sayWhatIsNext(
  { folder, files, definition, suggested, documents, unused }: WrittenImport,
  { say, style }: CliContext,
): void {
  for (const file of files) say(`  ${file}`);
  if (definition !== undefined) say(`  ${definition}`);
  for (const [name, value] of Object.entries(suggested)) say(`Used what the page gives for ${name}: ${value}`);
  if (unused.length > 0) say(`Not used: document ${unused.join(", ")} of the page. Choose others with --document.`);
  say(
    documents === "catalog"
      ? "The documents are those of the catalog. For those of the page: --as-on-page."
      : "The documents are those of the page.",
  );
  const own = definition === undefined ? "" : ` --vendors ${shellWord(nodePath.dirname(definition))}`;
  say(
    `${style.messages.good(`Wrote the integration to ${folder}.`)} Check it: vendor-access${own} check ${shellWord(folder)}`,
  );
}
