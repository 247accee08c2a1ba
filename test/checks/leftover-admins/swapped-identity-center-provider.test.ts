import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/swapped-identity-center-provider.ts';
import { buildSamlProvider } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const name = 'AWSSSO_0123456789abcdef_DO_NOT_DELETE';

const cases = checkCases(check, {
  clean: [
    {
      name: 'metadata of AWS, of others, unreadable',
      evidence: {
        'iam.saml-providers': [
          buildSamlProvider({ name, issuer: 'https://portal.sso.us-east-1.amazonaws.com/saml/metadata/abc' }),
          buildSamlProvider(),
          buildSamlProvider({ name, issuer: null }),
        ],
      },
    },
  ],
  failing: [
    {
      name: 'metadata of somebody else',
      evidence: {
        'iam.saml-providers': [
          buildSamlProvider({ name, issuer: 'https://login.example.com/realms/amazonaws.com' }),
        ],
      },
      sightings: [{ messageId: 'foreignIssuer', arn: buildSamlProvider({ name }).arn }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
