import { describe, expect, test } from '@jest/globals';
import oidcProviders from '../../../../../src/collect/collectors/iam/oidc-providers.ts';
import samlProviders from '../../../../../src/collect/collectors/iam/saml-providers.ts';
import { denied, failure, output } from '../../../../support/fake-reader.ts';
import { recordedAnswers } from '../../../../support/recorded-answers.ts';
import { outcomeOf } from '../support/outcome-of.ts';

describe('iam.saml-providers', () => {
  test('names the issuer and a digest of the metadata', async () => {
    const { value } = await outcomeOf(samlProviders);
    expect(value).toMatchObject([
      {
        name: 'first',
        issuer: 'https://idp.example.com/?a=1&b=2',
        metadataSha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
        validUntil: '2025-01-02T03:04:05.000Z',
      },
      { name: 'second' },
    ]);
  });

  test('a refused provider keeps its place, without digest', async () => {
    const { state, value, gaps } = await outcomeOf(samlProviders, { GetSAMLProvider: denied() });
    expect(state).toBe('partial');
    expect(value).toMatchObject([{ metadataSha256: null, issuer: null }, { metadataSha256: null }]);
    expect(gaps).toMatchObject([{ resource: expect.stringMatching(/first$/u) }, {}]);
  });

  test.each(['not xml', undefined])('metadata %p names no issuer: a gap', async (metadata) => {
    const { state } = await outcomeOf(samlProviders, {
      GetSAMLProvider: output({ SAMLMetadataDocument: metadata }),
    });
    expect(state).toBe('partial');
  });

  test('a provider that was deleted meanwhile is gone', async () => {
    const { state, value } = await outcomeOf(samlProviders, {
      GetSAMLProvider: failure('NoSuchEntityException'),
    });
    expect({ state, value }).toEqual({ state: 'complete', value: [] });
  });

  test('an entry without an ARN is a gap', async () => {
    const { state } = await outcomeOf(samlProviders, {
      ListSAMLProviders: output({ SAMLProviderList: [{}] }),
    });
    expect(state).toBe('partial');
  });

  test('reads recorded answers', async () => {
    const list = recordedAnswers('iam', 'ListSAMLProviders') ?? [];
    for (const provider of recordedAnswers('iam', 'GetSAMLProvider') ?? []) {
      for (const answer of list) {
        const { state } = await outcomeOf(samlProviders, {
          ListSAMLProviders: output(answer),
          GetSAMLProvider: output(provider),
        });
        expect(state).toBe('complete');
      }
    }
  });
});

describe('iam.oidc-providers', () => {
  test('reads address, audiences and thumbprints', async () => {
    const { value } = await outcomeOf(oidcProviders);
    expect(value).toMatchObject([
      { url: 'gitlab.example.com/path' },
      {
        url: 'token.actions.githubusercontent.com',
        clientIds: ['another', 'sts.amazonaws.com'],
        thumbprints: ['0000', 'ffff'],
        createdAt: '2025-01-02T03:04:05.000Z',
      },
    ]);
  });

  test('a refused provider keeps the address of its ARN', async () => {
    const { state, value } = await outcomeOf(oidcProviders, { GetOpenIDConnectProvider: denied() });
    expect(state).toBe('partial');
    expect(value).toMatchObject([{ url: 'gitlab.example.com/path', createdAt: null }, {}]);
  });

  test('a provider that was deleted meanwhile is gone; one without an ARN is a gap', async () => {
    const deleted = await outcomeOf(oidcProviders, { GetOpenIDConnectProvider: failure('NoSuchEntity') });
    expect(deleted.value).toEqual([]);
    const odd = await outcomeOf(oidcProviders, {
      ListOpenIDConnectProviders: output({ OpenIDConnectProviderList: [{}] }),
    });
    expect(odd.state).toBe('partial');
  });

  test('reads recorded answers', async () => {
    for (const answer of recordedAnswers('iam', 'GetOpenIDConnectProvider') ?? []) {
      const { state } = await outcomeOf(oidcProviders, { GetOpenIDConnectProvider: output(answer) });
      expect(state).toBe('complete');
    }
  });
});
