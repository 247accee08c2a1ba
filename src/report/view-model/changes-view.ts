import type { AuditResult } from '../../model/audit-result.ts';
import { severityRank } from '../../model/severity.ts';
import type { RunHistory } from '../../model/verification.ts';
import { compareText, formatTime, typeLabel } from '../text/phrases.ts';
import { mapListed, type ReportContext } from './report-context.ts';
import type { Listed, Tally } from './report-view.ts';
import { severityLabels } from './wording.ts';

export interface ChangedFindingView {
  readonly title: string;
  readonly name: string;
  readonly arn: string;
  readonly type: string;
  readonly severityLabel: string | null;
  /** The card of this page; null where it is not written out, or is about an earlier finding. */
  readonly href: string | null;
  readonly why: string | null;
}

/** How this run differs from an earlier one. */
export interface ChangesView {
  readonly against: string;
  readonly counts: readonly Tally[];
  readonly lists: readonly {
    readonly id: string;
    readonly label: string;
    readonly rows: Listed<ChangedFindingView>;
  }[];
}

type Earlier = RunHistory['resolved'][number] & { readonly why?: string };

function earlierView({ title, subject, why }: Earlier): ChangedFindingView {
  return {
    title,
    name: subject.name === '' ? subject.arn : subject.name,
    arn: subject.arn,
    type: typeLabel(subject.type),
    severityLabel: null,
    href: null,
    why: why ?? null,
  };
}

const words = {
  new: 'New',
  reappeared: 'Back again',
  cannotTell: 'Cannot tell',
  resolved: 'Resolved',
  persisting: 'Still there',
} as const satisfies Record<keyof RunHistory['counts'], string>;

function currentRows(
  { result, limits }: ReportContext,
  history: NonNullable<AuditResult['findings'][number]['history']>,
  links: ReadonlyMap<string, string>,
): Listed<ChangedFindingView> {
  const findings = result.findings
    .filter((finding) => finding.history === history)
    .sort(
      (left, right) =>
        severityRank(left.severity) - severityRank(right.severity) ||
        compareText(left.subject.arn, right.subject.arn) ||
        compareText(left.fingerprint, right.fingerprint),
    );
  return mapListed(findings, limits.rows, ({ title, subject, severity, fingerprint }) => ({
    title,
    name: subject.name === '' ? subject.arn : subject.name,
    arn: subject.arn,
    type: typeLabel(subject.type),
    severityLabel: severityLabels[severity],
    href: links.get(fingerprint) ?? null,
    why: null,
  }));
}

/** Null when no earlier result was given. */
export function changesView(context: ReportContext, links: ReadonlyMap<string, string>): ChangesView | null {
  const { history } = context.result;
  if (history === null) {
    return null;
  }
  const { rows } = context.limits;
  const lists = [
    { id: 'new', label: words.new, rows: currentRows(context, 'new', links) },
    { id: 'reappeared', label: words.reappeared, rows: currentRows(context, 'reappeared', links) },
    { id: 'cannotTell', label: words.cannotTell, rows: mapListed(history.cannotTell, rows, earlierView) },
    { id: 'resolved', label: words.resolved, rows: mapListed(history.resolved, rows, earlierView) },
  ];
  return {
    against: formatTime(history.against.asOf),
    counts: Object.entries(words).map(([id, label]) => ({
      id,
      label,
      count: countIn(history.counts, id),
    })),
    lists: lists.filter((list) => list.rows.total > 0),
  };
}

function countIn(counts: Readonly<Record<string, number>>, id: string): number {
  return counts[id] ?? 0;
}
