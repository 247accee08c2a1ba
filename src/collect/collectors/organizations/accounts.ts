import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { defineCollector } from '../../define-collector.ts';
import { organizationNotInUse } from '../support/absent-errors.ts';
import { isoTime } from '../support/iso-time.ts';
import { Reading } from '../support/reading.ts';
import { sortedBy } from '../support/sorted-by.ts';

export default defineCollector({
  key: 'organizations.accounts',
  vantage: 'management-or-delegated',
  operations: [
    { service: 'organizations', command: 'ListAccounts', permission: 'organizations:ListAccounts' },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const { items, absent, gaps } = await reading.all(ListAccountsCommand, {}, (output) => output.Accounts, {
      absentOn: organizationNotInUse,
    });
    if (items.length === 0 && !absent && gaps.length === 0) {
      reading.gap('malformed', 'the list is empty, but every organization has an account', 'account list');
      return reading.missing();
    }
    context.redacted('Account.Email', items.filter((account) => account.Email !== undefined).length);
    const accounts = items.flatMap((account) => {
      const fields = reading.required(
        {
          id: account.Id,
          arn: account.Arn,
          name: account.Name,
          // Never `Status`, which the service retired on 9 September 2026.
          state: account.State,
        },
        account.Arn ?? account.Id ?? 'account',
      );
      return fields === null
        ? []
        : [
            {
              ...fields,
              joinedMethod: account.JoinedMethod ?? null,
              joinedAt: isoTime(account.JoinedTimestamp),
              path: account.Paths?.[0] ?? null,
            },
          ];
    });
    return reading.finish(sortedBy(accounts, (account) => account.id));
  },
});
