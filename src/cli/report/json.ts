import { type CheckedFile, countFindings, locate } from "./locate";

/**
 * `{files: [{path, findings}], errors, warnings}`: every document that was checked, also those without findings.
 *
 * @param unreadable paths that could not be read, with the reason; left out when there are none
 */
export function jsonReport(
  files: readonly CheckedFile[],
  unreadable: readonly { readonly path: string; readonly message: string }[],
): string {
  const { errors, warnings } = countFindings(files);
  return `${JSON.stringify({
    files: files.map((file) => ({ path: file.path, findings: locate(file) })),
    errors,
    warnings,
    ...(unreadable.length > 0 && { unreadable }),
  })}\n`;
}
