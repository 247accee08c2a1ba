import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Gap, GapReason } from '../model/gap.ts';
import { organizationUnit } from '../model/scope.ts';
import { thrownCode } from './thrown.ts';

export interface FoundFile {
  readonly path: string;
  readonly size: number;
}

export interface FoundFiles {
  /** Grows while files are asked for. */
  readonly gaps: readonly Gap[];
  /** Those that come first, as `files` gives them: for who needs to look at few. What is wrong with them it keeps to itself. */
  first(): Iterable<FoundFile>;
  /** Whether a path is such; looks no further than to the first. To be asked before `files`. */
  some(test: (path: string) => boolean): boolean;
  /** The regular files with their sizes, sorted, each once: one by one, because a log has hundreds of thousands. Once. */
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

/** What is named, before it is looked into. */
interface Root {
  readonly folder: string;
  readonly accept: (path: string) => boolean;
  /** Said where nothing is found. */
  readonly nothing: Gap;
}

function globRoot(glob: string): Root {
  const parts = glob.replaceAll('\\', '/').split('/');
  const first = parts.findIndex((part) => magic.test(part));
  const folder = parts.slice(0, first).join('/') || (glob.startsWith('/') ? '/' : '.');
  const pattern = globPattern(join(folder, parts.slice(first).join('/')).replaceAll(sep, '/'));
  return {
    folder,
    accept: (path) => pattern.test(path.replaceAll(sep, '/')),
    nothing: fileGap('not-collected', glob, 'no file matches'),
  };
}

/** Null = a single file; a gap = it is not there. */
function rootOf(path: string): Root | Gap | null {
  try {
    return statSync(path).isDirectory()
      ? {
          folder: path,
          accept: () => true,
          nothing: fileGap('not-collected', path, 'the folder holds no file'),
        }
      : null;
  } catch (error) {
    return magic.test(path) && thrownCode(error) === 'ENOENT' ? globRoot(path) : readProblem(path, error);
  }
}

/** Names in an order in which the paths of all that lies in them are sorted. */
function sortedNames(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? `${entry.name}${sep}` : entry.name))
    .sort();
}

/** Paths of the files in a folder and its folders, sorted; nothing of a large log is held but the way down to one file. */
function* walk(root: string, gaps: Gap[]): Generator<string> {
  // As paths are joined: without `./`, with one separator at the end.
  const waiting: string[] = [join(root, '_').slice(0, -1)];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (path !== '' && !path.endsWith(sep)) {
      yield path;
      continue;
    }
    try {
      for (const name of sortedNames(path === '' ? '.' : path).toReversed()) {
        waiting.push(`${path}${name}`);
      }
    } catch (error) {
      gaps.push(readProblem(path === sep ? path : path.slice(0, -1), error));
    }
  }
}

function* filesOf(path: string, gaps: Gap[]): Generator<string> {
  const root = rootOf(path);
  if (root === null) {
    yield path;
  } else if ('folder' in root) {
    let found = false;
    for (const file of walk(root.folder, gaps)) {
      if (root.accept(file)) {
        found = true;
        yield file;
      }
    }
    gaps.push(...(found ? [] : [root.nothing]));
  } else {
    gaps.push(root);
  }
}

/** Null = it is no regular file, which is a gap then. */
function regularFile(path: string, gaps: Gap[]): FoundFile | null {
  try {
    const found = statSync(path);
    if (found.isFile()) {
      return { path, size: found.size };
    }
    const what = found.isDirectory() ? 'a link to a folder, which is not followed' : 'no regular file';
    gaps.push(fileGap('not-collected', path, what));
  } catch (error) {
    gaps.push(readProblem(path, error));
  }
  return null;
}

function* regularFiles(paths: Iterable<string>, gaps: Gap[]): Generator<FoundFile> {
  for (const path of paths) {
    const file = regularFile(path, gaps);
    if (file !== null) {
      yield file;
    }
  }
}

/** All paths that were found when they were looked through, where they are not many. */
interface Walked {
  readonly paths: string[];
  readonly gaps: Gap[];
}

/** Some 15 MB. */
const mostRemembered = 100_000;

/** Files of paths, folders (with everything in them) and globs. What cannot be read is a gap by name. */
export function findLogFiles(paths: readonly string[]): FoundFiles {
  const gaps: Gap[] = [];
  const [only, ...more] = paths;
  // Among what several paths name the same file may lie twice.
  const all =
    only === undefined || more.length > 0
      ? [...new Set(paths.flatMap((path) => [...filesOf(path, gaps)]))].sort()
      : null;
  let walked: Walked | null = null;
  const found = (problems: Gap[]): Iterable<string> => all ?? filesOf(only ?? '', problems);
  return {
    gaps,
    first: () => regularFiles(found([]), []),
    some(test) {
      const looked: Walked = { paths: [], gaps: [] };
      for (const path of found(looked.gaps)) {
        if (test(path)) {
          return true;
        }
        if (looked.paths.length < mostRemembered) {
          looked.paths.push(path);
        }
      }
      walked = looked.paths.length < mostRemembered ? looked : null;
      return false;
    },
    *files() {
      gaps.push(...(walked?.gaps ?? []));
      yield* regularFiles(walked?.paths ?? found(gaps), gaps);
    },
  };
}
