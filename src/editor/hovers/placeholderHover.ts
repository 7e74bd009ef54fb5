import type { FillRequest } from "../../checks/finding";
import { type PlaceholderPlace, placeholderPlaces } from "../../checks/placeholderPlaces";
import type { Range } from "../../policy/json";
import { codeSpan, escapeMarkdown, markdownLink } from "../../policy/markdownText";
import type { PolicyDocument } from "../../policy/policyDocument";
import { stringRange } from "../../policy/stringRange";
import type { VendorDefinition } from "../../vendors/definition";
import type { IntegrationRequest } from "../../vendors/manifest";
import { withDefaults } from "../../vendors/parameters";
import { recogniseVendor } from "../../vendors/recogniseVendor";

export interface PlaceholderContext {
  readonly vendors: readonly VendorDefinition[];
  readonly integration?: { readonly definition: VendorDefinition; readonly request: IntegrationRequest };
}

export interface PlaceholderHover {
  readonly range: Range;
  readonly markdown: string;
}

/** The placeholder at `offset`: what to put there, by the vendor's page and the integration. */
export function placeholderHover(
  policy: PolicyDocument,
  offset: number,
  context: PlaceholderContext,
): PlaceholderHover | undefined {
  const { json } = policy;
  const vendor = context.integration?.definition ?? recogniseVendor(policy, context.vendors);
  const document = { text: json.text, json, policy, vendor, context, expectedTrust: undefined };
  // The hover's integration is only what could be read of the manifest; the places need none.
  const places = placeholderPlaces({ ...document, context: { vendors: context.vendors } });
  for (const place of places) {
    const range = stringRange(json.text, place.node, place.token.start, place.token.text.length);
    if (offset < range.offset || offset > range.offset + range.length) continue;
    return { range, markdown: describe(place, vendor, context) };
  }
  return undefined;
}

const whatBelongs: { readonly [Type in FillRequest["type"]]: string } = {
  bucket: "The name of a bucket.",
  "kms-key-arn": "The ARN of a KMS key: `arn:aws:kms:region:account:key/id`.",
  "account-id": "The id of an AWS account: 12 digits.",
  "external-id": "The external ID that you and the vendor agreed on.",
  text: "A value of yours.",
};

function describe(
  { token, type, parameter }: PlaceholderPlace,
  vendor: VendorDefinition | undefined,
  { integration }: PlaceholderContext,
): string {
  const lines = [
    token.exampleAccount
      ? `**An account id of AWS’s examples**, ${codeSpan(token.text)}: replace it.`
      : `**A placeholder**, ${codeSpan(token.text)}: replace it.`,
  ];
  if (parameter === undefined) lines.push(whatBelongs[type]);
  else {
    lines.push(`**${escapeMarkdown(parameter.title)}**: ${escapeMarkdown(parameter.description)}`);
    const source = vendor?.sources.find(({ id }) => id === parameter.source);
    if (source && vendor)
      lines.push(`From ${markdownLink(source.title, source.url ?? "")} of ${escapeMarkdown(vendor.name)}.`);
  }
  const values = integration === undefined ? [] : valuesOf(integration, parameter?.name, type, parameter?.type);
  if (values.length > 0) lines.push(`This integration has ${values.map((value) => `${codeSpan(value)}`).join(", ")}.`);
  return lines.join("\n\n");
}

function valuesOf(
  { definition, request }: Required<PlaceholderContext>["integration"],
  name: string | undefined,
  type: FillRequest["type"],
  parameterType: string | undefined,
): readonly string[] {
  if (parameterType === "own-account" || (name === undefined && type === "account-id")) {
    return request.account === undefined ? [] : [request.account];
  }
  const value = name === undefined ? undefined : withDefaults(definition, request).parameters[name];
  if (typeof value === "string" && value !== "") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
