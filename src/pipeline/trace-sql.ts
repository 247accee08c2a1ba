import { athenaSql } from '../events/athena-sql.ts';
import type { RunOptions } from '../input/run-options.ts';
import { loadInputs } from './load-inputs.ts';

/** The definition of a CloudTrail table for Athena and the saved questions of a trace, ready to be pasted. */
export async function traceSql(table: string, options: RunOptions): Promise<string> {
  const { incident } = await loadInputs(options);
  const [location] = options.trail.filter((name) => name.startsWith('s3://'));
  const queries = athenaSql({
    table,
    window: incident?.window ?? null,
    accessKeyIds: incident?.compromised.accessKeyIds ?? [],
    accounts: options.accounts,
    regions: options.regions.includes('all') ? [] : options.regions,
    ...(location === undefined ? {} : { location }),
  });
  return queries.map(({ name, purpose, sql }) => `-- ${name}: ${purpose}\n${sql};\n`).join('\n');
}
