import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/unknown-identity-provider.ts';
import {
  buildBaselineEntry,
  buildBaselineView,
  buildIncident,
} from '../../../src/testing/builders/account.ts';
import { buildOidcProvider, buildSamlProvider } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const saml = buildSamlProvider();
const oidc = buildOidcProvider({ url: 'tokens.example.com' });
const github = buildOidcProvider();
const lookAlike = buildOidcProvider({ url: 'token.actions.githubusercontent.com.example.com' });

const cases = checkCases(check, {
  clean: [
    {
      name: 'Identity Center’s own provider',
      evidence: {
        'iam.saml-providers': [buildSamlProvider({ name: 'AWSSSO_0123456789abcdef_DO_NOT_DELETE' })],
        'iam.oidc-providers': [],
      },
    },
    {
      name: 'named in the incident file',
      evidence: { 'iam.saml-providers': [saml], 'iam.oidc-providers': [oidc] },
      context: {
        incident: buildIncident({
          trusted: { identityProviders: ['https://idp.example.com/saml', 'https://tokens.example.com'] },
        }),
      },
    },
  ],
  failing: [
    {
      name: 'nobody named them',
      evidence: { 'iam.saml-providers': [saml], 'iam.oidc-providers': [oidc, github] },
      sightings: [
        { messageId: 'saml', arn: saml.arn },
        { messageId: 'oidc', arn: oidc.arn },
        { messageId: 'workload', arn: github.arn },
      ],
    },
    {
      name: 'a look-alike of a known issuer is not one',
      evidence: { 'iam.saml-providers': [], 'iam.oidc-providers': [lookAlike] },
      sightings: [{ messageId: 'oidc', arn: lookAlike.arn }],
    },
    {
      name: 'reviewed in the baseline',
      evidence: { 'iam.saml-providers': [saml], 'iam.oidc-providers': [oidc] },
      context: {
        baseline: buildBaselineView([
          buildBaselineEntry({ type: 'saml-provider', id: saml.arn }),
          buildBaselineEntry({ type: 'oidc-provider', id: oidc.arn }),
        ]),
      },
      sightings: [
        { messageId: 'reviewed', arn: saml.arn },
        { messageId: 'reviewed', arn: oidc.arn },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
