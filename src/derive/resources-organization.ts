import { defineDerivation } from '../model/derivation.ts';
import { handshakeFacts } from './resource/handshake-facts.ts';
import { identityCenterFacts } from './resource/identity-center-facts.ts';
import { organizationFacts } from './resource/organization-facts.ts';
import { byText } from './support/by-text.ts';

/** Every kind tells by itself; a kind that was not seen makes the list partial. */
export default defineDerivation({
  key: 'resources.organization',
  inputs: [],
  optional: [
    'organizations.accounts',
    'organizations.roots',
    'organizations.organizational-units',
    'organizations.policies',
    'organizations.trusted-services',
    'organizations.delegated-administrators',
    'organizations.resource-policy',
    'organizations.handshakes',
    'identity-center.organization-instances',
    'identity-center.permission-sets',
    'identity-center.assignments',
    'identity-center.applications',
    'identity-center.trusted-token-issuers',
    'identity-center.access-control-attributes',
    'identity-store.users',
    'identity-store.groups',
    'identity-store.memberships',
  ],
  compute: (evidence, { partition }) =>
    [
      ...organizationFacts(evidence),
      ...handshakeFacts(evidence['organizations.handshakes']),
      ...identityCenterFacts(evidence, partition),
    ].sort(byText(({ arn }) => arn)),
});
