import { expect, test } from '@jest/globals';
import trustedTokenIssuers from '../../../../../src/collect/collectors/identity-center/trusted-token-issuers.ts';
import { fakeCollectContext } from '../../../../support/fake-collect-context.ts';
import { denied, fakeReader, output, type Script } from '../../../../support/fake-reader.ts';
import { dependencies, identityCenterAnswers, instanceArn, unit } from './identity-center-answers.ts';

const collect = (changes: Script = {}) =>
  trustedTokenIssuers.collect(
    fakeCollectContext(fakeReader({ ...identityCenterAnswers, ...changes }, unit), dependencies, unit),
  );

test('tells whose tokens are accepted', async () => {
  expect(await collect()).toMatchObject({
    state: 'complete',
    value: [
      { arn: `${instanceArn}/tti-1`, name: 'outside', type: 'OIDC_JWT', issuerUrl: 'https://issuer.example' },
    ],
  });
});

test('an issuer that may not be described stays in the list, with a gap', async () => {
  expect(await collect({ DescribeTrustedTokenIssuer: denied() })).toMatchObject({
    state: 'partial',
    value: [{ issuerUrl: null }],
    gaps: [{ reason: 'access-denied', resource: `${instanceArn}/tti-1` }],
  });
});

test('none is a known absence, one without name a gap', async () => {
  expect(await collect({ ListTrustedTokenIssuers: output({}) })).toMatchObject({
    state: 'complete',
    value: [],
  });
  expect(
    await collect({
      ListTrustedTokenIssuers: output({ TrustedTokenIssuers: [{ TrustedTokenIssuerArn: 'tti' }] }),
    }),
  ).toMatchObject({ state: 'partial', gaps: [{ reason: 'malformed', resource: 'tti' }] });
});
