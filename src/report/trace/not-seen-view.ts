import type { TraceResult } from '../../model/trace-result.ts';
import type { TimeSpan } from '../graph/timeline-drawing.ts';
import { compareText, countOf, formatTime } from '../text/phrases.ts';
import { listed, mapListed } from '../view-model/report-context.ts';
import type { NotSeenView, TraceLimits } from './trace-view.ts';

type CoverageRow = TraceResult['coverage'][number];

const basisWords = {
  digest: 'proved by digest files',
  delivery: 'delivered log files, without digests',
  lookup: 'LookupEvents: management events only',
} as const satisfies Record<CoverageRow['basis'], string>;

function spanText(span: TimeSpan): string {
  return `${formatTime(span.from)} to ${formatTime(span.to)}`;
}

/** Which part of the window lies outside of what one account and region told. */
function shortText(row: CoverageRow, window: TimeSpan | null): string | null {
  if (window === null) {
    return null;
  }
  const parts = [
    ...(Date.parse(row.from) > Date.parse(window.from)
      ? [`starts ${formatTime(row.from)}, after the window does`]
      : []),
    ...(Date.parse(row.to) < Date.parse(window.to)
      ? [`ends ${formatTime(row.to)}, before the window does`]
      : []),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}

function limitTexts(result: TraceResult, window: TimeSpan | null): readonly string[] {
  const { coverage, gaps, counts } = result;
  const holes = coverage.reduce((sum, row) => sum + row.holes.length, 0);
  const holed = coverage.filter((row) => row.holes.length > 0).length;
  const short = coverage.filter((row) => shortText(row, window) !== null).length;
  const texts: string[] = [];
  if (coverage.length === 0) {
    texts.push('No account and region is covered: that no event was found proves nothing.');
  }
  if (holes > 0) {
    texts.push(
      `${countOf(holes, 'hole', 'holes')} in ${countOf(holed, 'account and region', 'accounts and regions')}: what was done in them is not here.`,
    );
  }
  if (short > 0) {
    texts.push(
      `${countOf(short, 'account and region does', 'accounts and regions do')} not reach over the whole window of the incident.`,
    );
  }
  if (window === null) {
    texts.push('The incident has no window: nothing says whether the events reach far enough.');
  }
  if (gaps.length > 0) {
    texts.push(`${countOf(gaps.length, 'source or place', 'sources or places')} could not be read.`);
  }
  if (counts.unparsable > 0) {
    texts.push(`${countOf(counts.unparsable, 'record', 'records')} could not be parsed and tell nothing.`);
  }
  return texts;
}

export function notSeenView(result: TraceResult, window: TimeSpan | null, limits: TraceLimits): NotSeenView {
  const texts = limitTexts(result, window);
  const coverage = [...result.coverage].sort(
    (left, right) =>
      right.holes.length - left.holes.length ||
      Number(shortText(left, window) === null) - Number(shortText(right, window) === null) ||
      compareText(left.accountId, right.accountId) ||
      compareText(left.region, right.region),
  );
  const places = countOf(coverage.length, 'account and region', 'accounts and regions');
  return {
    headline:
      texts.length === 0 ? `${places} covered without a known hole` : `${places} covered, with limits`,
    limits: texts,
    coverage: mapListed(coverage, limits.rows, (row) => ({
      place: `${row.accountId}/${row.region}`,
      during: spanText(row),
      basis: basisWords[row.basis],
      holes: mapListed(row.holes, limits.names, (hole) => `${spanText(hole)}: ${hole.why}`),
      short: shortText(row, window),
    })),
    gaps: listed(
      result.gaps.map((gap) => ({
        operation: gap.operation,
        reason: gap.reason.replaceAll('-', ' '),
        unit: gap.unit,
        resource: gap.resource ?? null,
        detail: gap.detail,
      })),
      limits.rows,
    ),
  };
}
