import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { bareEnvironment, builtCommand } from '../support/built-command.ts';
import { runTool } from '../support/signing-keys.ts';

jest.setTimeout(180_000);

const page = readFileSync(join(resolve(import.meta.dirname, '..', '..'), 'docs', 'evidence.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'afterleak-evidence-docs-'));
const lines = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, text = '']) =>
  text.split('\n').filter((line) => line !== ''),
);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The story of the page against the demo: signing, checking with any machine's tools, checking with ours. */
function script(): string {
  const own = lines
    .filter((line) => !line.includes('reports/demo'))
    .map((line) => line.replace(/sweep .*--sign/, 'demo --sign'))
    // An audit of the story finds something.
    .map((line) => (line.startsWith('afterleak audit') ? `${line} || test $? -le 2` : line));
  return ['set -eu', `afterleak() { '${process.execPath}' '${builtCommand()}' "$@"; }`, ...own, ''].join(
    '\n',
  );
}

describe('docs/evidence.md', () => {
  test('what it tells works in a shell, with plain tools, from key to verdict', () => {
    expect(lines.length).toBeGreaterThan(10);
    if (
      runTool('openssl', ['version'], folder) === null ||
      runTool('sha256sum', ['--version'], folder) === null
    ) {
      expect(lines.join('\n')).toContain('openssl pkeyutl');
      return;
    }
    writeFileSync(join(folder, 'page.sh'), script());
    const ended = spawnSync('sh', ['page.sh'], {
      cwd: folder,
      encoding: 'utf8',
      env: bareEnvironment(folder),
    });
    expect(ended).toMatchObject({ status: 0 });
    expect(ended.stdout).toContain('Signature Verified Successfully');
    expect(ended.stdout).toContain('case-014-audited: performed again, with the same bytes');
    const [, fingerprint = ''] = /^([0-9a-f]{64}) {2}-$/m.exec(ended.stdout) ?? [];
    expect(ended.stdout).toContain(`intact, signed by the given key ${fingerprint}`);
    expect(readFileSync(join(folder, 'case-014', 'custody.md'), 'utf8')).toContain(fingerprint);
  });
});
