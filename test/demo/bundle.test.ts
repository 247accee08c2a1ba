import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { digestOfFile, renderChecksums } from '../../src/evidence/checksums.ts';
import { verifyBundle } from '../../src/evidence/verify-bundle.ts';
import { runOptionsSchema } from '../../src/input/run-options.ts';
import { auditInto } from '../../src/pipeline/audit.ts';
import { demo, demoFile } from '../../src/pipeline/demo.ts';
import { reperform } from '../../src/pipeline/reperform.ts';
import { verify } from '../../src/pipeline/verify.ts';
import { bundleExitCode } from '../../src/report/custody/bundle-text.ts';
import { type KeyFiles, runTool, writeKeyPair } from '../support/signing-keys.ts';
import { impatientHost } from './in-process.ts';

const facts = { command: 'demo', arguments: ['demo'], node: process.version, platform: process.platform };
const trail = join(dirname(demoFile('incident')), 'trail');

let work: string;
let bundle: string;
let key: KeyFiles;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'afterleak-bundle-'));
  bundle = join(work, 'bundle');
  key = writeKeyPair(work, 'signer');
  await demo(bundle, impatientHost(), facts, {}, { sign: key.privatePath });
}, 300_000);

afterAll(() => rm(work, { recursive: true, force: true }));

async function filesOf(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe("the demo's bundle", () => {
  test('is intact, signed, and its digests hang together', async () => {
    const report = await verifyBundle(bundle, key.publicKey);
    expect(report).toMatchObject({ kind: 'run', problems: [], uncovered: [], signature: { trusted: true } });
    expect(report.chain.evidence?.digest).toBe(report.chain.judged);
    expect(report.chain.calls).toBeGreaterThan(100);
    expect(runTool('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], bundle)?.code ?? 0).toBe(0);
  });

  test('notices a flipped byte in each of its files', async () => {
    const missed: string[] = [];
    const files = await filesOf(bundle);
    expect(files.length).toBeGreaterThan(20);
    for (const path of files) {
      const whole = await readFile(path);
      const bytes = Uint8Array.from(whole);
      const middle = Math.floor(whole.length / 2);
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      await writeFile(path, bytes);
      if (bundleExitCode(await verifyBundle(bundle, key.publicKey)) !== 1) {
        missed.push(path);
      }
      await writeFile(path, whole);
    }
    expect(missed).toEqual([]);
    expect(bundleExitCode(await verifyBundle(bundle, key.publicKey))).toBe(0);
  });

  test('gives its result and every file made from it again, byte for byte', async () => {
    const { different, identical, otherVersion } = await reperform(bundle);
    expect({ different, otherVersion }).toEqual({ different: [], otherVersion: null });
    expect(identical).toEqual(
      expect.arrayContaining(['plan.sh', 'report.html', 'report.md', 'result.json', 'plan.json', 'plan.md']),
    );
  });

  test('gives what the events told again from the log files, and notices when one is missing', async () => {
    const host = impatientHost();
    const whole = await reperform(bundle, { trail: [trail], host });
    expect(whole.different).toEqual([]);
    expect(whole.identical).toContain('trace.json');
    const less = join(work, 'less');
    await cp(trail, less, { recursive: true });
    await rm((await filesOf(less)).find((file) => file.includes('us-east-1')) ?? '');
    const { different } = await reperform(bundle, { trail: [less], host });
    expect(different).toEqual([{ file: 'trace.json', where: expect.stringMatching(/^at \//) }]);
    await expect(reperform(bundle, { trail: ['lookup'], host })).rejects.toThrow(/is no log file/);
  });

  test('without its own evidence is performed again from the folder that was audited', async () => {
    const directory = join(work, 'audited');
    const evidence = join(bundle, 'evidence');
    const options = runOptionsSchema.parse({
      evidence,
      incident: demoFile('incident'),
      trail: [trail],
      asOf: '2026-11-20T00:00:00.000Z',
      checks: ['leftover-admins/*', 'eyes/*'],
      checkOptions: {},
      previous: join(bundle, 'result.json'),
      format: ['json', 'md', 'sarif', 'ocsf', 'csv'],
    });
    await auditInto(directory, evidence, options, impatientHost(), facts);
    expect(bundleExitCode(await verifyBundle(directory, null))).toBe(0);
    await expect(reperform(directory)).rejects.toThrow(/holds no evidence/);
    const { different, identical } = await reperform(directory, { evidenceDirectory: evidence });
    expect(different).toEqual([]);
    expect(identical).toEqual(
      expect.arrayContaining(['findings.csv', 'findings.ocsf.ndjson', 'findings.sarif', 'result.json']),
    );
    const page = await readFile(join(directory, 'custody.md'), 'utf8');
    expect(page).toContain('afterleak evidence reperform . --evidence EVIDENCE');
    expect(page).toContain('(not in this folder)');
  });

  test('of a verification holds the earlier result and gives the comparison again', async () => {
    const directory = join(work, 'verified');
    const options = runOptionsSchema.parse({
      evidence: join(bundle, 'evidence'),
      baseline: demoFile('baseline'),
      trail: [trail],
    });
    const request = { options, againstPath: join(bundle, 'result.json'), quick: false };
    await verify(directory, request, impatientHost(), facts);
    expect(bundleExitCode(await verifyBundle(directory, null))).toBe(0);
    const { different, identical } = await reperform(directory, {
      evidenceDirectory: join(bundle, 'evidence'),
      trail: [trail],
      host: impatientHost(),
    });
    expect(different).toEqual([]);
    expect(identical).toEqual(expect.arrayContaining(['result.json', 'trace.json', 'verification.json']));
  });

  test('that was judged otherwise is found out, even where every digest was made to fit', async () => {
    const directory = join(work, 'forged');
    await cp(bundle, directory, { recursive: true });
    const path = join(directory, 'result.json');
    const text = await readFile(path, 'utf8');
    const forged = text.replace('"severity": "critical"', '"severity": "info"');
    expect(forged).not.toBe(text);
    await writeFile(path, forged);
    await rm(join(directory, 'SHA256SUMS.sig'));
    await rm(join(directory, 'SHA256SUMS.pub.pem'));
    const files = (await filesOf(directory)).filter((file) => !file.endsWith('SHA256SUMS'));
    const sums = await Promise.all(
      files.map(async (file) => ({
        path: file.slice(directory.length + 1),
        sha256: (await digestOfFile(file)).sha256,
      })),
    );
    await writeFile(join(directory, 'SHA256SUMS'), renderChecksums(sums));
    expect(bundleExitCode(await verifyBundle(directory, null))).toBe(0);
    const { different } = await reperform(directory);
    expect(different).toEqual([
      { file: 'result.json', where: expect.stringMatching(/^at \/checks\/\d+\/severity$/) },
    ]);
  });

  test('with other evidence, or a broken one, is not judged', async () => {
    const directory = join(work, 'swapped');
    await cp(bundle, directory, { recursive: true });
    await rm(join(directory, 'evidence', 'organization.ndjson.gz'));
    expect((await reperform(directory)).bundle.problems).toEqual([
      'evidence/organization.ndjson.gz: missing',
    ]);
  });
});
