import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listBundle } from '../../../src/evidence/bundle-files.ts';
import { checksumsFile, digestOfFile, renderChecksums } from '../../../src/evidence/checksums.ts';
import { openEvidence } from '../../../src/evidence/read-evidence.ts';
import { verifyBundle } from '../../../src/evidence/verify-bundle.ts';
import { createEvidenceWriter } from '../../../src/evidence/write-evidence.ts';
import { bundleExitCode, bundleText } from '../../../src/report/custody/bundle-text.ts';
import { manifestFacts } from '../../support/manifest-facts.ts';

let folder: string;
let digest: string;

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

/** Makes the digests fit, whatever lies in the folder: only the chain can tell. */
async function seal(): Promise<void> {
  const { files } = await listBundle(folder);
  const entries = await Promise.all(
    files
      .filter((path) => path !== checksumsFile)
      .map(async (path) => ({ path, ...(await digestOfFile(join(folder, path))) })),
  );
  write(checksumsFile, renderChecksums(entries));
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'afterleak-chain-'));
  await createEvidenceWriter(join(folder, 'evidence')).finish(manifestFacts());
  digest = (await openEvidence(join(folder, 'evidence'))).digest;
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the chain from the result to the evidence', () => {
  test('holds where the result names the manifest, and the ledger its calls', async () => {
    write('result.json', JSON.stringify({ evidenceDigest: digest }));
    write('coverage.ndjson', '{"operation":"iam:ListUsers","calls":2}\n{"operation":"sts:X","calls":1}\n');
    await seal();
    const report = await verifyBundle(folder, null);
    expect(report).toMatchObject({ problems: [], chain: { judged: digest, calls: 3 } });
    expect(bundleExitCode(report)).toBe(0);
    expect(bundleText(folder, report)).toContain('result.json judges this evidence');
  });

  test.each([
    ['that is empty', '', 'result.json: is no result'],
    ['that is cut off', '{"evidenceDigest": "', 'result.json: is no result'],
    ['that names no evidence', '{}', 'result.json: is no result'],
    ['that names none by a digest', '{"evidenceDigest": ""}', 'result.json: is no result'],
    ['that is null', 'null', 'result.json: is no result'],
    ['of other evidence', `{"evidenceDigest": "${'0'.repeat(64)}"}`, 'judges other evidence'],
  ])(
    'is broken by a result %s, though every digest fits: that is not a run without one',
    async (_name, text, problem) => {
      write('result.json', text);
      await seal();
      for (const evidence of ['beside', 'elsewhere']) {
        if (evidence === 'elsewhere' && problem.startsWith('result.json')) {
          rmSync(join(folder, 'evidence'), { recursive: true });
          await seal();
        }
        const report = await verifyBundle(folder, null);
        expect(report.problems).toEqual([expect.stringContaining(problem)]);
        expect(bundleExitCode(report)).toBe(1);
        expect(bundleText(folder, report)).toMatch(/BROKEN: 1 problem/);
      }
    },
  );

  test('is broken by a result that cannot be read, and says so: it is not called "no result"', async () => {
    write('result.json', '');
    // Nothing is on the disk, and it is more than a reader takes.
    truncateSync(join(folder, 'result.json'), 3 * 2 ** 30);
    const report = await verifyBundle(folder, null);
    expect(report.problems).toEqual([expect.stringMatching(/^result\.json: cannot be read \(ERR_/)]);
    expect(bundleExitCode(report)).toBe(1);
  });

  test('is broken by a ledger that lists other calls, or something else', async () => {
    write('coverage.ndjson', '{"operation":"iam:ListUsers","calls":2}\n');
    await seal();
    expect((await verifyBundle(folder, null)).problems).toEqual([
      'coverage.ndjson: lists 2 calls, the manifest counts 3',
    ]);
    write('coverage.ndjson', 'calls: 3\n');
    await seal();
    expect((await verifyBundle(folder, null)).problems).toEqual(['coverage.ndjson: a line is no call']);
  });
});
