import { test } from '@jest/globals';
import check from '../../../checks/identity-center/unknown-token-issuer.ts';
import {
  buildBaselineEntry,
  buildBaselineView,
  buildIncident,
} from '../../../src/testing/builders/account.ts';
import { buildTokenIssuer } from '../../../src/testing/builders/identity-center.ts';
import { buildResourceFact } from '../../../src/testing/builders/resource-fact.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const type = 'trusted-token-issuer';
const issuer = buildTokenIssuer();
const mute = buildTokenIssuer({ name: 'mute', issuerUrl: null });
const facts = [buildResourceFact({ type, arn: issuer.arn, contentSha256: 'a'.repeat(64) })];
const baselineOf = (contentSha256: string) =>
  buildBaselineView([buildBaselineEntry({ type, id: issuer.arn, contentSha256 })]);

const cases = checkCases(check, {
  clean: [
    { name: 'none', evidence: { 'identity-center.trusted-token-issuers': [] } },
    {
      name: 'reviewed',
      evidence: { 'identity-center.trusted-token-issuers': [issuer], 'resources.organization': facts },
      context: { baseline: baselineOf('a'.repeat(64)) },
    },
    {
      name: 'named in the incident file',
      evidence: { 'identity-center.trusted-token-issuers': [issuer] },
      context: {
        incident: buildIncident({ trusted: { identityProviders: ['https://tokens.example.com'] } }),
      },
    },
  ],
  failing: [
    {
      name: 'nobody knows them',
      evidence: { 'identity-center.trusted-token-issuers': [issuer, mute] },
      sightings: [
        { messageId: 'unknown', arn: issuer.arn },
        { messageId: 'unknown', arn: mute.arn },
      ],
    },
    {
      name: 'changed since the baseline',
      evidence: { 'identity-center.trusted-token-issuers': [issuer], 'resources.organization': facts },
      context: { baseline: baselineOf('b'.repeat(64)) },
      sightings: [{ messageId: 'unknown', arn: issuer.arn }],
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
