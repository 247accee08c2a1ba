import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Ended, runCommand } from '../support/built-command.ts';

jest.setTimeout(180_000);

const folder = mkdtempSync(join(tmpdir(), 'afterleak-github-'));
const temporary = join(folder, 'temp');
const summary = join(temporary, 'summary.md');
const github = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, RUNNER_TEMP: temporary };
let audited: Ended = { code: null, stdout: '', stderr: '' };

function commandsIn(log: string): readonly string[] {
  return log.split(/\r\n|\r|\n/).filter((line) => line.trimStart().startsWith('::') || line.includes('##['));
}

beforeAll(async () => {
  mkdirSync(temporary);
  await runCommand(['demo', '--out', 'demo'], { cwd: folder });
  audited = await runCommand(
    ['audit', '--evidence', 'demo/evidence', '--format', 'json,sarif,ocsf,csv', '--out', 'audited'],
    { cwd: folder, environment: github },
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a run on GitHub', () => {
  test('writes annotations, the summary of the step and the difference', () => {
    expect(audited.stderr).toMatch(/^exit [12]: /m);
    const errors = commandsIn(audited.stdout).filter((line) => line.startsWith('::error title='));
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(10);
    expect(readFileSync(summary, 'utf8')).toContain('afterleak');
    expect(readFileSync(join(temporary, 'afterleak-comment.md'), 'utf8')).toContain(
      'There is no earlier result to compare with',
    );
  });

  test('writes every format that was asked for', () => {
    for (const name of ['result.json', 'findings.sarif', 'findings.ocsf.ndjson', 'findings.csv']) {
      expect(readFileSync(join(folder, 'audited', name), 'utf8').length).toBeGreaterThan(1_000);
    }
    const sums = readFileSync(join(folder, 'audited', 'SHA256SUMS'), 'utf8');
    expect(sums).toContain('findings.sarif');
    expect(sums).toContain('findings.csv');
  });

  test('lets no text of a stranger be a command', async () => {
    const ended = await runCommand(['sweeep\n::add-mask::x\n  ::error::y ##[group]z'], {
      cwd: folder,
      environment: github,
    });
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('add-mask');
    expect(commandsIn(ended.stderr + ended.stdout)).toEqual([]);
  });
});

describe('a run elsewhere', () => {
  test('says nothing to GitHub', async () => {
    const ended = await runCommand(
      ['audit', '--evidence', 'demo/evidence', '--format', 'csv', '--out', 'elsewhere'],
      {
        cwd: folder,
        environment: { RUNNER_TEMP: join(folder, 'none'), GITHUB_STEP_SUMMARY: join(folder, 'none.md') },
      },
    );
    expect(ended.stderr).toMatch(/^exit [12]: /m);
    expect(commandsIn(ended.stdout + ended.stderr)).toEqual([]);
    expect(existsSync(join(folder, 'none.md'))).toBe(false);
  });
});

test('a trace has no findings, and says so before it reads anything', async () => {
  const ended = await runCommand(
    ['trace', '--access-key', 'AKIAIOSFODNN7EXAMPLE', '--trail', 'nothing', '--format', 'html,sarif'],
    { cwd: folder },
  );
  expect(ended.code).toBe(3);
  expect(ended.stderr).toContain('there is no sarif of it');
});
