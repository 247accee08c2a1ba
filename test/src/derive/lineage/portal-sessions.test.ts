import { describe, expect, test } from '@jest/globals';
import { incidentOf, trace } from '../../../fixtures/lineage/incidents.ts';
import { between, hasNode, nodeOf } from '../../../fixtures/lineage/reading.ts';
import {
  account,
  type Caller,
  call,
  leakedKey,
  memberAccount,
  roleCaller,
  userCaller,
} from '../../../fixtures/lineage/records.ts';

const deploy = userCaller('deploy', leakedKey);
const userId = '44444444-1111-4111-8111-111111111111';
const innocentId = '55555555-1111-4111-8111-111111111111';
const asOf = '2026-11-03T11:00:00.000Z';
const label = `portal session of ${userId}`;

function signedIn(id: string, ip = '198.51.100.60'): Caller {
  return {
    identity: {
      type: 'IdentityCenterUser',
      accountId: account,
      onBehalfOf: { userId: id },
      credentialId: '6',
    },
    ip,
    agent: 'Mozilla/5.0',
  };
}

/** Older records: no type, the user's id as principal. */
const unknown: Caller = {
  identity: { type: 'Unknown', principalId: userId, accountId: account, userName: 'someone' },
  ip: '198.51.100.60',
  agent: 'Mozilla/5.0',
};

function inMember(id: string, key: string): Caller {
  const session = roleCaller('AWSReservedSSO_admin_0123456789abcdef', 'someone', key, {
    account: memberAccount,
    ip: '198.51.100.60',
  });
  return { ...session, identity: { ...session.identity, onBehalfOf: { userId: id } } };
}

const made = call({
  at: '09:00:00',
  by: deploy,
  action: 'sso-directory:CreateUser',
  request: { identityStoreId: 'd-1' },
  response: { user: { userId } },
});
const outcome = (value: string) => ({ more: { serviceEventDetails: { UserAuthentication: value } } });
const signIn = call({
  at: '09:30:00',
  by: signedIn(userId),
  action: 'signin:UserAuthentication',
  ...outcome('Success'),
});
const asked = (by: Caller, at = '09:31:00') =>
  call({
    at,
    by,
    action: 'sso:GetRoleCredentials',
    more: { serviceEventDetails: { role_name: 'admin', account_id: memberAccount } },
  });

describe('the portal of Identity Center', () => {
  const traced = trace(
    [
      made,
      call({ at: '09:29:00', by: signedIn(userId), action: 'signin:CredentialVerification' }),
      signIn,
      asked(signedIn(userId)),
      call({
        at: '09:32:00',
        by: inMember(userId, 'ASIAMEMBERSSO1EXAMPL'),
        action: 's3:CreateBucket',
        request: { bucketName: 'loot' },
        account: memberAccount,
      }),
      call({
        at: '09:40:00',
        by: signedIn(innocentId),
        action: 'signin:UserAuthentication',
        ...outcome('Success'),
      }),
      asked(signedIn(innocentId)),
    ],
    incidentOf([leakedKey]),
    { asOf },
  );

  test('user → portal session → role of an account → what was made there', () => {
    expect(between(traced, userId, label)).toEqual(['issued done signin:UserAuthentication']);
    const role = `admin in ${memberAccount} through the portal`;
    expect(between(traced, label, role)).toEqual(['assumed done sso:GetRoleCredentials']);
    expect(between(traced, role, 'ASIAMEMBERSSO1EXAMPL')).toContain('linked done linked');
    expect(between(traced, 'ASIAMEMBERSSO1EXAMPL', 'loot')).toEqual(['created done s3:CreateBucket']);
  });

  test('nobody else’s session is taken along', () => {
    expect(hasNode(traced, `portal session of ${innocentId}`)).toBe(false);
  });

  test('its length is the longest there is, unless an event told it before', () => {
    expect(nodeOf(traced, label).expiresAt).toBe('2027-02-01T09:30:00.000Z');
    const length = (at: string) =>
      call({
        at,
        by: userCaller('alice', 'AKIAALICE0000EXAMPLE', { ip: '203.0.113.9' }),
        action: 'sso:UpdateSsoConfiguration',
        request: { ssoConfiguration: { sessionConfiguration: { maxAuthenticationAge: 'PT8H' } } },
      });
    const told = trace([made, length('08:00:00'), signIn], incidentOf([leakedKey]), { asOf });
    expect(nodeOf(told, label).expiresAt).toBe('2026-11-03T17:30:00.000Z');
    const later = trace([made, signIn, length('10:00:00')], incidentOf([leakedKey]), { asOf });
    expect(nodeOf(later, label).expiresAt).toBe('2027-02-01T09:30:00.000Z');
  });

  test('records of the older kind give the user’s id as principal', () => {
    const old = trace(
      [made, call({ at: '09:30:00', by: unknown, action: 'sso:Authenticate' }), asked(unknown)],
      incidentOf([leakedKey]),
      { asOf },
    );
    expect(between(old, userId, label)).toEqual(['issued done sso:Authenticate']);
    expect(between(old, label, `admin in ${memberAccount} through the portal`)).toHaveLength(1);
  });

  test('a failed sign-in is an attempt', () => {
    const failed = trace(
      [
        made,
        call({
          at: '09:30:00',
          by: signedIn(userId),
          action: 'signin:UserAuthentication',
          ...outcome('Failure'),
        }),
      ],
      incidentOf([leakedKey]),
      { asOf },
    );
    expect(between(failed, userId, label)).toEqual(['issued attempted signin:UserAuthentication']);
  });
});
