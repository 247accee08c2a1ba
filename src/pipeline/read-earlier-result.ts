import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { thrownCode } from '../events/thrown.ts';
import { checksumsFile, parseChecksums } from '../evidence/checksums.ts';
import { InputError } from '../input/input-error.ts';
import type { AuditResult } from '../model/audit-result.ts';
import { readResult } from './read-result.ts';

const next =
  'Give the result.json as the run wrote it, or audit its evidence again: `afterleak audit --evidence DIR`.';

/** Null where there is no list: the result alone was kept. */
async function checksumsBeside(path: string): Promise<string | null> {
  const file = join(dirname(path), checksumsFile);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (thrownCode(error) === 'ENOENT') {
      return null;
    }
    throw new InputError(`${file} cannot be read, so ${path} cannot be held against it`, next, {
      cause: error,
    });
  }
}

/**
 * The digest that the run noted for the file; null where it noted none.
 * @throws InputError for a list that cannot be read: it might say that the file was changed
 */
async function notedDigest(path: string): Promise<string | null> {
  const sums = await checksumsBeside(path);
  const { entries, problems } = parseChecksums(sums ?? '');
  if (sums !== null && problems[0] !== undefined) {
    throw new InputError(
      `${join(dirname(path), checksumsFile)} is not as a run wrote it: ${problems[0]}`,
      next,
    );
  }
  return entries.find((entry) => entry.path === basename(path))?.sha256 ?? null;
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
