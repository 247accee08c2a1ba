import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Gap, GapReason } from '../model/gap.ts';
import { organizationUnit } from '../model/scope.ts';
import { thrownCode } from './thrown.ts';

export interface FoundFile {
  readonly path: string;
  readonly size: number;
}

export interface FoundFiles {
  /** Sorted, each once. */
  readonly paths: readonly string[];
  /** Grows while files are asked for. */
  readonly gaps: readonly Gap[];
  /** The regular files among the paths, with their sizes, one by one: of many files that takes its time. */
  files(): Iterable<FoundFile>;
}

export const logFileOperation = 'events.log-file';

const magic = /[*?[{]/;
const special: Readonly<Record<string, string>> = { '**': '.*', '*': '[^/]*', '?': '[^/]' };

export function fileGap(reason: GapReason, resource: string, detail: string): Gap {
  const unit = organizationUnit('aws');
  return { reason, operation: logFileOperation, unit, resource, detail, retryable: false };
}

function readProblem(path: string, error: unknown): Gap {
  const code = thrownCode(error);
  if (code === 'ENOENT') {
    return fileGap('not-collected', path, 'no such file or folder');
  }
  return code === 'EACCES' || code === 'EPERM'
    ? fileGap('access-denied', path, `no permission to read it (${code})`)
    : fileGap('error', path, `cannot be read (${code})`);
}

/** `*`, `**`, `?`, `[a-z]` and `{a,b}`, as in a shell. */
export function globPattern(glob: string): RegExp {
  const source = glob.replaceAll(/\*\*\/|\*\*|[*?]|\[[^\]]+\]|\{[^}]*\}|[.+^$()|\\{}[\]]/g, (token) => {
    if (token === '**/') {
      return '(?:.*/)?';
    }
    if (token.startsWith('[') && token.length > 1) {
      return token.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    }
    if (token.startsWith('{') && token.length > 1) {
      const choices = token.slice(1, -1).split(',');
      return `(?:${choices.map((choice) => choice.replaceAll(/[.+^$()|\\?*[\]]/g, '\\$&')).join('|')})`;
    }
    return special[token] ?? `\\${token}`;
  });
  return new RegExp(`^${source}$`, 'u');
}

class Search {
  readonly paths = new Set<string>();
  readonly gaps: Gap[] = [];

  walk(folder: string, accept: (path: string) => boolean): void {
    let entries: readonly Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.gaps.push(readProblem(folder, error));
      return;
    }
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        this.walk(path, accept);
      } else if (accept(path)) {
        this.paths.add(path);
      }
    }
  }

  /** Null = it is no regular file, which is a gap then. */
  file(path: string): FoundFile | null {
    try {
      const found = statSync(path);
      if (found.isFile()) {
        return { path, size: found.size };
      }
      const what = found.isDirectory() ? 'a link to a folder, which is not followed' : 'no regular file';
      this.gaps.push(fileGap('not-collected', path, what));
    } catch (error) {
      this.gaps.push(readProblem(path, error));
    }
    return null;
  }

  glob(glob: string): void {
    const parts = glob.replaceAll('\\', '/').split('/');
    const first = parts.findIndex((part) => magic.test(part));
    const root = parts.slice(0, first).join('/') || (glob.startsWith('/') ? '/' : '.');
    const pattern = globPattern(join(root, parts.slice(first).join('/')).replaceAll(sep, '/'));
    const before = this.paths.size;
    this.walk(root, (path) => pattern.test(path.replaceAll(sep, '/')));
    if (this.paths.size === before) {
      this.gaps.push(fileGap('not-collected', glob, 'no file matches'));
    }
  }

  named(path: string): void {
    let folder: boolean;
    try {
      folder = statSync(path).isDirectory();
    } catch (error) {
      if (magic.test(path) && thrownCode(error) === 'ENOENT') {
        this.glob(path);
      } else {
        this.gaps.push(readProblem(path, error));
      }
      return;
    }
    if (!folder) {
      this.paths.add(path);
      return;
    }
    const before = this.paths.size;
    this.walk(path, () => true);
    if (this.paths.size === before) {
      this.gaps.push(fileGap('not-collected', path, 'the folder holds no file'));
    }
  }
}

/** Files of paths, folders (with everything in them) and globs. What cannot be read is a gap by name. */
export function findLogFiles(paths: readonly string[]): FoundFiles {
  const search = new Search();
  for (const path of paths) {
    search.named(path);
  }
  const sorted = [...search.paths].sort();
  search.paths.clear();
  return {
    paths: sorted,
    gaps: search.gaps,
    *files() {
      for (const path of sorted) {
        const file = search.file(path);
        if (file !== null) {
          yield file;
        }
      }
    },
  };
}
