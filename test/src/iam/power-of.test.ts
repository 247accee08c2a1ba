import { describe, expect, test } from '@jest/globals';
import { mintingActions, organizationActions } from '../../../src/iam/capability-actions.ts';
import { escalationRules } from '../../../src/iam/escalation-rules.ts';
import { powerOf } from '../../../src/iam/power-of.ts';
import type { PolicySet } from '../../../src/model/policy-document.ts';
import {
  accountId,
  allow,
  deny,
  identity,
  policy,
  role,
  type StatementText,
  statements,
  subjectOf,
  user,
} from './builders.ts';

const noMfa = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };
const ownUser = `arn:aws:iam::*:user/\${aws:username}`;

const paths = (set: PolicySet, subject = user()): readonly string[] =>
  powerOf(set, subject).escalationPaths.map(({ id }) => id);

describe('administrator', () => {
  test.each<readonly [string, readonly StatementText[], string, string | null]>([
    ['Allow all', [allow('*')], 'yes', 'all-actions'],
    ['two halves', [allow(['a*', 'b*', 'm*', 'z*']), allow('i*')], 'yes', 'all-actions'],
    [
      'NotAction of something harmless',
      [{ Effect: 'Allow', NotAction: 'aws-portal:*', Resource: '*' }],
      'yes',
      'all-actions',
    ],
    [
      'NotResource of something dead',
      [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::none' }],
      'yes',
      'all-actions',
    ],
    [
      'all but a few IAM writes',
      [allow('*'), deny(['iam:CreateUser', 'iam:PutUserPolicy'])],
      'yes',
      'all-actions',
    ],
    ['all of IAM', [allow('iam:*')], 'yes', 'all-iam'],
    ['wildcards inside words', [allow(['iam:*Policy'])], 'yes', 'all-iam'],
    ['all but IAM', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], 'no', null],
    ['all, and IAM denied', [allow('*'), deny('iam:*')], 'no', null],
    ['all of one bucket', [allow('*', 'arn:aws:s3:::logs/*')], 'no', null],
    ['all with MFA only', [allow('*'), { ...deny('*'), Condition: noMfa }], 'conditional', 'all-actions'],
    ['all of one path', [allow('iam:*', `arn:aws:iam::${accountId}:user/team/*`)], 'no', null],
    ['nothing', [], 'no', null],
  ])('%s', (_name, texts, administrator, by) => {
    const power = powerOf(identity(...texts), user());
    expect([power.administrator, power.administratorBy]).toEqual([administrator, by]);
  });

  test('a boundary cuts, and says so', () => {
    const set = { ...identity(allow('*')), boundary: policy('edge', statements(allow('s3:*')), 'boundary') };
    expect(powerOf(set, user()).administrator).toBe('no');
  });

  test('a region guard-rail does not make an administrator conditional: the caller chooses the region', () => {
    const guard = (region: string) => [
      policy(
        'regions',
        statements(allow('*'), {
          Effect: 'Deny',
          NotAction: ['iam:*', 'organizations:*'],
          Resource: '*',
          Condition: { StringNotEquals: { 'aws:RequestedRegion': region } },
        }),
        'service-control',
      ),
    ];
    expect(
      powerOf({ ...identity(allow('*')), serviceControl: [guard('eu-west-1')] }, role()).administrator,
    ).toBe('yes');
    const contradiction = [guard('eu-west-1'), guard('us-west-2')];
    expect(powerOf({ ...identity(allow('*')), serviceControl: contradiction }, role()).administrator).toBe(
      'yes',
    );
    expect(powerOf({ ...identity(allow('*')), serviceControl: contradiction }, role()).administratorBy).toBe(
      'all-iam',
    );
  });

  test('revoked sessions bind neither new sessions nor long-term keys', () => {
    const revoked = identity(allow('*'), {
      ...deny('*'),
      Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-11-20T00:00:00Z' } },
    });
    expect([powerOf(revoked, role()).administrator, powerOf(revoked, user()).administrator]).toEqual([
      'yes',
      'yes',
    ]);
    const { asOf: _unused, ...timeless } = role();
    expect(powerOf(revoked, timeless).administrator).toBe('conditional');
  });

  test('service-linked roles obey no organization policy', () => {
    const set = {
      ...identity(allow('*')),
      serviceControl: [[policy('none', statements(deny('*')), 'service-control')]],
    };
    const linked = subjectOf('role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX');
    expect([powerOf(set, linked).administrator, powerOf(set, role()).administrator]).toEqual(['yes', 'no']);
  });
});

describe('minting credentials', () => {
  test('the own user only', () => {
    const power = powerOf(identity(allow(['iam:CreateAccessKey', 'iam:EnableMFADevice'], ownUser)), user());
    expect(power.mintsCredentials.map(({ action, scope, verdict }) => [action, scope, verdict])).toEqual([
      ['iam:CreateAccessKey', 'own', 'allowed'],
      ['iam:EnableMFADevice', 'own', 'allowed'],
    ]);
    expect(power.escalationPaths).toEqual([]);
  });

  test('a group that lets members rotate their own keys', () => {
    const power = powerOf(identity(allow('iam:CreateAccessKey', ownUser)), subjectOf('group/staff'));
    expect(power.mintsCredentials.map(({ scope }) => scope)).toEqual(['own']);
    expect(power.escalationPaths).toEqual([]);
  });

  test('a role has no user name', () => {
    expect(powerOf(identity(allow('iam:*', ownUser)), role()).mintsCredentials).toEqual([]);
  });

  test('all, some, and after what a Deny leaves', () => {
    const everyUser = `arn:aws:iam::${accountId}:user/*`;
    const ofTeam = `arn:aws:iam::${accountId}:user/team/*`;
    const granted = (...texts: readonly StatementText[]) =>
      powerOf(identity(...texts), user()).mintsCredentials.map(({ scope, resources }) => [scope, resources]);
    expect(granted(allow('iam:CreateAccessKey'))).toEqual([['all', [everyUser]]]);
    expect(granted(allow('iam:CreateAccessKey', 'arn:aws:iam::*:user/team/*'))).toEqual([
      ['specific', [ofTeam]],
    ]);
    expect(granted(allow('iam:CreateAccessKey', 'arn:aws:iam::444455556666:user/*'))).toEqual([]);
    expect(granted(allow('iam:CreateAccessKey'), deny('iam:CreateAccessKey', everyUser))).toEqual([]);
    expect(
      granted(allow('iam:CreateAccessKey'), { Effect: 'Deny', Action: 'iam:*', NotResource: ofTeam }),
    ).toEqual([['specific', [ofTeam]]]);
  });

  test('a federation token needs a long-term key', () => {
    const set = identity(allow('sts:GetFederationToken'));
    expect([
      powerOf(set, user()).mintsCredentials.length,
      powerOf(set, role()).mintsCredentials.length,
    ]).toEqual([1, 0]);
  });

  test('an administrator may do all of it', () => {
    const power = powerOf(identity(allow('*')), user());
    expect(power.mintsCredentials.map(({ action }) => action)).toEqual([...mintingActions]);
    expect(power.changesOrganization.map(({ action }) => action)).toEqual([...organizationActions]);
    expect([power.escalationPaths, power.readsOnly]).toEqual([[], false]);
  });
});

describe('escalation', () => {
  test('passing a role to another service is another thing', () => {
    const passTo = (service: string) =>
      identity(allow('ec2:RunInstances'), {
        ...allow('iam:PassRole'),
        Condition: { StringEquals: { 'iam:PassedToService': service } },
      });
    expect(paths(passTo('ec2.amazonaws.com'))).toEqual(['ec2-001']);
    expect(paths(passTo('lambda.amazonaws.com'))).toEqual([]);
  });

  test('two actions on two different roles do not add up', () => {
    const target = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;
    const set = (other: string) =>
      identity(allow('iam:PutRolePolicy', target('a')), allow('sts:AssumeRole', target(other)));
    expect(paths(set('b'))).toEqual(['sts-001']);
    expect(paths(set('a'))).toEqual(['iam-017', 'sts-001']);
  });

  test('the own user or role must be the target', () => {
    expect(paths(identity(allow('iam:PutUserPolicy')), role())).toEqual([]);
    expect(paths(identity(allow('iam:PutRolePolicy')), user())).toEqual([]);
    expect(paths(identity(allow('iam:PutUserPolicy', ownUser)))).toEqual(['iam-007']);
    expect(paths(identity(allow('iam:PutUserPolicy', `arn:aws:iam::${accountId}:user/bob`)))).toEqual([]);
  });

  test('the own groups, when they are known', () => {
    const set = identity(allow('iam:PutGroupPolicy'));
    const { groupArns: _unused, ...withoutGroups } = user();
    expect(paths(set)).toEqual(['iam-011']);
    expect(paths(set, { ...user(), groupArns: [] })).toEqual([]);
    expect(powerOf(set, withoutGroups).escalationPaths.map(({ verdict }) => verdict)).toEqual([
      'conditional',
    ]);
  });

  test('only a customer policy that is attached can be rewritten', () => {
    const attached = (arn: string): PolicySet => ({
      identity: [policy('p', statements(allow('iam:CreatePolicyVersion')), 'managed', arn)],
      boundary: null,
      serviceControl: null,
    });
    expect(paths(attached(`arn:aws:iam::${accountId}:policy/p`))).toEqual(['iam-001']);
    expect(paths(attached('arn:aws:iam::aws:policy/p'))).toEqual([]);
  });

  test('a boundary can be taken off only where there is one', () => {
    const set = identity(allow('iam:DeleteUserPermissionsBoundary'));
    const bounded = { ...set, boundary: policy('edge', statements(allow('iam:*')), 'boundary') };
    expect([paths(set), paths(bounded)]).toEqual([[], ['x-iam-own-user-boundary']]);
  });

  test.each(
    escalationRules.filter(({ id }) => id.startsWith('x-')).map(({ id, actions }) => ({ id, actions })),
  )('$id is found by its own actions and lost without one', ({ id, actions }) => {
    const set = (list: readonly string[]): PolicySet => ({
      identity: [
        policy(
          'p',
          list.length === 0 ? statements() : statements(allow(list)),
          'managed',
          `arn:aws:iam::${accountId}:policy/p`,
        ),
      ],
      boundary: policy('edge', statements(allow('*')), 'boundary'),
      serviceControl: null,
    });
    const subject = id.includes('own-role') || id.includes('replace-role') ? role() : user();
    expect(paths(set(actions), subject)).toContain(id);
    for (const missing of actions) {
      expect(paths(set(actions.filter((action) => action !== missing)), subject)).not.toContain(id);
    }
  });

  test('ids are unique', () => {
    expect(new Set(escalationRules.map(({ id }) => id)).size).toBe(escalationRules.length);
  });
});

describe('what could not be read', () => {
  test('is named and makes everything conditional', () => {
    const power = powerOf(
      { identity: [policy('broken', null)], boundary: null, serviceControl: null },
      user(),
    );
    expect([power.administrator, power.unparsedPolicies, power.readsOnly]).toEqual([
      'conditional',
      ['broken'],
      false,
    ]);
  });
});
