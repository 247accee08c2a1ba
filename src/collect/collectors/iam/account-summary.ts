import { GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import { defineCollector } from '../../define-collector.ts';
import { Reading } from '../support/reading.ts';

export default defineCollector({
  key: 'iam.account-summary',
  vantage: 'account',
  operations: [{ service: 'iam', command: 'GetAccountSummary', permission: 'iam:GetAccountSummary' }],
  async collect(context) {
    const reading = new Reading(context);
    const answer = await reading.one(GetAccountSummaryCommand, {});
    if (answer.kind !== 'value') {
      return reading.missing();
    }
    const summary = new Map(Object.entries(answer.value.SummaryMap ?? {}));
    const flag = (name: string): boolean | undefined => {
      const number = summary.get(name);
      return number === undefined ? undefined : number > 0;
    };
    const fields = reading.required(
      {
        rootMfaEnabled: flag('AccountMFAEnabled'),
        rootAccessKeysPresent: flag('AccountAccessKeysPresent'),
        rootSigningCertificatesPresent: flag('AccountSigningCertificatesPresent'),
        users: summary.get('Users'),
        roles: summary.get('Roles'),
        groups: summary.get('Groups'),
        policies: summary.get('Policies'),
        providers: summary.get('Providers'),
      },
      'account summary',
    );
    if (fields === null) {
      return reading.missing();
    }
    const rootPasswordPresent = flag('AccountPasswordPresent') ?? null;
    if (rootPasswordPresent === null) {
      reading.gap('malformed', 'the answer lacks AccountPasswordPresent', 'account summary');
    }
    return reading.finish({ ...fields, rootPasswordPresent });
  },
});
