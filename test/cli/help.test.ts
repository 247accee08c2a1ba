import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import type { Command } from 'commander';
import { loadCommand } from '../../src/cli/commands.ts';
import { createProgram } from '../../src/cli/program.ts';
import { runCommand } from '../support/built-command.ts';

jest.setTimeout(120_000);

const root = resolve(import.meta.dirname, '..', '..');

function declared(): Command {
  return createProgram({
    version: '0.0.0',
    jsonLogs: false,
    load: () => Promise.reject(new Error('not run here')),
    finish: () => undefined,
  });
}

/** Every command with its path: `evidence show`. */
function commandsOf(command: Command, path: readonly string[] = []): readonly (readonly [string, Command])[] {
  return command.commands.flatMap((child) => {
    const own = [...path, child.name()];
    return [[own.join(' '), child] as const, ...commandsOf(child, own)];
  });
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}

const commands = commandsOf(declared());

const contracted: ReadonlySet<string> = new Set([
  'audit',
  'baseline',
  'checks explain',
  'checks list',
  'collect',
  'demo',
  'doctor',
  'evidence reperform',
  'evidence show',
  'evidence verify',
  'init',
  'permissions',
  'plan',
  'report',
  'sweep',
  'trace',
  'triage',
  'verify',
]);

describe('help', () => {
  test('lists nothing that is not built, and nothing outside the contract', async () => {
    const leaves = commands.filter(([, command]) => command.commands.length === 0).map(([path]) => path);
    expect(leaves).toEqual(expect.arrayContaining(['sweep', 'collect', 'audit', 'report', 'demo', 'init']));
    expect(leaves.filter((path) => !contracted.has(path))).toEqual([]);
    for (const path of leaves) {
      expect(await loadCommand(path.replace(' ', '-'))).toBeInstanceOf(Function);
    }
  });

  test.each(commands)('%s says what it does and gives an example', (path, command) => {
    const text = helpOf(command);
    expect(text).toContain(`Usage: afterleak ${path}`);
    expect(command.description()).not.toBe('');
    expect(text).toMatch(/^Examples:\n {2}\$ afterleak /m);
    expect(command.options.filter(({ description }) => description === '')).toEqual([]);
  });

  test('names every exit code', async () => {
    const { code, stdout, stderr } = await runCommand(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/0 complete.*1 findings.*2 incomplete.*\n3 usage.*130 interrupted/);
  });

  test('is printed for `help <command>` and on stdout', async () => {
    const { code, stdout, stderr } = await runCommand(['help', 'sweep']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: afterleak sweep');
  });

  test('--version prints the version of the package alone', async () => {
    const text: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const { code, stdout, stderr } = await runCommand(['--version']);
    expect(text).toMatchObject({ version: stdout.trim() });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('without a command it is usage help on stderr, and an error', async () => {
    const { code, stdout, stderr } = await runCommand([]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('Usage: afterleak');
  });
});
