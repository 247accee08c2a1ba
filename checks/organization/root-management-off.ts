import { defineCheck } from '../../src/model/check.ts';
import { trustedServiceSubject } from '../../src/model/organization-subject.ts';

const service = 'iam.amazonaws.com';
const featureNames = {
  RootCredentialsManagement: 'root credentials management',
  RootSessions: 'root sessions',
} as const;

export default defineCheck({
  meta: {
    id: 'organization/root-management-off',
    title: 'Root users of members are managed centrally',
    failureTitle: 'Central root management is off',
    description:
      'With central root management the root users of members need no password, no key and no MFA device: there is nothing to steal, and nobody can set one up unseen. It needs trusted access for IAM and both features. Turned off by an intruder it lets root credentials of a member be made again, by whoever reads the mail of its address.',
    kind: 'hardening',
    severity: 'medium',
    scope: 'organization',
    requires: ['iam.organizations-features'],
    population: 'features of central root management',
    messages: {
      noTrustedAccess: 'IAM has no trusted access: root users of members cannot be managed centrally.',
      lostTrustedAccess: {
        text: 'IAM has lost its trusted access, which the baseline of {capturedAt} holds: root users of members are not managed centrally any more.',
        severity: 'high',
      },
      credentials: 'Of central root management, {missing} is off: members may have root credentials.',
      sessionsOnly: {
        text: 'Of central root management, {missing} is off: nobody can act for the root user of a locked member.',
        severity: 'low',
      },
    },
    remediation: {
      actions: ['trusted-service.enable', 'root-management.enable'],
      why: 'Root credentials of members are removed centrally and cannot be made again.',
      cautions: [
        'Look in every member for root credentials that were made while it was off.',
        'Give the right to act as root to one role only.',
      ],
    },
    techniques: ['T1078.004', 'T1685'],
    frameworks: {
      'CIS AWS 7.0': ['2.1.1'],
      'NIST 800-53 r5': ['AC-2', 'AC-6'],
      'NIST CSF 2.0': ['PR.AA-01', 'PR.AA-05'],
    },
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html'],
    since: '0.1.0',
  },
  examined: () => Object.keys(featureNames).length,
  *evaluate(evidence, { baseline }) {
    const { trustedAccess, enabled } = evidence['iam.organizations-features'];
    const subject = trustedServiceSubject(service);
    const pointers = [{ key: 'iam.organizations-features', pointer: '' }] as const;
    if (!trustedAccess) {
      const wasTrusted = baseline?.find('trusted-service', service) != null;
      yield {
        messageId: wasTrusted ? 'lostTrustedAccess' : 'noTrustedAccess',
        subject,
        data: { capturedAt: baseline?.capturedAt ?? '' },
        evidence: pointers,
      };
      return;
    }
    const missing = Object.entries(featureNames).filter(([feature]) => !enabled.includes(feature));
    if (missing.length > 0) {
      yield {
        messageId: enabled.includes('RootCredentialsManagement') ? 'sessionsOnly' : 'credentials',
        subject,
        data: { missing: missing.map(([, name]) => name).join(' and ') },
        evidence: pointers,
      };
    }
  },
});
