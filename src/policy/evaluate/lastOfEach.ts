import type { Property } from "../json";

/** Of a key that occurs twice the last counts, as for AWS. */
export function lastOfEach(properties: readonly Property[]): readonly Property[] {
  if (properties.length < 2) return properties;
  const last = new Map<string, Property>();
  for (const property of properties) last.set(property.key.value, property);
  return last.size === properties.length ? properties : [...last.values()];
}
