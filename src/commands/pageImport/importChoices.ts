import { isAddition, type PlannedImport, planImport } from "../../integration/importPagePlan";
import {
  type ImportField,
  type ImportRequest,
  importFields,
  importRequest,
  unfilledTokens,
} from "../../integration/importPageValues";
import type { VendorPage } from "../../integration/page/readPage";
import { UserError } from "../../policy/userError";
import type { VendorDefinition } from "../../vendors/definition";
import { validateParameterValue } from "../../vendors/parameterRules";

/** What the person has chosen in the preview, as its form sends it. */
export interface ImportForm {
  /** A vendor's id; empty: a new one, by `name`. */
  readonly vendor: string;
  readonly name: string;
  readonly asOnPage: boolean | undefined;
  /** Numbers of documents from 1. */
  readonly documents: readonly number[];
  /** By the keys of the fields. */
  readonly values: { readonly [key: string]: string };
  readonly integrationName: string;
}

/** The form as it is before anybody changes it. */
export function firstForm(page: VendorPage): ImportForm {
  return {
    vendor: page.recognised?.vendor.id ?? "",
    name: "",
    asOnPage: undefined,
    documents: page.documents.flatMap((document, index) => (isAddition(document, page.documents) ? [] : [index + 1])),
    values: {},
    integrationName: "",
  };
}

/** The name that stands for a new vendor until it has one. */
const nameless = "New vendor";

/** @throws UserError where `planImport` does, for example when the name belongs to a vendor of the catalog */
export function planOfForm(
  page: VendorPage,
  vendors: readonly VendorDefinition[],
  form: ImportForm,
  today: string,
): PlannedImport {
  return planImport(page, vendors, {
    vendor: form.vendor || form.name.trim() || nameless,
    documents: form.documents,
    ...(form.asOnPage !== undefined && { asOnPage: form.asOnPage }),
    today,
  });
}

/** Several values of a list stand with commas between them. */
function valuesOf({ isList }: ImportField, value: string): readonly string[] {
  const values = isList ? value.split(",") : [value];
  return values.map((item) => item.trim()).filter((item) => item !== "");
}

/** What is wrong with each field, by its key; of an empty form, what is missing. */
export function problemsOf(plan: PlannedImport, form: ImportForm): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  if (form.vendor === "" && form.name.trim() === "") problems.set("name", "Give the vendor a name.");
  for (const field of importFields(plan)) {
    const values = valuesOf(field, form.values[field.key] ?? field.proposal ?? "");
    const { parameter } = field;
    if (values.length === 0) {
      if (field.required) problems.set(field.key, "A value is missing.");
    } else if (parameter !== undefined) {
      const problem = values.map((value) => validateParameterValue(parameter, value)).find((text) => text);
      if (problem !== undefined) problems.set(field.key, problem);
    }
  }
  return problems;
}

/** @throws UserError `parameter-invalid` for a value that can't be, or one that is missing */
export function requestOfForm(plan: PlannedImport, form: ImportForm): ImportRequest {
  const given = new Map<string, readonly string[]>();
  for (const field of importFields(plan)) {
    const values = valuesOf(field, form.values[field.key] ?? field.proposal ?? "");
    if (values.length > 0) given.set(field.key, values);
  }
  const request = importRequest(plan, given);
  const [unfilled] = unfilledTokens(plan, request);
  if (unfilled !== undefined) throw new UserError("parameter-invalid", `${unfilled.label} has no value.`);
  return request;
}
