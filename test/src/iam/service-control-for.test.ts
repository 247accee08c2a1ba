import { describe, expect, test } from '@jest/globals';
import { authorize } from '../../../src/iam/authorize.ts';
import {
  type ControlPolicyInput,
  resourceControlFor,
  serviceControlFor,
} from '../../../src/iam/service-control-for.ts';
import type { OrganizationPolicy } from '../../../src/model/evidence/organizations.ts';
import { accountId, allow, deny, identity } from './builders.ts';

const management = '999988887777';
const type = 'SERVICE_CONTROL_POLICY';

const scp = (name: string, targets: readonly string[], ...texts: readonly unknown[]): OrganizationPolicy => ({
  id: `p-${name}`,
  arn: `arn:aws:organizations::${management}:policy/o-ours/service_control_policy/p-${name}`,
  name,
  type,
  awsManaged: name === 'FullAWSAccess',
  document: JSON.stringify({ Version: '2012-10-17', Statement: texts }),
  targets: targets.map((id) => ({ id, arn: id, name: id, type: 'TARGET' })),
});

const account = (id: string, path: string | null) => ({
  id,
  arn: id,
  name: id,
  state: 'ACTIVE',
  joinedMethod: null,
  joinedAt: null,
  path,
});

const input: ControlPolicyInput = {
  organization: { id: 'o-ours', arn: 'o-ours', featureSet: 'ALL', managementAccountId: management },
  roots: [{ id: 'r-ab12', arn: 'r-ab12', name: 'Root', policyTypes: [{ type, status: 'ENABLED' }] }],
  accounts: [account(management, 'o-ours/r-ab12/'), account(accountId, `o-ours/r-ab12/ou-1/${accountId}/`)],
  policies: [
    scp('FullAWSAccess', ['r-ab12', 'ou-1', accountId, management], allow('*')),
    scp('guard', ['ou-1'], deny('cloudtrail:*')),
    scp('elsewhere', ['ou-2'], deny('*')),
  ],
};

const reasonFor = (change: Partial<ControlPolicyInput>, id = accountId): string => {
  const { reason, levels } = serviceControlFor(id, { ...input, ...change });
  return levels === null ? reason : `${reason} on ${levels.length} levels`;
};

describe('serviceControlFor', () => {
  test('one level per step from the root to the account', () => {
    const { reason, levels } = serviceControlFor(accountId, input);
    expect(reason).toBe('applies');
    expect(levels?.map((level) => level.map(({ name }) => name))).toEqual([
      ['FullAWSAccess'],
      ['FullAWSAccess', 'guard'],
      ['FullAWSAccess'],
    ]);
    const set = { ...identity(allow('*')), serviceControl: levels };
    const stop = { action: 'cloudtrail:StopLogging', resource: '*' };
    expect(authorize(set, stop).verdict).toBe('explicitly-denied');
    expect(authorize(set, { ...stop, action: 's3:ListAllMyBuckets' }).verdict).toBe('allowed');
  });

  test.each([
    ['no organization', { organization: null }, accountId, 'no-organization'],
    ['the management account', {}, management, 'management-account'],
    ['an account that was not listed', {}, '777788889999', 'not-known'],
    ['an account without a path', { accounts: [account(accountId, null)] }, accountId, 'not-known'],
    ['no roots read', { roots: [] }, accountId, 'not-known'],
    ['targets not read', { policies: [] }, accountId, 'not-known'],
    [
      'a path that does not repeat the account',
      { accounts: [account(accountId, 'o-ours/r-ab12/ou-1/')] },
      accountId,
      'applies on 3 levels',
    ],
  ])('%s', (_name, change, id, expected) => {
    expect(reasonFor(change, id)).toBe(expected);
  });

  test('a policy type that is off binds nobody', () => {
    const [root] = input.roots;
    const roots = root === undefined ? [] : [{ ...root, policyTypes: [] }];
    expect(reasonFor({ roots })).toBe('type-not-enabled');
    expect(resourceControlFor(accountId, input).reason).toBe('type-not-enabled');
  });

  test('a text that cannot be read stays in its level', () => {
    const broken = { ...scp('broken', ['ou-1']), document: 'not a policy' };
    const { levels } = serviceControlFor(accountId, { ...input, policies: [...input.policies, broken] });
    expect(levels?.[1]?.map(({ document }) => document === null)).toEqual([false, false, true]);
  });
});
