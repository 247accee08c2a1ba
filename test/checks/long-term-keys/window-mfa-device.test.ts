import { test } from '@jest/globals';
import check from '../../../checks/long-term-keys/window-mfa-device.ts';
import { buildIncident, exampleAccountId } from '../../../src/testing/builders/account.ts';
import { buildMfaDevice } from '../../../src/testing/builders/iam.ts';
import { checkCases } from '../../../src/testing/check-cases.ts';

const enabledAt = '2026-11-03T10:00:00.000Z';
const ofUser = buildMfaDevice({ enabledAt });
const ofRoot = buildMfaDevice({
  userName: null,
  serialNumber: `arn:aws:iam::${exampleAccountId}:mfa/root-account-mfa-device`,
  enabledAt,
});
const context = { incident: buildIncident() };

const cases = checkCases(check, {
  clean: [
    {
      name: 'older and unassigned devices',
      evidence: { 'iam.mfa-devices': [buildMfaDevice(), buildMfaDevice({ userName: null })] },
      context,
    },
  ],
  failing: [
    {
      name: 'enabled in the window',
      evidence: { 'iam.mfa-devices': [ofUser, ofRoot, buildMfaDevice({ userName: 'bob' })] },
      context,
      sightings: [
        { messageId: 'user', arn: ofUser.serialNumber },
        { messageId: 'root', arn: ofRoot.serialNumber },
      ],
    },
  ],
  notApplicable: [{ name: 'no incident', evidence: { 'iam.mfa-devices': [ofUser] } }],
});

for (const { name, run } of cases) {
  test(name, run);
}
