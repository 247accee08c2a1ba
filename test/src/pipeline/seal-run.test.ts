import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { verifyBundle } from '../../../src/evidence/verify-bundle.ts';
import { openSigner, sealRun } from '../../../src/pipeline/seal-run.ts';
import { bundleExitCode, bundleText } from '../../../src/report/custody/bundle-text.ts';
import { hostileTexts } from '../../support/hostile-result.ts';
import { type KeyFiles, runTool, writeKeyPair } from '../../support/signing-keys.ts';

const work = mkdtempSync(join(tmpdir(), 'afterleak-seal-'));
const facts = {
  command: 'report',
  arguments: ['report', '--result', 'result.json', '--sign', '(removed)', `--out=${hostileTexts.ansi}`],
  node: 'v20.0.0',
  platform: 'linux x64',
  startedAt: '2026-11-04T00:00:00.000Z',
  endedAt: '2026-11-04T00:01:00.000Z',
};
const contents = { run: facts, collected: null, result: null, trace: null };
let signer: KeyFiles;
let other: KeyFiles;
let serial = 0;

async function sealed(key: KeyFiles | null): Promise<string> {
  serial += 1;
  const folder = join(work, `run-${serial}`);
  mkdirSync(join(folder, 'events', 'deep'), { recursive: true });
  for (const name of ['report.md', 'back\\slash', 'line\nbreak', 'carriage\rreturn', 'events/deep/é']) {
    writeFileSync(join(folder, name), `content of ${name}`);
  }
  await sealRun(`${folder}/`, contents, await openSigner(key === null ? {} : { sign: key.privatePath }, {}));
  return folder;
}

beforeAll(() => {
  signer = writeKeyPair(work, 'signer');
  other = writeKeyPair(work, 'other');
});

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

describe('a sealed folder', () => {
  test('is believed by sha256sum and openssl, by ourselves, and is private', async () => {
    const folder = await sealed(signer);
    const sums = runTool('sha256sum', ['-c', '--strict', 'SHA256SUMS'], folder);
    expect(sums?.code ?? 0).toBe(0);
    const openssl = runTool(
      'openssl',
      [
        ...['pkeyutl', '-verify', '-pubin', '-inkey', signer.publicPath],
        ...['-rawin', '-in', 'SHA256SUMS', '-sigfile', 'SHA256SUMS.sig'],
      ],
      folder,
    );
    expect(openssl?.output ?? 'Signature Verified Successfully').toMatch(/Verified Successfully/);
    const report = await verifyBundle(folder, signer.publicKey);
    expect(report).toMatchObject({
      kind: 'run',
      problems: [],
      uncovered: [],
      covered: { files: 8 },
      signature: { trusted: true },
    });
    expect(bundleExitCode(report)).toBe(0);
    expect(bundleText(folder, report)).toMatch(/intact, signed by the given key/);
    for (const name of ['SHA256SUMS', 'SHA256SUMS.sig', 'SHA256SUMS.pub.pem', 'custody.md', 'run.json']) {
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    }
  });

  test('names the key by its fingerprint alone', async () => {
    const folder = await sealed(signer);
    const { signature } = await verifyBundle(folder, signer.publicKey);
    const secret = readFileSync(signer.privatePath, 'utf8').split('\n')[1] ?? '';
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) {
        const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
        expect(text.includes(secret)).toBe(false);
        expect(text.includes(signer.privatePath)).toBe(false);
      }
    }
    const run: unknown = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
    expect(run).toMatchObject({
      signature: { algorithm: 'Ed25519', publicKeySha256: signature?.fingerprint },
    });
    expect(readFileSync(join(folder, 'custody.md'), 'utf8')).toContain(signature?.fingerprint);
  });

  test('says what it does not prove', async () => {
    const unsigned = await verifyBundle(await sealed(null), null);
    expect(bundleText('x', unsigned)).toMatch(/^x: intact, not signed\n/);
    expect(bundleExitCode(unsigned)).toBe(0);
    const untrusted = await verifyBundle(await sealed(signer), null);
    expect(bundleText('x', untrusted)).toMatch(/came with it.*does not prove who signed.*--key/);
    expect(bundleExitCode(untrusted)).toBe(0);
  });

  test('tells on its page what is to be checked, shows nothing hidden, and leaves room for hand-overs', async () => {
    const page = readFileSync(join(await sealed(signer), 'custody.md'), 'utf8');
    expect(page).not.toContain('\u001b');
    expect(page).toContain('␛[31mred');
    expect(page).toMatch(/openssl pkeyutl -verify/);
    expect(page.replaceAll('\n', ' ')).toContain(
      'a key that comes with a signature does not prove who signed',
    );
    expect(page.match(/^\| \d+ \| \| \| \| \| \|$/gm)).toHaveLength(8);
    expect(readFileSync(join(await sealed(null), 'custody.md'), 'utf8')).toMatch(/The folder is not signed/);
  });
});

describe('tampering', () => {
  test('with a byte of the list, the signature or the key is noticed', async () => {
    const folder = await sealed(signer);
    const unsigned = await sealed(null);
    const missed: string[] = [];
    const places: readonly (readonly [string, string])[] = [
      [unsigned, 'SHA256SUMS'],
      [folder, 'SHA256SUMS.sig'],
      [folder, 'SHA256SUMS.pub.pem'],
    ];
    for (const [place, name] of places) {
      const path = join(place, name);
      const whole = readFileSync(path);
      for (let index = 0; index < whole.length; index += 7) {
        const bytes = Uint8Array.from(whole);
        // The bit that tells capital letters: what reads the same to a lenient reader.
        bytes[index] = (bytes[index] ?? 0) ^ 0x20;
        writeFileSync(path, bytes);
        if (bundleExitCode(await verifyBundle(place, null)) !== 1) {
          missed.push(`${name} ${index}`);
        }
      }
      writeFileSync(path, whole);
    }
    expect(missed).toEqual([]);
  });

  const changes: readonly (readonly [string, (folder: string) => void, RegExp])[] = [
    [
      'a file altered',
      (folder) => appendFileSync(join(folder, 'report.md'), 'x'),
      /broken +report\.md: altered/,
    ],
    ['a file gone', (folder) => rmSync(join(folder, 'report.md')), /broken +report\.md: missing/],
    [
      'a file renamed',
      (folder) => renameSync(join(folder, 'report.md'), join(folder, 'report2.md')),
      /broken +report\.md: missing[\s\S]*not covered +report2\.md/,
    ],
    [
      'a file replaced by a link to its twin',
      (folder) => {
        renameSync(join(folder, 'report.md'), join(work, 'twin'));
        symlinkSync(join(work, 'twin'), join(folder, 'report.md'));
      },
      /broken +report\.md: a symbolic link, which is not followed/,
    ],
    [
      'a folder replaced by a link to its twin',
      (folder) => {
        renameSync(join(folder, 'events'), join(work, 'twins'));
        symlinkSync(join(work, 'twins'), join(folder, 'events'));
      },
      /broken +events: a symbolic link/,
    ],
    [
      'a link added',
      (folder) => symlinkSync('/etc/passwd', join(folder, 'passwd')),
      /broken +passwd: a symbolic link/,
    ],
    ['the signature gone', (folder) => rmSync(join(folder, 'SHA256SUMS.sig')), /SHA256SUMS\.sig is missing/],
    [
      'signature and key gone',
      (folder) => {
        rmSync(join(folder, 'SHA256SUMS.sig'));
        rmSync(join(folder, 'SHA256SUMS.pub.pem'));
      },
      /broken +SHA256SUMS\.pub\.pem: missing/,
    ],
    [
      'the signature cut',
      (folder) =>
        writeFileSync(
          join(folder, 'SHA256SUMS.sig'),
          readFileSync(join(folder, 'SHA256SUMS.sig')).subarray(0, 63),
        ),
      /63 bytes, not 64/,
    ],
    [
      'a line that leads outside',
      (folder) => appendFileSync(join(folder, 'SHA256SUMS'), `${'0'.repeat(64)}  ../../etc/passwd\n`),
      /line 9 names a place outside of the folder/,
    ],
    [
      'the list in another encoding',
      (folder) => writeFileSync(join(folder, 'SHA256SUMS'), Buffer.from([0xff, 0xfe, 0x41])),
      /SHA256SUMS: no UTF-8 text/,
    ],
    ['an empty list', (folder) => writeFileSync(join(folder, 'SHA256SUMS'), ''), /SHA256SUMS: names no file/],
  ];
  test.each(changes)('%s is named', async (_name, change, expected) => {
    const folder = await sealed(signer);
    change(folder);
    const report = await verifyBundle(folder, null);
    expect(bundleText(folder, report)).toMatch(expected);
    expect(bundleText(folder, report)).toMatch(/: BROKEN: \d+ problem/);
    expect(bundleExitCode(report)).toBe(1);
    rmSync(join(work, 'twin'), { force: true });
    rmSync(join(work, 'twins'), { recursive: true, force: true });
  });

  test('a list made anew over altered files is found out by the signature, and by the key that was given', async () => {
    const folder = await sealed(signer);
    appendFileSync(join(folder, 'report.md'), 'x');
    const again = await sealed(other);
    cpSync(join(again, 'SHA256SUMS'), join(folder, 'SHA256SUMS'));
    expect(bundleExitCode(await verifyBundle(folder, null))).toBe(1);
    const report = await verifyBundle(again, signer.publicKey);
    expect(report.problems).toEqual([expect.stringMatching(/signed by [0-9a-f]{64}, not by the given key/)]);
    const unsigned = await verifyBundle(await sealed(null), signer.publicKey);
    expect(unsigned.problems).toEqual([expect.stringMatching(/not signed, and a key was given/)]);
  });

  test('a pipe in the folder is named and not opened', async () => {
    const folder = await sealed(null);
    expect(runTool('mkfifo', ['pipe'], folder)?.code).toBe(0);
    expect((await verifyBundle(folder, null)).problems).toEqual(['pipe: a pipe, which is not followed']);
  });

  test('what plan.sh adds is known; what else is added is not vouched for', async () => {
    const folder = await sealed(null);
    writeFileSync(join(folder, 'actions.ndjson'), '{}\n');
    const known = await verifyBundle(folder, null);
    expect(known.uncovered).toEqual([
      { path: 'actions.ndjson', why: 'the log that plan.sh writes after the run', expected: true },
    ]);
    expect(bundleExitCode(known)).toBe(0);
    for (const name of ['note\u001b[31m.txt', 'constructor', '__proto__']) {
      writeFileSync(join(folder, name), 'mine');
    }
    const unknown = await verifyBundle(folder, null);
    expect(bundleExitCode(unknown)).toBe(2);
    expect(bundleText(folder, unknown)).toMatch(
      /3 files are not covered[\s\S]*not covered +note␛\[31m\.txt: added/,
    );
  });

  test('a folder of something else is refused', async () => {
    const empty = mkdtempSync(join(work, 'empty-'));
    await expect(verifyBundle(empty, null)).rejects.toThrow(/holds neither SHA256SUMS nor manifest\.json/);
    await expect(verifyBundle(join(work, 'missing'), null)).rejects.toThrow(/cannot read the folder/);
  });
});
