import type { Baseline, BaselineEntry } from '../model/baseline.ts';
import type { Draft } from './draft-baseline.ts';

/** What became of an expected thing that the evidence does not show. */
export type Absence =
  | { readonly state: 'gone' }
  | { readonly state: 'moved'; readonly to: string }
  | { readonly state: 'not-seen'; readonly why: string };

/** The order is that of the printed difference. */
export const changeKinds = [
  'gone',
  're-created',
  'content',
  'added',
  'left-out',
  'not-seen',
  'unchanged',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface BaselineChange {
  readonly kind: ChangeKind;
  readonly type: string;
  readonly id: string;
  readonly detail: string;
}

export interface UpdatedBaseline {
  readonly baseline: Baseline;
  readonly changes: readonly BaselineChange[];
}

interface Renewed {
  readonly entry: BaselineEntry | null;
  readonly kind: ChangeKind;
  readonly detail: string;
}

function nameOf({ type, id }: { readonly type: string; readonly id: string }): string {
  return `${type}\n${id}`;
}

function lostReview({ reviewedBy }: BaselineEntry): string {
  return reviewedBy === null ? '' : `; the review by ${reviewedBy} no longer counts`;
}

/** The same thing, then and now. Any difference ends the review: nobody has looked at what it is now. */
function renew(old: BaselineEntry, now: BaselineEntry): Renewed {
  const entry = { ...now, owner: old.owner ?? now.owner, reason: old.reason };
  if (old.uniqueId !== now.uniqueId) {
    const detail =
      old.uniqueId === null
        ? `its unique id ${now.uniqueId} was not recorded before${lostReview(old)}`
        : `unique id was ${old.uniqueId}, is ${now.uniqueId ?? 'none'}${lostReview(old)}`;
    return { entry, kind: 're-created', detail };
  }
  if (old.contentSha256 !== now.contentSha256) {
    const what = old.contentSha256 === null ? 'its content was not recorded before' : 'its content changed';
    return { entry, kind: 'content', detail: `${what}${lostReview(old)}` };
  }
  return { entry: { ...old, owner: old.owner ?? now.owner }, kind: 'unchanged', detail: '' };
}

function keepAbsent(old: BaselineEntry, absence: Absence, dropGone: boolean): Renewed {
  if (absence.state === 'not-seen') {
    return { entry: old, kind: 'not-seen', detail: absence.why };
  }
  const what = absence.state === 'moved' ? `is now ${absence.to}` : 'does not exist';
  const kept = dropGone ? 'dropped' : 'its entry stays, so that audits go on missing it';
  return { entry: dropGone ? null : old, kind: 'gone', detail: `${what}; ${kept}` };
}

/**
 * Renews a baseline from evidence. Reviews of unchanged things stay; changed things are unreviewed again; what is gone
 * stays expected unless it is dropped on purpose; what could not be seen, or is suspicious now, stays as it was.
 */
export function updateBaseline(
  old: Baseline,
  draft: Draft,
  absenceOf: (entry: BaselineEntry) => Absence,
  dropGone: boolean,
): UpdatedBaseline {
  const now = new Map(draft.baseline.expected.map((entry) => [nameOf(entry), entry]));
  const leftOut = new Map(draft.leftOut.map((one) => [nameOf(one), one]));
  const known = new Set(old.expected.map(nameOf));
  const renewed = old.expected.map((entry) => {
    const current = now.get(nameOf(entry));
    const suspicious = leftOut.get(nameOf(entry));
    const one: Renewed =
      current !== undefined
        ? renew(entry, current)
        : suspicious !== undefined
          ? { entry, kind: 'left-out', detail: `stays as it was reviewed: ${suspicious.why}` }
          : keepAbsent(entry, absenceOf(entry), dropGone);
    return { ...one, type: entry.type, id: entry.id };
  });
  const added = draft.baseline.expected.filter((entry) => !known.has(nameOf(entry)));
  const entries = [...renewed.flatMap(({ entry }) => entry ?? []), ...added];
  const changes: readonly BaselineChange[] = [
    ...renewed.map(({ kind, type, id, detail }) => ({ kind, type, id, detail })),
    ...added.map(({ type, id }) => ({ kind: 'added' as const, type, id, detail: 'not reviewed yet' })),
  ];
  const order = ({ kind, ...one }: BaselineChange): string => `${changeKinds.indexOf(kind)}\n${nameOf(one)}`;
  return {
    baseline: {
      ...draft.baseline,
      expected: entries.toSorted((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1)),
    },
    changes: changes.toSorted((left, right) => (order(left) < order(right) ? -1 : 1)),
  };
}
