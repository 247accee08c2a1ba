import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../input/input-error.ts';
import type { AuditResult } from '../model/audit-result.ts';
import { readResult } from './read-result.ts';

const next =
  'Give the result.json as the run wrote it, or audit its evidence again: `afterleak audit --evidence DIR`.';

/** The digest that the run noted for the file; null where it noted none. */
async function notedDigest(path: string): Promise<string | null> {
  let sums: string;
  try {
    sums = await readFile(join(dirname(path), 'SHA256SUMS'), 'utf8');
  } catch {
    return null;
  }
  const line = sums.split('\n').find((one) => one.slice(66) === basename(path));
  return line === undefined ? null : line.slice(0, 64);
}

/** What the schema cannot say; a result that contradicts itself was not written by a run. */
function contradictionIn(result: AuditResult): string | null {
  const found = new Set(result.findings.map(({ fingerprint }) => fingerprint));
  const carried = new Set(result.results.flatMap(({ findings }) => findings));
  const sum = Object.values(result.totals.findings.bySeverity).reduce((total, count) => total + count, 0);
  if (found.size !== result.findings.length) {
    return 'two findings bear one fingerprint';
  }
  if (sum !== result.findings.length) {
    return `it counts ${sum} findings and lists ${result.findings.length}`;
  }
  const loose = [...found].find((fingerprint) => !carried.has(fingerprint));
  if (loose !== undefined) {
    return `no check reports the finding ${loose}`;
  }
  const lost = [...carried].find((fingerprint) => !found.has(fingerprint));
  return lost === undefined ? null : `the finding ${lost}, which a check reports, is not listed`;
}

/**
 * Reads the result of an earlier run that this one is held against.
 * @throws InputError for another schema version, no result, or one that was changed after it was written.
 */
export async function readEarlierResult(path: string): Promise<AuditResult> {
  const result = await readResult(path);
  const noted = await notedDigest(path);
  const digest = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  if (noted !== null && noted !== digest) {
    throw new InputError(`${path} was changed after it was written: SHA256SUMS has another digest`, next);
  }
  const contradiction = contradictionIn(result);
  if (contradiction !== null) {
    throw new InputError(`${path} contradicts itself: ${contradiction}`, next);
  }
  return result;
}
