import { test } from '@jest/globals';
import check from '../../../checks/organization/foreign-invitation.ts';
import { buildHandshake } from '../../../src/testing/builders/organizations.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const handshakes = (...list: readonly ReturnType<typeof buildHandshake>[]) => ({
  'organizations.account-handshakes': list,
});
const fromOutside = (id: string, fields: Parameters<typeof buildHandshake>[0] = {}) =>
  buildHandshake({
    id,
    parties: [
      { id: '222233334444', type: 'ACCOUNT' },
      { id: 'o-foreignorgid', type: 'ORGANIZATION' },
    ],
    ...fields,
  });
const open = fromOutside('h-open');
const accepted = fromOutside('h-accepted', { state: 'ACCEPTED', requestedAt: null, expiresAt: null });
const transfer = fromOutside('h-transfer', { action: 'TRANSFER_RESPONSIBILITY' });

const cases = checkCases(check, {
  clean: [
    { name: 'none', evidence: handshakes() },
    {
      name: 'the invitation by which the account came, its id written either way',
      evidence: handshakes(
        buildHandshake({ state: 'ACCEPTED' }),
        buildHandshake({ state: 'ACCEPTED', parties: [{ id: 'exampleorgid', type: 'ORGANIZATION' }] }),
      ),
    },
    {
      name: 'declined or expired, and another kind',
      evidence: handshakes(
        fromOutside('h-declined', { state: 'DECLINED' }),
        fromOutside('h-expired', { state: 'EXPIRED' }),
        fromOutside('h-features', { action: 'ENABLE_ALL_FEATURES' }),
      ),
    },
  ],
  failing: [
    {
      name: 'from another organization',
      evidence: handshakes(open, accepted, transfer),
      sightings: [
        { messageId: 'open', arn: open.arn },
        { messageId: 'accepted', arn: accepted.arn },
        { messageId: 'transfer', arn: transfer.arn },
      ],
    },
    {
      name: 'whose organization it is cannot be told',
      evidence: handshakes(open, accepted),
      context: { organizationId: null },
      sightings: [{ messageId: 'unknownOrganization', arn: open.arn }],
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
