/** The file that makes a folder an integration. */
export const manifestName = "integration.json";

/**
 * Whether a file named `integration.json` is ours: other tools use that name, too.
 *
 * It is, when its folder lies in a folder `vendor-access`, or when it mentions what every manifest of ours has. A text
 * scan and no parse: a manifest with a syntax error must be recognised, so that the error is reported.
 *
 * @param folder path of the folder that holds the file, with `/`; as much of it as is known
 */
export function isManifest(folder: string, text: string): boolean {
  if (/(?:^|\/)vendor-access\/[^/]*$/.test(folder)) return true;
  return text.includes('"vendor"') && (text.includes('"accessLevel"') || text.includes('"documents"'));
}
