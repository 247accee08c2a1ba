import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

export const checksumsFile = 'SHA256SUMS';

export interface Checksum {
  /** Relative to the folder, parts separated by `/`. */
  readonly path: string;
  readonly sha256: string;
}

export interface ParsedChecksums {
  readonly entries: readonly Checksum[];
  /** Lines that no run writes, each with its number and what is wrong. */
  readonly problems: readonly string[];
}

const escapes = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' } as const;
const needsEscape = /[\\\n\r]/;

/** The text that `sha256sum` itself writes: a name with a backslash or a line break is escaped, and its line says so. */
export function renderChecksums(entries: readonly Checksum[]): string {
  return entries
    .toSorted((left, right) => (left.path < right.path ? -1 : 1))
    .map(({ path, sha256 }) => {
      const name = path.replace(/\\|\n|\r/g, (character) =>
        character === '\n' ? escapes['\n'] : character === '\r' ? escapes['\r'] : escapes['\\'],
      );
      return `${needsEscape.test(path) ? '\\' : ''}${sha256}  ${name}\n`;
    })
    .join('');
}

function unescaped(name: string): string | null {
  if (!/^(?:[^\\]|\\[\\nr])*$/.test(name)) {
    return null;
  }
  return name.replace(/\\(.)/g, (_, mark: string) => (mark === 'n' ? '\n' : mark === 'r' ? '\r' : '\\'));
}

/** Null when the name stays inside of the folder, whatever joins it to one. */
function strayingOf(path: string): string | null {
  if (path === '' || path.startsWith('/') || path.includes('\0') || /^[A-Za-z]:/.test(path)) {
    return 'names a place outside of the folder';
  }
  const parts = path.split('/');
  if (parts.includes('..')) {
    return 'names a place outside of the folder';
  }
  return parts.includes('.') || parts.includes('') ? 'names a file in a roundabout way' : null;
}

function parseLine(line: string): Checksum | string {
  const [, mark, sha256 = '', written = ''] = /^(\\?)([0-9a-f]{64}) {2}(.+)$/s.exec(line) ?? [];
  if (mark === undefined) {
    return line.endsWith('\r') ? 'ends as on Windows' : 'is no line of sha256sum';
  }
  const path = mark === '' ? written : unescaped(written);
  if (path === null || (mark !== '') !== needsEscape.test(path)) {
    return written.endsWith('\r') ? 'ends as on Windows' : 'is escaped in a way that sha256sum does not';
  }
  return strayingOf(path) ?? { path, sha256 };
}

/**
 * Reads what `renderChecksums` writes, and nothing else: a list that could be read in two ways proves nothing. What is wrong
 * is told line by line; a line that is wrong is not used.
 */
export function parseChecksums(text: string): ParsedChecksums {
  const entries = new Map<string, Checksum>();
  const problems: string[] = [];
  const lines = text.split('\n');
  if (lines.pop() !== '') {
    problems.push('the last line is cut off');
  }
  for (const [index, line] of lines.entries()) {
    const parsed = parseLine(line);
    if (typeof parsed === 'string') {
      problems.push(`line ${index + 1} ${parsed}`);
    } else if (entries.has(parsed.path)) {
      problems.push(`line ${index + 1} names ${parsed.path} a second time`);
    } else {
      entries.set(parsed.path, parsed);
    }
  }
  return { entries: [...entries.values()], problems };
}

/**
 * SHA-256 of a file, in pieces: the file may be larger than the memory. A link is never followed.
 * @throws Error of the file system
 */
export async function digestOfFile(path: string): Promise<{ sha256: string; bytes: number }> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length);
      if (bytesRead === 0) {
        return { sha256: hash.digest('hex'), bytes };
      }
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  } finally {
    await handle.close();
  }
}
