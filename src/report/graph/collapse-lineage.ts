import type { LineageNode } from '../../model/lineage.ts';
import { isImplied, type LineageLink, type LineageTree } from './lineage-tree.ts';
import { attemptedOnly } from './node-wording.ts';

/** What is drawn as one box: one node, or many alike of one maker. */
export interface LineageBox {
  readonly nodes: readonly LineageNode[];
  /** Further nodes that hang under a collapsed box and are not drawn. */
  readonly below: number;
}

export interface BoxLink {
  readonly from: number;
  readonly to: number;
  readonly outcome: LineageLink['outcome'];
  readonly relations: ReadonlySet<LineageLink['relations'][number]>;
  /** The box hangs here in the tree. */
  readonly primary: boolean;
}

export interface CollapsedLineage {
  readonly boxes: readonly LineageBox[];
  readonly links: readonly BoxLink[];
  /** Nodes that stand in a box with others, or under one. */
  readonly collapsed: number;
  /** Nodes that are in no box at all. */
  readonly notDrawn: number;
}

const fewest = 3;

function alike(tree: LineageTree, node: LineageNode): string {
  return JSON.stringify([
    tree.parents.get(node.id) ?? null,
    node.kind,
    node.type,
    node.standing,
    node.seed,
    node.deleted,
    attemptedOnly(tree, node),
  ]);
}

/** Sends every node of a group, and what hangs under it, to the group's first node. */
function gather(tree: LineageTree, owner: Map<string, string>, wanted: (id: string) => boolean): void {
  const groups = new Map<string, string[]>();
  for (const [id, node] of tree.nodes) {
    if (owner.get(id) === id && wanted(id)) {
      const key = alike(tree, node);
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      group.push(id);
    }
  }
  for (const group of groups.values()) {
    const [head] = group;
    // An outer group may have swallowed this one already.
    const loose = group.filter((id) => owner.get(id) === id);
    if (head === undefined || loose.length < fewest || !loose.includes(head)) {
      continue;
    }
    const tasks = [...loose];
    for (let id = tasks.pop(); id !== undefined; id = tasks.pop()) {
      owner.set(id, head);
      tasks.push(...(tree.children.get(id) ?? []));
    }
  }
}

function boxCount(owner: ReadonlyMap<string, string>): number {
  return new Set(owner.values()).size;
}

/** Ids from the beginnings down, level by level. */
function byLevel(tree: LineageTree): readonly string[] {
  const order = [...tree.roots];
  for (let index = 0; index < order.length; index += 1) {
    order.push(...(tree.children.get(order[index] ?? '') ?? []));
  }
  return order;
}

function owners(tree: LineageTree, order: readonly string[], most: number): ReadonlyMap<string, string> {
  const owner = new Map(order.map((id) => [id, id]));
  if (owner.size > most) {
    gather(tree, owner, (id) => (tree.children.get(id) ?? []).length === 0);
  }
  if (boxCount(owner) > most) {
    // Leaf groups are dissolved into the groups of their makers.
    for (const id of order) {
      owner.set(id, id);
    }
    gather(tree, owner, () => true);
  }
  return owner;
}

function boxesOf(
  tree: LineageTree,
  order: readonly string[],
  owner: ReadonlyMap<string, string>,
  heads: readonly string[],
): readonly LineageBox[] {
  const members = new Map<string, LineageNode[]>(heads.map((head) => [head, []]));
  const below = new Map<string, number>();
  for (const id of order) {
    const head = owner.get(id) ?? id;
    const node = tree.nodes.get(id);
    const first = tree.nodes.get(head);
    if (node === undefined || first === undefined) {
      continue;
    }
    if (alike(tree, node) === alike(tree, first)) {
      members.get(head)?.push(node);
    } else {
      below.set(head, (below.get(head) ?? 0) + 1);
    }
  }
  return heads.map((head) => ({ nodes: members.get(head) ?? [], below: below.get(head) ?? 0 }));
}

function linksBetween(tree: LineageTree, boxOf: (id: string) => number | undefined): readonly BoxLink[] {
  const links = new Map<string, BoxLink & { readonly relations: Set<LineageLink['relations'][number]> }>();
  for (const link of tree.links) {
    const from = boxOf(link.from);
    const to = boxOf(link.to);
    if (from === undefined || to === undefined || from === to || isImplied(tree, link)) {
      continue;
    }
    const key = `${from} ${to} ${link.outcome}`;
    const primary = tree.parents.get(link.to) === link.from;
    const known = links.get(key);
    const relations = known?.relations ?? new Set();
    for (const relation of link.relations) {
      relations.add(relation);
    }
    links.set(key, {
      from,
      to,
      outcome: link.outcome,
      relations,
      primary: primary || known?.primary === true,
    });
  }
  const drawn = [...links.values()];
  const together = ({ relations }: BoxLink): boolean => relations.size === 1 && relations.has('linked');
  // Where something was done between two things, that they belong together needs no line of its own.
  return drawn.filter(
    (link) =>
      !together(link) ||
      !drawn.some(
        (other) =>
          !together(other) &&
          ((other.from === link.from && other.to === link.to) ||
            (other.from === link.to && other.to === link.from)),
      ),
  );
}

/** What fits into a drawing: alike things of one maker become one box, and what still does not fit is counted. */
export function collapseLineage(tree: LineageTree, most: number): CollapsedLineage {
  const order = byLevel(tree);
  const owner = owners(tree, order, most);
  const heads = order.filter((id) => owner.get(id) === id).slice(0, most);
  const place = new Map(heads.map((head, index) => [head, index]));
  const boxes = boxesOf(tree, order, owner, heads);
  const drawn = boxes.reduce((sum, box) => sum + box.nodes.length + box.below, 0);
  return {
    boxes,
    links: linksBetween(tree, (id) => place.get(owner.get(id) ?? id)),
    collapsed: boxes.reduce((sum, box) => sum + (box.nodes.length > 1 ? box.nodes.length : 0) + box.below, 0),
    notDrawn: tree.nodes.size - drawn,
  };
}
