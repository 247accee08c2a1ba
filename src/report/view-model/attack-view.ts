import {
  type AttackMatrix,
  attackMatrix,
  type TechniqueStanding,
  type TechniqueState,
} from '../../model/attack/attack-matrix.ts';
import { techniqueName } from '../../model/attack/techniques.ts';
import { countOf, formatNumber } from '../text/phrases.ts';
import type { CardsOfFindings } from './cards-of-findings.ts';
import type { ReportContext } from './report-context.ts';
import { listed, mapListed } from './report-context.ts';
import type { LinkView, Listed, Tally } from './report-view.ts';

interface CellView {
  readonly id: string;
  readonly name: string;
  readonly state: TechniqueState;
  readonly mark: string;
  /** State and count in words. */
  readonly says: string;
  /** Of a sub-technique, which stands under its parent. */
  readonly sub: boolean;
  /** The first card that shows it. */
  readonly href: string | null;
}

interface ColumnView {
  readonly id: string;
  readonly name: string;
  readonly cells: readonly CellView[];
  /** Counted and folded: a long list of what nobody looks for hides what was found. */
  readonly notCovered: readonly { readonly id: string; readonly name: string }[];
}

interface SeenView {
  readonly id: string;
  readonly name: string;
  readonly events: Listed<string>;
  readonly says: string;
  readonly cards: Listed<LinkView>;
}

/** One line of a tactic, where there is no room for a drawing. */
interface TacticLineView {
  readonly name: string;
  readonly seen: Listed<string>;
  readonly weakness: Listed<string>;
  readonly cannotTell: number;
  readonly clear: number;
  readonly notCovered: number;
}

export interface AttackView {
  readonly version: string;
  readonly headline: string;
  readonly legend: readonly (Tally & { readonly mark: string })[];
  readonly columns: readonly ColumnView[];
  readonly byTactic: Listed<TacticLineView>;
  readonly seen: Listed<SeenView>;
  /** Ids that the tables lack. */
  readonly strange: readonly string[];
  readonly seenCount: number;
}

const states = {
  seen: { mark: '●', label: 'Seen in this incident' },
  weakness: { mark: '▲', label: 'Weakness present' },
  'cannot-tell': { mark: '?', label: 'Cannot tell' },
  clear: { mark: '✓', label: 'Checked, not found' },
  'in-parts': { mark: '·', label: 'See its sub-techniques' },
  'not-covered': { mark: '–', label: 'Not covered' },
} as const satisfies Record<TechniqueState, { readonly mark: string; readonly label: string }>;

const legendStates = ['seen', 'weakness', 'cannot-tell', 'clear', 'not-covered'] as const;

function seenText({ done, attempted, attributed }: TechniqueStanding): string {
  const parts = [
    ...(done === 0 ? [] : [countOf(done, 'event', 'events')]),
    ...(attempted === 0 ? [] : [`${formatNumber(attempted)} tried`]),
    ...(attributed.length === 0 ? [] : [countOf(attributed.length, 'finding', 'findings')]),
  ];
  return parts.join(', ');
}

function says(standing: TechniqueStanding): string {
  const { label } = states[standing.state];
  switch (standing.state) {
    case 'seen':
      return isByFindingOnly(standing) ? `Left behind: ${seenText(standing)}` : `Seen: ${seenText(standing)}`;
    case 'weakness':
      return `Weakness: ${countOf(standing.weaknesses.length, 'finding', 'findings')}`;
    case 'clear':
      return `Not found: ${countOf(standing.checks.length, 'check', 'checks')}`;
    case 'cannot-tell':
    case 'in-parts':
    case 'not-covered':
      return label;
    default:
      return standing.state satisfies never;
  }
}

function linksOf(
  { state, attributed, weaknesses }: TechniqueStanding,
  cards: CardsOfFindings,
): readonly LinkView[] {
  return cards.of([state === 'seen' ? attributed : weaknesses]);
}

/** An event proves the technique; a finding that is attributed proves what was left behind, which its check takes for the technique. */
function isByFindingOnly({ state, done, attempted }: TechniqueStanding): boolean {
  return state === 'seen' && done + attempted === 0;
}

function cellView(standing: TechniqueStanding, cards: CardsOfFindings): CellView {
  const { technique, state } = standing;
  return {
    id: technique.id,
    name: technique.name,
    state,
    mark: isByFindingOnly(standing) ? '◐' : states[state].mark,
    says: says(standing),
    sub: technique.id.includes('.'),
    href: linksOf(standing, cards)[0]?.href ?? null,
  };
}

function columnView(column: AttackMatrix['columns'][number], cards: CardsOfFindings): ColumnView {
  return {
    id: column.tactic.id,
    name: column.tactic.name,
    cells: column.techniques
      .filter(({ state }) => state !== 'not-covered')
      .map((standing) => cellView(standing, cards)),
    notCovered: column.techniques
      .filter(({ state }) => state === 'not-covered')
      .map(({ technique }) => ({ id: technique.id, name: techniqueName(technique) })),
  };
}

function tacticLine(
  { tactic, techniques }: AttackMatrix['columns'][number],
  { names }: ReportContext['limits'],
): TacticLineView {
  const of = (state: TechniqueState): readonly string[] =>
    techniques.filter((one) => one.state === state).map(({ technique }) => technique.id);
  return {
    name: tactic.name,
    seen: listed(of('seen'), names),
    weakness: listed(of('weakness'), names),
    cannotTell: of('cannot-tell').length,
    clear: of('clear').length,
    notCovered: of('not-covered').length,
  };
}

/** Every technique once, however many tactics it serves. */
function distinct(matrix: AttackMatrix): readonly TechniqueStanding[] {
  const all = new Map(
    matrix.columns.flatMap(({ techniques }) => techniques.map((one) => [one.technique.id, one] as const)),
  );
  return [...all.values()].sort((left, right) => (left.technique.id < right.technique.id ? -1 : 1));
}

const cardsPerRow = 3;

/** The annex that draws the matrix: states in marks and words, colour only repeats them. */
export function attackView(context: ReportContext, cards: CardsOfFindings): AttackView {
  const matrix = attackMatrix(context.result);
  const { names, rows } = context.limits;
  const { counts } = matrix;
  const seen = distinct(matrix).filter(({ state }) => state === 'seen');
  return {
    version: matrix.version,
    headline: `${countOf(counts.seen, 'technique', 'techniques')} seen, ${formatNumber(counts.weakness)} with a weakness`,
    legend: legendStates.map((id) => ({ id, ...states[id], count: counts[id] })),
    columns: matrix.columns.map((column) => columnView(column, cards)),
    byTactic: mapListed(matrix.columns, rows, (column) => tacticLine(column, context.limits)),
    seen: mapListed(seen, rows, (standing) => ({
      id: standing.technique.id,
      name: techniqueName(standing.technique),
      events: listed(standing.eventNames, names),
      says: seenText(standing),
      cards: listed(linksOf(standing, cards), Math.min(names, cardsPerRow)),
    })),
    strange: matrix.strange,
    seenCount: counts.seen,
  };
}
