import { describe, expect, test } from '@jest/globals';
import { withoutVersion } from '../../../src/events/event-name.ts';
import { normalTime, parseEventTime } from '../../../src/events/event-time.ts';
import { digestOf, isEvent, normalizeEvent } from '../../../src/events/normalize-event.ts';
import { succeeded, type TrailEvent } from '../../../src/model/trail-event.ts';
import { type Json, shapes } from './support.ts';

const origin = { file: 'a.json.gz', index: 3 };

function event(record: unknown): TrailEvent {
  const result = normalizeEvent(record, origin);
  if (!isEvent(result)) {
    throw new Error(result.problem);
  }
  return result;
}

function shape(name: string, at = 0): TrailEvent {
  const records = shapes.filter(({ eventName }) => eventName === name);
  return event(records[at]);
}

const base: Json = {
  eventID: 'one',
  eventTime: '2026-11-03T09:10:00Z',
  eventSource: 'iam.amazonaws.com',
  eventName: 'GetUser',
};

describe('normalizeEvent', () => {
  test('takes every known shape', () => {
    expect(shapes.length).toBeGreaterThan(45);
    expect(shapes.map((record) => normalizeEvent(record, origin)).filter((one) => !isEvent(one))).toEqual([]);
  });

  test('strips the version of an API from its name', () => {
    expect(shape('AddPermission20150331v2')).toMatchObject({
      name: 'AddPermission',
      recordedName: 'AddPermission20150331v2',
    });
    expect(
      [
        'CreateFunction20150331',
        'UpdateDistribution2020_05_31',
        'CreateFunctionUrlConfig',
        'ListTags2024',
        '20150331',
      ].map(withoutVersion),
    ).toEqual([
      'CreateFunction',
      'UpdateDistribution',
      'CreateFunctionUrlConfig',
      'ListTags2024',
      '20150331',
    ]);
  });

  test('tells who acted', () => {
    expect(shape('GetSigninToken').actor).toMatchObject({
      type: 'FederatedUser',
      accessKeyId: 'ASIAEXAMPLEFED000001',
      sessionIssuerArn: 'arn:aws:iam::111122223333:user/deploy',
      sessionCreatedAt: '2026-11-03T09:10:19.000Z',
      mfaAuthenticated: false,
    });
    expect(shape('ListUsers').actor.mfaAuthenticated).toBe(true);
    expect(shape('CreateRole').actor).toMatchObject({ invokedBy: 'sso.amazonaws.com', accessKeyId: null });
    expect(shape('ListBuckets').actor.onBehalfOfUserId).toBe('44444444-1111-4111-8111-111111111111');
    expect(shape('AssumeRoleWithSAML').actor).toMatchObject({
      type: 'SAMLUser',
      identityProvider: 'EXAMPLE=',
    });
    expect(shape('ApiCallRateInsight').actor).toMatchObject({ type: 'Unknown', arn: null });
  });

  test('a failed sign-in has no error code and is no success', () => {
    expect(succeeded(shape('ConsoleLogin'))).toBe(true);
    expect(shape('ConsoleLogin', 1)).toMatchObject({ errorCode: 'Failure', actor: { accessKeyId: null } });
  });

  test('keeps what is odd', () => {
    expect(shape('GetObject')).toMatchObject({ region: 'ap-isob-east-1r', sourceIp: '255.090.254.5' });
    expect(shape('DescribeInstances')).toMatchObject({
      request: {},
      response: {},
      actor: { accessKeyId: 'AKIA****************' },
    });
    expect(shape('PutRolePolicy')).toMatchObject({ request: {}, response: {}, errorCode: 'AccessDenied' });
    expect(shape('AssumeRole')).toMatchObject({
      accountId: '111122223333',
      sharedEventId: '77777777-1111-4111-8111-111111111111',
      resources: [{ arn: 'arn:aws:iam::111122223333:role/helper', type: 'AWS::IAM::Role' }],
    });
    expect(shape('GetRoleCredentials').serviceDetails).toEqual({
      role_name: 'admin',
      account_id: '444455556666',
    });
  });

  test('a hostile member name changes nothing but its own object', () => {
    const { request } = shape('GetUser');
    expect(Object.keys(request)).toContain('__proto__');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(
      event({ ...base, ...JSON.parse('{"__proto__": {"errorCode": "x", "userAgent": "y"}}') }),
    ).toMatchObject({
      errorCode: null,
      userAgent: null,
    });
  });

  test('reads times with an offset, never prose', () => {
    expect(shape('GetCallerIdentity').time).toBe('2026-11-03T09:11:00.000Z');
    expect(normalTime('2026-11-03T10:10:00+0100')).toBe('2026-11-03T09:10:00.000Z');
    for (const text of [
      'Nov 3, 2026 9:10:10 AM',
      'Nov 3, 2026, 9:10:10\u202fAM',
      '2026-11-03',
      '2026-11-03T09:10:00',
    ]) {
      expect(parseEventTime(text)).toBeNull();
    }
    expect(normalizeEvent({ ...base, eventTime: 'Aug 1, 2024 1:33:28 PM' }, origin)).toHaveProperty(
      'problem',
    );
  });

  test('rejects only what cannot be placed', () => {
    for (const record of [null, 'text', [base], { ...base, eventSource: 5 }, { ...base, eventName: '' }]) {
      expect(normalizeEvent(record, origin)).toHaveProperty('problem');
    }
    const { eventID, ...withoutId } = base;
    expect(eventID).toBe('one');
    expect(event(withoutId).id).toMatch(/^without-id-[0-9a-f]{16}$/);
  });

  test('the digest of a record asks for content, not for its writing', () => {
    const one = { a: [1, { b: 'x', c: null }], d: 'é"\\' };
    expect(digestOf(one)).toBe(digestOf({ d: 'é"\\', a: [1, { c: null, b: 'x' }] }));
    expect(digestOf(one)).not.toBe(digestOf({ d: 'é"\\', a: [{ c: null, b: 'x' }, 1] }));
    expect(digestOf(one)).not.toBe(digestOf({ d: 'é"\\', a: ['1', { c: null, b: 'x' }] }));
  });
});
