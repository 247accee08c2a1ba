import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { authorize } from '../../../src/iam/authorize.ts';
import { conditionContext } from '../../../src/iam/condition-context.ts';
import type { PolicySet } from '../../../src/model/policy-document.ts';
import type { Verdict } from '../../../src/model/power.ts';
import { allow, deny, identity, policy, type StatementText, statements } from './builders.ts';

const bucket = 'arn:aws:s3:::logs/today';
const request = { action: 's3:PutObject', resource: bucket };
const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const noMfa = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };

const verdict = (...texts: readonly StatementText[]): Verdict =>
  authorize(identity(...texts), request).verdict;

describe('authorize: identity policies', () => {
  test.each<readonly [string, readonly StatementText[], Verdict]>([
    ['nothing', [], 'not-allowed'],
    ['all', [allow('*')], 'allowed'],
    ['the action', [allow('s3:putobject', 'arn:aws:s3:::logs/*')], 'allowed'],
    ['another action', [allow('s3:GetObject')], 'not-allowed'],
    ['another resource', [allow('s3:*', 'arn:aws:s3:::other/*')], 'not-allowed'],
    ['NotAction of others', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], 'allowed'],
    ['NotAction of this', [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }], 'not-allowed'],
    ['NotResource of another', [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::x' }], 'allowed'],
    ['NotResource of this', [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::*' }], 'not-allowed'],
    ['Deny wins', [allow('*'), deny('s3:Put*')], 'explicitly-denied'],
    ['Deny of another resource', [allow('*'), deny('s3:*', 'arn:aws:s3:::x/*')], 'allowed'],
    ['Deny without Allow', [deny('*')], 'explicitly-denied'],
    [
      'Deny NotAction',
      [allow('*'), { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }],
      'explicitly-denied',
    ],
    [
      'Deny NotResource, this excepted',
      [allow('*'), { Effect: 'Deny', Action: '*', NotResource: bucket }],
      'allowed',
    ],
    [
      'Deny NotResource',
      [allow('*'), { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::x/*' }],
      'explicitly-denied',
    ],
    ['Allow with MFA', [{ ...allow('*'), Condition: mfa }], 'conditional'],
    ['Allow with MFA and without', [{ ...allow('*'), Condition: mfa }, allow('s3:*')], 'allowed'],
    ['Deny without MFA', [allow('*'), { ...deny('*'), Condition: noMfa }], 'conditional'],
    ['unknown element', [{ ...allow('*'), ...{ Extra: 1 } }], 'conditional'],
    ['Allow without a resource', [{ Effect: 'Allow', Action: '*' }], 'conditional'],
    ['unknown effect', [{ ...allow('*'), Effect: 'Perhaps' }], 'conditional'],
    ['unknown effect beside an Allow', [allow('*'), { ...allow('*'), Effect: 'Perhaps' }], 'conditional'],
    ['unknown variable', [allow('*', `arn:aws:s3:::logs/\${aws:userid}`)], 'conditional'],
  ])('%s', (_name, texts, expected) => {
    expect(verdict(...texts)).toBe(expected);
  });

  test('says which statement and which key', () => {
    const set = identity(deny('iam:*'), { ...allow('s3:*'), Condition: mfa });
    expect(authorize(set, request)).toEqual({
      verdict: 'conditional',
      allowedBy: [{ policy: 'inline', source: 'inline', statement: 1, sid: null }],
      deniedBy: [],
      conditionKeys: ['aws:multifactorauthpresent'],
    });
    expect(authorize(set, { action: 'iam:GetUser', resource: '*' }).deniedBy).toHaveLength(1);
    const context = conditionContext({ 'aws:MultiFactorAuthPresent': 'true' });
    expect(authorize(set, { ...request, context }).verdict).toBe('allowed');
  });

  test('an action without a resource needs the wildcard', () => {
    const toggle = { action: 'organizations:DisableAWSServiceAccess', resource: '*' };
    expect(authorize(identity(allow('*', 'arn:aws:organizations::*')), toggle).verdict).toBe('not-allowed');
    expect(authorize(identity(allow('*')), toggle).verdict).toBe('allowed');
  });

  test('a text that could not be read may allow and may deny', () => {
    const opaque = policy('broken', null);
    const set = (allowing: boolean): PolicySet => ({
      identity: allowing ? [policy('all', statements(allow('*'))), opaque] : [opaque],
      boundary: null,
      serviceControl: null,
    });
    expect([authorize(set(true), request).verdict, authorize(set(false), request).verdict]).toEqual([
      'conditional',
      'conditional',
    ]);
  });
});

describe('authorize: limits', () => {
  const all = identity(allow('*'));
  const only = (action: string) => policy('limit', statements(allow(action)));
  test.each<readonly [string, PolicySet, Verdict]>([
    ['boundary allows', { ...all, boundary: only('s3:*') }, 'allowed'],
    ['boundary is silent', { ...all, boundary: only('ec2:*') }, 'not-allowed'],
    [
      'boundary denies',
      { ...all, boundary: policy('limit', statements(allow('*'), deny('s3:*'))) },
      'explicitly-denied',
    ],
    [
      'boundary alone grants nothing',
      { identity: [], boundary: only('*'), serviceControl: null },
      'not-allowed',
    ],
    ['unreadable boundary', { ...all, boundary: policy('limit', null) }, 'conditional'],
    ['every level allows', { ...all, serviceControl: [[only('*')], [only('s3:*')]] }, 'allowed'],
    [
      'one level is silent',
      { ...all, serviceControl: [[only('*')], [only('ec2:*')], [only('*')]] },
      'not-allowed',
    ],
    ['one policy of a level allows', { ...all, serviceControl: [[only('ec2:*'), only('s3:*')]] }, 'allowed'],
    ['an empty level allows nothing', { ...all, serviceControl: [[]] }, 'not-allowed'],
    [
      'resource control policy denies',
      { ...all, resourceControl: [[policy('r', statements(allow('*'), deny('s3:*')))]] },
      'explicitly-denied',
    ],
    [
      'boundary and level do not meet',
      { ...all, boundary: only('s3:*'), serviceControl: [[only('s3:Get*')]] },
      'not-allowed',
    ],
  ])('%s', (_name, set, expected) => {
    expect(authorize(set, request).verdict).toBe(expected);
  });

  test('resource control policies bind only the services that know them', () => {
    const set = { ...all, resourceControl: [[policy('r', statements(allow('*'), deny('*')))]] };
    expect(authorize(set, { action: 'iam:CreateUser', resource: '*' }).verdict).toBe('allowed');
  });
});

const rank = { allowed: 2, conditional: 1, 'explicitly-denied': 0, 'not-allowed': 0 } as const;

const statementArbitrary: fc.Arbitrary<StatementText> = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    actionKey: fc.constantFrom('Action', 'Action', 'NotAction'),
    action: fc.constantFrom('*', 's3:*', 's3:PutObject', 's3:Get*', 'iam:*'),
    resourceKey: fc.constantFrom('Resource', 'Resource', 'NotResource'),
    resource: fc.constantFrom('*', 'arn:aws:s3:::logs/*', 'arn:aws:s3:::*', 'arn:aws:s3:::other/*', bucket),
    Condition: fc.constantFrom(undefined, undefined, mfa, noMfa),
  })
  .map(({ Effect, actionKey, action, resourceKey, resource, Condition }) => ({
    Effect,
    [actionKey]: action,
    [resourceKey]: resource,
    ...(Condition === undefined ? {} : { Condition }),
  }));

const listArbitrary = fc.array(statementArbitrary, { maxLength: 4 });

const rankOf = (set: PolicySet): number => rank[authorize(set, request).verdict];

describe('authorize: what always holds', () => {
  test('a Deny never raises', () => {
    fc.assert(
      fc.property(listArbitrary, statementArbitrary, (list, extra) => {
        const denied = identity(...list, { ...extra, Effect: 'Deny' });
        expect(rankOf(denied)).toBeLessThanOrEqual(rankOf(identity(...list)));
      }),
    );
  });

  test('an Allow never lowers', () => {
    fc.assert(
      fc.property(listArbitrary, statementArbitrary, (list, extra) => {
        const allowed = identity(...list, { ...extra, Effect: 'Allow' });
        expect(rankOf(allowed)).toBeGreaterThanOrEqual(rankOf(identity(...list)));
      }),
    );
  });

  test('neither boundary nor control policies ever raise', () => {
    fc.assert(
      fc.property(listArbitrary, listArbitrary, listArbitrary, (list, boundary, level) => {
        const set = identity(...list);
        const limited: PolicySet = {
          ...set,
          boundary: policy('boundary', statements(...boundary)),
          serviceControl: [[policy('level', statements(...level))]],
        };
        expect(rankOf(limited)).toBeLessThanOrEqual(rankOf(set));
      }),
    );
  });

  test('what hangs on an unknown condition is never allowed outright', () => {
    fc.assert(
      fc.property(fc.array(statementArbitrary, { minLength: 1, maxLength: 4 }), (list) => {
        const hanging = list.map((text) => ({
          ...text,
          Effect: 'Allow',
          Condition: { StringEquals: { 'x:unheard': 'of' } },
        }));
        expect(authorize(identity(...hanging), request).verdict).not.toBe('allowed');
      }),
    );
  });
});
