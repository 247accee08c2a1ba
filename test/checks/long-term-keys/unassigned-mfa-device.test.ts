import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/unassigned-mfa-device.ts';
import { exampleAccountId } from '../../../src/testing/builders/account.ts';
import { buildMfaDevice } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const waiting = buildMfaDevice({ userName: null });

const cases = checkCases(check, {
  clean: [
    {
      name: 'assigned, hardware and root devices',
      evidence: {
        'iam.mfa-devices': [
          buildMfaDevice(),
          buildMfaDevice({ userName: 'bob', virtual: false }),
          buildMfaDevice({
            userName: null,
            serialNumber: `arn:aws:iam::${exampleAccountId}:mfa/root-account-mfa-device`,
          }),
        ],
      },
    },
  ],
  failing: [
    {
      name: 'a device without user',
      evidence: { 'iam.mfa-devices': [buildMfaDevice(), waiting] },
      sightings: [{ messageId: 'unassigned', arn: waiting.serialNumber }],
    },
  ],
});

for (const { name, run } of cases) {
  test(name, run);
}
