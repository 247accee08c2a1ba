import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { defineCollector } from '../../define-collector.ts';
import { Reading } from '../support/reading.ts';

export default defineCollector({
  key: 'sts.caller-identity',
  vantage: 'account',
  operations: [{ service: 'sts', command: 'GetCallerIdentity', permission: 'sts:GetCallerIdentity' }],
  async collect(context) {
    const reading = new Reading(context);
    const answer = await reading.one(GetCallerIdentityCommand, {});
    if (answer.kind !== 'value') {
      return reading.missing();
    }
    const fields = reading.required(
      { accountId: answer.value.Account, arn: answer.value.Arn, userId: answer.value.UserId },
      'caller identity',
    );
    return fields === null ? reading.missing() : reading.finish(fields);
  },
});
