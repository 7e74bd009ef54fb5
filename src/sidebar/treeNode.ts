import type { ResourceState } from "../account/account";
import type { Finding } from "../checks/finding";
import type { DocumentRole } from "../vendors/manifest";
import { handBackValues, type ShownHandBack } from "./handBackValues";
import { isUsable, type StoredIntegration } from "./integrationStore";

/** A row of the side bar. Every row knows its integration, so that a command can be run on any of them. */
export type TreeNode =
  | { readonly kind: "integration"; readonly stored: StoredIntegration }
  | { readonly kind: "problem"; readonly stored: StoredIntegration; readonly finding: Finding }
  | { readonly kind: "documents" | "resources" | "handBack"; readonly stored: StoredIntegration }
  | { readonly kind: "document"; readonly stored: StoredIntegration; readonly document: ShownDocument }
  | { readonly kind: "not-compared"; readonly stored: StoredIntegration }
  | { readonly kind: "resource"; readonly stored: StoredIntegration; readonly resource: ResourceState }
  | { readonly kind: "value"; readonly stored: StoredIntegration; readonly value: ShownHandBack };

export interface ShownDocument {
  readonly role: DocumentRole | "manifest";
  /** Relative to the workspace folder. */
  readonly path: string;
  readonly findings: readonly Finding[];
}

export function childrenOf(node: TreeNode): readonly TreeNode[] {
  const { stored } = node;
  switch (node.kind) {
    case "integration":
      if (!isUsable(stored)) {
        const problems = stored.integration.manifestFindings.map(
          (finding) => ({ kind: "problem", stored, finding }) as const,
        );
        return [{ kind: "document", stored, document: manifestOf(stored) }, ...problems];
      }
      return [
        { kind: "documents", stored },
        { kind: "resources", stored },
        { kind: "handBack", stored },
      ];
    case "documents":
      return documentsOf(stored).map((document) => ({ kind: "document", stored, document }));
    case "resources":
      if (!stored.live) return [{ kind: "not-compared", stored }];
      return stored.live.resources.map((resource) => ({ kind: "resource", stored, resource }));
    case "handBack":
      return handBackValues(stored).map((value) => ({ kind: "value", stored, value }));
    default:
      return [];
  }
}

export function parentOf(node: TreeNode): TreeNode | undefined {
  const { stored } = node;
  switch (node.kind) {
    case "integration":
      return undefined;
    case "document":
      return { kind: isUsable(stored) ? "documents" : "integration", stored };
    case "not-compared":
    case "resource":
      return { kind: "resources", stored };
    case "value":
      return { kind: "handBack", stored };
    default:
      return { kind: "integration", stored };
  }
}

/** Stays the same while the files change, so that VS Code keeps what is open and selected. */
export function nodeId(node: TreeNode): string {
  const { key } = node.stored;
  switch (node.kind) {
    case "integration":
      return key;
    case "document":
      return `${key}#document/${node.document.path}`;
    case "resource":
      return `${key}#resource/${node.resource.kind}/${node.resource.name}`;
    case "value":
      return `${key}#value/${node.value.name}`;
    case "problem":
      return `${key}#problem/${node.finding.check}/${node.finding.range.offset}`;
    default:
      return `${key}#${node.kind}`;
  }
}

function documentsOf(stored: StoredIntegration): readonly ShownDocument[] {
  if (!isUsable(stored)) return [manifestOf(stored)];
  return [
    manifestOf(stored),
    ...stored.integration.documents.map(({ role, path, findings }) => ({ role, path, findings })),
  ];
}

function manifestOf({ integration }: StoredIntegration): ShownDocument {
  const { folder, manifestFindings } = integration;
  return { role: "manifest", path: `${folder}/integration.json`, findings: manifestFindings };
}
