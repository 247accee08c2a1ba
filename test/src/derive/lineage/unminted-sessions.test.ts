import { describe, expect, test } from '@jest/globals';
import type { TrailEvent } from '../../../../src/model/trail-event.ts';
import { incidentOf, trace } from '../../../fixtures/lineage/incidents.ts';
import { between, hasNode, nodeOf } from '../../../fixtures/lineage/reading.ts';
import {
  type Caller,
  call,
  federatedCaller,
  intruderIp,
  leakedKey,
  userCaller,
} from '../../../fixtures/lineage/records.ts';

const deploy = userCaller('deploy', leakedKey);
const session = 'ASIAUNMINTED01EXAMPL';
const federated = federatedCaller('console', 'deploy', session, '2026-11-03T09:10:00Z');

/** The leaked key acts from the intruder's address; nowhere does it ask for a token. */
const begin = call({
  at: '09:00:00',
  by: deploy,
  action: 'iam:CreateUser',
  request: { userName: 'backdoor' },
});

function acts(by: Caller, at = '09:20:00'): TrailEvent {
  return call({ at, by, action: 's3:CreateBucket', request: { bucketName: 'loot' }, id: 'acts' });
}

function suspectsOf(traced: ReturnType<typeof trace>): readonly string[] {
  return traced.suspects.filter(({ id }) => id === session).map(({ why }) => why);
}

describe('a session of the leaked key’s user whose making is not in the log', () => {
  test('only the leaked key can have made it, and the intruder’s address uses both: it is the incident’s', () => {
    const traced = trace([begin, acts(federated)], incidentOf([leakedKey]));
    expect(nodeOf(traced, session)).toMatchObject({ standing: 'tainted', type: 'federated-session' });
    expect(between(traced, leakedKey, session)).toEqual(['linked done linked']);
    expect(between(traced, session, 'loot')).toEqual(['created done s3:CreateBucket']);
    expect(nodeOf(traced, session).expiresAt).toBe('2026-11-04T21:20:00.000Z');
    expect(suspectsOf(traced)).toEqual([]);
  });

  test('what the session does from elsewhere goes with it', () => {
    const elsewhere = { ...federated, ip: '192.0.2.200' };
    const traced = trace(
      [
        begin,
        acts(federated),
        call({ at: '09:30:00', by: elsewhere, action: 'iam:CreateUser', request: { userName: 'second' } }),
      ],
      incidentOf([leakedKey]),
    );
    expect(nodeOf(traced, 'second').standing).toBe('tainted');
  });

  test.each<[string, readonly TrailEvent[], RegExp]>([
    [
      'another key of the user can have made it',
      [
        begin,
        call({
          at: '09:05:00',
          by: userCaller('deploy', 'AKIADEPLOYOTHEREXAMP', { ip: '192.0.2.9' }),
          action: 'iam:ListUsers',
        }),
        acts(federated),
      ],
      /the user’s other key AKIADEPLOYOTHEREXAMP can have made it as well/,
    ],
    [
      'it acts from where the intruder never used the key',
      [begin, acts({ ...federated, ip: '192.0.2.9' })],
      /it acts from where the intruder was not seen with the leaked key/,
    ],
    [
      'it can be a console session',
      [begin, acts({ ...userCaller('deploy', session), agent: 'Mozilla/5.0 (X11; Linux x86_64)' })],
      /it can be a console session, begun with the user’s password/,
    ],
  ])('%s: a lead that says why', (_name, events, why) => {
    const traced = trace(events, incidentOf([leakedKey]));
    expect(hasNode(traced, 'loot')).toBe(false);
    expect(suspectsOf(traced)).toEqual([expect.stringMatching(why)]);
  });

  test('a session token got with the key acts as the user itself', () => {
    const traced = trace([begin, acts(userCaller('deploy', session))], incidentOf([leakedKey]));
    expect(nodeOf(traced, session)).toMatchObject({ standing: 'tainted', type: 'user-session' });
  });

  test('a second key that the intruder made is no doubt', () => {
    const second = 'AKIADEPLOYTWO0EXAMPL';
    const traced = trace(
      [
        begin,
        call({
          at: '09:01:00',
          by: deploy,
          action: 'iam:CreateAccessKey',
          response: { accessKey: { userName: 'deploy', accessKeyId: second } },
        }),
        call({
          at: '09:02:00',
          by: userCaller('deploy', second),
          action: 'iam:CreateUser',
          request: { userName: 'x' },
        }),
        acts(federated),
      ],
      incidentOf([leakedKey]),
    );
    expect(nodeOf(traced, 'loot').standing).toBe('tainted');
  });

  test('whoever acts from the owner’s network is the owner', () => {
    const trusted = { accounts: [], networks: ['192.0.2.0/24'], identityProviders: [], roles: [] };
    const traced = trace(
      [begin, acts({ ...federated, ip: '192.0.2.9' })],
      incidentOf([leakedKey], { trusted }),
    );
    expect(hasNode(traced, 'loot')).toBe(false);
    expect(suspectsOf(traced)).toEqual([]);
  });

  test('sessions of other users are nobody’s business, whatever their address', () => {
    const other = federatedCaller('console', 'alice', session, '2026-11-03T09:10:00Z');
    const traced = trace([begin, acts(other)], incidentOf([leakedKey]));
    expect(hasNode(traced, 'loot')).toBe(false);
    expect(suspectsOf(traced)).toEqual([expect.stringContaining(`from ${intruderIp}`)]);
  });
});
