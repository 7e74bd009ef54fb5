import { isObject, type JsonValue } from "../../policy/json";
import { renderDocuments } from "../../vendors/render";
import type { CompletionContext } from "./completionContext";

/** One condition of the trust policy that the integration's vendor asks for. */
export interface VendorCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Of several statements with the same key the values are together. */
export function vendorConditions({ integration }: CompletionContext): readonly VendorCondition[] {
  if (integration === undefined) return [];
  const { trust } = renderDocuments(integration.definition, integration.request);
  const conditions = new Map<string, { operator: string; key: string; values: string[] }>();
  const statements = Array.isArray(trust?.Statement) ? trust.Statement : [];
  for (const statement of statements) {
    const block = isObject(statement) ? statement.Condition : undefined;
    for (const [operator, keys] of isObject(block) ? Object.entries(block) : []) {
      for (const [key, value] of isObject(keys) ? Object.entries(keys) : []) {
        const condition = conditions.get(`${operator} ${key}`) ?? { operator, key, values: [] };
        conditions.set(`${operator} ${key}`, condition);
        condition.values.push(...strings(value).filter((text) => !condition.values.includes(text)));
      }
    }
  }
  return [...conditions.values()];
}

function strings(value: JsonValue): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
