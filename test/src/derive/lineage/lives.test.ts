import { describe, expect, test } from '@jest/globals';
import { Lives } from '../../../../src/derive/lineage/lives.ts';
import { prepareEvents } from '../../../../src/derive/lineage/prepare-events.ts';
import type { TrailEvent } from '../../../../src/model/trail-event.ts';
import { account, assumeRole, call, leakedKey, userCaller } from '../../../fixtures/lineage/records.ts';

const deploy = userCaller('deploy', leakedKey);

function made(at: string, userName: string, userId: string): TrailEvent {
  return call({
    at,
    by: deploy,
    action: 'iam:CreateUser',
    request: { userName },
    response: { user: { userName, userId, arn: `arn:aws:iam::${account}:user/${userName}` } },
  });
}

function gone(at: string, userName: string): TrailEvent {
  return call({ at, by: deploy, action: 'iam:DeleteUser', request: { userName } });
}

function livesOf(...events: readonly TrailEvent[]): Lives {
  return new Lives(prepareEvents(events));
}

const keyOf = (userName: string): string => `iam-user ${account} ${userName}`;

describe('lives of a thing', () => {
  test('begin and end with its events, in whatever order they came', () => {
    const lives = livesOf(
      gone('09:30:00', 'backup'),
      made('09:00:00', 'backup', 'AIDAFIRST00000EXAMPLE'),
      made('10:00:00', 'Backup', 'AIDASECOND0000EXAMPLE'),
    );
    expect(lives.count(keyOf('backup'))).toBe(2);
    expect(lives.life(keyOf('backup'), 0)).toMatchObject({ uniqueId: 'AIDAFIRST00000EXAMPLE' });
    expect(lives.life(keyOf('backup'), 0).deletedAt).not.toBeNull();
    expect(lives.life(keyOf('backup'), 1)).toMatchObject({
      deletedAt: null,
      uniqueId: 'AIDASECOND0000EXAMPLE',
    });
    expect(lives.count(keyOf('nobody'))).toBe(0);
  });

  // The keys of these users have the same 32 bits of the hash.
  test.each([
    ['u1i95gv0rbv', 'u1v4v7sv2z1q'],
    ['uhdhkyj2rbe', 'u1a7z44149uo'],
  ])('are never taken for those of another one with the same hash: %s, %s', (one, other) => {
    const lives = livesOf(
      made('09:00:00', one, 'AIDAONE0000000EXAMPLE'),
      gone('09:30:00', other),
      made('10:00:00', other, 'AIDAOTHER00000EXAMPLE'),
    );
    expect(lives.count(keyOf(one))).toBe(1);
    expect(lives.life(keyOf(one), 0)).toMatchObject({ deletedAt: null, uniqueId: 'AIDAONE0000000EXAMPLE' });
    expect(lives.count(keyOf(other))).toBe(2);
    const alone = livesOf(made('09:00:00', one, 'AIDAONE0000000EXAMPLE'));
    expect(alone.count(keyOf(other))).toBe(0);
  });
});

test('the keys of sessions that the log shows being made are minted', () => {
  const lives = livesOf(assumeRole('09:00:00', deploy, 'Admin', 'x', 'ASIAMINTED0001EXAMPL', {}));
  expect(lives.minted.has('ASIAMINTED0001EXAMPL')).toBe(true);
  expect(lives.minted.has(leakedKey)).toBe(false);
});
