import { describe, expect, test } from '@jest/globals';
import { draftBaseline } from '../../../src/baseline/draft-baseline.ts';
import { differs, renderDifference } from '../../../src/baseline/render-difference.ts';
import { type Absence, updateBaseline } from '../../../src/baseline/update-baseline.ts';
import type { BaselineEntry } from '../../../src/model/baseline.ts';
import { draftInput, findingOf, resultOf, role } from './facts.ts';

const deploy = role('deploy');
const reviewed: BaselineEntry = {
  type: 'iam-role',
  id: deploy.arn,
  uniqueId: deploy.uniqueId,
  contentSha256: deploy.contentSha256,
  owner: 'team',
  reason: 'deploys',
  reviewedBy: 'reviewer',
  reviewedAt: '2026-10-01T00:00:00.000Z',
};

const run = (
  old: readonly BaselineEntry[],
  facts: Parameters<typeof draftInput>[0],
  more: Parameters<typeof draftInput>[1] = {},
  absence: Absence = { state: 'gone' },
  dropGone = false,
) => {
  const earlier = { capturedAt: '2026-10-01T00:00:00.000Z', evidence: null, expected: old };
  const { baseline, changes } = updateBaseline(
    earlier,
    draftBaseline(draftInput(facts, more)),
    () => absence,
    dropGone,
  );
  return { expected: baseline.expected, kinds: changes.map(({ kind }) => kind), changes, baseline };
};

describe('renewing a baseline', () => {
  test('keeps the review of what is unchanged, and dates the file by the evidence', () => {
    const { expected, kinds, changes, baseline } = run([reviewed], [deploy]);
    expect([expected, kinds, differs(changes)]).toEqual([[reviewed], ['unchanged'], false]);
    expect(baseline.capturedAt).toBe('2026-11-04T00:00:00.000Z');
  });

  const changed = [
    ['its content changed', 'content', { contentSha256: 'b'.repeat(64) }, reviewed],
    ['it was made again', 're-created', { uniqueId: 'AROANEW' }, reviewed],
    ['its content was never recorded', 'content', {}, { ...reviewed, contentSha256: null }],
    ['its unique id was never recorded', 're-created', {}, { ...reviewed, uniqueId: null }],
  ] as const;
  test.each(changed)('%s: unreviewed again, owner and reason stay', (_name, kind, now, old) => {
    const { expected, changes } = run([old], [role('deploy', now)]);
    expect(changes).toMatchObject([
      { kind, detail: expect.stringContaining('the review by reviewer no longer counts') },
    ]);
    expect(expected).toMatchObject([
      { owner: 'team', reason: 'deploys', reviewedBy: null, reviewedAt: null },
    ]);
    expect(expected[0]?.contentSha256).toBe(role('deploy', now).contentSha256);
    expect(differs(changes)).toBe(true);
  });

  test('something new comes in unreviewed', () => {
    const { expected, kinds } = run([], [deploy]);
    expect([kinds, expected[0]?.reviewedBy]).toEqual([['added'], null]);
  });

  test('what is gone stays expected, unless it is dropped on purpose', () => {
    expect(run([reviewed], [])).toMatchObject({ expected: [reviewed], kinds: ['gone'] });
    expect(run([reviewed], [], {}, { state: 'moved', to: 'arn:new' }).changes[0]?.detail).toContain(
      'is now arn:new',
    );
    expect(run([reviewed], [], {}, { state: 'gone' }, true)).toMatchObject({ expected: [], kinds: ['gone'] });
  });

  test('what could not be looked for stays as it was, dropped gone things or not', () => {
    const absence: Absence = { state: 'not-seen', why: 'iam:GetAccountAuthorizationDetails: access-denied' };
    for (const drop of [false, true]) {
      expect(run([reviewed], [], {}, absence, drop)).toMatchObject({
        expected: [reviewed],
        kinds: ['not-seen'],
      });
    }
    expect(run([reviewed], [{ fact: deploy, contentSeen: false }]).expected).toEqual([reviewed]);
  });

  test('what is suspicious now keeps what was reviewed: the next audit tells the difference', () => {
    const altered = role('deploy', { contentSha256: 'b'.repeat(64) });
    const result = resultOf([findingOf(altered, { attribution: 'attributed' })]);
    expect(run([reviewed], [altered], { result })).toMatchObject({
      expected: [reviewed],
      kinds: ['left-out'],
    });
  });
});

test('the difference shows what needs eyes first, and hostile names on one line', () => {
  const hostile = role('x\u001b[2J\n+ trail fine \u202e');
  const text = renderDifference(run([reviewed], [hostile]).changes);
  expect(text.split('\n')).toHaveLength(3);
  expect(text.split('\n').filter((line) => /\p{C}/u.test(line))).toEqual([]);
  expect(text.startsWith('- iam-role')).toBe(true);
  expect(text.endsWith('1 gone, 1 added.')).toBe(true);
});
