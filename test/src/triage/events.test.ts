import { describe, expect, test } from '@jest/globals';
import { accessLevelOf } from '../../../src/iam/actions.ts';
import { type HistoryEvent, historyEvent } from '../../../src/triage/history-event.ts';
import { assumedRoles, createdThings, keyActivity } from '../../../src/triage/key-activity.ts';
import { mintedCredentials } from '../../../src/triage/minted-credentials.ts';
import { triageOperations } from '../../../src/triage/triage-operations.ts';
import { triageVerdict } from '../../../src/triage/triage-verdict.ts';

const now = Date.parse('2026-11-03T12:00:00Z');

function event(change: Partial<HistoryEvent>): HistoryEvent {
  return {
    id: 'event-1',
    at: '2026-11-03T09:00:00.000Z',
    service: 'sts',
    name: 'GetFederationToken',
    region: 'us-east-1',
    readOnly: false,
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    actorType: 'IAMUser',
    actorArn: 'arn:aws:iam::111122223333:user/deploy',
    userName: 'deploy',
    issuerArn: null,
    sourceIp: '203.0.113.66',
    userAgent: 'aws-cli/2.15',
    errorCode: null,
    request: {},
    response: {},
    ...change,
  };
}

describe('a record of Event history', () => {
  const shown = (record: object) => historyEvent({ CloudTrailEvent: JSON.stringify(record) });
  const whole = {
    eventID: 'e',
    eventTime: '2026-11-03T09:00:00Z',
    eventName: 'CreateFunction20150331',
    eventSource: 'lambda.amazonaws.com',
  };

  test('loses its API version and keeps its name', () => {
    expect(shown(whole)).toMatchObject({ service: 'lambda', name: 'CreateFunction' });
    expect(shown({ ...whole, eventName: 'AddPermission20150331v2' })?.name).toBe('AddPermission');
    expect(shown({ ...whole, eventName: 'UpdateDistribution2020_05_31' })?.name).toBe('UpdateDistribution');
  });

  test('with odd members is still read', () => {
    const odd = {
      ...whole,
      userIdentity: 'x',
      requestParameters: 7,
      responseElements: null,
      readOnly: 'yes',
    };
    expect(shown(odd)).toMatchObject({ actorType: null, request: {}, response: {}, readOnly: null });
  });

  test('that is none is told apart, and its neighbours in the answer help', () => {
    expect(historyEvent({ CloudTrailEvent: '{' })).toBeNull();
    expect(historyEvent({})).toBeNull();
    expect(shown({ ...whole, eventTime: 'yesterday' })).toBeNull();
    const { eventName: _, ...nameless } = whole;
    expect(historyEvent({ EventName: 'ListUsers', CloudTrailEvent: JSON.stringify(nameless) })?.name).toBe(
      'ListUsers',
    );
  });
});

describe('how long what was minted can live', () => {
  const lifeOf = (change: Partial<HistoryEvent>) => {
    const [one] = mintedCredentials([event(change)], now);
    return one === undefined ? null : { expiresAt: one.expiresAt, alive: one.alive };
  };

  test.each<[string, Partial<HistoryEvent>, string | null, boolean]>([
    ['a federation token without a length: 12 hours', {}, '2026-11-03T21:00:00.000Z', true],
    ['with one: that', { request: { durationSeconds: 129_600 } }, '2026-11-04T21:00:00.000Z', true],
    ['of root: an hour', { actorType: 'Root' }, '2026-11-03T10:00:00.000Z', false],
    ['a role session: an hour', { name: 'AssumeRole' }, '2026-11-03T10:00:00.000Z', false],
    [
      'a console sign-in: 12 hours',
      { service: 'signin', name: 'ConsoleLogin' },
      '2026-11-03T21:00:00.000Z',
      true,
    ],
    ['an access key: no end', { service: 'iam', name: 'CreateAccessKey' }, null, true],
    ['a password: no end', { service: 'iam', name: 'CreateLoginProfile' }, null, true],
  ])('%s', (_, change, expiresAt, alive) => {
    expect(lifeOf(change)).toEqual({ expiresAt, alive });
  });

  test('an attempt mints nothing, a failed sign-in neither', () => {
    expect(lifeOf({ errorCode: 'AccessDenied' })).toBeNull();
    expect(
      lifeOf({ service: 'signin', name: 'ConsoleLogin', response: { ConsoleLogin: 'Failure' } }),
    ).toBeNull();
    expect(lifeOf({ service: 'constructor', name: 'toString' })).toBeNull();
  });

  test('a prose date in the answer is not believed', () => {
    const response = { credentials: { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', expiration: 'Nov 9, 2029' } };
    expect(lifeOf({ response })).toEqual({ expiresAt: '2026-11-03T21:00:00.000Z', alive: true });
  });
});

describe('what the key did', () => {
  const events = [
    event({
      id: 'a',
      name: 'AssumeRole',
      readOnly: true,
      request: { roleArn: 'arn:aws:iam::444455556666:role/x' },
    }),
    event({ id: 'b', service: 'iam', name: 'ListUsers', readOnly: true, at: '2026-11-03T09:05:00.000Z' }),
    event({ id: 'c', service: 'iam', name: 'CreateUser', request: { userName: 'svc' } }),
    event({
      id: 'd',
      service: 'iam',
      name: 'CreateUser',
      errorCode: 'AccessDenied',
      sourceIp: '198.51.100.7',
    }),
    event({ id: 'e', service: 'ec2', name: 'DescribeInstances', readOnly: null }),
  ];

  test('AssumeRole counts as a write although CloudTrail calls it a read; attempts do not', () => {
    const activity = keyActivity(events);
    expect(activity).toMatchObject({ events: 5, errors: 1, writes: 2 });
    expect(activity.writesByService.map(({ service }) => service)).toEqual(['iam', 'sts']);
    expect(activity.sourceIps.map(({ value, calls }) => `${value} ${calls}`)).toEqual([
      '203.0.113.66 4',
      '198.51.100.7 1',
    ]);
    expect(activity.lastAt).toBe('2026-11-03T09:05:00.000Z');
  });

  test('the order of the events does not matter', () => {
    expect(keyActivity(events.toReversed())).toEqual(keyActivity(events));
  });

  test('what was made is named, and roles that were taken', () => {
    expect(createdThings(events)).toMatchObject([{ action: 'iam:CreateUser', resource: 'svc' }]);
    expect(assumedRoles(events).map(({ accountId }) => accountId)).toEqual(['444455556666']);
  });
});

describe('the verdict', () => {
  const harmless = {
    key: {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      type: 'long-term' as const,
      status: 'Inactive' as const,
      createdAt: null,
      lastUsed: null,
      accountId: '111122223333',
      accountIdFromKey: null,
      accountIdFromSts: '111122223333',
      accountNotes: [],
    },
    owner: {
      type: 'iam-user' as const,
      name: 'deploy',
      arn: null,
      exists: true,
      createdAt: null,
      groups: [],
      boundaryArn: null,
      quarantinePolicies: [],
      consolePassword: null,
      mfaDevices: 0,
      otherKeys: [],
    },
    power: null,
    activity: keyActivity([]),
    minted: [],
    guardDuty: [],
    organization: null,
    gaps: [],
  };
  const gap = { operation: 'x', reason: 'access-denied', unit: '111122223333', detail: 'denied' };

  test('0 only for a key that is seen completely, off, and did and left nothing', () => {
    expect(triageVerdict(harmless)).toMatchObject({ exitCode: 0, actionNeeded: false, complete: true });
  });

  test.each([
    ['active', { key: { ...harmless.key, status: 'Active' as const } }],
    ['unknown', { key: { ...harmless.key, status: 'unknown' as const } }],
    ['temporary', { key: { ...harmless.key, status: 'temporary' as const } }],
    ['wrote', { activity: keyActivity([event({ service: 'iam', name: 'CreateUser' })]) }],
    ['minted', { minted: [...mintedCredentials([event({})], now)] }],
    ['quarantined', { owner: { ...harmless.owner, quarantinePolicies: ['AWSCompromisedKeyQuarantineV3'] } }],
  ])('1 when it is %s', (_, change) => {
    expect(triageVerdict({ ...harmless, ...change })).toMatchObject({ exitCode: 1, actionNeeded: true });
  });

  test('2 with a gap, whatever else is true', () => {
    expect(triageVerdict({ ...harmless, gaps: [gap] })).toMatchObject({ exitCode: 2, actionNeeded: false });
    const active = { ...harmless, key: { ...harmless.key, status: 'Active' as const }, gaps: [gap] };
    expect(triageVerdict(active)).toMatchObject({ exitCode: 2, actionNeeded: true });
    expect(triageVerdict(active).line).toContain('incomplete: 1 gap');
  });

  test('what was not seen is never told as nothing', () => {
    const { line } = triageVerdict({ ...harmless, activity: null });
    expect(line).toContain('did what could not be seen');
    expect(line).toContain('has power that could not be seen');
  });
});

test('all that triage sends are reads by the action data', async () => {
  const levels = await Promise.all(
    triageOperations.map(async ({ permission }) => [permission, await accessLevelOf(permission)] as const),
  );
  expect(levels.length).toBeGreaterThan(8);
  expect(levels.filter(([, level]) => level !== 'List' && level !== 'Read')).toEqual([]);
});
