import type { RunOptions } from '../input/run-options.ts';
import type { AuditResult } from '../model/audit-result.ts';
import { readEarlierResult } from './read-earlier-result.ts';

/** The result that `--previous` names, read before anything is asked of AWS. @throws InputError */
export async function readPrevious({ previous }: Pick<RunOptions, 'previous'>): Promise<AuditResult | null> {
  return previous === undefined ? null : await readEarlierResult(previous);
}
