import type { LedgerEntry } from '../model/coverage.ts';
import type { GapReason } from '../model/gap.ts';
import type { ServiceName } from './operation.ts';

export interface LedgerPlace {
  readonly service: ServiceName;
  readonly command: string;
  readonly accountId: string;
  readonly region: string;
}

export interface LedgerResult {
  readonly pages: number;
  readonly items: number;
  readonly outcome: LedgerEntry['outcome'];
  readonly requestId?: string | null;
  readonly error?: string | null;
}

/** Records every call, one line per operation, account and region; the worst outcome stays. */
export interface Ledger {
  /** One attempt left the machine. */
  attempt(place: LedgerPlace): void;
  result(place: LedgerPlace, result: LedgerResult): void;
  calls(): number;
  entries(): readonly LedgerEntry[];
}

const byWeight: readonly LedgerEntry['outcome'][] = [
  'ok',
  'absent',
  'aborted',
  'truncated',
  'throttled',
  'unreachable',
  'access-denied',
  'error',
];

export function outcomeOf(reason: GapReason): LedgerEntry['outcome'] {
  switch (reason) {
    case 'access-denied':
    case 'throttled':
    case 'unreachable':
    case 'truncated':
    case 'aborted':
    case 'error':
      return reason;
    case 'malformed':
    case 'not-collected':
    case 'unsupported':
      return 'error';
    default:
      return reason satisfies never;
  }
}

type Line = Omit<LedgerEntry, 'outcome'> & { readonly outcome: LedgerEntry['outcome'] | null };

function sortKey(entry: LedgerEntry): string {
  return `${entry.accountId ?? ''} ${entry.region ?? ''} ${entry.operation}`;
}

export function createLedger(): Ledger {
  /** A null outcome = sent, and nothing was heard of it since: never "ok". */
  const lines = new Map<string, Line>();
  let calls = 0;

  const update = (place: LedgerPlace, change: (line: Line) => Line): void => {
    const operation = `${place.service}:${place.command}`;
    const key = `${place.accountId} ${place.region} ${operation}`;
    const line = lines.get(key) ?? {
      operation,
      accountId: place.accountId,
      region: place.region,
      calls: 0,
      pages: 0,
      items: 0,
      outcome: null,
      requestId: null,
      error: null,
    };
    lines.set(key, change(line));
  };

  return {
    attempt(place) {
      calls += 1;
      update(place, (entry) => ({ ...entry, calls: entry.calls + 1 }));
    },
    result(place, result) {
      update(place, (entry) => {
        const worse =
          entry.outcome === null || byWeight.indexOf(result.outcome) > byWeight.indexOf(entry.outcome);
        return {
          ...entry,
          pages: entry.pages + result.pages,
          items: entry.items + result.items,
          outcome: worse ? result.outcome : entry.outcome,
          requestId: worse ? (result.requestId ?? null) : entry.requestId,
          error: worse ? (result.error ?? null) : entry.error,
        };
      });
    },
    calls: () => calls,
    entries: () =>
      [...lines.values()]
        .map((line): LedgerEntry => ({ ...line, outcome: line.outcome ?? 'error' }))
        .sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1)),
  };
}
