import type { ActionLogEntry } from '../../model/verification.ts';
import { compareText, formatTime } from '../text/phrases.ts';
import { actionTitles } from './action-titles.ts';
import { mapListed, type ReportContext } from './report-context.ts';
import type { Listed, Tally } from './report-view.ts';

export interface ActionTakenView {
  readonly time: string;
  readonly step: string;
  readonly title: string;
  readonly target: string | null;
  readonly outcome: string;
  readonly troubled: boolean;
  readonly detail: string | null;
}

/** What the plan’s log says was done. */
export interface ActionsTakenView {
  readonly headline: string;
  readonly counts: readonly Tally[];
  /** Refused, failed, left out, or by hand. */
  readonly rows: Listed<ActionTakenView>;
  readonly done: Listed<ActionTakenView>;
  readonly total: number;
  /** Set when nothing is recorded: why, and how to record it. */
  readonly nothing: string | null;
}

export const outcomeWords = {
  refused: 'Refused',
  failed: 'Failed',
  postponed: 'Postponed',
  skipped: 'Skipped',
  manual: 'By hand',
  done: 'Done',
  already: 'Already so',
} as const satisfies Record<ActionLogEntry['outcome'], string>;

/** What went wrong first, then what is still to be done; the rest in the order of the log. */
const ranks = {
  refused: 0,
  failed: 0,
  postponed: 1,
  skipped: 1,
  manual: 2,
  done: 3,
  already: 3,
} as const satisfies Record<ActionLogEntry['outcome'], number>;

export function actionsTakenView({ result, limits }: ReportContext): ActionsTakenView {
  const entries = result.verification?.actions ?? [];
  const steps = new Map((result.plan?.steps ?? []).map((step) => [step.id, step]));
  const titles: ReadonlyMap<string, string> = new Map(Object.entries(actionTitles));
  const rows = [...entries].sort(
    (left, right) => ranks[left.outcome] - ranks[right.outcome] || compareText(left.at, right.at),
  );
  const outcomes = Object.entries(outcomeWords).map(([id, label]) => ({
    id,
    label,
    count: entries.filter(({ outcome }) => outcome === id).length,
  }));
  const troubled = entries.filter(({ outcome }) => ranks[outcome] === 0).length;
  const view = (entry: ActionLogEntry): ActionTakenView => {
    const step = steps.get(entry.step);
    return {
      time: formatTime(entry.at),
      step: entry.step,
      title: step?.title ?? titles.get(entry.action) ?? entry.action,
      target: step?.target.arn ?? null,
      outcome: outcomeWords[entry.outcome],
      troubled: ranks[entry.outcome] === 0,
      detail: entry.detail ?? null,
    };
  };
  return {
    headline:
      entries.length === 0
        ? 'none recorded'
        : `${entries.length} in the log${troubled === 0 ? '' : `, ${troubled} refused or failed`}`,
    counts: outcomes.filter(({ count }) => count > 0),
    rows: mapListed(
      rows.filter(({ outcome }) => ranks[outcome] < 3),
      limits.rows,
      view,
    ),
    done: mapListed(
      rows.filter(({ outcome }) => ranks[outcome] === 3),
      limits.rows,
      view,
    ),
    total: entries.length,
    nothing:
      entries.length > 0
        ? null
        : result.verification === null
          ? 'This result says nothing of what was done: it comes from an audit. The plan’s script writes actions.ndjson; verify reads it with --actions.'
          : 'The verification was given no log of actions: what was done, by whom and when is not recorded here. Give it the actions.ndjson that the plan’s script wrote, with --actions.',
  };
}
