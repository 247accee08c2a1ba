import type { LedgerEntry } from '../model/coverage.ts';

/** coverage.ndjson: every operation, account and region on a line. */
export function ledgerText(ledger: readonly LedgerEntry[]): string {
  return ledger.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}
