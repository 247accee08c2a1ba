import { readdir } from 'node:fs/promises';
import type { AnyCheck } from '../model/check.ts';
import { validateCheck } from './validate-check.ts';

const catalogue = new URL('../../checks/', import.meta.url);
const moduleName = /^(?!.*\.d\.ts$)(.+)\.(?:ts|js)$/;

/** Every check of the catalogue, found by listing the folder, sorted by id. */
export async function loadChecks(folder: URL = catalogue): Promise<readonly AnyCheck[]> {
  const files = await readdir(folder, { recursive: true });
  const ids = files
    .map((file) => ({
      file: file.replaceAll('\\', '/'),
      id: moduleName.exec(file.replaceAll('\\', '/'))?.[1],
    }))
    .filter((entry): entry is { file: string; id: string } => entry.id !== undefined)
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const checks: AnyCheck[] = [];
  for (const { file, id } of ids) {
    const module: { readonly default?: unknown } = await import(new URL(file, folder).href);
    checks.push(validateCheck(module.default, id));
  }
  return checks;
}
