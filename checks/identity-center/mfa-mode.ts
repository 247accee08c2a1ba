import { defineCheck } from '../../src/model/check.ts';

export default defineCheck({
  meta: {
    id: 'identity-center/mfa-mode',
    title: 'Identity Center asks every sign-in for a second factor',
    failureTitle: 'Identity Center may not ask for a second factor',
    description:
      'Whether the directory asks for a second factor, which kinds it accepts and what happens to a user without a device is one setting for the whole organization. One call turns it off, and then a password is enough for every account. AWS offers no public API that reads the setting, so a person has to look and to attest it.',
    kind: 'tampering',
    severity: 'high',
    scope: 'organization',
    requires: ['identity-center.organization-instances'],
    population: 'instances of Identity Center of the organization',
    messages: {},
    remediation: {
      actions: ['identity-center.mfa-restore', 'session.revoke'],
      why: 'With the second factor asked for, a stolen password alone opens nothing.',
      cautions: [
        'End the sessions that were opened while it was off; the setting does not touch them.',
        'Look through the registered devices of administrators: one may be the intruder’s.',
      ],
    },
    techniques: ['T1556.006'],
    frameworks: { 'NIST 800-53 r5': ['CM-6', 'IA-2(1)', 'IA-2(2)'], 'NIST CSF 2.0': ['PR.AA-03'] },
    references: ['https://docs.aws.amazon.com/singlesignon/latest/userguide/enable-mfa.html'],
    since: '0.1.0',
  },
  examined: (evidence) => evidence['identity-center.organization-instances'].length,
  manual: {
    instructions:
      'In the account and region of the instance open IAM Identity Center › Settings › Authentication › Multi-factor authentication and compare: users are asked at every sign-in (or when their sign-in context changes), users without a device must register one or are refused, and who may manage devices. With an external identity provider look there instead. In CloudTrail of the same region look for UpdateSsoConfiguration with configurationType APP_AUTHENTICATION_CONFIGURATION (mfaMode DISABLED), PutMfaDeviceManagementForDirectory, and DeleteMfaDeviceForUser. Then attest the control `identity-center/mfa-mode` with a date of expiry.',
    appliesTo: (evidence) =>
      evidence['identity-center.organization-instances'].length === 0
        ? 'The organization has no Identity Center instance.'
        : null,
  },
  evaluate: () => [],
});
