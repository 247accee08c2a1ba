import { ListHandshakesForAccountCommand } from '@aws-sdk/client-organizations';
import { defineCollector } from '../../define-collector.ts';
import { handshakesOf } from '../support/handshakes.ts';
import { Reading } from '../support/reading.ts';

/** Invitations that the account itself has got, from a foreign organization too: answered in every account. */
export default defineCollector({
  key: 'organizations.account-handshakes',
  vantage: 'account',
  operations: [
    {
      service: 'organizations',
      command: 'ListHandshakesForAccount',
      permission: 'organizations:ListHandshakesForAccount',
    },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const { items } = await reading.all(ListHandshakesForAccountCommand, {}, (output) => output.Handshakes);
    return reading.finish(handshakesOf(context, reading, items));
  },
});
