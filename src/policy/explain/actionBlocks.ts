import type { GrantedResource } from "./explanation";

/** Actions on the same resources. `shared`: what blocks have in common that stand in one line, told by `under`. */
export interface ActionBlock<Shared> {
  readonly actions: readonly string[];
  readonly resources: readonly GrantedResource[];
  readonly under: string;
  readonly shared: Shared;
}

/** Blocks by their resources and what they share, and then buckets with the objects of the same buckets. */
export function joinBlocks<Shared>(blocks: readonly ActionBlock<Shared>[]): readonly ActionBlock<Shared>[] {
  const same = new Map<string, ActionBlock<Shared>>();
  for (const block of blocks) {
    const key = JSON.stringify([block.under, block.resources]);
    const known = same.get(key);
    same.set(key, known === undefined ? block : { ...known, actions: [...known.actions, ...block.actions] });
  }
  return joinBuckets([...same.values()]);
}

/** No action acts on both a bucket and its objects, so that one line can speak of both. */
function joinBuckets<Shared>(blocks: readonly ActionBlock<Shared>[]): readonly ActionBlock<Shared>[] {
  const left = [...blocks];
  const joined: ActionBlock<Shared>[] = [];
  for (let block = left.shift(); block !== undefined; block = left.shift()) {
    const partner = bestPartner(block, left);
    if (partner === undefined) {
      joined.push(block);
      continue;
    }
    left.splice(left.indexOf(partner), 1);
    const [buckets, objects] = onlyKind(block) === "bucket" ? [block, partner] : [partner, block];
    joined.push({
      ...block,
      actions: [...buckets.actions, ...objects.actions],
      resources: [...buckets.resources, ...objects.resources],
    });
  }
  return joined;
}

/** All objects of the buckets rather than some. */
function bestPartner<Shared>(
  block: ActionBlock<Shared>,
  others: readonly ActionBlock<Shared>[],
): ActionBlock<Shared> | undefined {
  const kind = onlyKind(block);
  if (kind !== "bucket" && kind !== "objects") return undefined;
  const partners = others.filter(
    (other) =>
      onlyKind(other) === (kind === "bucket" ? "objects" : "bucket") &&
      other.under === block.under &&
      bucketsOf(other) === bucketsOf(block),
  );
  return partners.find(({ resources }) => resources.every(isWhole)) ?? partners[0];
}

function onlyKind({ resources }: ActionBlock<unknown>): GrantedResource["kind"] | undefined {
  const kind = resources[0]?.kind;
  return resources.every((resource) => resource.kind === kind) ? kind : undefined;
}

function bucketsOf({ resources }: ActionBlock<unknown>): string {
  return JSON.stringify([...new Set(resources.map(({ bucket }) => bucket))].sort());
}

function isWhole({ prefix, key, except }: GrantedResource): boolean {
  return prefix === undefined && key === undefined && except === undefined;
}
