import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { generatedFiles, generatedFolders } from '../../src/catalog/generated-files.ts';
import { commandsPage } from '../../src/cli/commands-page.ts';
import { loadChecks } from '../../src/engine/load-checks.ts';

const root = resolve(import.meta.dirname, '..', '..');

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

describe('generated files', () => {
  let generated: ReadonlyMap<string, string> = new Map();

  beforeAll(async () => {
    generated = new Map([...(await generatedFiles()), ['docs/commands.md', commandsPage()]]);
  });

  test('are what `npm run generate` writes now', () => {
    const stale = [...generated]
      .filter(
        ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text,
      )
      .map(([path]) => path);
    expect(generated.size).toBeGreaterThan(70);
    expect(stale).toEqual([]);
  });

  test('hold no page of a check that is gone', () => {
    expect(generatedFolders.flatMap(filesIn).filter((path) => !generated.has(path))).toEqual([]);
  });

  test('hold a page of every check', async () => {
    const checks = await loadChecks();
    expect(checks.filter(({ meta }) => !generated.has(`docs/checks/${meta.id}.md`))).toEqual([]);
  });
});
