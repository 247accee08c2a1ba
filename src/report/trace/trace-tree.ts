import type { LineageEvent } from '../../model/lineage.ts';
import type { TraceResult } from '../../model/trace-result.ts';
import { type LineageTree, lineageTree } from '../graph/lineage-tree.ts';
import {
  attemptedOnly,
  endedMarks,
  labelOf,
  linkWords,
  standingWords,
  survivalOf,
  survivalWords,
  typeWords,
} from '../graph/node-wording.ts';
import { fitEnd, fitMiddle } from '../graph/text-width.ts';
import { deepest, type TreeRow, treeRows } from '../graph/tree-rows.ts';
import { plainStyles, type TerminalStyles } from '../terminal-summary.ts';
import { countOf, formatTime } from '../text/phrases.ts';
import { clip, visible } from '../text/visible.ts';
import type { Listed } from '../view-model/report-view.ts';
import { buildTraceView } from './build-trace-view.ts';
import type { NotSeenView, TraceLimits, TraceView } from './trace-view.ts';

export interface TraceTreeOptions {
  readonly styles?: TerminalStyles;
  /** Columns; long lines are cut, not wrapped. */
  readonly width?: number;
}

const limits: TraceLimits = { rows: 8, branches: 0, names: 4, characters: 400 };
const mostRows = 200;

interface Story {
  readonly tree: LineageTree;
  readonly events: ReadonlyMap<string, LineageEvent>;
  readonly severalDays: boolean;
}

interface Terminal {
  readonly styles: TerminalStyles;
  readonly width: number;
  /** A text of a stranger or of ours, in one line, cut to the room that is left. */
  readonly line: (text: string, indent?: number) => string;
}

function terminal({ styles = plainStyles, width = 100 }: TraceTreeOptions): Terminal {
  const columns = Math.max(40, width);
  return {
    styles,
    width: columns,
    line: (text, indent = 0) =>
      ' '.repeat(indent) + fitEnd(visible(clip(text, limits.characters)), columns - indent),
  };
}

function branchLines(row: TreeRow): string {
  if (row.depth === 0) {
    return '';
  }
  const guides = row.guides.slice(0, deepest).map((goesOn) => (goesOn ? '│  ' : '   '));
  return `${guides.join('')}${row.last ? '└─ ' : '├─ '}`;
}

/** `09:15:31`, with the day where the trace spans more than one. */
function clockText(time: string, withDay: boolean): string {
  const parts = /^\d{4}-(\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})/.exec(time);
  if (parts === null) {
    return time;
  }
  return withDay ? `${parts[1]} ${parts[2]}` : `${parts[2]}`;
}

function timeText(row: TreeRow, withDay: boolean): string {
  return row.links
    .map((link) => {
      const clock = clockText(link.firstAt, withDay);
      return link.outcome === 'done'
        ? `${linkWords(link)} ${clock}`
        : `[attempted] ${linkWords(link)} ${clock}`;
    })
    .join(', ');
}

function sourceOf(row: TreeRow, events: ReadonlyMap<string, LineageEvent>): string | null {
  const sources = row.links
    .flatMap((link) => link.eventIds.map((id) => events.get(id)?.sourceIp ?? null))
    .filter((source) => source !== null);
  const [first] = sources;
  const more = new Set(sources).size - 1;
  return first === undefined ? null : `from ${first}${more > 0 ? ` and ${more} more` : ''}`;
}

function marks(tree: LineageTree, row: TreeRow): readonly string[] {
  const { node } = row;
  return [
    ...(node.seed ? [node.kind === 'credential' ? '[leaked]' : '[named by the incident]'] : []),
    ...(node.standing === 'tainted' ? [] : [`[${standingWords[node.standing]}]`]),
    ...(attemptedOnly(tree, node) ? ['[attempted, not done]'] : []),
    ...(node.deleted ? ['[deleted]'] : []),
    ...(node.used === false ? ['[never used]'] : []),
    ...endedMarks(node).map((mark) => `[${mark}]`),
  ];
}

/** The line under a node: does it outlive the key, and why. */
function answerLine(tree: LineageTree, row: TreeRow, screen: Terminal, indent: string): readonly string[] {
  const kind = survivalOf(tree, row.node);
  const words = survivalWords(row.node);
  if (row.repeated || words === null || (kind !== 'lives-on' && kind !== 'unknown')) {
    return [];
  }
  const why = row.node.survivesKeyRevocation?.why ?? '';
  const unbounded = row.node.unboundedBecause;
  const text = [`! ${words}`, ...(why === '' ? [] : [why]), ...(unbounded === null ? [] : [unbounded])].join(
    ': ',
  );
  const hasChildren = (tree.children.get(row.node.id) ?? []).length > 0;
  const lead = `${indent}${hasChildren ? '│ ' : '  '}`;
  return [
    lead + screen.styles.warning(fitEnd(visible(clip(text, 300)), Math.max(20, screen.width - lead.length))),
  ];
}

function rowLines({ tree, events, severalDays }: Story, row: TreeRow, screen: Terminal): readonly string[] {
  const lead = branchLines(row);
  const under = row.depth === 0 ? '' : `${lead.slice(0, -3)}${row.last ? '   ' : '│  '}`;
  const room = Math.max(24, screen.width - lead.length);
  const name = fitMiddle(visible(clip(labelOf(row.node), 200)), Math.max(16, Math.floor(room * 0.45)));
  const source = sourceOf(row, events);
  const facts = row.repeated
    ? [timeText(row, severalDays), '(written out elsewhere)']
    : [
        typeWords(row.node.type),
        ...marks(tree, row),
        timeText(row, severalDays),
        ...(source === null ? [] : [source]),
      ];
  const rest = visible(clip(facts.filter((fact) => fact !== '').join(' · '), 300));
  const text = fitEnd(`  ${rest}`, Math.max(8, room - [...name].length));
  const painted = row.repeated ? screen.styles.faint(name) : screen.styles.strong(name);
  return [`${lead}${painted}${screen.styles.faint(text)}`, ...answerLine(tree, row, screen, under)];
}

function treeLines(result: TraceResult, screen: Terminal): readonly string[] {
  const tree = lineageTree(result.lineage);
  const events = new Map(result.lineage.events.map((event) => [event.eventId, event]));
  const rows = treeRows(tree);
  const severalDays = new Set(tree.links.map((link) => link.firstAt.slice(0, 10))).size > 1;
  const story = { tree, events, severalDays };
  const hidden = rows.length - mostRows;
  return [
    ...(rows.length === 0 ? [screen.line('No act of the named credentials was found.')] : []),
    ...rows.slice(0, mostRows).flatMap((row) => rowLines(story, row, screen)),
    ...(hidden > 0 ? [screen.line(`and ${countOf(hidden, 'more line', 'more lines')} in trace.json`)] : []),
  ];
}

function section<T>(
  title: string,
  rows: Listed<T>,
  screen: Terminal,
  text: (row: T) => string,
): readonly string[] {
  if (rows.total === 0) {
    return [];
  }
  return [
    '',
    screen.styles.strong(screen.line(`${title} (${rows.total})`)),
    ...rows.shown.map((row) => screen.line(text(row), 2)),
    ...(rows.hidden > 0 ? [screen.line(`and ${rows.hidden} more in trace.json`, 2)] : []),
  ];
}

function coverageLines(notSeen: NotSeenView, screen: Terminal): readonly string[] {
  const { styles, line } = screen;
  const missing = [
    ...notSeen.limits.map((text) => styles.warning(line(`! ${text}`, 2))),
    ...notSeen.coverage.shown.flatMap((row) =>
      row.holes.shown.map((hole) => styles.warning(line(`hole in ${row.place}: ${hole}`, 4))),
    ),
    ...notSeen.gaps.shown.map((gap) =>
      styles.warning(line(`${gap.operation} in ${gap.unit}: ${gap.reason}; ${gap.detail}`, 4)),
    ),
  ];
  return [
    '',
    ...(missing.length === 0 ? [] : [styles.strong(line('Not seen')), ...missing]),
    ...(missing.length === 0 ? [] : ['']),
    styles.strong(line(`Covered: ${notSeen.headline}`)),
    ...notSeen.coverage.shown.map((row) =>
      line(`${row.place}: ${row.during}, ${row.basis}${row.short === null ? '' : `; ${row.short}`}`, 2),
    ),
    ...(notSeen.coverage.hidden > 0 ? [line(`and ${notSeen.coverage.hidden} more in trace.json`, 2)] : []),
  ];
}

function latestEnd(result: TraceResult): string | null {
  const ends = result.lineage.nodes
    .filter((node) => !node.deleted && node.standing === 'tainted')
    .map((node) => node.expiresAt)
    .filter((end) => end !== null)
    .sort();
  return ends.at(-1) ?? null;
}

function summaryLines(view: TraceView, result: TraceResult, screen: Terminal): readonly string[] {
  const end = latestEnd(result);
  const unbounded = result.lineage.nodes.filter((node) => node.unboundedBecause !== null).length;
  return [
    '',
    screen.styles.warning(screen.line(view.headline)),
    screen.line(view.sentence),
    ...(end === null ? [] : [screen.line(`Latest end of a session that is known: ${formatTime(end)}`)]),
    ...(unbounded === 0
      ? []
      : [screen.line(`${countOf(unbounded, 'has', 'have')} no end by itself until a condition is met`)]),
  ];
}

/** The trace on a terminal: what each leaked credential made, then what was not seen, and what to do. */
export function traceTree(result: TraceResult, options: TraceTreeOptions = {}): string {
  const screen = terminal(options);
  const view = buildTraceView(result, limits, 'trace.json');
  const { styles, line } = screen;
  return [
    styles.strong(line(`${view.title}: ${view.incident.title} (${view.incident.id})`)),
    ...(view.incident.window === null ? [] : [line(`Window ${view.incident.window}`)]),
    '',
    ...treeLines(result, screen),
    ...coverageLines(view.notSeen, screen),
    ...summaryLines(view, result, screen),
    ...section('Rotate', view.rotation, screen, (row) => `${row.type} ${row.arn}: ${row.why}`),
    ...section(
      'Impact',
      view.impact,
      screen,
      (row) =>
        `${row.kind}: ${row.title}, ${row.succeeded} of ${countOf(row.calls, 'call', 'calls')} succeeded`,
    ),
    ...section(
      'Settings that no API shows',
      view.settings,
      screen,
      (row) =>
        `${row.setting}: ${row.value}, ${row.byIncident ? 'set by the incident' : 'last set'} ${row.at}`,
    ),
    ...section('Suspects, proposed and not added', view.suspects, screen, (row) => `${row.id}: ${row.why}`),
    '',
    styles.strong('Next'),
    ...view.nextSteps.map((step, index) => line(`${index + 1}. ${step.title} (${step.sentence})`, 2)),
    '',
  ].join('\n');
}
