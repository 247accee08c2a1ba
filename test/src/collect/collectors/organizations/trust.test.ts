import { describe, expect, test } from '@jest/globals';
import accountHandshakes from '../../../../../src/collect/collectors/organizations/account-handshakes.ts';
import delegatedAdministrators from '../../../../../src/collect/collectors/organizations/delegated-administrators.ts';
import handshakes from '../../../../../src/collect/collectors/organizations/handshakes.ts';
import trustedServices from '../../../../../src/collect/collectors/organizations/trusted-services.ts';
import { denied, failure, output } from '../../../../support/fake-reader.ts';
import { outcomeOf } from '../support/outcome-of.ts';

describe('organizations.trusted-services', () => {
  test('lists service principals and since when', async () => {
    const { value } = await outcomeOf(trustedServices);
    expect(value).toEqual([
      { servicePrincipal: 'config.amazonaws.com', enabledAt: null },
      { servicePrincipal: 'sso.amazonaws.com', enabledAt: '2025-01-02T03:04:05.000Z' },
    ]);
  });

  test('no trusted service at all is a known absence; one without a name is a gap', async () => {
    const none = await outcomeOf(trustedServices, {
      ListAWSServiceAccessForOrganization: output({ EnabledServicePrincipals: [] }),
    });
    expect({ state: none.state, value: none.value }).toEqual({ state: 'complete', value: [] });
    const odd = await outcomeOf(trustedServices, {
      ListAWSServiceAccessForOrganization: output({ EnabledServicePrincipals: [{}] }),
    });
    expect(odd.state).toBe('partial');
  });
});

describe('organizations.delegated-administrators', () => {
  test('lists administrators of all services and drops e-mail addresses', async () => {
    const { value, redactions, reader } = await outcomeOf(delegatedAdministrators);
    expect(reader.calls[0]?.input).toEqual({});
    expect(value).toMatchObject([
      {
        accountId: '444455556666',
        services: [
          { servicePrincipal: 'access-analyzer.amazonaws.com', delegatedAt: null },
          { servicePrincipal: 'guardduty.amazonaws.com', delegatedAt: '2025-01-02T03:04:05.000Z' },
        ],
      },
      { accountId: '777788889999' },
    ]);
    expect(redactions.get('DelegatedAdministrator.Email')).toBe(2);
    expect(JSON.stringify(value)).not.toContain('@');
  });

  test('denied services of one account are a gap that names it', async () => {
    const { state, value, gaps } = await outcomeOf(delegatedAdministrators, {
      ListDelegatedServicesForAccount: (input) =>
        input['AccountId'] === '777788889999' ? denied() : output({ DelegatedServices: [{}] }),
    });
    expect(state).toBe('partial');
    expect(value).toHaveLength(2);
    expect(gaps).toHaveLength(2);
  });

  test('an account that was deregistered meanwhile is no administrator', async () => {
    const { state, value } = await outcomeOf(delegatedAdministrators, {
      ListDelegatedServicesForAccount: failure('AccountNotRegisteredException'),
    });
    expect({ state, value }).toEqual({ state: 'complete', value: [] });
  });

  test('an entry without an account is a gap', async () => {
    const { state } = await outcomeOf(delegatedAdministrators, {
      ListDelegatedAdministrators: output({ DelegatedAdministrators: [{}] }),
    });
    expect(state).toBe('partial');
  });
});

describe.each([
  ['organizations.handshakes', handshakes, 'ListHandshakesForOrganization'],
  ['organizations.account-handshakes', accountHandshakes, 'ListHandshakesForAccount'],
] as const)('%s', (_key, collector, command) => {
  test('keeps parties by id and drops addresses', async () => {
    const { value, redactions } = await outcomeOf(collector);
    expect(value).toMatchObject([
      {
        id: 'h-1',
        action: 'INVITE',
        state: 'CANCELED',
        parties: [
          { id: '444455556666', type: 'ACCOUNT' },
          { id: 'o-exampleorg', type: 'ORGANIZATION' },
        ],
      },
      { id: 'h-2', state: 'OPEN', expiresAt: '2025-01-02T03:04:05.000Z' },
    ]);
    expect(redactions.get('Handshake.Parties')).toBe(2);
    expect(JSON.stringify(value)).not.toContain('@');
  });

  test('none is a known absence, an empty entry a gap', async () => {
    const none = await outcomeOf(collector, { [command]: output({ Handshakes: [] }) });
    expect({ state: none.state, value: none.value }).toEqual({ state: 'complete', value: [] });
    expect((await outcomeOf(collector, { [command]: output({ Handshakes: [{}] }) })).state).toBe('partial');
  });
});
