import { UserError } from "../policy/userError";
import type { VendorDefinition } from "../vendors/definition";
import { definitionFromPage, isFragment, type NewVendor, optionsOf, vendorIdFrom } from "./page/definitionFromPage";
import type { PageDocument, VendorPage } from "./page/readPage";

export interface ImportChoices {
  /** A vendor's id, or the name of a new one; absent: the recognised vendor. */
  readonly vendor?: string;
  /** Which documents, by their number on the page from 1; absent: all but additions to others. */
  readonly documents?: readonly number[];
  /** Keep the page's documents also where the catalog has its own. */
  readonly asOnPage?: boolean;
  /** ISO 8601. */
  readonly today: string;
}

/** What a page becomes: a vendor of the catalog or a new one, and the documents to write. */
export interface PlannedImport {
  readonly definition: VendorDefinition;
  /** The definition was made from the page and has to be written, too. */
  readonly isNew: boolean;
  readonly documents: readonly PageDocument[];
  /** The integration gets the documents as they are on the page, filled in; else those that the definition renders. */
  readonly asOnPage: boolean;
  /** Parameters that switch on the parts of the page that were chosen. */
  readonly options: { readonly [parameter: string]: true };
  /** Documents of the page that the integration does not need: a second one of its kind. */
  readonly unused: readonly PageDocument[];
}

/**
 * @throws UserError `usage` when nobody knows whose page it is and no name was given, or no document was found;
 * `vendor-unknown` when the name is taken
 */
export function planImport(
  page: VendorPage,
  vendors: readonly VendorDefinition[],
  choices: ImportChoices,
): PlannedImport {
  const documents = chosenDocuments(page, choices.documents);
  const known =
    choices.vendor === undefined ? page.recognised?.vendor : vendors.find(({ id }) => id === choices.vendor);
  if (known !== undefined) {
    const strange =
      page.recognised?.vendor !== known || page.recognised.by === "name" || page.recognised.unknown.length > 0;
    const asOnPage = choices.asOnPage ?? strange;
    const unused = asOnPage ? secondOfKind(documents) : [];
    return { definition: known, isNew: false, documents, asOnPage, options: {}, unused };
  }
  if (choices.vendor === undefined) {
    throw new UserError(
      "usage",
      "The page is of no vendor that is known here. Give the vendor a name, and a definition is made from the page.",
    );
  }
  const all = page.documents.filter((document) => documents.includes(document) || isFragment(document));
  const definition = definitionFromPage(page, all, newVendor(choices.vendor, choices.today, vendors));
  const switches = [...optionsOf(all)].filter(([document]) => documents.includes(document));
  const options = Object.fromEntries(switches.map(([, { name }]) => [name, true as const]));
  const unused = documents.filter(({ kind }) => kind === "trust").slice(1);
  return { definition, isNew: true, documents, asOnPage: false, options, unused };
}

function chosenDocuments({ documents, unread }: VendorPage, numbers: readonly number[] | undefined) {
  if (documents.length === 0) {
    const [first] = unread;
    const reason =
      first === undefined ? "" : ` What looks like one in line ${first.line} can't be read: ${first.reason}`;
    throw new UserError("usage", `No document of AWS was found on the page.${reason}`);
  }
  if (numbers === undefined || numbers.length === 0) return documents.filter((each) => !isAddition(each, documents));
  return numbers.map((number) => {
    const document = documents[number - 1];
    if (document !== undefined) return document;
    throw new UserError("usage", `The page has no document ${number}. It has ${documents.length}.`);
  });
}

/** What the page adds for some customers to a document of its own is taken only when it is chosen. */
export function isAddition(document: PageDocument, documents: readonly PageDocument[]): boolean {
  return isFragment(document) && documents.some((other) => other.kind === document.kind && !isFragment(other));
}

/** A name of one's own must not look like that of a vendor of the catalog. */
function newVendor(name: string, today: string, vendors: readonly VendorDefinition[]): NewVendor {
  const id = vendorIdFrom(name);
  if (id === "") throw new UserError("usage", `"${name}" gives no id: a name needs letters or digits.`);
  const taken = vendors.find((vendor) => vendor.id === id || vendorIdFrom(vendor.name) === id);
  if (taken !== undefined) {
    throw new UserError(
      "vendor-unknown",
      `"${name}" is ${taken.name} (${taken.id}) of the catalog. Name it by that id.`,
    );
  }
  return { id, name, today };
}

function secondOfKind(documents: readonly PageDocument[]): readonly PageDocument[] {
  return documents.filter(
    (document, index) =>
      !isAddition(document, documents) && documents.findIndex(({ kind }) => kind === document.kind) < index,
  );
}
