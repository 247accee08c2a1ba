import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type BaselineHeader, renderBaseline } from '../../../src/baseline/render-baseline.ts';
import { readBaseline } from '../../../src/input/baseline.ts';
import type { Baseline } from '../../../src/model/baseline.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'afterleak-render-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const header: BaselineHeader = {
  of: 'organization o-exampleorgid',
  banner: null,
  draft: { leftOut: [], undated: 0 },
  incident: null,
  result: null,
  owners: 'none',
  notSeen: [],
};

const baselineOf = (...owners: readonly string[]): Baseline => ({
  capturedAt: '2026-11-04T00:00:00.000Z',
  evidence: 'd'.repeat(64),
  expected: owners.map((owner, index) => ({
    type: 'iam-role',
    id: `arn:aws:iam::111122223333:role/${index}`,
    uniqueId: null,
    contentSha256: '0'.repeat(64),
    owner,
    reason: owner,
    reviewedBy: null,
    reviewedAt: null,
  })),
});

const readBack = async (text: string): Promise<Baseline> => {
  const path = join(directory, 'b.yaml');
  await writeFile(path, text);
  return readBaseline(path);
};

describe('a written baseline', () => {
  const texts = [
    'null',
    'yes',
    '0123',
    '1e5',
    '2026-11-04',
    '- a',
    'a: b',
    '#',
    '~',
    'x:',
    ' lead',
    '"',
    "'",
    '\\',
    'é',
    '\u202egnp.exe',
    'a\nb',
    '\u0000',
    '💣',
    '\ud800',
  ];
  test('is read back as it was, whatever the texts hold', async () => {
    expect(await readBack(renderBaseline(baselineOf(...texts), header))).toEqual(baselineOf(...texts));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', minLength: 1 }), { maxLength: 5 }),
        async (given) => {
          expect(await readBack(renderBaseline(baselineOf(...given), header))).toEqual(baselineOf(...given));
        },
      ),
      { numRuns: 50 },
    );
  });

  test('shows nothing that hides or turns text', () => {
    const leftOut = texts.map((id) => ({ type: 'iam-role', id, reason: 'suspicious' as const, why: id }));
    const written = renderBaseline(baselineOf(...texts), {
      ...header,
      draft: { leftOut, undated: 0 },
      notSeen: texts,
      of: texts.join(''),
    });
    expect(written.split('\n').filter((line) => /[\p{C}\p{Zl}\p{Zp}]/u.test(line))).toEqual([]);
    const body = written.slice(written.indexOf('\ncapturedAt: '));
    expect(
      written
        .slice(0, -body.length)
        .split('\n')
        .every((line) => line.startsWith('#')),
    ).toBe(true);
  });

  test('says how to review, and what it does not know', () => {
    const bare = renderBaseline(baselineOf('x'), header);
    expect(bare).toMatch(/# How to review: an entry counts for nothing until `reviewedBy`/);
    expect(bare).toMatch(/1 entries, 1 of them not reviewed yet/);
    expect(bare).toMatch(/No incident window was given/);
    expect(bare).toMatch(/No result was given/);
    expect(bare).toMatch(/No stack information was given/);
    expect(bare).not.toMatch(/Not seen|Left out/);
  });

  test('says what was left out and could not be seen, and how much more there is', () => {
    const full = renderBaseline(baselineOf('x'), {
      ...header,
      banner: 'recorded from an emulator, not AWS',
      incident: 'INC-1, window a to b',
      result: 'of c',
      owners: 'without-times',
      draft: {
        leftOut: Array.from({ length: 42 }, (_, index) => ({
          type: 'iam-user',
          id: `arn:${index}`,
          reason: 'in-window' as const,
          why: 'made then',
        })),
        undated: 7,
      },
      notSeen: ['iam:ListUsers (access-denied) in 111122223333'],
    });
    expect(full).toMatch(/^# recorded from an emulator/);
    expect(full).toMatch(/Left out \(42\), because made or changed inside the incident window:/);
    expect(full).toMatch(/- … and 2 more/);
    expect(full).toMatch(/carry no times/);
    expect(full).toMatch(/7 entries are of kinds whose last change AWS does not date/);
    expect(full).toMatch(/Not seen \(1\)[\s\S]*iam:ListUsers/);
    expect(full).not.toMatch(/No result was given|No incident window/);
  });

  test('without entries is still a baseline', async () => {
    expect((await readBack(renderBaseline(baselineOf(), header))).expected).toEqual([]);
  });
});
