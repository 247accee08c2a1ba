/** One line of coverage.ndjson: what was asked where, and how it ended. */
export interface LedgerEntry {
  /** `service:Operation`. */
  readonly operation: string;
  readonly accountId: string | null;
  readonly region: string | null;
  readonly calls: number;
  readonly pages: number;
  readonly items: number;
  readonly outcome:
    | 'ok'
    | 'absent'
    | 'access-denied'
    | 'throttled'
    | 'unreachable'
    | 'truncated'
    | 'aborted'
    | 'error';
  /** Of the failing call. */
  readonly requestId: string | null;
  /** Error name as the service gave it. */
  readonly error: string | null;
}
