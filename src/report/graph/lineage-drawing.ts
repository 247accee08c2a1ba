import { Graph, layout } from '@dagrejs/dagre';
import type { LineageNode } from '../../model/lineage.ts';
import { countOf } from '../text/phrases.ts';
import { visible } from '../text/visible.ts';
import { type BoxLink, type CollapsedLineage, collapseLineage, type LineageBox } from './collapse-lineage.ts';
import type { LineageTree } from './lineage-tree.ts';
import { attemptedOnly, labelOf, marksOf, relationWords, standingWords, typeWords } from './node-wording.ts';
import { fitEnd, fitMiddle } from './text-width.ts';

const boxWidth = 168;
const boxHeight = 40;
/** Above this many boxes a drawing is no longer read. */
const mostBoxes = 80;
const labelColumns = 22;
const noteColumns = 30;

export interface BoxView {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The outline; every kind has a shape of its own. */
  readonly outline: string;
  /** Class names made of fixed words. */
  readonly look: string;
  readonly several: boolean;
  readonly seed: boolean;
  readonly label: string;
  readonly note: string;
  readonly full: string;
}

export interface ArrowView {
  readonly look: string;
  readonly path: string;
  readonly head: string;
  readonly label: { readonly x: number; readonly y: number; readonly text: string } | null;
}

/** A drawing in plain numbers; the template turns it into SVG and escapes every text. */
export interface LineageDrawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly BoxView[];
  readonly arrows: readonly ArrowView[];
  /** What the drawing leaves out; null when it holds everything. */
  readonly collapsed: string | null;
  /** One sentence for those who do not see it. */
  readonly summary: string;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function at({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function middle(left: Point, right: Point): Point {
  return { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
}

/** Corners alone: a long straight line has a point at every level it passes. */
function corners(points: readonly Point[]): readonly Point[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    return (
      before === undefined ||
      after === undefined ||
      Math.abs(before.y - point.y) + Math.abs(point.y - after.y) > 0.5
    );
  });
}

/** A line of more corners than this is drawn straight: it would not be followed, and every text of a page is clipped. */
const mostCorners = 60;

/** A smooth line through the layout's corner points. */
function pathOf(all: readonly Point[]): string {
  const points = corners(all);
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) {
    return '';
  }
  if (points.length > mostCorners) {
    return `M${at(first)}L${at(last)}`;
  }
  const parts = [`M${at(first)}`];
  for (const [index, point] of points.entries()) {
    const next = points[index + 1];
    if (index > 0 && next !== undefined) {
      parts.push(`Q${at(point)} ${at(index === points.length - 2 ? next : middle(point, next))}`);
    }
  }
  return [...parts, `L${at(last)}`].join('');
}

function headOf(points: readonly Point[]): string {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined) {
    return '';
  }
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const x = (tip.x - before.x) / length;
  const y = (tip.y - before.y) / length;
  const back = { x: tip.x - x * 7, y: tip.y - y * 7 };
  const left = { x: back.x - y * 3.5, y: back.y + x * 3.5 };
  const right = { x: back.x + y * 3.5, y: back.y - x * 3.5 };
  return `M${at(tip)}L${at(left)}L${at(right)}Z`;
}

const inset = 1.5;

/** Outlines in the box's own coordinates: principal rounded, session a pill, credential with cut corners. */
function outlineOf(kind: LineageNode['kind']): string {
  const [left, top, right, bottom] = [inset, inset, boxWidth - inset, boxHeight - inset];
  const rounded = (radius: number): string =>
    `M${left + radius} ${top}H${right - radius}A${radius} ${radius} 0 0 1 ${right} ${top + radius}V${bottom - radius}A${radius} ${radius} 0 0 1 ${right - radius} ${bottom}H${left + radius}A${radius} ${radius} 0 0 1 ${left} ${bottom - radius}V${top + radius}A${radius} ${radius} 0 0 1 ${left + radius} ${top}Z`;
  const shapes = {
    principal: rounded(7),
    session: rounded((bottom - top) / 2),
    credential: `M${left + 9} ${top}H${right - 9}L${right} ${boxHeight / 2}L${right - 9} ${bottom}H${left + 9}L${left} ${boxHeight / 2}Z`,
    resource: `M${left} ${top}H${right}V${bottom}H${left}Z`,
  } as const satisfies Record<LineageNode['kind'], string>;
  return shapes[kind];
}

/** What the small line of a box says; a box of many says how many. */
function noteOf(tree: LineageTree, box: LineageBox, node: LineageNode, done: string): string {
  const marks = [
    ...(node.seed ? ['named'] : []),
    ...(node.standing === 'tainted' ? [] : [standingWords[node.standing].split(',')[0] ?? '']),
    ...(attemptedOnly(tree, node) ? ['attempted'] : []),
    ...(node.deleted ? ['deleted'] : []),
    ...(node.used === false ? ['never used'] : []),
    ...(done === '' || (node.deleted && done === 'deleted') ? [] : [done]),
  ];
  const below = box.below === 0 ? [] : [`${box.below} under them`];
  return [...marks, typeWords(node.type), ...below].join(' · ');
}

function boxView(tree: LineageTree, box: LineageBox, place: Point, done: string): BoxView | null {
  const [node] = box.nodes;
  if (node === undefined) {
    return null;
  }
  const several = box.nodes.length > 1;
  const names = box.nodes.slice(0, 12).map(labelOf);
  const label = several ? typeWords(node.type, box.nodes.length) : labelOf(node);
  const look = [
    `node-${node.kind}`,
    `standing-${node.standing}`,
    ...(node.seed ? ['node-seed'] : []),
    ...(node.deleted ? ['node-deleted'] : []),
    ...(attemptedOnly(tree, node) ? ['node-attempted'] : []),
  ];
  return {
    x: round(place.x - boxWidth / 2),
    y: round(place.y - boxHeight / 2),
    width: boxWidth,
    height: boxHeight,
    outline: outlineOf(node.kind),
    look: look.join(' '),
    several,
    seed: node.seed,
    label: fitMiddle(visible(label), labelColumns),
    note: fitEnd(visible(noteOf(tree, box, node, done)), noteColumns),
    full: several
      ? `${label}: ${names.join(', ')}${box.nodes.length > names.length ? ' …' : ''}`
      : [`${typeWords(node.type)} ${label}`, ...marksOf(tree, node)].join(' · '),
  };
}

function relationText(link: BoxLink): string {
  return [...link.relations].map((relation) => relationWords[relation][link.outcome]).join(', ');
}

/** No act: the two belong together. */
function onlyTogether(link: BoxLink): boolean {
  return [...link.relations].every((relation) => relation === 'linked');
}

/** The tree's own arrows say in the box what was done: else the same word would stand on fifty arrows. */
function arrowText(link: BoxLink): string {
  return onlyTogether(link) || (link.primary && link.outcome === 'done') ? '' : relationText(link);
}

/** What was done to a thing that was not made: `changed`, `deleted`. */
function doneWords(links: readonly BoxLink[], box: number): string {
  const words = links
    .filter((link) => link.to === box && link.primary && link.outcome === 'done' && !onlyTogether(link))
    .filter((link) => !['created', 'issued', 'assumed'].some((made) => relationText(link).includes(made)))
    .map(relationText);
  return [...new Set(words)].join(', ');
}

function isPoint(value: unknown): value is Point {
  return (
    typeof value === 'object' &&
    value !== null &&
    'x' in value &&
    'y' in value &&
    typeof value.x === 'number' &&
    typeof value.y === 'number'
  );
}

function pointsOf(label: unknown): readonly Point[] {
  const points = typeof label === 'object' && label !== null && 'points' in label ? label.points : [];
  return Array.isArray(points) ? points.filter(isPoint) : [];
}

type Direction = 'LR' | 'TB';

/** Arrows that go forward leave and reach a box at the middle of its side. */
function anchored(
  points: readonly Point[],
  from: Point,
  to: Point,
  { direction, shift }: { readonly direction: Direction; readonly shift: number },
): readonly Point[] {
  const across = direction === 'LR';
  const forward = across ? to.x - from.x > boxWidth : to.y - from.y > boxHeight;
  if (!forward) {
    return points;
  }
  const half = across ? { x: boxWidth / 2, y: 0 } : { x: 0, y: boxHeight / 2 };
  const aside = across ? { x: 0, y: shift } : { x: shift, y: 0 };
  const start = { x: from.x + half.x + aside.x, y: from.y + half.y + aside.y };
  const end = { x: to.x - half.x + aside.x, y: to.y - half.y + aside.y };
  /** The only point between neighbours stands for the gap between their levels and bends nothing. */
  const between = points.length <= 3 ? [] : points.slice(1, -1);
  const lead = across ? { x: 12, y: 0 } : { x: 0, y: 12 };
  return [
    start,
    { x: start.x + lead.x, y: start.y + lead.y },
    ...between,
    { x: end.x - lead.x, y: end.y - lead.y },
    end,
  ];
}

function arrowView(link: BoxLink, points: readonly Point[]): ArrowView {
  const text = arrowText(link);
  const half = points[Math.floor(points.length / 2)];
  return {
    look: [
      `arrow-${link.outcome}`,
      ...(link.primary ? ['arrow-primary'] : []),
      ...(link.relations.has('deleted') ? ['arrow-deleted'] : []),
      ...(onlyTogether(link) ? ['arrow-linked'] : []),
    ].join(' '),
    path: pathOf(points),
    head: onlyTogether(link) ? '' : headOf(points),
    label: text === '' || half === undefined ? null : { x: round(half.x), y: round(half.y + 3), text },
  };
}

function collapsedText(collapsed: number, notDrawn: number): string | null {
  if (collapsed + notDrawn === 0) {
    return null;
  }
  return [
    ...(collapsed === 0
      ? []
      : [
          `${countOf(collapsed, 'thing is', 'things are')} drawn together with others of their kind and maker`,
        ]),
    ...(notDrawn === 0 ? [] : [`${countOf(notDrawn, 'more is', 'more are')} not drawn`]),
  ].join('; ');
}

function summaryOf(tree: LineageTree): string {
  const done = tree.links.filter((link) => link.outcome === 'done').length;
  return `${countOf(tree.nodes.size, 'thing', 'things')}, ${countOf(done, 'done link', 'done links')}, ${countOf(tree.links.length - done, 'attempted link', 'attempted links')}. The same content follows as a list.`;
}

interface Layout {
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  readonly places: readonly (Point | null)[];
  readonly routes: readonly (readonly Point[])[];
}

function layOut({ boxes, links }: CollapsedLineage, direction: Direction): Layout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: direction, nodesep: 10, edgesep: 10, ranksep: 36, marginx: 6, marginy: 6 });
  for (const index of boxes.keys()) {
    graph.setNode(`b${index}`, { width: boxWidth, height: boxHeight });
  }
  for (const [index, link] of links.entries()) {
    graph.setEdge(`b${link.from}`, `b${link.to}`, { weight: link.primary ? 4 : 1 }, `l${index}`);
  }
  layout(graph);
  const size: unknown = graph.graph();
  const sized = (key: 'width' | 'height'): number => {
    const value: unknown = typeof size === 'object' && size !== null ? Reflect.get(size, key) : 0;
    return typeof value === 'number' && Number.isFinite(value) ? Math.ceil(value) : 0;
  };
  const places = boxes.map((_, index): Point | null => {
    const place: unknown = graph.node(`b${index}`);
    return isPoint(place) ? { x: place.x, y: place.y } : null;
  });
  return {
    direction,
    width: sized('width'),
    height: sized('height'),
    places,
    routes: links.map((link, index) => {
      const twins = links.filter(({ from, to }) => from === link.from && to === link.to);
      const shift = (twins.indexOf(link) - (twins.length - 1) / 2) * 10;
      const points = pointsOf(graph.edge(`b${link.from}`, `b${link.to}`, `l${index}`));
      const from = places[link.from] ?? null;
      const to = places[link.to] ?? null;
      return from === null || to === null ? points : anchored(points, from, to, { direction, shift });
    }),
  };
}

/** Wider than this, a page is scrolled sideways for long. */
const wide = 2_200;

/** From left to right, as a story is read; a long chain goes from top to bottom, as a page is scrolled. */
function bestLayout(collapsed: CollapsedLineage): Layout {
  const across = layOut(collapsed, 'LR');
  if (across.width <= wide) {
    return across;
  }
  const down = layOut(collapsed, 'TB');
  return down.width < across.width ? down : across;
}

/** Lays the lineage out from the leaked credential to what it made in the end. */
export function lineageDrawing(tree: LineageTree): LineageDrawing {
  const collapsed = collapseLineage(tree, mostBoxes);
  const { boxes, links } = collapsed;
  const { width, height, places, routes } = bestLayout(collapsed);
  return {
    width,
    height,
    boxes: boxes
      .map((box, index) => {
        const place = places[index] ?? null;
        return place === null ? null : boxView(tree, box, place, doneWords(links, index));
      })
      .filter((box) => box !== null),
    arrows: links.map((link, index) => arrowView(link, routes[index] ?? [])),
    collapsed: collapsedText(collapsed.collapsed, collapsed.notDrawn),
    summary: summaryOf(tree),
  };
}
