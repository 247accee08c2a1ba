import type { Lineage, LineageEvent, LineageNode } from '../../model/lineage.ts';
import { lineageDrawing } from '../graph/lineage-drawing.ts';
import { type LineageLink, type LineageTree, lineageTree } from '../graph/lineage-tree.ts';
import {
  labelOf,
  linkWords,
  marksOf,
  type SurvivalKind,
  survivalOf,
  survivalWords,
  typeWords,
} from '../graph/node-wording.ts';
import { type TreeRow, treeRows } from '../graph/tree-rows.ts';
import { compareText, countOf, formatTime } from '../text/phrases.ts';
import { mapListed } from '../view-model/report-context.ts';
import type { LinkView } from '../view-model/report-view.ts';
import { type JudgedNode, sessionsPart, survivorGroups } from './survivor-groups.ts';
import type {
  ArtefactView,
  BranchNode,
  BranchView,
  LineageView,
  ProofView,
  SurvivalView,
  SurvivorsView,
  TraceLimits,
} from './trace-view.ts';

export function proofView(event: LineageEvent): ProofView {
  return {
    time: formatTime(event.eventTime),
    event: `${event.eventSource.replace(/\.amazonaws\.com$/, '')}:${event.eventName}`,
    outcome: event.errorCode === null ? 'done' : `failed: ${event.errorCode}`,
    actor: event.actorArn,
    accessKeyId: event.accessKeyId,
    sourceIp: event.sourceIp,
    userAgent: event.userAgent,
    id: event.eventId,
    file: event.file,
  };
}

function originOf(tree: LineageTree, node: LineageNode): string {
  const maker = tree.makers.get(node.id);
  const from = maker === undefined ? undefined : tree.nodes.get(maker.from);
  if (maker === undefined || from === undefined) {
    return node.seed ? 'named by the incident' : 'its origin is not in the events';
  }
  return `${linkWords(maker)} ${formatTime(maker.firstAt)} by ${labelOf(from)}`;
}

/** The tree, and which of its nodes a sweep no longer found. */
interface Seen {
  readonly tree: LineageTree;
  readonly noLongerThere: ReadonlySet<string>;
}

function kindOf({ tree, noLongerThere }: Seen, node: LineageNode): SurvivalKind | null {
  return noLongerThere.has(node.id) ? 'gone' : survivalOf(tree, node);
}

function allMarks({ tree, noLongerThere }: Seen, node: LineageNode): readonly string[] {
  return [
    ...marksOf(tree, node),
    ...(noLongerThere.has(node.id) && !node.deleted ? ['no longer in the evidence'] : []),
  ];
}

function survivalView(seen: Seen, node: LineageNode): SurvivalView | null {
  const kind = kindOf(seen, node);
  const label = survivalWords(node);
  if (kind === null || kind === 'gone' || label === null) {
    return null;
  }
  return {
    label,
    why: node.survivesKeyRevocation?.why ?? null,
    lasting: kind !== 'ends' && kind !== 'ended',
  };
}

function placeOf(node: LineageNode): string | null {
  const parts = [node.accountId, node.region].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('/');
}

interface ViewInput {
  readonly lineage: Lineage;
  readonly limits: TraceLimits;
  readonly uncovered: readonly string[];
  /** Ids of nodes that a sweep's evidence no longer shows. */
  readonly noLongerThere: ReadonlySet<string>;
  /** When the evidence was read; null for a trace, which reads none. */
  readonly asOf: string | null;
  /** Where a report says what to do with a thing. */
  readonly findingOf: (arn: string) => LinkView | null;
}

/** Events by the node whose arrows they prove; the event's own list of nodes alone can name bystanders. */
function proofsOf(lineage: Lineage, tree: LineageTree): ReadonlyMap<string, readonly LineageEvent[]> {
  const events = new Map(lineage.events.map((event) => [event.eventId, event]));
  const proofs = new Map<string, LineageEvent[]>();
  for (const [id, links] of tree.incoming) {
    const found = new Map<string, LineageEvent>();
    for (const eventId of links.flatMap((link) => link.eventIds)) {
      const event = events.get(eventId);
      if (event !== undefined) {
        found.set(eventId, event);
      }
    }
    proofs.set(
      id,
      [...found.values()].sort(
        (left, right) =>
          compareText(left.eventTime, right.eventTime) || compareText(left.eventId, right.eventId),
      ),
    );
  }
  return proofs;
}

function branchText(seen: Seen, row: TreeRow): string {
  const links = row.links.map((link: LineageLink) => `${linkWords(link)} ${formatTime(link.firstAt)}`);
  const survival = survivalView(seen, row.node);
  const by = row.madeBy === null ? [] : [`by ${labelOf(row.madeBy)}`];
  if (row.repeated) {
    return [...links, 'written out elsewhere in this list'].join(' · ');
  }
  return [
    typeWords(row.node.type),
    ...links,
    ...by,
    ...allMarks(seen, row.node),
    ...(survival?.lasting === true ? [survival.label] : []),
  ].join(' · ');
}

function branchView(seen: Seen, row: TreeRow): BranchView {
  return {
    depth: row.depth,
    indent: '  '.repeat(row.depth),
    name: labelOf(row.node),
    text: branchText(seen, row),
    repeated: row.repeated,
    deleted: kindOf(seen, row.node) === 'gone' || row.node.deleted,
  };
}

/** Flat rows with depths as nested lists. */
function nest(rows: readonly BranchView[]): readonly BranchNode[] {
  const top: BranchNode[] = [];
  const open: BranchNode[][] = [top];
  for (const row of rows) {
    const children: BranchNode[] = [];
    const depth = Math.min(row.depth, open.length - 1);
    open[depth]?.push({ row, children });
    open.length = depth + 1;
    open.push(children);
  }
  return top;
}

function survivorsView(
  nodes: readonly LineageNode[],
  seen: Seen,
  view: (node: LineageNode) => ArtefactView,
  { limits, asOf }: Pick<ViewInput, 'limits' | 'asOf'>,
): SurvivorsView {
  const judged = nodes.flatMap((node): JudgedNode[] => {
    const kind = kindOf(seen, node);
    return kind === null ? [] : [{ node, kind }];
  });
  const of = (kind: SurvivalKind): readonly LineageNode[] =>
    judged.filter((one) => one.kind === kind).map(({ node }) => node);
  const livesOn = of('lives-on');
  const unknown = of('unknown');
  const also =
    unknown.length === 0
      ? ''
      : ` Of ${countOf(unknown.length, 'more', 'more')} nothing tells whether it does.`;
  return {
    headline: `${countOf(livesOn.length, 'thing outlives', 'things outlive')} the key${unknown.length === 0 ? '' : `, ${countOf(unknown.length, 'is', 'are')} not known`}`,
    sentence:
      livesOn.length === 0
        ? `Nothing in the events is known to outlive the key.${also}`
        : `Revoking the key does not end ${livesOn.length === 1 ? 'it' : 'any of them'}: each must be removed, restored or ended by itself.${also}`,
    ...sessionsPart(judged, view, { asOf, rows: limits.rows }),
    ...survivorGroups(
      livesOn.filter(({ kind }) => kind !== 'session'),
      view,
      limits.rows,
    ),
    livesOn: mapListed(livesOn, limits.rows, view),
    unknown: mapListed(unknown, limits.rows, view),
    gone: mapListed(of('gone'), limits.rows, view),
    ends: of('ends').length,
    ended: of('ended').length,
  };
}

/** The lineage in words and as a drawing, for a trace and for a sweep's report alike. */
export function lineageView(input: ViewInput): LineageView {
  const { lineage, limits, uncovered, noLongerThere, findingOf } = input;
  const tree = lineageTree(lineage);
  const seen = { tree, noLongerThere };
  const proofs = proofsOf(lineage, tree);
  const rows = treeRows(tree);
  const nodes = rows.filter((row) => !row.repeated).map((row) => row.node);
  const numbers = new Map(nodes.map((node, index) => [node.id, index + 1]));
  const artefact = (node: LineageNode): ArtefactView => ({
    id: `artefact-${numbers.get(node.id) ?? 0}`,
    name: labelOf(node),
    type: typeWords(node.type),
    arn: node.arn ?? node.id,
    uniqueId: node.uniqueId,
    place: placeOf(node),
    marks: allMarks(seen, node),
    origin: originOf(tree, node),
    survival: survivalView(seen, node),
    unbounded: node.unboundedBecause,
    proof: mapListed(proofs.get(node.id) ?? [], limits.names, proofView),
    finding: node.arn === null ? null : findingOf(node.arn),
  });
  const branches = mapListed(rows, limits.branches, (row) => branchView(seen, row));
  return {
    drawing: lineageDrawing(tree),
    branches,
    nested: nest(branches.shown),
    artefacts: mapListed(nodes, limits.rows, artefact),
    survivors: survivorsView(nodes, seen, artefact, input),
    limits: uncovered,
  };
}
