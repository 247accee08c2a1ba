import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/external-trust.ts';
import { buildIncident } from '../../../src/testing/builders/account.ts';
import { roleArn } from '../../../src/testing/builders/iam.ts';
import {
  buildAdminPower,
  buildPower,
  buildPrincipal,
  buildTrustGrant,
} from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const role = (name: string, ...trust: readonly ReturnType<typeof buildTrustGrant>[]) =>
  buildPrincipal({ name, trust });
const known = { incident: buildIncident({ trusted: { accounts: ['999988887777'] } }) };

const cases = checkCases(check, {
  clean: [
    {
      name: 'own account, organization, service, anyone, federation',
      evidence: {
        principals: [
          role('a', buildTrustGrant({ relation: 'same-account' })),
          role('b', buildTrustGrant({ relation: 'organization' })),
          role('c', buildTrustGrant({ relation: 'aws', principalKind: 'service' })),
          role('d', buildTrustGrant({ relation: 'anyone', principalKind: 'anyone' })),
          role('e', buildTrustGrant({ relation: 'outside', principalKind: 'oidc' })),
        ],
      },
    },
    {
      name: 'known vendor with external id',
      evidence: { principals: [role('vendor', buildTrustGrant({ guards: { externalId: true } }))] },
      context: known,
    },
  ],
  failing: [
    {
      name: 'open, with guards, with rights',
      evidence: {
        principals: [
          { ...role('admin', buildTrustGrant()), power: buildAdminPower() },
          role('open', buildTrustGrant(), buildTrustGrant()),
          role('reads', buildTrustGrant({ guards: { externalId: true } })),
          {
            ...role('writes', buildTrustGrant({ guards: { externalId: true } })),
            power: buildPower({ readsOnly: false }),
          },
          role('mfa', buildTrustGrant({ guards: { mfa: true } })),
          role('unknown', buildTrustGrant({ relation: 'unknown-organization' })),
        ],
      },
      sightings: [
        { messageId: 'openAdmin', arn: roleArn('admin') },
        { messageId: 'open', arn: roleArn('open') },
        { messageId: 'externalIdReadOnly', arn: roleArn('reads') },
        { messageId: 'externalId', arn: roleArn('writes') },
        { messageId: 'conditional', arn: roleArn('mfa') },
        { messageId: 'unknownOrganization', arn: roleArn('unknown') },
      ],
    },
    {
      name: 'two accounts on one role, one of them known',
      evidence: {
        principals: [
          role(
            'shared',
            buildTrustGrant(),
            buildTrustGrant({ principal: 'arn:aws:iam::555566667777:root', accountId: '555566667777' }),
          ),
        ],
      },
      context: known,
      sightings: [
        { messageId: 'knownWithoutExternalId', arn: roleArn('shared') },
        { messageId: 'open', arn: roleArn('shared') },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
