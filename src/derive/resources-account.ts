import { defineDerivation } from '../model/derivation.ts';
import { regionArn } from '../model/resource-arn.ts';
import { credentialFacts } from './resource/credential-facts.ts';
import { trailFacts } from './resource/detection-facts.ts';
import { handshakeFacts } from './resource/handshake-facts.ts';
import { iamFacts } from './resource/iam-facts.ts';
import { contentDigest, resourceFact } from './resource/resource-fact.ts';
import { byText } from './support/by-text.ts';

/** Every kind tells by itself; a kind that was not seen makes the list partial. */
export default defineDerivation({
  key: 'resources.account',
  inputs: [],
  optional: [
    'iam.authorization-details',
    'iam.access-keys',
    'iam.login-profiles',
    'iam.mfa-devices',
    'iam.service-specific-credentials',
    'iam.ssh-public-keys',
    'iam.signing-certificates',
    'iam.saml-providers',
    'iam.oidc-providers',
    'cloudtrail.trails',
    'organizations.account-handshakes',
    'account.regions',
  ],
  compute: (evidence, { unit, partition }) => {
    const accountId = unit.accountId ?? '';
    const regions = (evidence['account.regions'] ?? []).map(({ name, status }) =>
      resourceFact({
        arn: regionArn(partition, accountId, name),
        type: 'region',
        name,
        accountId,
        contentSha256: contentDigest(status),
      }),
    );
    return [
      ...iamFacts(evidence['iam.authorization-details'], accountId),
      ...credentialFacts(evidence, accountId),
      ...trailFacts(evidence['cloudtrail.trails']),
      ...handshakeFacts(evidence['organizations.account-handshakes']),
      ...regions,
    ].sort(byText(({ arn }) => arn));
  },
});
