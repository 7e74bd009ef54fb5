import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  ClientCapabilities,
  getLanguageService,
  type JSONSchema,
  type LanguageService,
  TextDocument,
} from "vscode-json-languageservice";

/** The library that VS Code itself validates, completes and explains JSON with, knowing one schema of this repository. */
export interface JsonService {
  /** The messages of a text's problems. */
  problems(text: string): Promise<readonly string[]>;
  /** The labels offered at the `|` of the text. */
  completions(text: string): Promise<string[]>;
  /** What is shown for the word at the `|` of the text. */
  hover(text: string): Promise<string>;
}

export function jsonService(schemaName: string): JsonService {
  const service: LanguageService = getLanguageService({ clientCapabilities: ClientCapabilities.LATEST });
  // What the file holds; VS Code reads it in the same way.
  const schema: JSONSchema = JSON.parse(readFileSync(join(__dirname, "../../../schemas", schemaName), "utf8"));
  service.configure({ validate: true, schemas: [{ uri: `test://${schemaName}`, fileMatch: ["*.json"], schema }] });

  const open = (text: string) => {
    const document = TextDocument.create("test://folder/document.json", "json", 1, text);
    return { document, json: service.parseJSONDocument(document) };
  };
  const openAtMark = (text: string) => {
    const offset = text.indexOf("|");
    const opened = open(text.slice(0, offset) + text.slice(offset + 1));
    return { ...opened, position: opened.document.positionAt(offset) };
  };
  return {
    async problems(text) {
      const { document, json } = open(text);
      return (await service.doValidation(document, json)).map(({ message }) =>
        typeof message === "string" ? message : message.value,
      );
    },
    async completions(text) {
      const { document, json, position } = openAtMark(text);
      return (await service.doComplete(document, position, json))?.items.map(({ label }) => label) ?? [];
    },
    async hover(text) {
      const { document, json, position } = openAtMark(text);
      const { contents = [] } = (await service.doHover(document, position, json)) ?? {};
      return [contents]
        .flat()
        .map((content) => (typeof content === "string" ? content : content.value))
        .join("\n");
    },
  };
}
