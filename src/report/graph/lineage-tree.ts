import type { Lineage, LineageEdge, LineageNode } from '../../model/lineage.ts';
import { compareText } from '../text/phrases.ts';

/** All edges of one pair of nodes with one outcome: done and attempted stay apart. */
export interface LineageLink {
  readonly from: string;
  readonly to: string;
  readonly outcome: LineageEdge['outcome'];
  /** Strongest first: `created` before `changed`. */
  readonly relations: readonly LineageEdge['relation'][];
  readonly actions: readonly string[];
  readonly firstAt: string;
  readonly lastAt: string;
  readonly eventIds: readonly string[];
}

/** Who made what, as a forest: every node hangs under its maker, and every other edge stays known. */
export interface LineageTree {
  readonly nodes: ReadonlyMap<string, LineageNode>;
  readonly links: readonly LineageLink[];
  readonly incoming: ReadonlyMap<string, readonly LineageLink[]>;
  readonly outgoing: ReadonlyMap<string, readonly LineageLink[]>;
  readonly parents: ReadonlyMap<string, string>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  readonly roots: readonly string[];
  /** The link that made each node, wherever it hangs: a user's key hangs under the user and was issued by a session. */
  readonly makers: ReadonlyMap<string, LineageLink>;
}

const makerRank = {
  created: 0,
  issued: 0,
  assumed: 1,
  used: 2,
  linked: 3,
  changed: 4,
  deleted: 5,
} as const satisfies Record<LineageEdge['relation'], number>;

const standingRank = {
  tainted: 0,
  'shared-credential': 1,
  lead: 2,
  service: 3,
} as const satisfies Record<LineageNode['standing'], number>;

function relationRank(link: LineageLink): number {
  return Math.min(...link.relations.map((relation) => makerRank[relation]));
}

/** The two belong together, and nothing was done between them. */
export function onlyLinked(link: LineageLink): boolean {
  return link.relations.every((relation) => relation === 'linked');
}

/** The link that says best who made a node. */
function compareMakers(left: LineageLink, right: LineageLink): number {
  return (
    Number(left.outcome === 'attempted') - Number(right.outcome === 'attempted') ||
    relationRank(left) - relationRank(right) ||
    compareText(left.firstAt, right.firstAt) ||
    compareText(left.from, right.from)
  );
}

/** What belongs to a thing of the intruder hangs there: user → key, role → function, function → API. */
function comparePlaces(
  nodes: ReadonlyMap<string, LineageNode>,
): (left: LineageLink, right: LineageLink) => number {
  const belongs = (link: LineageLink): boolean =>
    link.outcome === 'done' && onlyLinked(link) && nodes.get(link.from)?.intruderMade === true;
  return (left, right) => Number(belongs(right)) - Number(belongs(left)) || compareMakers(left, right);
}

function compareNodes(left: LineageNode, right: LineageNode): number {
  return (
    Number(right.seed) - Number(left.seed) ||
    standingRank[left.standing] - standingRank[right.standing] ||
    compareText(left.firstSeenAt ?? '~', right.firstSeenAt ?? '~') ||
    compareText(left.id, right.id)
  );
}

function linkOf(edges: readonly LineageEdge[], first: LineageEdge): LineageLink {
  const times = edges.map((edge) => edge.firstAt).sort(compareText);
  const ends = edges.map((edge) => edge.lastAt).sort(compareText);
  return {
    from: first.from,
    to: first.to,
    outcome: first.outcome,
    relations: [...new Set(edges.map((edge) => edge.relation))].sort(
      (left, right) => makerRank[left] - makerRank[right] || compareText(left, right),
    ),
    actions: [...new Set(edges.map((edge) => edge.action))].sort(compareText),
    firstAt: times[0] ?? first.firstAt,
    lastAt: ends.at(-1) ?? first.lastAt,
    eventIds: [...new Set(edges.flatMap((edge) => edge.eventIds))].sort(compareText),
  };
}

function linksOf(edges: readonly LineageEdge[], nodes: ReadonlyMap<string, LineageNode>) {
  const groups = new Map<string, LineageEdge[]>();
  for (const edge of edges) {
    if (nodes.has(edge.from) && nodes.has(edge.to)) {
      const key = JSON.stringify([edge.from, edge.to, edge.outcome]);
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      group.push(edge);
    }
  }
  const links: LineageLink[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (first !== undefined) {
      links.push(linkOf(group, first));
    }
  }
  return links.sort(
    (left, right) =>
      compareText(left.firstAt, right.firstAt) ||
      compareText(left.from, right.from) ||
      compareText(left.to, right.to) ||
      compareText(left.outcome, right.outcome),
  );
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(value);
  }
  return groups;
}

/** The nodes of the cycle that a walk to the makers runs into, or none. */
function cycleFrom(
  start: string,
  parents: ReadonlyMap<string, string>,
  clean: Set<string>,
): readonly string[] {
  const path: string[] = [];
  const seen = new Set<string>();
  let at: string | undefined = start;
  while (at !== undefined && !clean.has(at)) {
    if (seen.has(at)) {
      return path.slice(path.indexOf(at));
    }
    seen.add(at);
    path.push(at);
    at = parents.get(at);
  }
  for (const node of path) {
    clean.add(node);
  }
  return [];
}

function leadsTo(start: string, target: string, parents: ReadonlyMap<string, string>): boolean {
  const seen = new Set<string>();
  let at: string | undefined = start;
  while (at !== undefined && !seen.has(at)) {
    if (at === target) {
      return true;
    }
    seen.add(at);
    at = parents.get(at);
  }
  return false;
}

/** Roles re-assume each other: each circle is cut where another maker is known, else at its first node. */
function cutCycles(
  order: readonly LineageNode[],
  places: ReadonlyMap<string, readonly LineageLink[]>,
  parents: Map<string, string>,
): void {
  const clean = new Set<string>();
  for (const { id } of order) {
    for (let cycle = cycleFrom(id, parents, clean); cycle.length > 0; cycle = cycleFrom(id, parents, clean)) {
      const members = new Set(cycle);
      const ordered = order.filter((node) => members.has(node.id));
      const way = ordered
        .flatMap((node) => places.get(node.id) ?? [])
        .find((link) => !members.has(link.from) && !leadsTo(link.from, link.to, parents));
      const [first] = ordered;
      if (way !== undefined) {
        parents.set(way.to, way.from);
      } else if (first !== undefined) {
        parents.delete(first.id);
      }
    }
  }
}

export function lineageTree(lineage: Lineage): LineageTree {
  const order = [...new Map(lineage.nodes.map((node) => [node.id, node])).values()].sort(compareNodes);
  const nodes = new Map(order.map((node) => [node.id, node]));
  const links = linksOf(lineage.edges, nodes);
  const incoming = groupBy(links, (link) => link.to);
  const places = new Map<string, readonly LineageLink[]>();
  const makers = new Map<string, LineageLink>();
  const parents = new Map<string, string>();
  for (const node of order) {
    // What the incident itself names is a beginning: it hangs under nothing but another beginning.
    const possible = (incoming.get(node.id) ?? [])
      .filter((link) => link.from !== node.id && (!node.seed || nodes.get(link.from)?.seed === true))
      .sort(comparePlaces(nodes));
    places.set(node.id, possible);
    const maker = [...(incoming.get(node.id) ?? [])]
      .sort(compareMakers)
      .find((link) => !onlyLinked(link) && link.from !== node.id);
    if (maker !== undefined) {
      makers.set(node.id, maker);
    }
    const [best] = possible;
    if (best !== undefined) {
      parents.set(node.id, best.from);
    }
  }
  cutCycles(order, places, parents);
  const firstLink = (from: string, to: string): string =>
    (incoming.get(to) ?? []).find((link) => link.from === from)?.firstAt ?? '~';
  const children = new Map<string, readonly string[]>();
  for (const [parent, made] of groupBy([...parents], ([, parent]) => parent)) {
    const ids = made.map(([id]) => id);
    children.set(
      parent,
      ids.sort(
        (left, right) =>
          compareText(firstLink(parent, left), firstLink(parent, right)) || compareText(left, right),
      ),
    );
  }
  return {
    nodes,
    links,
    incoming,
    outgoing: groupBy(links, (link) => link.from),
    parents,
    children,
    roots: order.filter((node) => !parents.has(node.id)).map((node) => node.id),
    makers,
  };
}

/** A session made a user and the user's key: the second arrow tells nothing that the key under its user does not. */
export function isImplied(tree: LineageTree, link: LineageLink): boolean {
  const place = tree.parents.get(link.to);
  return (
    place !== undefined &&
    place !== link.from &&
    tree.makers.get(link.to) === link &&
    tree.parents.get(place) === link.from &&
    (tree.incoming.get(link.to) ?? []).filter(({ from }) => from === place).every(onlyLinked)
  );
}
