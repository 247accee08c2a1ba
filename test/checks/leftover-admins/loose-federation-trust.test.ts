import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/loose-federation-trust.ts';
import { exampleAccountId } from '../../../src/testing/builders/account.ts';
import { buildOidcProvider, roleArn } from '../../../src/testing/builders/iam.ts';
import { buildPrincipal, buildTrustGrant } from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const role = (name: string, fields: Parameters<typeof buildTrustGrant>[0]) =>
  buildPrincipal({
    name,
    trust: [
      buildTrustGrant({
        principalKind: 'oidc',
        principal: buildOidcProvider().arn,
        accountId: exampleAccountId,
        relation: 'same-account',
        ...fields,
      }),
    ],
  });

const cases = checkCases(check, {
  clean: [
    {
      name: 'tight subject, guarded SAML, an account, a role of Identity Center',
      evidence: {
        principals: [
          role('ci', { guards: { subject: 'tight' } }),
          role('people', { principalKind: 'saml', verdict: 'guarded' }),
          role('partner', { principalKind: 'account' }),
          { ...role('AWSReservedSSO_x', { principalKind: 'saml' }), managedBy: 'identity-center' },
        ],
      },
    },
  ],
  failing: [
    {
      name: 'loose, missing and built-in',
      evidence: {
        principals: [
          role('any', { verdict: 'conditional' }),
          role('wild', { guards: { subject: 'loose' } }),
          role('saml', { principalKind: 'saml' }),
          role('pool', { principal: 'cognito-identity.amazonaws.com', accountId: null }),
          role('other', { principalKind: 'federated-other', principal: 'other', accountId: null }),
        ],
      },
      sightings: [
        { messageId: 'anySubject', arn: roleArn('any') },
        { messageId: 'looseSubject', arn: roleArn('wild') },
        { messageId: 'openSaml', arn: roleArn('saml') },
        { messageId: 'builtIn', arn: roleArn('pool') },
        { messageId: 'builtIn', arn: roleArn('other') },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
