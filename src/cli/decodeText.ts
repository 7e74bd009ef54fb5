/** What UTF-8 makes of the mark at the beginning of UTF-16. */
const misread = "\ufffd\ufffd";

/**
 * The text of a file: UTF-8, or UTF-16 where the mark at its beginning says so, as `>` of Windows PowerShell writes it. The mark
 * stays, because AWS refuses it: the check `invisible-character` says so.
 *
 * @param read the file's bytes, once more
 */
export function decodeText(utf8: string, read: () => Buffer): string {
  if (!utf8.startsWith(misread)) return utf8;
  const bytes = read();
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return bytes.toString("utf16le");
  if (first === 0xfe && second === 0xff && bytes.length % 2 === 0) return bytes.swap16().toString("utf16le");
  return utf8;
}
