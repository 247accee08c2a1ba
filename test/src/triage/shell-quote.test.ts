import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { shellCommand, shellQuote } from '../../../src/triage/shell-quote.ts';

const hostile = [
  'deploy',
  "it's",
  "'; touch /nonexistent/owned; '",
  '$(id)',
  '`id`',
  '$HOME',
  '\\',
  "\\'",
  '"',
  '*',
  '!!',
  '-x',
  '--user-name=other',
  '',
  ' ',
  '# no comment',
  'a && b || c; d | e > f < g &',
  'ünïcode 名前',
  '{"Version":"2012-10-17","Statement":[{"Sid":"it\'s"}]}',
];

/** What a real shell makes of the words. */
function wordsOf(command: string): readonly string[] {
  const script = `print() { for word in "$@"; do printf '%s\\0' "$word"; done; }; print ${command}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8', env: {} }).split('\0').slice(0, -1);
}

describe('quoting for sh', () => {
  test.each(hostile)('%s stays one word', (value) => {
    expect(wordsOf(shellQuote(value) ?? 'refused')).toEqual([value]);
  });

  test('all of them in one command line, each behind its option', () => {
    const command = shellCommand('aws', ...hostile.map((value) => ['--name', value] as const));
    expect(wordsOf(command ?? 'refused')).toEqual(['aws', ...hostile.map((value) => `--name=${value}`)]);
  });

  test.each([
    'line\nbreak',
    'carriage\rreturn',
    'nul\u0000',
    'escape\u001b[2K',
    'right-to-left \u202e',
    'zero\u200bwidth',
    'no-break\u00a0space',
    'file:///etc/passwd',
    'FILEB://x',
    'https://example.com/policy.json',
  ])('%j is refused: it could not be read, or would be fetched', (value) => {
    expect(shellQuote(value)).toBeNull();
    expect(shellCommand('aws', ['--name', value])).toBeNull();
  });
});
