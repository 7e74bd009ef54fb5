import { UserError } from "../policy/userError";

/**
 * The values of `--set`, by their keys.
 *
 * @throws UserError usage for a word that is not KEY=VALUE
 */
export function settingsOf(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const settings = new Map<string, string[]>();
  for (const word of words) {
    const equals = word.indexOf("=");
    if (equals < 1) throw new UserError("usage", `--set takes KEY=VALUE, not "${word}": --set bucket=training-data`);
    const key = word.slice(0, equals);
    settings.set(key, [...(settings.get(key) ?? []), word.slice(equals + 1)]);
  }
  return settings;
}
