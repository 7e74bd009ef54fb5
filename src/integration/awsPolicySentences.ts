import type { Integration } from "./integration";

/** Policies of AWS's own that the role gets are in no document: what they give, in sentences. */
export function awsPolicySentences({ definition, manifest }: Integration): readonly string[] {
  if (manifest.role === undefined) return [];
  return (definition.role?.awsPolicies ?? []).map(
    ({ name }) => `${definition.name} may do in your whole account what AWS’s own policy ${name} allows.`,
  );
}
