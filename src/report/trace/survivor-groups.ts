import type { LineageNode } from '../../model/lineage.ts';
import { labelOf, type SurvivalKind, typeWords } from '../graph/node-wording.ts';
import { type SessionBars, type SessionSpan, sessionBars } from '../graph/session-bars.ts';
import { compareText, countOf, formatTime, listOf } from '../text/phrases.ts';
import { mapListed } from '../view-model/report-context.ts';
import type { Listed } from '../view-model/report-view.ts';
import type { ArtefactView, SessionRowView, SurvivorGroupView } from './trace-view.ts';

export interface JudgedNode {
  readonly node: LineageNode;
  readonly kind: SurvivalKind;
}

interface JudgedSession {
  readonly node: LineageNode;
  readonly look: SessionRowView['look'];
  /** The latest end by itself. */
  readonly end: string | null;
}

const stateWords = {
  live: 'Can live',
  ended: 'Ended',
  endless: 'No end by itself',
  unknown: 'Not known',
} as const satisfies Record<SessionRowView['look'], string>;

function judged({ node, kind }: JudgedNode, asOf: string | null): JudgedSession {
  const end = node.survivesKeyRevocation?.until ?? node.expiresAt;
  const answer = node.survivesKeyRevocation?.answer;
  if (node.unboundedBecause !== null || answer === 'unbounded-until-condition') {
    return { node, look: 'endless', end: null };
  }
  if (kind === 'ended' || kind === 'gone') {
    return { node, look: 'ended', end: end ?? node.deletedAt };
  }
  if (end === null || !Number.isFinite(Date.parse(end))) {
    return { node, look: 'unknown', end: null };
  }
  const over = asOf !== null && Date.parse(end) <= Date.parse(asOf);
  return { node, look: over ? 'ended' : 'live', end };
}

const ranks = { endless: 0, unknown: 1, live: 2, ended: 3 } as const;

/** What has no end first, then by the latest end; what is over comes last. */
function sessionsOf(nodes: readonly JudgedNode[], asOf: string | null): readonly JudgedSession[] {
  return nodes
    .filter(({ node }) => node.kind === 'session')
    .map((node) => judged(node, asOf))
    .sort(
      (left, right) =>
        ranks[left.look] - ranks[right.look] ||
        compareText(right.end ?? '', left.end ?? '') ||
        compareText(left.node.id, right.node.id),
    );
}

function endText({ look, end }: JudgedSession): string {
  if (look === 'endless') {
    return 'no end by itself';
  }
  if (look === 'unknown' || end === null) {
    return look === 'ended' ? 'ended' : 'its end is not known';
  }
  return `${look === 'ended' ? 'ended' : 'ends'} ${formatTime(end)}`;
}

function lastEndText(sessions: readonly JudgedSession[]): string {
  const of = (look: SessionRowView['look']): readonly JudgedSession[] =>
    sessions.filter((session) => session.look === look);
  const [last] = of('live');
  const endless = of('endless');
  const unknown = of('unknown');
  const reasons = [
    ...new Set(
      endless.map(
        ({ node }) =>
          node.unboundedBecause ?? node.survivesKeyRevocation?.why ?? `${labelOf(node)} is renewed by itself`,
      ),
    ),
  ].slice(0, 3);
  const ended = of('ended').length;
  const over = ended === 0 ? '' : ` ${countOf(ended, 'session is', 'sessions are')} already over.`;
  const unknownText =
    unknown.length === 0 ? '' : ` Of ${countOf(unknown.length, 'session', 'sessions')} the end is not known.`;
  if (sessions.length === 0) {
    return 'No session of the incident is known.';
  }
  const dated =
    last?.end === undefined || last.end === null
      ? ''
      : `the last session ends at the latest at ${formatTime(last.end)} (${typeWords(last.node.type)} ${labelOf(last.node)})`;
  if (endless.length > 0) {
    return `The sessions have no common end: ${countOf(endless.length, 'is', 'are')} unbounded because ${listOf(reasons)}.${dated === '' ? '' : ` Of the others ${dated}.`}${unknownText}${over}`;
  }
  if (dated !== '') {
    return `${dated.charAt(0).toUpperCase()}${dated.slice(1)}.${unknownText}${over}`;
  }
  return unknown.length > 0
    ? `When the last session ends is not known.${unknownText}${over}`
    : `Every session that is known is over.${over}`;
}

export interface SessionsPart {
  readonly lastEnd: string;
  readonly sessions: Listed<SessionRowView>;
  readonly bars: SessionBars | null;
}

export function sessionsPart(
  nodes: readonly JudgedNode[],
  view: (node: LineageNode) => ArtefactView,
  { asOf, rows }: { readonly asOf: string | null; readonly rows: number },
): SessionsPart {
  const sessions = sessionsOf(nodes, asOf);
  const spans = sessions.map((session): SessionSpan => {
    const { node, look, end } = session;
    return {
      label: labelOf(node),
      note: typeWords(node.type),
      from: node.firstSeenAt,
      to: end,
      state: look,
      text: endText(session),
    };
  });
  return {
    lastEnd: lastEndText(sessions),
    sessions: mapListed(sessions, rows, (session) => {
      const { id, name, type, place, origin, finding, unbounded, survival } = view(session.node);
      return {
        id,
        name,
        type,
        place,
        state: stateWords[session.look],
        look: session.look,
        end: endText(session),
        why: unbounded ?? survival?.why ?? null,
        origin,
        finding,
      };
    }),
    bars: sessionBars(spans, asOf),
  };
}

const kindOrder = [
  'principal',
  'credential',
  'session',
  'resource',
] as const satisfies readonly LineageNode['kind'][];

/** The one text that all of them share; null where they differ. */
function shared(values: readonly (string | null)[]): string | null {
  const [first = null] = values;
  return values.every((value) => value === first) ? first : null;
}

/** Things of one type are one group: twenty rows that say the same are not read. */
export function survivorGroups(
  nodes: readonly LineageNode[],
  view: (node: LineageNode) => ArtefactView,
  rows: number,
): { readonly groups: readonly SurvivorGroupView[]; readonly common: string | null } {
  const groups = new Map<string, LineageNode[]>();
  for (const node of nodes) {
    const group = groups.get(node.type) ?? [];
    groups.set(node.type, group);
    group.push(node);
  }
  const rank = (group: readonly LineageNode[]): number => kindOrder.indexOf(group[0]?.kind ?? 'resource');
  const grouped = [...groups]
    .sort(
      ([leftType, left], [rightType, right]) =>
        rank(left) - rank(right) || right.length - left.length || compareText(leftType, rightType),
    )
    .map(([type, group]) => {
      const views = group.map(view);
      const shown = Math.min(views.length, rows);
      return {
        type: typeWords(type),
        count: group.length,
        span: shown + (views.length > shown ? 1 : 0),
        survival: shared(views.map(({ survival }) => survival?.label ?? null)),
        why: shared(views.map(({ survival, unbounded }) => unbounded ?? survival?.why ?? null)),
        rows: mapListed(views, rows, (row) => row),
      };
    });
  const common = shared(grouped.map(({ survival }) => survival));
  return {
    common,
    groups: grouped.map((group) => ({ ...group, word: group.survival === common ? null : group.survival })),
  };
}
