import { GetAccountPasswordPolicyCommand } from '@aws-sdk/client-iam';
import { defineCollector } from '../../define-collector.ts';
import { noSuchEntity } from '../support/absent-errors.ts';
import { Reading } from '../support/reading.ts';

export default defineCollector({
  key: 'iam.password-policy',
  vantage: 'account',
  operations: [
    { service: 'iam', command: 'GetAccountPasswordPolicy', permission: 'iam:GetAccountPasswordPolicy' },
  ],
  async collect(context) {
    const reading = new Reading(context);
    const answer = await reading.one(GetAccountPasswordPolicyCommand, {}, { absentOn: noSuchEntity });
    if (answer.kind === 'gap') {
      return reading.missing();
    }
    if (answer.kind === 'absent') {
      return reading.finish({ present: false } as const);
    }
    const policy = answer.value.PasswordPolicy;
    const fields = reading.required(
      {
        minimumLength: policy?.MinimumPasswordLength,
        requireSymbols: policy?.RequireSymbols,
        requireNumbers: policy?.RequireNumbers,
        requireUppercase: policy?.RequireUppercaseCharacters,
        requireLowercase: policy?.RequireLowercaseCharacters,
        allowUsersToChange: policy?.AllowUsersToChangePassword,
      },
      'password policy',
    );
    return fields === null
      ? reading.missing()
      : reading.finish({
          present: true,
          ...fields,
          // The service leaves out, or gives as 0, what is not set.
          maxAgeDays: policy?.MaxPasswordAge || null,
          reusePrevention: policy?.PasswordReusePrevention || null,
          hardExpiry: policy?.HardExpiry ?? false,
        } as const);
  },
});
