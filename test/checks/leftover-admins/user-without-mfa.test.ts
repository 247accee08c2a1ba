import { test } from '@jest/globals';
import check from '../../../checks/leftover-admins/user-without-mfa.ts';
import {
  buildAccessKey,
  buildLoginProfile,
  buildMfaDevice,
  userArn,
} from '../../../src/testing/builders/iam.ts';
import { buildAdminPower, buildPrincipal } from '../../../src/testing/builders/principal.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const user = (name: string) => buildPrincipal({ type: 'iam-user', name });

const cases = checkCases(check, {
  clean: [
    {
      name: 'password with device; neither password nor key; a role',
      evidence: {
        principals: [user('alice'), user('bob'), buildPrincipal()],
        'iam.login-profiles': [buildLoginProfile()],
        'iam.mfa-devices': [buildMfaDevice()],
        'iam.access-keys': [buildAccessKey({ userName: 'bob', status: 'Inactive' })],
      },
    },
  ],
  failing: [
    {
      name: 'administrator, ordinary user, keys only',
      evidence: {
        principals: [{ ...user('alice'), power: buildAdminPower() }, user('bob'), user('carol')],
        'iam.login-profiles': [buildLoginProfile(), buildLoginProfile({ userName: 'bob' })],
        'iam.mfa-devices': [buildMfaDevice({ userName: null })],
        'iam.access-keys': [buildAccessKey({ userName: 'carol' })],
      },
      sightings: [
        { messageId: 'adminPassword', arn: userArn('alice') },
        { messageId: 'password', arn: userArn('bob') },
        { messageId: 'keysOnly', arn: userArn('carol') },
      ],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
