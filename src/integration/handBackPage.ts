import type { VendorDefinition } from "../vendors/definition";

type HandBackTo = Pick<VendorDefinition, "handBackTo">;

/** Stands in a new definition for the page where the values are entered, as long as nobody has said which one that is. */
export const unknownPage = "https://example.com/";

/** The page where the vendor wants its values; undefined when its definition does not say so yet. */
export function handBackPage({ handBackTo }: HandBackTo): string | undefined {
  return handBackTo.url === unknownPage ? undefined : handBackTo.url;
}

/** "JFrog ML SDK or UI (https://…)". */
export function handBackPlace(definition: HandBackTo): string {
  const page = handBackPage(definition);
  return page === undefined ? definition.handBackTo.label : `${definition.handBackTo.label} (${page})`;
}
