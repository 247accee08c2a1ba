import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/anyone-trust.ts';
import { roleArn } from '../../../src/testing/builders/iam.ts';
import { buildPrincipal, buildTrustGrant } from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const role = (name: string, fields: Parameters<typeof buildTrustGrant>[0]) =>
  buildPrincipal({
    name,
    trust: [
      buildTrustGrant({
        principalKind: 'anyone',
        principal: '*',
        accountId: null,
        relation: 'anyone',
        ...fields,
      }),
    ],
  });

const cases = checkCases(check, {
  clean: [
    { name: 'a named account', evidence: { principals: [buildPrincipal({ trust: [buildTrustGrant()] })] } },
  ],
  failing: [
    {
      name: 'every kind of guard',
      evidence: {
        principals: [
          role('open', {}),
          role('secret', { verdict: 'conditional', guards: { externalId: true } }),
          role('network', { verdict: 'conditional', guards: { sourceNetwork: true } }),
          role('organization', { relation: 'organization', guards: { organization: true } }),
          role('unreadable', { principal: '(the trust policy could not be read)', verdict: 'conditional' }),
          role('elsewhere', { relation: 'outside', guards: { sourceAccount: true } }),
        ],
      },
      sightings: [
        { messageId: 'open', arn: roleArn('open') },
        { messageId: 'externalIdOnly', arn: roleArn('secret') },
        { messageId: 'conditional', arn: roleArn('network') },
        { messageId: 'pinned', arn: roleArn('organization') },
        { messageId: 'unreadable', arn: roleArn('unreadable') },
        { messageId: 'pinnedOutside', arn: roleArn('elsewhere') },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
