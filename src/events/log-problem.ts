import type { GapReason } from '../model/gap.ts';

/** What is wrong with a file: named, never passed over. */
export interface LogProblem {
  readonly reason: GapReason;
  /** `not a CloudTrail log: CSV`, `the gzip data end too early …` */
  readonly detail: string;
}

export function malformed(detail: string): LogProblem {
  return { reason: 'malformed', detail };
}

export function notALog(kind: string): LogProblem {
  return { reason: 'unsupported', detail: `not a CloudTrail log: ${kind}` };
}
