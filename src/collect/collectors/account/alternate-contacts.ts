import { GetAlternateContactCommand } from '@aws-sdk/client-account';
import type { AlternateContact } from '../../../model/evidence/account.ts';
import { sha256 } from '../../../model/sha256.ts';
import { type CollectContext, defineCollector } from '../../define-collector.ts';
import { forEachResource } from '../support/for-each-resource.ts';
import { Reading } from '../support/reading.ts';

const types = ['BILLING', 'OPERATIONS', 'SECURITY'] as const satisfies readonly AlternateContact['type'][];

const personal = ['EmailAddress', 'Name', 'PhoneNumber', 'Title'] as const;

const contactOf = async (
  context: CollectContext,
  reading: Reading,
  type: AlternateContact['type'],
): Promise<readonly AlternateContact[]> => {
  const answer = await reading.one(
    GetAlternateContactCommand,
    { AlternateContactType: type },
    { absentOn: ['ResourceNotFoundException'], resource: type },
  );
  switch (answer.kind) {
    case 'gap':
      return [];
    case 'absent':
      return [{ type, present: false, digest: null }];
    case 'value': {
      const contact = answer.value.AlternateContact;
      for (const field of personal) {
        context.redacted(`AlternateContact.${field}`, contact?.[field] === undefined ? 0 : 1);
      }
      const fields = reading.required({ email: contact?.EmailAddress }, type);
      return fields === null
        ? []
        : [{ type, present: true, digest: sha256(fields.email.trim().toLowerCase()) }];
    }
    default:
      return answer satisfies never;
  }
};

export default defineCollector({
  key: 'account.alternate-contacts',
  vantage: 'account',
  operations: [
    { service: 'account', command: 'GetAlternateContact', permission: 'account:GetAlternateContact' },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const contacts = await forEachResource(types, (type) => contactOf(context, reading, type));
    return reading.finish(contacts.flat());
  },
});
