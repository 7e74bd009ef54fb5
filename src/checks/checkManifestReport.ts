import type { JsonNode, JsonValue, Range } from "../policy/json";
import { isObject } from "../policy/json";
import { parseJson } from "../policy/parseJson";
import { contentRange } from "../policy/stringRange";
import type { Finding, Fix } from "./finding";

type Path = readonly (string | number)[];

/** Collects the findings of an integration.json, at most one for each place. */
export class ManifestReport {
  private readonly places = new Set<string>();
  private root: JsonNode | undefined;

  constructor(
    private readonly text: string,
    private readonly findings: Finding[],
  ) {}

  add(check: string, path: Path, message: string, fixes: readonly Fix[] = []): void {
    this.addAt(check, path, undefined, message, fixes);
  }

  /** `range`: somewhere else than at the value, where that is not what is wrong. */
  addAt(check: string, path: Path, range: Range | undefined, message: string, fixes: readonly Fix[]): void {
    const place = JSON.stringify(path);
    if (this.places.has(place)) return;
    this.places.add(place);
    this.findings.push({ check, severity: "error", message, range: range ?? this.rangeOf(path), fixes });
  }

  /** What does not keep the file from being used. */
  warn(check: string, path: Path, range: Range | undefined, message: string): void {
    this.places.add(JSON.stringify(path));
    this.findings.push({ check, severity: "warning", message, range: range ?? this.rangeOf(path), fixes: [] });
  }

  schema(path: Path, message: string): void {
    const [first, second] = path;
    // What an own check has said of a place, or of something below it, is enough.
    const prefix = JSON.stringify(path).slice(0, -1);
    const said = [...this.places].some((place) => place.startsWith(prefix) && path.length > 0 && place !== "[]");
    const above = path.some((_, length) => length > 0 && this.places.has(JSON.stringify(path.slice(0, length))));
    if (said || above) return;
    const isParameter = first === "parameters" && second !== undefined;
    // The role's path, or its policy's.
    const other = path.at(-1) === "path" ? "manifest-name-invalid" : "manifest-invalid";
    const check = isParameter ? "manifest-parameter-invalid" : other;
    this.add(check, path, consequence(message, "the integration could not be used"));
  }

  nodeAt(path: Path): JsonNode | undefined {
    this.root ??= parseJson(this.text).root; // only what is reported needs its place
    let node = this.root;
    for (const step of path) {
      if (node?.kind === "object") node = node.properties.findLast(({ key }) => key.value === step)?.value;
      else node = node?.kind === "array" ? node.items[Number(step)] : undefined;
    }
    return node;
  }

  keyRange(path: Path): Range | undefined {
    const parent = this.nodeAt(path.slice(0, -1));
    if (parent?.kind !== "object") return undefined;
    const key = parent.properties.findLast((property) => property.key.value === path.at(-1))?.key;
    return key === undefined ? undefined : contentRange(this.text, key);
  }

  private rangeOf(path: Path): Range {
    const node = this.nodeAt(path);
    if (node?.kind === "string" && node.value !== "") return contentRange(this.text, node);
    if (node !== undefined && node.kind !== "object" && node.kind !== "array")
      return { offset: node.offset, length: node.length };
    const key = path.length === 0 ? undefined : this.keyRange(path);
    if (key !== undefined) return key;
    return { offset: node?.offset ?? this.root?.offset ?? 0, length: 1 };
  }
}

/** The sentence about the rule, and what would happen: one sentence. */
export function consequence(message: string, then: string): string {
  return `${message.replace(/\.$/, "")}, so ${then}.`;
}

/** What the value has at a path; undefined where it has nothing. */
export function at(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const key of path) found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return found;
}
