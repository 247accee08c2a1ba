import { describe, expect, test } from '@jest/globals';
import accounts from '../../../../../src/collect/collectors/organizations/accounts.ts';
import organization from '../../../../../src/collect/collectors/organizations/organization.ts';
import organizationalUnits from '../../../../../src/collect/collectors/organizations/organizational-units.ts';
import roots from '../../../../../src/collect/collectors/organizations/roots.ts';
import { denied, failure, output } from '../../../../support/fake-reader.ts';
import { recordedAnswers } from '../../../../support/recorded-answers.ts';
import { outcomeOf } from '../support/outcome-of.ts';

describe('organizations.organization', () => {
  test('keeps ids and drops the e-mail address', async () => {
    const { value, redactions } = await outcomeOf(organization);
    expect(value).toEqual({
      id: 'o-exampleorg',
      arn: 'arn:aws:organizations::111122223333:organization/o-exampleorg',
      featureSet: 'ALL',
      managementAccountId: '111122223333',
    });
    expect(redactions.get('Organization.MasterAccountEmail')).toBe(1);
  });

  test('an account in no organization is a known absence', async () => {
    const { state, value } = await outcomeOf(organization, {
      DescribeOrganization: failure('AWSOrganizationsNotInUseException'),
    });
    expect({ state, value }).toEqual({ state: 'complete', value: null });
  });

  test('an answer without ids is malformed', async () => {
    const { state } = await outcomeOf(organization, { DescribeOrganization: output({ Organization: {} }) });
    expect(state).toBe('missing');
  });

  test('reads recorded answers', async () => {
    for (const answer of recordedAnswers('organizations', 'DescribeOrganization') ?? []) {
      const { state, observation } = await outcomeOf(organization, { DescribeOrganization: output(answer) });
      expect(state).toBe('complete');
      expect(JSON.stringify(observation)).not.toContain('@');
    }
  });
});

describe('organizations.accounts', () => {
  test('reads all pages, empty ones in between too, and never the retired status', async () => {
    const { value, redactions } = await outcomeOf(accounts);
    expect(value).toEqual([
      {
        id: '111122223333',
        arn: 'arn:aws:organizations::111122223333:account/o-exampleorg/111122223333',
        name: 'management',
        state: 'ACTIVE',
        joinedMethod: null,
        joinedAt: null,
        path: 'o-exampleorg/r-abcd/111122223333/',
      },
      expect.objectContaining({ id: '444455556666', state: 'SUSPENDED', joinedMethod: 'CREATED' }),
    ]);
    expect(redactions.get('Account.Email')).toBe(2);
    expect(JSON.stringify(value)).not.toContain('@');
  });

  test('an answer with the retired status alone is a gap', async () => {
    const recorded = recordedAnswers('organizations', 'ListAccounts')?.[0];
    const old = { Accounts: [{ Id: '444455556666', Arn: 'arn', Name: 'old', Status: 'ACTIVE' }] };
    const { state, gaps } = await outcomeOf(accounts, { ListAccounts: output(recorded ?? old) });
    expect(state).toBe('partial');
    expect(gaps).toMatchObject([{ reason: 'malformed', detail: 'the answer lacks state' }]);
  });

  test('no organization has no accounts; an empty list of one that exists is malformed', async () => {
    const none = await outcomeOf(accounts, { ListAccounts: failure('AWSOrganizationsNotInUseException') });
    expect({ state: none.state, value: none.value }).toEqual({ state: 'complete', value: [] });
    const empty = await outcomeOf(accounts, { ListAccounts: output({ Accounts: [] }) });
    expect(empty.state).toBe('missing');
  });

  test('a list that breaks off is partial', async () => {
    const { state, gaps } = await outcomeOf(accounts, {
      ListAccounts: [
        output({ Accounts: [{ Id: '444455556666', Arn: 'arn', Name: 'a', State: 'ACTIVE' }] }),
        failure('TooManyRequestsException'),
      ],
    });
    expect(state).toBe('partial');
    expect(gaps).toMatchObject([{ reason: 'truncated' }]);
  });
});

describe('organizations.roots', () => {
  test('knows which policy types are on', async () => {
    const { value } = await outcomeOf(roots);
    expect(value).toMatchObject([
      {
        id: 'r-abcd',
        policyTypes: [
          { type: 'SERVICE_CONTROL_POLICY', status: 'ENABLED' },
          { type: 'TAG_POLICY', status: 'ENABLED' },
        ],
      },
    ]);
  });

  test('an empty list is malformed, and so is a root without an id', async () => {
    expect((await outcomeOf(roots, { ListRoots: output({}) })).state).toBe('missing');
    expect((await outcomeOf(roots, { ListRoots: output({ Roots: [{}] }) })).state).toBe('partial');
  });
});

describe('organizations.organizational-units', () => {
  test('walks the tree', async () => {
    const { value, reader } = await outcomeOf(organizationalUnits);
    expect(value).toMatchObject([
      { id: 'ou-abcd-11111111', parentId: 'r-abcd', name: 'unit ou-abcd-11111111' },
      { id: 'ou-abcd-22222222', parentId: 'r-abcd' },
      { id: 'ou-abcd-33333333', parentId: 'ou-abcd-11111111' },
    ]);
    expect(reader.calls).toHaveLength(4);
  });

  test('a denied branch is a gap that names the parent', async () => {
    const { state, gaps } = await outcomeOf(organizationalUnits, {
      ListOrganizationalUnitsForParent: (input) =>
        input['ParentId'] === 'r-abcd'
          ? output({ OrganizationalUnits: [{ Id: 'ou-1', Arn: 'arn:ou-1', Name: 'one' }] })
          : denied(),
    });
    expect(state).toBe('partial');
    expect(gaps).toMatchObject([{ resource: 'ou-1' }]);
  });

  test('a walk in a circle ends', async () => {
    const { reader } = await outcomeOf(organizationalUnits, {
      ListOrganizationalUnitsForParent: output({
        OrganizationalUnits: [{ Id: 'ou-1', Arn: 'arn:ou-1', Name: 'one' }],
      }),
    });
    expect(reader.calls).toHaveLength(2);
  });

  test('without roots there is nothing to walk: missing', async () => {
    const { gaps } = await outcomeOf(roots, { ListRoots: denied() });
    const [gap] = gaps;
    if (gap === undefined) {
      throw new Error('a denied call leaves a gap');
    }
    const outcome = await outcomeOf(
      organizationalUnits,
      {},
      { 'organizations.roots': { state: 'missing', gaps: [gap] } },
    );
    expect(outcome.state).toBe('missing');
    expect(outcome.gaps).toEqual([gap]);
  });
});
