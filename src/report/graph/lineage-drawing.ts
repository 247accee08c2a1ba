import { Graph, layout } from '@dagrejs/dagre';
import type { LineageNode } from '../../model/lineage.ts';
import { countOf } from '../text/phrases.ts';
import { visible } from '../text/visible.ts';
import { type BoxLink, collapseLineage, type LineageBox } from './collapse-lineage.ts';
import type { LineageTree } from './lineage-tree.ts';
import { attemptedOnly, labelOf, marksOf, relationWords, standingWords, typeWords } from './node-wording.ts';
import { fitEnd, fitMiddle } from './text-width.ts';

const boxWidth = 172;
const boxHeight = 40;
/** Above this many boxes a drawing is no longer read. */
const mostBoxes = 80;
const labelColumns = 23;
const noteColumns = 31;

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
function noteOf(tree: LineageTree, box: LineageBox, node: LineageNode): string {
  const marks = [
    ...(node.seed ? ['leaked'] : []),
    ...(node.standing === 'tainted' ? [] : [standingWords[node.standing].split(',')[0] ?? '']),
    ...(attemptedOnly(tree, node) ? ['attempted'] : []),
    ...(node.deleted ? ['deleted'] : []),
    ...(node.used === false ? ['never used'] : []),
  ];
  const below = box.below === 0 ? [] : [`${box.below} under them`];
  return [...marks, typeWords(node.type), ...below].join(' · ');
}

function boxView(tree: LineageTree, box: LineageBox, place: Point): BoxView | null {
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
    note: fitEnd(visible(noteOf(tree, box, node)), noteColumns),
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

/** Only what is not plain "made by": the other arrows would say the same word fifty times. */
function arrowText(link: BoxLink): string {
  const made = [...link.relations].some((relation) =>
    ['created', 'issued', 'assumed', 'linked'].includes(relation),
  );
  return (link.primary || onlyTogether(link)) && made && link.outcome === 'done' ? '' : relationText(link);
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

const letterWidth = 5;

function arrowView(link: BoxLink, label: unknown): ArrowView {
  const points = pointsOf(label);
  const text = arrowText(link);
  return {
    look: [
      `arrow-${link.outcome}`,
      ...(link.primary ? ['arrow-primary'] : []),
      ...(link.relations.has('deleted') ? ['arrow-deleted'] : []),
      ...(onlyTogether(link) ? ['arrow-linked'] : []),
    ].join(' '),
    path: pathOf(points),
    head: onlyTogether(link) ? '' : headOf(points),
    label: text === '' || !isPoint(label) ? null : { x: round(label.x), y: round(label.y + 3), text },
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

/** Lays the lineage out from left (the leaked credential) to right (what it made in the end). */
export function lineageDrawing(tree: LineageTree): LineageDrawing {
  const { boxes, links, collapsed, notDrawn } = collapseLineage(tree, mostBoxes);
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 10, edgesep: 8, ranksep: 30, marginx: 6, marginy: 6 });
  for (const index of boxes.keys()) {
    graph.setNode(`b${index}`, { width: boxWidth, height: boxHeight });
  }
  for (const [index, link] of links.entries()) {
    const text = arrowText(link);
    graph.setEdge(
      `b${link.from}`,
      `b${link.to}`,
      {
        weight: link.primary ? 4 : 1,
        ...(text === '' ? {} : { width: text.length * letterWidth + 6, height: 12, labelpos: 'c' }),
      },
      `l${index}`,
    );
  }
  layout(graph);
  const size: unknown = graph.graph();
  const sized = (key: 'width' | 'height'): number => {
    const value: unknown = typeof size === 'object' && size !== null ? Reflect.get(size, key) : 0;
    return typeof value === 'number' && Number.isFinite(value) ? Math.ceil(value) : 0;
  };
  return {
    width: sized('width'),
    height: sized('height'),
    boxes: boxes
      .map((box, index) => {
        const place: unknown = graph.node(`b${index}`);
        return isPoint(place) ? boxView(tree, box, place) : null;
      })
      .filter((box) => box !== null),
    arrows: links.map((link, index) =>
      arrowView(link, graph.edge(`b${link.from}`, `b${link.to}`, `l${index}`)),
    ),
    collapsed: collapsedText(collapsed, notDrawn),
    summary: summaryOf(tree),
  };
}
