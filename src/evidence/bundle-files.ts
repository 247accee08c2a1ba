import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface BundleFiles {
  /** Regular files, relative to the folder, parts separated by `/`, sorted. */
  readonly files: readonly string[];
  /** Links, sockets, devices, pipes: named, never opened. */
  readonly odd: readonly { readonly path: string; readonly what: string }[];
}

function whatOf(entry: Dirent): string {
  if (entry.isSymbolicLink()) {
    return 'a symbolic link';
  }
  return entry.isFIFO() ? 'a pipe' : entry.isSocket() ? 'a socket' : 'no regular file';
}

/** Why a file cannot be read, in the system's word. */
export function reasonOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}

/** Everything below a folder. Links are not followed, wherever they lead. */
export async function listBundle(directory: string): Promise<BundleFiles> {
  const files: string[] = [];
  const odd: { path: string; what: string }[] = [];
  const walk = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(directory, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        await walk(path);
      } else if (entry.isFile()) {
        files.push(path);
      } else {
        odd.push({ path, what: whatOf(entry) });
      }
    }
  };
  await walk('');
  return {
    files: files.sort(),
    odd: odd.sort((left, right) => (left.path < right.path ? -1 : 1)),
  };
}
