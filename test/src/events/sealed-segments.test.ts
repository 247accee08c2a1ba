import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SealedSegments } from '../../../src/events/sealed-segments.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'afterleak-sealed-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Where the kernel lists open files (Linux): the unnamed file, opened once more through its descriptor. */
function unnamed(): string | undefined {
  return readdirSync('/proc/self/fd')
    .map((name) => `/proc/self/fd/${name}`)
    .find((path) => {
      try {
        return readlinkSync(path).startsWith(folder);
      } catch {
        return false;
      }
    });
}

const isLinux = process.platform === 'linux';

describe('segments on disk', () => {
  test('come back as they were added, in any order, more of them than stay in memory', () => {
    const segments = new SealedSegments(folder);
    const added = Array.from({ length: 200 }, (_, number) =>
      randomBytes(number % 7 === 0 ? number : 400_000),
    );
    const numbers = added.map((bytes) => segments.add(bytes));
    expect(numbers).toEqual(added.map((_, number) => number));
    for (const step of [1, 37, 113]) {
      for (let turn = 0; turn < added.length; turn += 1) {
        const number = (turn * step) % added.length;
        expect(segments.get(number).equals(added[number] ?? Buffer.alloc(0))).toBe(true);
      }
    }
  });

  test('lie in a file without a name that no one else may read, and in no readable form', () => {
    const segments = new SealedSegments(folder);
    const secret = 'user-of-an-organization';
    segments.add(Buffer.from(secret.repeat(100)));
    expect(readdirSync(folder)).toEqual([]);
    const path = isLinux ? unnamed() : undefined;
    if (path !== undefined) {
      const descriptor = openSync(path, 'r');
      const { mode, size } = fstatSync(descriptor);
      closeSync(descriptor);
      expect(mode & 0o777).toBe(0o600);
      expect(size).toBe(secret.length * 100 + 16);
    }
    expect(path === undefined).toBe(!isLinux);
    expect(segments.get(0).toString()).toBe(secret.repeat(100));
  });

  test('what was changed on disk is an error, not other content', () => {
    const segments = new SealedSegments(folder);
    segments.add(Buffer.from('as it was'));
    segments.add(Buffer.from('and this'));
    const path = isLinux ? unnamed() : undefined;
    if (path !== undefined) {
      const descriptor = openSync(path, 'r+');
      writeSync(descriptor, Buffer.from([1, 2, 3]), 0, 3, 2);
      closeSync(descriptor);
      expect(() => segments.get(0)).toThrow();
    }
    expect(segments.get(1).toString()).toBe('and this');
  });

  test('no file can be made: an error at once', () => {
    expect(() => new SealedSegments(join(folder, 'missing'))).toThrow('ENOENT');
  });
});
