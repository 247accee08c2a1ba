import { defineCheck } from '../../src/model/check.ts';
import { mfaDeviceSubject } from '../../src/model/subject.ts';

export default defineCheck({
  meta: {
    id: 'long-term-keys/unassigned-mfa-device',
    title: 'Every virtual MFA device belongs to a user',
    failureTitle: 'Virtual MFA device without a user',
    description:
      'The seed of a virtual MFA device is shown once, to whoever made it. A device that waits without a user can be assigned later by somebody who already holds its codes. It may also be left from a user who was deleted.',
    kind: 'residue',
    severity: 'low',
    raise: { 'in-window': 'high', 'created-by-incident': 'high', 'indicator-match': 'high' },
    scope: 'account',
    requires: ['iam.mfa-devices'],
    tolerates: ['iam.mfa-devices'],
    population: 'MFA devices',
    messages: { unassigned: 'Virtual MFA device {serial} is assigned to no user.' },
    remediation: {
      actions: ['mfa-device.remove'],
      why: 'A device that is deleted cannot be assigned.',
      cautions: ['Make sure that nobody is enrolling it right now.'],
    },
    techniques: ['T1098.005'],
    frameworks: { 'NIST 800-53 r5': ['IA-5'], 'NIST CSF 2.0': ['PR.AA-01'] },
    references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['iam.mfa-devices'].length,
  *evaluate(evidence) {
    for (const [index, device] of evidence['iam.mfa-devices'].entries()) {
      const isRootDevice = device.serialNumber.endsWith(':mfa/root-account-mfa-device');
      if (device.virtual && device.userArn === null && device.enabledAt === null && !isRootDevice) {
        yield {
          messageId: 'unassigned',
          subject: mfaDeviceSubject(device),
          data: { serial: device.serialNumber },
          evidence: [{ key: 'iam.mfa-devices', pointer: `/${index}` }],
        };
      }
    }
  },
});
