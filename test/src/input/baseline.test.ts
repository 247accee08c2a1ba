import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readBaseline } from '../../../src/input/baseline.ts';
import { closestName } from '../../../src/input/closest-name.ts';
import { baselineTypeNames } from '../../../src/model/baseline-types.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'afterleak-baseline-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const read = async (...entries: readonly string[]) => {
  const path = join(directory, 'b.yaml');
  const lines = entries.map((entry) => `  - ${entry}\n`).join('');
  await writeFile(path, `capturedAt: 2026-01-01T00:00:00Z\nexpected:\n${lines}`);
  return readBaseline(path);
};

const user = '{type: iam-user, id: "arn:aws:iam::111122223333:user/a", reviewedBy: someone}';

describe('a baseline', () => {
  test('is read with everything that was left out as null', async () => {
    expect((await read(user)).expected).toEqual([
      {
        type: 'iam-user',
        id: 'arn:aws:iam::111122223333:user/a',
        uniqueId: null,
        contentSha256: null,
        owner: null,
        reason: null,
        reviewedBy: 'someone',
        reviewedAt: null,
      },
    ]);
  });

  const broken: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'an entry that stands twice',
      [user, user],
      /b\.yaml:4: expected\.1: iam-user .* stands twice \(first as expected\.0\)/,
    ],
    ['a wildcard', ['{type: iam-user, id: "arn:*"}'], /b\.yaml:3: expected\.0\.id: .*wildcards/],
    ['a single-letter wildcard', ['{type: iam-user, id: "arn:aws:iam::111122223333:user/?"}'], /wildcards/],
    [
      'one unique id under two names',
      ['{type: iam-user, id: "arn:a", uniqueId: AIDA1}', '{type: iam-user, id: "arn:b", uniqueId: AIDA1}'],
      /b\.yaml:4: expected\.1\.uniqueId: AIDA1 is also the unique id of expected\.0 \(arn:a\)/,
    ],
    [
      'reviewed at a time by nobody',
      ['{type: iam-user, id: "arn:a", reviewedAt: 2026-01-02T00:00:00Z}'],
      /expected\.0\.reviewedBy: .*nobody is named/,
    ],
    ['reviewed by a blank', ['{type: iam-user, id: "arn:a", reviewedBy: "  "}'], /expected who reviewed it/],
    [
      'a misspelt type',
      ['{type: iam-rol, id: "arn:a"}'],
      /there is no type "iam-rol": did you mean iam-role\?/,
    ],
    [
      'an unknown type',
      ['{type: spaceship, id: "arn:a"}'],
      /no type "spaceship": known are access-control-attributes, /,
    ],
  ];
  test.each(broken)('%s is an error', async (_name, entries, expected) => {
    await expect(read(...entries)).rejects.toThrow(expected);
  });

  test('the same unique id of two types is none: an account and its delegated administrator share one', async () => {
    const both = ['organization-account', 'delegated-administrator'].map(
      (type) => `{type: ${type}, id: "arn:${type}", uniqueId: "444455556666"}`,
    );
    expect((await read(...both)).expected).toHaveLength(2);
  });
});

test.each([
  ['IAM_User', 'iam-user'],
  ['lambda', 'lambda-function'],
  ['trails', 'trail'],
  ['qqqq', null],
])('%s is near %s', (given, expected) => {
  expect(closestName(given, baselineTypeNames)).toBe(expected);
});
