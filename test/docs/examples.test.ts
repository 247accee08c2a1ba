import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program.ts';
import { readBaseline } from '../../src/input/baseline.ts';
import { readAttestations, readExceptions } from '../../src/input/exceptions.ts';
import { readIncident } from '../../src/input/incident.ts';
import { resolveOptions } from '../../src/input/resolve-options.ts';
import { demoFile } from '../../src/pipeline/demo.ts';
import { runCommand } from '../support/built-command.ts';

jest.setTimeout(180_000);

const root = resolve(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'afterleak-docs-'));

function pages(): readonly string[] {
  const ownPages = readdirSync(root).filter((name) => name.endsWith('.md'));
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  return [...ownPages, ...docs.map((name) => join('docs', name))];
}

interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

const blocks: readonly Block[] = pages().flatMap((page) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^( *)```([\w ]+)\n([\s\S]*?)^\1```/gm)].map(
    ([, indent = '', language = '', text = '']) => ({
      page,
      language,
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  ),
);

const shellLines = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.split('\n'))
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .filter((line) => line !== '');

function program(): Command {
  return createProgram({
    version: '0.0.0',
    jsonLogs: false,
    load: () => Promise.resolve(() => Promise.resolve(0)),
    finish: () => undefined,
  });
}

/** The `$ afterleak …` lines of every help text. */
function helpExamples(command: Command): readonly string[] {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  const own = [...text.matchAll(/^ {2}\$ (afterleak .*)$/gm)].map(([, line = '']) => line);
  return [...own, ...command.commands.flatMap(helpExamples)];
}

const examples = [
  ...new Set([
    ...shellLines.filter((line) => line.startsWith('afterleak ')),
    ...helpExamples(program()).map((line) => line.replace(/\s+(?:#|>).*$/, '')),
  ]),
];

/** Needs AWS, or a folder that only a run against AWS makes. */
const needsAccount =
  /^afterleak (?:sweep|collect|doctor|triage|trace)\b|^afterleak verify (?!.*--evidence)|\bcase-014\b/;
const runnable = examples.filter((line) => !needsAccount.test(line));

beforeAll(async () => {
  const demo = await runCommand(['demo'], { cwd: folder });
  expect(demo).toMatchObject({ code: 0 });
  cpSync(demoFile('baseline'), join(folder, 'baseline.yaml'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('examples', () => {
  test('are there', () => {
    expect(shellLines.length).toBeGreaterThan(15);
    expect(runnable.length).toBeGreaterThan(8);
  });

  test('of npm name scripts that exist', () => {
    const text: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const called = shellLines.flatMap((line) => [...line.matchAll(/npm (?:run )?([\w:]+)/g)]);
    const names = called.map(([, name = '']) => name).filter((name) => name !== 'ci');
    expect(names).toEqual(expect.arrayContaining(['demo', 'test']));
    for (const name of names) {
      expect(text).toHaveProperty(['scripts', name]);
    }
  });

  test.each(examples.filter((line) => !line.endsWith('--help')))(
    '%s is a valid command line',
    async (line) => {
      const parsed = await program()
        .configureOutput({ writeErr: () => undefined })
        .parseAsync(line.split(/\s+/).slice(1), { from: 'user' });
      expect(parsed.args.length).toBeGreaterThan(0);
    },
  );

  // In their own order: one writes what another reads.
  test('that need no AWS account run', async () => {
    const failed: string[] = [];
    for (const [index, line] of runnable.filter((one) => one !== 'afterleak demo').entries()) {
      const parameters = line.split(/\s+/).slice(1);
      // The default folder's name holds the time to a second.
      const audits = parameters[0] === 'audit' ? ['--out', `audit-${index}`] : [];
      const { code, stderr, stdout } = await runCommand([...parameters, ...audits], { cwd: folder });
      if (code === null || code > 1 || stdout === '') {
        failed.push(`${line}: exit ${code}: ${stderr}`);
      }
    }
    expect(failed).toEqual([]);
  });
});

describe('files in the documentation', () => {
  const readers = {
    incident: readIncident,
    baseline: readBaseline,
    exceptions: readExceptions,
    attestations: readAttestations,
    config: (path: string) => resolveOptions({}, path),
  } as const;

  test.each(Object.entries(readers))('%s is valid', async (kind, read) => {
    const found = blocks.filter(({ language }) => language === `yaml ${kind}`);
    expect(found.length).toBeGreaterThan(0);
    for (const { text } of found) {
      const path = join(folder, `${kind}.yaml`);
      writeFileSync(path, text);
      expect(await read(path)).toBeTruthy();
      rmSync(path);
    }
  });

  test('links lead to files that exist', () => {
    const broken = pages().flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map(([, target = '']) => ({ page, target }))
        .filter(({ target }) => !existsSync(resolve(root, page, '..', target))),
    );
    expect(broken).toEqual([]);
  });
});
