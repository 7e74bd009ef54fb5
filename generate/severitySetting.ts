import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkIds, severityLevels } from "../src/checks/severities";

/** The setting with every check, so that VS Code completes their ids and levels. */
function severitySetting(): object {
  return {
    type: "object",
    default: {},
    scope: "resource",
    order: 5,
    markdownDescription:
      'How the findings of a check are shown, by its id: `{ "sid-invalid": "warning", "not-element": "off" }`. Only how they are shown: what blocks an apply does not depend on it. To live with a finding of one document, accept it in `integration.json`.',
    propertyNames: { enum: checkIds },
    additionalProperties: {
      type: "string",
      enum: severityLevels,
      enumDescriptions: ["As an error.", "As a warning.", "As an information.", "As a hint.", "Not at all."],
    },
  };
}

/** package.json with that setting as it should be, and nothing else touched. */
export function packageWithSettings(): string {
  const manifest = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8"));
  manifest.contributes.configuration.properties["vendorAccess.check.severity"] = severitySetting();
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
