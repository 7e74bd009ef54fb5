import { isAccountId } from "../policy/arn";
import { contentRange } from "../policy/stringRange";
import { externalIdRule } from "../vendors/externalId";
import { integrationBuckets } from "./documentFacts";
import { type ExternalId, externalIds } from "./externalIds";
import type { CheckedDocument, Finding } from "./finding";

/**
 * An external ID that others can guess, where the customer chooses it: it is to tell the vendor's customers apart.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html#id_roles_third-party_external-id
 */
export function externalIdGuessable(document: CheckedDocument): Finding[] {
  if (chosenByVendor(document)) return [];
  return externalIds(document).flatMap((id): Finding[] => {
    const reason = reasonOf(document, id);
    const range = contentRange(document.text, id.node);
    if (reason === undefined || id.value === "") return [];
    return [
      {
        check: "external-id-guessable",
        severity: "warning",
        message: `${reason}, so another customer of the vendor could guess it and have the vendor use this role.`,
        range,
        fixes: [],
        fill: { type: "external-id", placeholder: id.value, places: [range] },
      },
    ];
  });
}

/** Then it is what it is. */
function chosenByVendor({ vendor, context }: CheckedDocument): boolean {
  return vendor !== undefined && externalIdRule(vendor, context.integration?.manifest)?.chosenBy === "vendor";
}

const shortest = 8;

function reasonOf(document: CheckedDocument, { value, pattern }: ExternalId): string | undefined {
  const lower = value.toLowerCase();
  if (pattern && /^[*?]+$/.test(value)) return "This accepts every external ID";
  if (isAccountId(value)) return "An account id is no secret";
  if (integrationBuckets(document)?.includes(value)) return "The name of the bucket is no secret";
  const { vendor, context } = document;
  const names = [vendor?.id, vendor?.name, context.integration?.manifest.role?.name];
  if (names.some((name) => name?.toLowerCase() === lower)) return "A name that everybody knows is no secret";
  return value.length < shortest ? `This external ID has only ${value.length} characters` : undefined;
}
