import { test } from '@jest/globals';
import check from '../../../checks/organization/open-handshake.ts';
import { buildHandshake } from '../../../src/testing/builders/organizations.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const handshakes = (...list: readonly ReturnType<typeof buildHandshake>[]) => ({
  'organizations.handshakes': list,
});
const byMail = buildHandshake({
  id: 'h-mail',
  state: 'REQUESTED',
  parties: [{ id: 'o-exampleorgid', type: 'ORGANIZATION' }],
  requestedAt: null,
  expiresAt: null,
});
const invitation = buildHandshake();
const accepted = buildHandshake({ id: 'h-accepted', state: 'ACCEPTED' });
const transfer = buildHandshake({ id: 'h-transfer', action: 'TRANSFER_RESPONSIBILITY' });
const transferred = buildHandshake({
  id: 'h-transferred',
  action: 'TRANSFER_RESPONSIBILITY',
  state: 'ACCEPTED',
});
const features = buildHandshake({ id: 'h-features', action: 'ENABLE_ALL_FEATURES' });

const cases = checkCases(check, {
  clean: [
    { name: 'none', evidence: handshakes() },
    {
      name: 'finished without consequence',
      evidence: handshakes(
        buildHandshake({ state: 'CANCELED' }),
        buildHandshake({ state: 'DECLINED' }),
        buildHandshake({ state: 'EXPIRED' }),
        buildHandshake({ action: 'ENABLE_ALL_FEATURES', state: 'ACCEPTED' }),
      ),
    },
  ],
  failing: [
    {
      name: 'invitations, transfers and others',
      evidence: handshakes(invitation, byMail, accepted, transfer, transferred, features),
      sightings: [
        { messageId: 'invitation', arn: invitation.arn },
        { messageId: 'invitation', arn: byMail.arn },
        { messageId: 'accepted', arn: accepted.arn },
        { messageId: 'transfer', arn: transfer.arn },
        { messageId: 'transferred', arn: transferred.arn },
        { messageId: 'other', arn: features.arn },
      ],
    },
  ],
});

for (const one of cases) {
  test(one.name, one.run);
}
