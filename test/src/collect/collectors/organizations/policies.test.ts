import { describe, expect, test } from '@jest/globals';
import policies from '../../../../../src/collect/collectors/organizations/policies.ts';
import resourcePolicy from '../../../../../src/collect/collectors/organizations/resource-policy.ts';
import { denied, failure, output } from '../../../../support/fake-reader.ts';
import { outcomeOf } from '../support/outcome-of.ts';
import { policyDocument } from '../support/small-organization.ts';

describe('organizations.policies', () => {
  test('reads enabled types, and the two control policies even when they are off', async () => {
    const { reader } = await outcomeOf(policies);
    const filters = reader.calls.filter((call) => call.command === 'ListPolicies').map((call) => call.input);
    expect(filters).toEqual([
      { Filter: 'RESOURCE_CONTROL_POLICY' },
      { Filter: 'SERVICE_CONTROL_POLICY' },
      { Filter: 'TAG_POLICY' },
    ]);
  });

  test('reads each policy’s document and targets', async () => {
    const { value } = await outcomeOf(policies);
    expect(value).toHaveLength(4);
    expect(value).toMatchObject([
      {
        id: 'p-ser1',
        type: 'SERVICE_CONTROL_POLICY',
        awsManaged: true,
        document: policyDocument,
        targets: [{ id: '444455556666' }, { id: 'r-abcd', type: 'ROOT' }],
      },
      { id: 'p-ser2', awsManaged: false },
      { type: 'TAG_POLICY' },
      { type: 'TAG_POLICY' },
    ]);
  });

  test('a denied document leaves a text that is no policy, and a gap', async () => {
    const { state, value, gaps } = await outcomeOf(policies, { DescribePolicy: denied() });
    expect(state).toBe('partial');
    expect(value).toMatchObject([{ document: '' }, {}, {}, {}]);
    expect(gaps).toHaveLength(4);
  });

  test('a document that cannot be read keeps its raw text', async () => {
    const { value, gaps } = await outcomeOf(policies, {
      DescribePolicy: output({ Policy: { Content: '{broken' } }),
    });
    expect(value).toMatchObject([{ document: '{broken' }, {}, {}, {}]);
    expect(gaps[0]).toMatchObject({ reason: 'malformed', resource: expect.stringMatching(/p-ser1$/u) });
  });

  test('a policy that was deleted meanwhile is gone', async () => {
    const { state, value } = await outcomeOf(policies, {
      DescribePolicy: failure('PolicyNotFoundException'),
    });
    expect({ state, value }).toEqual({ state: 'complete', value: [] });
  });

  test('without roots it reads the control policies and stays partial', async () => {
    const { state, value } = await outcomeOf(
      policies,
      {},
      {
        'organizations.roots': {
          state: 'missing',
          gaps: [
            {
              reason: 'access-denied',
              operation: 'organizations:ListRoots',
              unit: { kind: 'organization', partition: 'aws', accountId: null, region: null },
              detail: 'denied',
              retryable: false,
            },
          ],
        },
      },
    );
    expect(state).toBe('partial');
    expect(value).toHaveLength(2);
  });

  test('entries without identity are gaps', async () => {
    const { state } = await outcomeOf(policies, { ListPolicies: output({ Policies: [{}] }) });
    expect(state).toBe('partial');
    const targets = await outcomeOf(policies, { ListTargetsForPolicy: output({ Targets: [{}] }) });
    expect(targets.state).toBe('partial');
  });
});

describe('organizations.resource-policy', () => {
  test('reads the delegation policy', async () => {
    const { value } = await outcomeOf(resourcePolicy);
    expect(value).toEqual({
      present: true,
      arn: 'arn:aws:organizations::111122223333:resourcepolicy/o-exampleorg/rp-1',
      document: policyDocument,
    });
  });

  test.each(['ResourcePolicyNotFoundException', 'AWSOrganizationsNotInUseException'])(
    '%s is a known absence',
    async (name) => {
      const { state, value } = await outcomeOf(resourcePolicy, { DescribeResourcePolicy: failure(name) });
      expect({ state, value }).toEqual({ state: 'complete', value: { present: false } });
    },
  );

  test('an answer without a policy is malformed', async () => {
    expect((await outcomeOf(resourcePolicy, { DescribeResourcePolicy: output({}) })).state).toBe('missing');
  });
});
