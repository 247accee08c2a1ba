import type { LedgerEntry } from '../model/coverage.ts';
import { visible } from '../report/text/visible.ts';
import { note, type TerminalSettings } from './terminal.ts';

/** With `--verbose`: every kind of call that did not end well, and where. coverage.ndjson holds the same. */
export function noteFailedCalls(ledger: readonly LedgerEntry[], settings: TerminalSettings): void {
  const failed = ledger.filter(({ outcome }) => outcome !== 'ok' && outcome !== 'absent');
  for (const entry of settings.verbose ? failed : []) {
    const place = [entry.accountId, entry.region].filter((part) => part !== null).join(' ');
    note(
      settings,
      visible(`${entry.outcome}: ${entry.operation} in ${place}: ${entry.error ?? 'no answer'}`),
      { ...entry },
    );
  }
}
