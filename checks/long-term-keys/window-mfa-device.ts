import { isInWindow } from '../../src/model/age.ts';
import { defineCheck } from '../../src/model/check.ts';
import { mfaDeviceSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/window-mfa-device',
    title: 'No MFA device was enabled during the incident',
    failureTitle: 'MFA device enabled during the incident',
    description:
      'A user can have eight MFA devices. One that the intruder enrolled satisfies every MFA condition together with any stolen password or key, and the owner’s own device goes on working, so nobody notices.',
    kind: 'residue',
    severity: 'high',
    raise: { 'created-by-incident': 'critical', 'compromised-principal': 'critical' },
    scope: 'account',
    requires: ['iam.mfa-devices'],
    tolerates: ['iam.mfa-devices'],
    population: 'MFA devices',
    messages: {
      user: 'MFA device {serial} of user {user} was enabled at {enabledAt}, within the incident window.',
      root: {
        text: 'MFA device {serial} of the root user was enabled at {enabledAt}, within the incident window.',
        severity: 'critical',
      },
    },
    remediation: {
      actions: ['mfa-device.remove'],
      why: 'Only devices that the owner holds in hand may stay.',
      cautions: ['Never remove the last device of a user before the password is changed.'],
    },
    techniques: ['T1098.005', 'T1556.006'],
    frameworks: { 'NIST 800-53 r5': ['IA-5', 'IR-4'], 'NIST CSF 2.0': ['PR.AA-01', 'RS.MI-02'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html'],
    since: '0.1.0',
  },
  appliesTo: ({ incident }) => (incident?.window ? null : 'No incident window is given.'),
  examined: (evidence) => evidence['iam.mfa-devices'].length,
  *evaluate(evidence, { incident }) {
    const window = incident?.window;
    for (const [index, device] of evidence['iam.mfa-devices'].entries()) {
      if (window && device.enabledAt !== null && isInWindow(device.enabledAt, window)) {
        yield {
          messageId: device.userName === null ? 'root' : 'user',
          subject: mfaDeviceSubject(device),
          data: {
            serial: device.serialNumber,
            user: device.userName ?? '<root_account>',
            enabledAt: device.enabledAt,
          },
          evidence: [{ key: 'iam.mfa-devices', pointer: `/${index}` }],
          survivesKeyRevocation: {
            answer: 'yes',
            why: 'It satisfies MFA conditions for any other credential of the user.',
          },
        };
      }
    }
  },
});
