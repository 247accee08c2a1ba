import type { LineageNode } from '../../model/lineage.ts';
import { compareText } from '../text/phrases.ts';
import { isImplied, type LineageLink, type LineageTree, onlyLinked } from './lineage-tree.ts';

/** One line of the tree: a node under its maker, or a second mention of a node that is written out elsewhere. */
export interface TreeRow {
  readonly depth: number;
  readonly node: LineageNode;
  /** What the node above did to this one, or who made it when it only belongs there; empty for a beginning. */
  readonly links: readonly LineageLink[];
  /** Label of the maker, when that is not the node above. */
  readonly madeBy: LineageNode | null;
  readonly repeated: boolean;
  /** Last of its brothers, for the lines of a drawn tree. */
  readonly last: boolean;
  /** For every level above: does its line go on below this row? */
  readonly guides: readonly boolean[];
}

/** Deeper rows keep this depth: a chain of a thousand roles stays readable and no page nests without end. */
export const deepest = 24;

interface Task {
  readonly id: string;
  readonly parent: string | null;
  readonly depth: number;
  readonly last: boolean;
  readonly guides: readonly boolean[];
}

function targetsOf(tree: LineageTree, id: string): readonly string[] {
  const first = new Map<string, string>();
  for (const link of tree.outgoing.get(id) ?? []) {
    if (!first.has(link.to) && !isImplied(tree, link)) {
      first.set(link.to, link.firstAt);
    }
  }
  return [...first]
    .sort(([left, leftAt], [right, rightAt]) => compareText(leftAt, rightAt) || compareText(left, right))
    .map(([target]) => target);
}

function linksAndMaker(tree: LineageTree, id: string, parent: string): Pick<TreeRow, 'links' | 'madeBy'> {
  const links = (tree.incoming.get(id) ?? []).filter(({ from }) => from === parent);
  const maker = tree.makers.get(id);
  if (
    maker === undefined ||
    maker.from === parent ||
    !links.every(onlyLinked) ||
    tree.parents.get(id) !== parent
  ) {
    return { links, madeBy: null };
  }
  const sameMaker = (tree.incoming.get(id) ?? []).filter(({ from }) => from === maker.from);
  return { links: sameMaker, madeBy: tree.nodes.get(maker.from) ?? null };
}

/** The forest from its beginnings down, in the order in which things were made. */
export function treeRows(tree: LineageTree): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const tasks: Task[] = tree.roots
    .map((id, index) => ({
      id,
      parent: null,
      depth: 0,
      last: index === tree.roots.length - 1,
      guides: [],
    }))
    .reverse();
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const { id, parent, depth, last, guides } = task;
    const node = tree.nodes.get(id);
    if (node === undefined) {
      continue;
    }
    const repeated = parent !== null && tree.parents.get(id) !== parent;
    const above = parent === null ? { links: [], madeBy: null } : linksAndMaker(tree, id, parent);
    rows.push({ depth, node, ...above, repeated, last, guides });
    if (!repeated) {
      const targets = targetsOf(tree, id);
      const below = depth < deepest ? depth + 1 : depth;
      const lines = depth === 0 || depth >= deepest ? guides : [...guides, !last];
      for (let index = targets.length - 1; index >= 0; index -= 1) {
        const target = targets[index];
        if (target !== undefined) {
          tasks.push({
            id: target,
            parent: id,
            depth: below,
            last: index === targets.length - 1,
            guides: lines,
          });
        }
      }
    }
  }
  return rows;
}
