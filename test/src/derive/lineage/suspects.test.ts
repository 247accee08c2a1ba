import { describe, expect, test } from '@jest/globals';
import { prepareEvents } from '../../../../src/derive/lineage/prepare-events.ts';
import { directoryLeads, namesOfIds } from '../../../../src/derive/lineage/suspects.ts';
import type { TrailEvent } from '../../../../src/model/trail-event.ts';
import { account, call, leakedKey, memberAccount, userCaller } from '../../../fixtures/lineage/records.ts';

const deploy = userCaller('deploy', leakedKey);

function asked(at: string): TrailEvent {
  return call({
    at,
    by: deploy,
    action: 'sso:GetRoleCredentials',
    more: { serviceEventDetails: { role_name: 'admin', account_id: memberAccount } },
  });
}

function begun(at: string, key: string, home = memberAccount, role = 'admin'): TrailEvent {
  return call({
    at,
    by: { identity: { type: 'SAMLUser', userName: 'someone' }, ip: 'sso.amazonaws.com', agent: 'sso' },
    action: 'sts:AssumeRoleWithSAML',
    request: { roleArn: `arn:aws:iam::${home}:role/AWSReservedSSO_${role}_0123456789abcdef` },
    response: { credentials: { accessKeyId: key } },
    account: home,
  });
}

function leads(events: readonly TrailEvent[]): readonly string[] {
  const prepared = prepareEvents(events);
  return directoryLeads(prepared, ({ event }) => event.name === 'GetRoleCredentials').map(({ id }) => id);
}

describe('sessions that a directory user may have asked for', () => {
  test('begin within ten seconds of the asking, before or after', () => {
    const sessions = ['09:59:49', '09:59:50', '10:00:00', '10:00:10', '10:00:11'].map((at, index) =>
      begun(at, `ASIAIOSFODNN7EXAMPL${index}`),
    );
    expect(leads([...sessions.toReversed(), asked('10:00:00')])).toEqual([
      'ASIAIOSFODNN7EXAMPL1',
      'ASIAIOSFODNN7EXAMPL2',
      'ASIAIOSFODNN7EXAMPL3',
    ]);
  });

  test('are of the account and role that were asked for', () => {
    const others = [
      begun('10:00:00', 'ASIAIOSFODNN7EXAMPL1', account),
      begun('10:00:00', 'ASIAIOSFODNN7EXAMPL2', memberAccount, 'reader'),
    ];
    expect(leads([...others, asked('10:00:00')])).toEqual([]);
  });
});

describe('the principal behind an id', () => {
  const credential = 'service AIDAOWNEREXAMPLE';
  const owner = call({ at: '09:00:00', by: userCaller('owner', leakedKey), action: 'iam:ListUsers' });

  test('is named by its own account’s records', () => {
    const names = namesOfIds([{ credential, actorArn: null, buckets: [] }], prepareEvents([owner]));
    expect([...names]).toEqual([['AIDAOWNEREXAMPLE', `arn:aws:iam::${account}:user/owner`]]);
  });

  test('is asked for ids alone', () => {
    const names = namesOfIds(
      [{ credential: leakedKey, actorArn: null, buckets: [] }],
      prepareEvents([owner]),
    );
    expect(names.size).toBe(0);
  });
});
