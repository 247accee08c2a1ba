import { ListHandshakesForOrganizationCommand } from '@aws-sdk/client-organizations';
import { defineCollector } from '../../define-collector.ts';
import { organizationNotInUse } from '../support/absent-errors.ts';
import { handshakesOf } from '../support/handshakes.ts';
import { Reading } from '../support/reading.ts';

export default defineCollector({
  key: 'organizations.handshakes',
  vantage: 'management-or-delegated',
  operations: [
    {
      service: 'organizations',
      command: 'ListHandshakesForOrganization',
      permission: 'organizations:ListHandshakesForOrganization',
    },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const { items } = await reading.all(
      ListHandshakesForOrganizationCommand,
      {},
      (output) => output.Handshakes,
      { absentOn: organizationNotInUse },
    );
    return reading.finish(handshakesOf(context, reading, items));
  },
});
