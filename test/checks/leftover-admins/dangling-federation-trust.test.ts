import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/dangling-federation-trust.ts';
import { buildOidcProvider, buildSamlProvider, roleArn } from '../../../src/testing/builders/iam.ts';
import { buildPrincipal, buildTrustGrant } from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const grant = (principal: string) => buildTrustGrant({ principalKind: 'saml', principal });

const cases = checkCases(check, {
  clean: [
    {
      name: 'the provider exists; services and accounts are no providers',
      evidence: {
        principals: [
          buildPrincipal({
            trust: [grant(buildSamlProvider().arn), grant(buildOidcProvider().arn), buildTrustGrant()],
          }),
        ],
        'iam.saml-providers': [buildSamlProvider()],
        'iam.oidc-providers': [buildOidcProvider()],
      },
    },
  ],
  failing: [
    {
      name: 'the provider is gone',
      evidence: {
        principals: [
          buildPrincipal({ trust: [grant(buildSamlProvider().arn), grant(buildSamlProvider().arn)] }),
        ],
        'iam.saml-providers': [],
        'iam.oidc-providers': [],
      },
      sightings: [{ messageId: 'missing', arn: roleArn('application') }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
