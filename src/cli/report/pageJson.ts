import type { PageDocument, VendorPage } from "../../integration/page/readPage";
import type { JsonObject } from "../../policy/json";

/** What `import --json` prints of a page. Offsets of repairs count in `source`. */
export function pageJson({ recognised, version, title, format, documents, unread }: VendorPage): JsonObject {
  return {
    vendor: recognised?.vendor.id ?? null,
    vendorName: recognised?.vendor.name ?? null,
    recognisedBy: recognised?.by ?? null,
    pageVersion: version ?? null,
    title: title ?? null,
    format,
    ...(recognised && {
      catalog: {
        page: recognised.source?.id ?? null,
        status: recognised.source?.status ?? null,
        retiredPrincipals: recognised.retired,
        missingPrincipals: recognised.missing,
        unknownPrincipals: recognised.unknown,
      },
    }),
    documents: documents.map(documentJson),
    unread: unread.map(({ text, line, reason, guess }) => ({ text, line, reason, ...(guess && { guess }) })),
  };
}

function documentJson({ kind, text, source, line, within, repairs, placeholders }: PageDocument): JsonObject {
  return {
    kind,
    line,
    ...(within !== undefined && { within }),
    text,
    source,
    repairs: repairs.map((repair) => ({ ...repair })),
    placeholders: placeholders.map((placeholder) => ({
      token: placeholder.token,
      occurrences: placeholder.places.length,
      type: placeholder.type,
      explanation: placeholder.explanation ?? null,
      suggestedValue: placeholder.suggestedValue ?? null,
      ...(placeholder.choices && { choices: placeholder.choices }),
      parameter: placeholder.parameter ?? null,
      sample: placeholder.sample,
    })),
  };
}
